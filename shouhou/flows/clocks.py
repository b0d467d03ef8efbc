"""The poll (轮询): finds due clocks without a lock, and lets each strike in a transaction of its own.

The root is locked before the timer is looked at again. The other order deadlocks with people's work.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import OperationalError

from shouhou.core import actor as actors
from shouhou.core.jobs import every
from shouhou.core.refusals import Refusal
from shouhou.flows import kept
from shouhou.flows.models import Timer
from shouhou.flows.services.clock import fire_timer, hold_timer

log = logging.getLogger(__name__)

MOST = 1_000
"""Clocks one round lets strike, the longest due first; the next round comes seconds later."""


@every(seconds=5)
def fire_due(now: datetime) -> int:
    """Let all clocks strike that are due; how many did."""
    due = Timer.objects.filter(due_at__lte=now, stuck_at=None).order_by("due_at")[:MOST]
    return sum(_strike(*row, now) for row in list(due.values_list("pk", "root_id", "organisation_id")))


def _strike(timer_id: UUID, root_id: UUID, organisation_id: UUID, now: datetime) -> bool:
    actor = actors.engine(organisation_id)
    try:
        return fire_timer(timer_id=timer_id, root_id=root_id, actor=actor, now=now)
    except (Refusal, OperationalError):
        # Too busy just now: the clock is still due in the next round.
        log.warning("timer %s is left for the next round", timer_id, exc_info=True)
    except Exception as fault:  # one broken clock must not stop the others
        log.exception("timer %s", timer_id)
        hold_timer(timer_id=timer_id, root_id=root_id, fault=type(fault).__name__, actor=actor, now=now)
    return False


@every(minutes=10)
def forget_old_messages(now: datetime) -> None:
    """Take away kept messages that nobody came for."""
    kept.forget_old(now)
