"""A drawing's own tasks: what a company adds to a page that no verb of the product does."""

from datetime import datetime

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.policy import ROLE_NAMES
from shouhou.core.refusals import NotAllowed
from shouhou.core.use_case import use_case
from shouhou.flows.contracts import TASKS, in_language
from shouhou.flows.incidents import called
from shouhou.flows.models import Token
from shouhou.flows.refusals import NotPossible
from shouhou.flows.store import Cause
from shouhou.flows.walking import Walk
from shouhou.kernel import bpmn

BY_HAND = ("task", "manualTask", "userTask", "scriptTask")


@use_case("flows.do_task", on=Token)
def do_task(token: Token, *, note: str = "", actor: Actor, now: datetime) -> None:
    """Say that a task drawn without a contract is done; the drawing's roles may.

    Raises ``NotAllowed`` for other roles, ``NotPossible`` for a task that has its own verb.
    """
    walk = Walk(token.run.root_id, token.organisation_id, now)
    run = walk.runs[token.run_id]
    spot = run.graph.spots[token.node]
    if spot.kind not in BY_HAND or spot.key in TASKS or token.state != Token.State.WAITING:
        raise NotPossible(reason=in_language("这一步不是手工确认的。", "This step is not confirmed by hand."))
    _may(spot, actor)
    event = record(
        "flows.task_done",
        run.row,
        actor=actor,
        now=now,
        node=spot.id,
        name=called(spot),
        note=note.strip()[:300],
    )
    walk.cause = Cause(now, event)
    walk.complete(run, token.pk)


def _may(spot: bpmn.Spot, actor: Actor) -> None:
    """The drawing names roles; a lane that is no role of the product leaves the task to whoever may do tasks."""
    named = [role for role in spot.roles if role in set(map(str, ROLE_NAMES))]
    if named and not actor.has(*named):
        raise NotAllowed(verb="flows.do_task")
