"""What may happen to a run from outside, one function each."""

from shouhou.kernel.bpmn.changes import Changes, Thrown, World
from shouhou.kernel.bpmn.graph import Graph
from shouhou.kernel.bpmn.reading.words import TASKS
from shouhou.kernel.bpmn.state import (
    CANCELLED,
    FAILED,
    LEAVING,
    RUNNING,
    WAITING,
    Id,
    State,
    Subscription,
    Token,
)
from shouhou.kernel.bpmn.stepping import catching
from shouhou.kernel.bpmn.stepping.activities import finish
from shouhou.kernel.bpmn.stepping.events import break_run
from shouhou.kernel.bpmn.stepping.jumping import jump_to
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.running import run
from shouhou.kernel.bpmn.stepping.scopes import begin, cancel_scope, open_scope, remove_token
from shouhou.kernel.bpmn.stepping.sentences import not_possible, trouble
from shouhou.kernel.bpmn.stepping.triggering import broadcast, happen, receive
from shouhou.kernel.bpmn.stepping.triggering import throw as hand_to
from shouhou.kernel.bpmn.stepping.waits import rearm

COMPLETED = TASKS | {"callActivity"}
"""What can be completed from outside; events happen instead."""


def start(graph: Graph, world: World, at: str | None = None) -> Changes:
    """Begin a run: at its plain start, or at the start event ``at`` (a message, timer or signal start).

    Raises ``NotPossible`` when the drawing has no such start.
    """
    machine = Machine(graph, State(), world)
    starts = (at,) if at is not None else graph.root.starts
    if not starts or (at is not None and at not in (*graph.root.starts, *graph.root.triggered)):
        raise not_possible("flow.no_start")
    cause = machine.record("started", graph.process)
    scope = open_scope(machine, graph.process, "process", None, None, cause)
    begin(machine, scope, starts, cause)
    return _rested(machine)


def complete(graph: Graph, state: State, token_id: Id, world: World) -> Changes:
    """A task is done, a verb has answered, a called run has ended: the token goes on."""
    token = _waiting(state, token_id)
    if graph.spots[token.node].kind not in COMPLETED:
        raise not_possible("flow.no_task", node=graph.spots[token.node].name or token.node)
    machine = Machine(graph, state, world)
    finish(machine, token, None)
    return _rested(machine)


def fire(graph: Graph, state: State, timer_id: Id, world: World) -> Changes:
    """A timer strikes. A cycle on a non-interrupting event is armed again."""
    timer = state.timers.get(timer_id)
    if timer is None or state.status != RUNNING:
        raise not_possible("flow.not_armed")
    machine = Machine(graph, state, world)
    rearm(machine, timer)
    happen(machine, graph.spots[timer.node], timer.token_id, timer.scope_id, "fired")
    return _rested(machine)


def listening(graph: Graph, state: State, name: str, key: str | None = None) -> Subscription | None:
    """Who in this run takes the message: the first in document order whose key fits; without a key
    any fits.
    """
    fitting = [
        row
        for row in state.subscriptions.values()
        if row.kind == "message" and row.name == name and (None in (row.key, key) or row.key == key)
    ]
    return min(fitting, key=lambda row: graph.spots[row.node].order, default=None)


def deliver(graph: Graph, state: State, subscription_id: Id, world: World) -> Changes:
    """A message arrives for one subscription."""
    row = state.subscriptions.get(subscription_id)
    if row is None or state.status != RUNNING:
        raise not_possible("flow.not_listening")
    machine = Machine(graph, state, world)
    receive(machine, row)
    return _rested(machine)


def signal(graph: Graph, state: State, name: str, world: World) -> Changes:
    """A signal is heard everywhere in the run; nobody listening is no fault."""
    machine = Machine(graph, state, world)
    broadcast(machine, name)
    return _rested(machine)


def review(graph: Graph, state: State, world: World) -> Changes:
    """Facts changed outside: events that wait for a condition look again."""
    _refuse_closed(state)
    return _rested(Machine(graph, state, world))


def throw(graph: Graph, state: State, token_id: Id, code: str, world: World) -> Changes:
    """A verb or a called run reports an error: its catcher takes over, else the token stops as an
    incident.
    """
    token = _waiting(state, token_id)
    machine = Machine(graph, state, world)
    catcher = catching.from_token(machine, token, "error", code)
    if catcher is not None:
        cause = machine.record("thrown", token.node, token_id=token.id, scope_id=token.scope_id)
        hand_to(machine, catcher, cause)
    elif world.called:
        cause = machine.record("thrown", token.node, token_id=token.id, scope_id=token.scope_id)
        break_run(machine, code, cause)
    else:
        stopped = token._replace(state=FAILED)
        machine.tokens.change(stopped)
        machine.record("failed", token.node, token_id=token.id, scope_id=token.scope_id)
        name = graph.spots[token.node].name or token.node
        machine.fail(stopped, trouble("flow.error_uncaught", node=name, error=code))
    return _rested(machine)


def escalate(graph: Graph, state: State, token_id: Id, code: str, world: World) -> Changes:
    """A task, a verb or a called run escalates and stays where it is, unless the catcher interrupts it."""
    token = _waiting(state, token_id)
    machine = Machine(graph, state, world)
    cause = machine.record("thrown", token.node, token_id=token.id, scope_id=token.scope_id)
    catcher = catching.from_token(machine, token, "escalation", code)
    if catcher is not None:
        hand_to(machine, catcher, cause)
    else:
        machine.escalations.append(Thrown("escalation", code, None, token.node))
    return _rested(machine)


def cancel(graph: Graph, state: State, world: World) -> Changes:
    """Withdraw the whole run; nothing of it is left waiting."""
    _refuse_closed(state)
    machine = Machine(graph, state, world)
    root = next(scope for scope in machine.scopes.rows.values() if scope.parent_id is None)
    cause = machine.record("cancelled", graph.process, scope_id=root.id)
    cancel_scope(machine, root, cause)
    machine.status = CANCELLED
    return _rested(machine)


def retry(graph: Graph, state: State, token_id: Id, world: World) -> Changes:
    """Try again where a token stopped: enter its node once more, or leave it."""
    token = state.tokens.get(token_id)
    if token is None or token.state not in (FAILED, LEAVING):
        raise not_possible("flow.not_failed")
    machine = Machine(graph, state, world)
    cause = machine.record("retried", token.node, token_id=token.id, scope_id=token.scope_id)
    if token.state == LEAVING:
        finish(machine, token, cause)
    else:
        remove_token(machine, token)
        spot = graph.spots[token.node]
        machine.moves.append(Move(spot, token.scope_id, token.arrived_by, cause, token.counter))
    return _rested(machine)


def jump(graph: Graph, state: State, token_id: Id, node: str, world: World) -> Changes:
    """Take a token, withdraw what it waits for, and put it on another node of its level, or of one around it.

    Raises ``NotPossible`` for a node out of reach.
    """
    token = state.tokens.get(token_id)
    if token is None:
        raise not_possible("flow.gone")
    machine = Machine(graph, state, world)
    jump_to(machine, token, node)
    return _rested(machine)


def _waiting(state: State, token_id: Id) -> Token:
    _refuse_closed(state)
    token = state.tokens.get(token_id)
    if token is None or token.state != WAITING:
        raise not_possible("flow.gone")
    return token


def _refuse_closed(state: State) -> None:
    if state.status != RUNNING:
        raise not_possible("flow.closed")


def _rested(machine: Machine) -> Changes:
    run(machine)
    return machine.changes()
