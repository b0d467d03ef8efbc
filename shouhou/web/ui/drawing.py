"""The sample case on its drawing: the shape every live drawing is told its state in."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

MINUTE = timedelta(minutes=1)


def steps(now: datetime) -> dict[str, dict[str, Any]]:
    """Each element's state: done, here, next or never; how often; since when; whose."""
    return {
        "reported": {
            "state": "done",
            "name": _("Reported by telephone"),
            "count": 1,
            "who": "王敏",
            "at": now - 70 * MINUTE,
        },
        "triage": {"state": "done", "name": _("Triage"), "count": 1, "who": "王敏", "at": now - 64 * MINUTE},
        "book": {
            "state": "done",
            "name": _("Book a time"),
            "count": 3,
            "who": "王敏",
            "at": now - 52 * MINUTE,
        },
        "on_time": {"state": "done", "name": _("On time?"), "count": 3, "who": "", "at": now - 39 * MINUTE},
        "consent": {
            "state": "here",
            "name": _("Consent to move"),
            "count": 1,
            "owner": "李女士",
            "who": "李女士",
            "since": (now - 39 * MINUTE).isoformat(),
            "at": now - 39 * MINUTE,
        },
        "visit": {"state": "done", "name": _("Visit"), "count": 2, "who": "张建国", "at": now - 60 * MINUTE},
        "solved": {"state": "done", "name": _("Solved?"), "count": 2, "who": "", "at": now - 58 * MINUTE},
        "prepare": {
            "state": "done",
            "name": _("Prepare"),
            "count": 2,
            "who": "张建国",
            "at": now - 62 * MINUTE,
        },
        "agreed": {"state": "next", "name": _("Agreed?")},
        "hand_over": {"state": "next", "name": _("Hand over to another technician")},
        "no_answer": {"state": "next", "name": _("No answer in 30 minutes")},
        "escalate": {"state": "never", "name": _("Tell the head of department")},
        "told": {"state": "never", "name": _("Told")},
        "call": {"state": "never", "name": _("Return visit by telephone")},
        "closed": {"state": "never", "name": _("Closed")},
    }


def state(now: datetime) -> dict[str, Any]:
    """What the drawing's script asks for."""
    keys = ("state", "count", "owner", "since")
    return {
        "elements": {
            name: {key: step[key] for key in keys if key in step} for name, step in steps(now).items()
        },
        "flows": ["f1", "f2", "f3", "f4", "f5", "f6", "f14", "f9"],
    }
