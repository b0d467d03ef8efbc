"""The flow's gate (流程关卡): a verb that drawings watch over is done only where a drawing offers it.

``offered`` is the gate that wiring puts before every verb. A verb in no contract is free, and so is every
verb on a root that no drawing runs. The engine passes: it does what people published.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouhou.core.actor import Kind
from shouhou.core.gates import Attempt
from shouhou.flows import contracts, store
from shouhou.flows.queries.waiting import role_name, waiting_in
from shouhou.flows.refusals import NotOffered


def offered(attempt: Attempt) -> None:
    """Refuse a verb that no waiting task offers.

    Raises ``NotOffered`` saying where the case stands and who owes the next step.
    """
    keys = contracts.offering(attempt.verb)
    if not keys or attempt.root_id is None or attempt.actor.kind is Kind.ENGINE:
        return
    runs = store.live(attempt.root_id)
    if not runs or any(is_waiting(run, keys) or is_awaited(run, keys) for run in runs.values()):
        return
    steps = waiting_in(runs)
    # Clocks that run beside the main line say nothing about where the case stands.
    here = [step for step in steps if step.task or step.is_stopped or not step.is_beside] or steps
    raise NotOffered(
        here=_join(step.name for step in here) or _("no step of anyone's"),
        owed_by=_join(role_name(role) for step in here for role in step.roles) or pgettext("flow", "nobody"),
        verb=attempt.verb,
        tasks=[step.task for step in here],
    )


def is_waiting(run: store.LiveRun, keys: frozenset[str]) -> bool:
    """Whether a token of the run waits at a task with one of these keys."""
    spots = run.graph.spots
    return any(
        token.state == "waiting" and spots[token.node].key in keys for token in run.state.tokens.values()
    )


def is_awaited(run: store.LiveRun, keys: frozenset[str]) -> bool:
    """Whether the run listens for a message that one of these tasks' events is.

    A customer's answer may be waited for as a message, and later be taken down by phone as a task:
    both are the same verb.
    """
    events = {event for key in keys for event in contracts.TASKS[key].events}
    names = {message.name for event in events for message in contracts.MESSAGES.get(event, ())}
    return any(
        subscription.kind == "message" and subscription.name in names
        for subscription in run.state.subscriptions.values()
    )


def _join(words: Iterable[str]) -> str:
    return _(", ").join(dict.fromkeys(words))
