"""The facts of a root as a drawing reads them: one nobody declared is null, one that breaks stops the token."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError

from shouhou.core.facts import FACTS, Facts
from shouhou.kernel.bpmn.problems import Trouble

log = logging.getLogger(__name__)


class Evidence(Mapping[str, object]):
    """``core.facts`` for the stepper: a fault in an answer becomes an incident at the element that asked."""

    def __init__(self, root_id: UUID, now: datetime) -> None:
        self._facts = Facts(root_id, now)

    def __getitem__(self, name: str) -> object:
        if name not in FACTS:
            raise KeyError(name)
        try:
            return self._facts[name]
        except DatabaseError:
            raise
        except Exception as fault:  # whatever an answer does, the work before the step stands
            log.exception("fact %s", name)
            raise Trouble(
                "flow.fact",
                f"The fact “{name}” could not be worked out ({type(fault).__name__}). "
                "Complete the record, then retry.",
                f"事实“{name}”无法得出（{type(fault).__name__}）。请补全资料后重试。",
            ) from fault

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
