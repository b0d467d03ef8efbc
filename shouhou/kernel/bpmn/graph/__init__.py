"""Compile a read drawing into a ``Graph``: what the stepper needs, looked up once.

``compile(model, process_id)`` never fails: what cannot be compiled (an
expression that does not parse, a timer that states no rule, a flow that leads
nowhere) is listed in ``graph.problems``; a token that comes there stops as an
incident. A graph is frozen and knows no run, so it is cached per published
version.
"""

from shouhou.kernel.bpmn.graph.building import compile
from shouhou.kernel.bpmn.graph.parts import Container, Edge, Formula, Graph, Repeat, Spot, Trigger

__all__ = ["Container", "Edge", "Formula", "Graph", "Repeat", "Spot", "Trigger", "compile"]
