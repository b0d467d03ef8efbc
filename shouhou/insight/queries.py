"""Figures over the read model."""

from dataclasses import dataclass

from django.db.models import Count

from shouhou.cases.models import Case
from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.insight.models import CaseRow


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases are in each state, and how many open ones stand at each step; all states are named."""

    states: dict[str, int]
    stages: dict[str, int]


def counts(actor: Actor) -> Counts:
    """Count the cases an actor sees; two statements."""
    rows = scope(actor, CaseRow).order_by()
    states = dict(rows.values_list("state").annotate(Count("pk")))
    open_ones = rows.filter(state=Case.State.OPEN).exclude(stage="")
    stages = dict(open_ones.values_list("stage").annotate(Count("pk")))
    return Counts({state: states.get(state, 0) for state in Case.State.values}, stages)
