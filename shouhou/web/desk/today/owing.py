"""The steps that wait for someone's role, the longest waiting first, their own cases before the others'."""

from dataclasses import dataclass
from datetime import datetime

from shouhou.cases.policy import STORE
from shouhou.core import policy
from shouhou.core.policy import scope
from shouhou.flows import queries as flows
from shouhou.insight.models import CaseRow
from shouhou.web.desk.acts import ACTS, Act
from shouhou.web.requests import PersonRequest

MOST = 200
HANDED_IN = 50


@dataclass(frozen=True, slots=True)
class Due:
    """A step that waits on a case, and the act that does it."""

    row: CaseRow
    name: str
    since: datetime
    act: Act


def owing(request: PersonRequest) -> tuple[list[Due], list[Due]]:
    """What whoever asks owes: on their own cases, and on everyone's; two statements."""
    owed = flows.owed_by(request.actor.organisation_id, request.actor.roles, MOST)
    rows = scope(request.actor, CaseRow).in_bulk([step.root_id for step in owed])
    found = [
        Due(rows[step.root_id], step.task.name, step.since, ACTS[step.task.form])
        for step in owed
        if step.root_id in rows and policy.can(request.actor, step.task.verb)
    ]
    mine = [due for due in found if due.row.agent_id == request.user.pk]
    return mine, [due for due in found if due.row.agent_id != request.user.pk]


def handed_in(request: PersonRequest) -> list[CaseRow]:
    """What was reported through the stores, the newest first; nothing for who does not work in one."""
    if not request.actor.has(*STORE):
        return []
    rows = scope(request.actor, CaseRow).filter(channel="store")
    return list(rows.order_by("-reported_at", "-pk")[:HANDED_IN])
