"""Who a task is offered to: the roles of its innermost lane that names any."""

from collections.abc import Iterable, Mapping

from shouhou.kernel.bpmn.model import Lane


def roles_of(lanes: Iterable[Lane]) -> dict[str, tuple[str, ...]]:
    """Node id → roles. A lane says them in ``shouhou:roles``, else its name is the role."""
    by_id = {lane.id: lane for lane in lanes}
    found: dict[str, tuple[str, ...]] = {}
    # Outer lanes come first in the document, so an inner lane overwrites them.
    for lane in by_id.values():
        for node in lane.nodes:
            found[node] = _roles(lane, by_id)
    return found


def role_keys(written: str) -> tuple[str, ...]:
    """The keys in ``shouhou:roles``, apart by spaces or commas."""
    return tuple(written.replace(",", " ").split())


def _roles(lane: Lane, by_id: Mapping[str, Lane]) -> tuple[str, ...]:
    around: Lane | None = lane
    while around is not None:
        if around.roles:
            return role_keys(around.roles)
        around = by_id.get(around.parent or "")
    return (lane.name,) if lane.name else ()
