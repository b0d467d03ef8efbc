"""What was read once need not be read again: within one command, or one request, and no longer.

Rules of the house and the calendar are asked for many times in a command. They are remembered with the
command's own transaction, so that several processes can never disagree: the next command reads afresh.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from shouhou.core import use_case

R = TypeVar("R")

_request: ContextVar[dict[Hashable, Any] | None] = ContextVar("request", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Let a page that is being shown read each thing once."""
    token = _request.set({})
    try:
        yield
    finally:
        _request.reset(token)


def recall(key: Hashable, read: Callable[[], R]) -> R:
    """What ``read`` answers, asked once within a command or request; each time outside of both."""
    known = _memory()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return known[key]  # type: ignore[no-any-return]  # what ``read`` answered under this key


def forget(key: Hashable) -> None:
    """What stood under ``key`` has changed."""
    for known in (_memory(), _request.get()):
        if known is not None:
            known.pop(key, None)


def _memory() -> dict[Hashable, Any] | None:
    command = use_case.under_way()
    return _request.get() if command is None else command.known
