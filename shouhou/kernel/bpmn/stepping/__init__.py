"""The stepper: one stimulus in, the changes of the run out; pure and deterministic.

    changes = start(graph, world)
    changes = complete(graph, changes.state, token_id, world)

Every function takes the compiled graph, the run's live rows and the world
(``now``, ``new_id``, facts, the calendar), and answers with ``Changes``. Nothing
given is altered. A stimulus that cannot be taken (the token is gone, the timer
is not armed) raises ``NotPossible`` with a sentence; the store answers a second
submit with the first one's answer.
"""

from shouhou.kernel.bpmn.stepping.routes import around
from shouhou.kernel.bpmn.stepping.stimuli import (
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
    "around",
    "cancel",
    "complete",
    "deliver",
    "escalate",
    "fire",
    "jump",
    "listening",
    "retry",
    "review",
    "signal",
    "start",
    "throw",
]
