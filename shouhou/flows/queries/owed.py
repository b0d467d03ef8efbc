"""What waits for a role, over all roots: everybody's list of things to do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouhou.flows.contracts import TASKS, Task
from shouhou.flows.graphs import graph_of
from shouhou.flows.models import Token
from shouhou.flows.queries.waiting import roles_of


@dataclass(frozen=True, slots=True)
class Owed:
    """A step that waits: on which root, which task, since when."""

    root_id: UUID
    task: Task
    since: datetime


def owed_by(organisation_id: UUID, roles: Collection[str], most: int = 200) -> list[Owed]:
    """The steps that any of these roles owes, the longest waiting first; one statement.

    A drawing may leave a step to fewer roles than its contract names, so what it says is looked at too.
    """
    keys = [task.key for task in TASKS.values() if task.form and not set(task.roles).isdisjoint(roles)]
    rows = Token.objects.filter(organisation_id=organisation_id, task__in=keys, state=Token.State.WAITING)
    return [
        Owed(row.run.root_id, TASKS[row.task], row.since)
        for row in rows.select_related("run").order_by("since", "id")[:most]
        if not set(roles_of(graph_of(row.run.version_id).spots[row.node])).isdisjoint(roles)
    ]
