"""The flow engine (流程引擎): BPMN 2.0 drawings, read, compiled and stepped; pure, without store or clock.

    model = read(xml)                          # bytes → Model; Unreadable refuses junk
    graph = compile(model)                     # Model → Graph, cacheable; graph.problems lists what to fix
    world = World(now, new_id, facts)          # what a step may know of the world
    changes = start(graph, world)              # stimulus → Changes: rows, history, offers, calls, incidents
    changes = complete(graph, changes.state, token_id, world)

Stimuli: ``start complete fire deliver signal review throw escalate
cancel jump retry``.
``State`` is the run's live rows (tokens, scopes, timers, subscriptions);
``Changes`` says which rows to write and what the store must do next: offer
tasks, invoke verbs (``calls``) and answer with ``complete`` or ``throw``, start
``children`` for call activities, stop those in ``stopped``, carry messages,
signals and escalations on, show incidents. ``memory`` is such a store.
Semantics, element by element, with reasons: ``docs/engine.md``.
"""

from shouhou.kernel.bpmn.changes import (
    LIMIT,
    Call,
    Changes,
    Child,
    Incident,
    Offer,
    Record,
    Rows,
    Thrown,
    World,
)
from shouhou.kernel.bpmn.graph import Graph, Spot, compile
from shouhou.kernel.bpmn.model import Model
from shouhou.kernel.bpmn.problems import NotPossible, Problem, Unreadable
from shouhou.kernel.bpmn.reading import read
from shouhou.kernel.bpmn.state import Scope, State, Subscription, Timer, Token
from shouhou.kernel.bpmn.stepping import (
    around,
    cancel,
    complete,
    deliver,
    escalate,
    fire,
    jump,
    listening,
    retry,
    review,
    signal,
    start,
    throw,
)

__all__ = [
    "LIMIT",
    "Call",
    "Changes",
    "Child",
    "Graph",
    "Incident",
    "Model",
    "NotPossible",
    "Offer",
    "Problem",
    "Record",
    "Rows",
    "Scope",
    "Spot",
    "State",
    "Subscription",
    "Thrown",
    "Timer",
    "Token",
    "Unreadable",
    "World",
    "around",
    "cancel",
    "compile",
    "complete",
    "deliver",
    "escalate",
    "fire",
    "jump",
    "listening",
    "read",
    "retry",
    "review",
    "signal",
    "start",
    "throw",
]
