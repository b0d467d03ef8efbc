"""Who catches an error or an escalation: from the inside out, the first that fits.

At each level: an event sub-process of the level, then a boundary event of the
activity that hosts it. What an event sub-process itself throws goes past its
siblings to the level around. A named code goes before a catch-all.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shouhou.kernel.bpmn.graph import Spot
from shouhou.kernel.bpmn.state import Id, Scope, Token
from shouhou.kernel.bpmn.stepping.machine import Machine


class Catcher(NamedTuple):
    """A boundary event with its host token, or the start of an event sub-process with the scope it
    listens to.
    """

    spot: Spot
    token: Token | None
    scope: Scope | None


def from_token(machine: Machine, token: Token, kind: str, code: str | None) -> Catcher | None:
    """Who catches what an activity throws: its own boundary first."""
    return _first(machine, _of_token(machine, token), kind, code)


def from_scope(machine: Machine, scope_id: Id, kind: str, code: str | None) -> Catcher | None:
    """Who catches what an event inside a scope throws."""
    return _first(machine, _of_scope(machine, machine.scopes.rows[scope_id]), kind, code)


def _first(machine: Machine, levels: Iterator[list[Catcher]], kind: str, code: str | None) -> Catcher | None:
    for level in levels:
        fitting = [c for c in level if c.spot.trigger.kind == kind and c.spot.trigger.name in (code, None)]
        if fitting:
            return max(fitting, key=lambda catcher: catcher.spot.trigger.name is not None)
    return None


def _of_token(machine: Machine, token: Token) -> Iterator[list[Catcher]]:
    spots = machine.graph.spots
    if token.counter is None:
        yield [Catcher(spots[event], token, None) for event in spots[token.node].boundary]
    yield from _of_scope(machine, machine.scopes.rows[token.scope_id])


def _of_scope(machine: Machine, scope: Scope) -> Iterator[list[Catcher]]:
    """The levels around a scope; an instance's scope has no listeners of its own."""
    spots, listens = machine.graph.spots, True
    while True:
        container = machine.graph.containers.get(scope.node)
        if listens and container is not None and scope.kind != "each":
            yield [Catcher(spots[event], None, scope) for event in container.listeners]
        if scope.host_id is not None:
            yield from _of_token(machine, machine.tokens.rows[scope.host_id])
            return
        if scope.parent_id is None:
            return
        listens = scope.kind != "event"
        scope = machine.scopes.rows[scope.parent_id]
