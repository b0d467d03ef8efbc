"""Conditional events: they happen when their condition becomes true.

Looked at whenever the run comes to rest, and by ``review`` when facts changed
outside. A condition that stays true does not happen again for an event that
does not interrupt: it must have been untrue in between.
"""

from shouhou.kernel.bpmn.problems import Trouble
from shouhou.kernel.bpmn.state import Subscription
from shouhou.kernel.bpmn.stepping.machine import Machine
from shouhou.kernel.bpmn.stepping.triggering import receive

TRUE = "true"
"""Kept in the subscription's ``key`` while the condition holds."""


def happen_by_condition(machine: Machine) -> bool:
    """Let the first event in document order happen whose condition became true; ``True`` when one did."""
    if not machine.graph.conditions:
        return False
    spots = machine.graph.spots
    rows = [row for row in machine.subscriptions.rows.values() if row.kind == "conditional"]
    for row in sorted(rows, key=lambda row: spots[row.node].order):
        holds = _holds(machine, row)
        if holds != (row.key == TRUE):
            seen = row._replace(key=TRUE if holds else None)
            machine.subscriptions.change(seen)
            if holds:
                receive(machine, seen)
                return True
    return False


def _holds(machine: Machine, row: Subscription) -> bool:
    """Whether it is true now; what cannot be worked out is not true."""
    try:
        return machine.holds(machine.graph.spots[row.node].trigger.formula, row.scope_id)
    except Trouble:
        return False
