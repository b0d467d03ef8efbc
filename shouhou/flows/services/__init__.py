"""The room's verbs: drawing and publishing a page, repairing a run, and what the clock does."""

from shouhou.flows.services.clock import fire_timer, hear_signal, hold_timer
from shouhou.flows.services.drawing import publish_version, retire_version, save_draft
from shouhou.flows.services.repair import cancel_run, jump, retry_incident
from shouhou.flows.services.tasks import do_task

__all__ = [
    "cancel_run",
    "do_task",
    "fire_timer",
    "hear_signal",
    "hold_timer",
    "jump",
    "publish_version",
    "retire_version",
    "retry_incident",
    "save_draft",
]
