"""What the room keeps."""

from shouhou.flows.models.drawing import Page, Version
from shouhou.flows.models.log import History, Incident
from shouhou.flows.models.run import KeptMessage, Run, Scope, Subscription, Timer, Token

__all__ = [
    "History",
    "Incident",
    "KeptMessage",
    "Page",
    "Run",
    "Scope",
    "Subscription",
    "Timer",
    "Token",
    "Version",
]
