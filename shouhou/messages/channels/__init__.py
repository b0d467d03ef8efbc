"""Channels (渠道): one small adapter each, all answering the same three ways."""

from enum import StrEnum


class Fate(StrEnum):
    """What became of a message handed to a provider."""

    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    OFF = "off"
