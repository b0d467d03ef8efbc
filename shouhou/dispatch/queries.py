"""Questions of the faces: the free times of a case, whether someone can come, and why not the others."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from shouhou.cases.models import Case
from shouhou.dispatch.availability import Wish, look
from shouhou.kernel.availability import Opening, Slot, Why, WhyNot

__all__ = [
    "Opening",
    "Slot",
    "WhyNot",
    "availability_evidence",
    "earliest",
    "evidence_of",
    "free_slots",
    "say_why_not",
    "wish_of",
]

# Beyond these the evidence gives a number: 200 reasons are read by nobody.
MOST_REASONS = 12


def wish_of(case: Case, now: datetime, **narrower: Any) -> Wish:
    """What to look for on a case: its product's skill, its site; ``narrower`` as in ``Wish``."""
    product = case.product or (case.installed.product if case.installed else None)
    wish = Wish(case.organisation_id, now, product=product, site=case.site, case_id=case.pk)
    return replace(wish, **narrower)


def free_slots(
    case: Case, *, now: datetime, most: int = 9, per_window: int = 1, **narrower: Any
) -> list[Slot]:
    """The next free times for a case, at most ``most``, each window with its nearest technicians.

    ``narrower``: ``start``, ``days``, ``minutes``, ``technician_id``, ``with_vehicle``.
    """
    return list(islice(_slots(wish_of(case, now, **narrower), per_window), most))


def _slots(wish: Wish, per_window: int) -> Iterator[Slot]:
    for opening in look(wish):
        yield from opening.slots[:per_window]


def earliest(wish: Wish) -> Opening | None:
    """The first window in which somebody can come; else the first there is, with why nobody can.

    ``None`` when no window lies in the days looked at.
    """
    first: Opening | None = None
    for opening in look(wish):
        if opening.slots:
            return opening
        first = first or opening
    return first


def availability_evidence(case_id: UUID, now: datetime) -> dict[str, Any]:
    """Whether a technician can come to a case (A2), as it is kept with the assessment: ``evidence_of``."""
    of_product = ("product__skill", "product__trade")
    joined = (*of_product, *(f"installed__{path}" for path in of_product), "site")
    case = Case.objects.select_related(*joined).get(pk=case_id)
    wish = wish_of(case, now)
    return evidence_of(wish, earliest(wish), case.arrival_due_at)


def evidence_of(wish: Wish, opening: Opening | None, due_at: datetime) -> dict[str, Any]:
    """Who can come in an opening, and why not the others, as JSON.

    ``available``; ``first`` window with ``starts_at``, ``ends_at``, ``technician`` and ``in_time`` (by the
    arrival promised, C6, ``due_at``); how many ``can`` come then; ``why_not`` of the others, each for
    ``say_why_not``, and how many ``more`` there are; the ``skill`` or trade that was asked for.
    """
    slots, others = (opening.slots, opening.why_not) if opening else ((), ())
    skill = wish.product and (wish.product.skill or wish.product.trade)
    return {
        "available": bool(slots),
        "first": _kept_slot(slots[0], due_at) if slots else None,
        "can": len(slots),
        "why_not": [_kept_reason(why_not) for why_not in others[:MOST_REASONS]],
        "more": max(0, len(others) - MOST_REASONS),
        "skill": skill.name if skill else "",
    }


def _kept_slot(slot: Slot, due_at: datetime) -> dict[str, Any]:
    return {
        "starts_at": slot.window.start.isoformat(),
        "ends_at": slot.window.end.isoformat(),
        "technician": slot.technician_name,
        "technician_id": str(slot.technician_id),
        "in_time": slot.window.start <= due_at,
    }


def _kept_reason(why_not: WhyNot) -> dict[str, Any]:
    obstacle = why_not.obstacle
    return {
        "technician": why_not.technician_name,
        "why": obstacle.why.value,
        "until": obstacle.until.isoformat() if obstacle.until else None,
        "on": obstacle.on.isoformat() if obstacle.on else None,
        "minutes": obstacle.minutes,
    }


def say_why_not(reason: Mapping[str, Any], skill: str = "") -> str:
    """「忙到 11-24 15:00」: a reason of ``availability_evidence`` in words; ``skill`` as it has it."""
    until = timezone.localtime(datetime.fromisoformat(reason["until"])) if reason["until"] else None
    sentence = {
        Why.LACKS_SKILL: _("does not hold {skill}"),
        Why.LACKS_TRADE: _("does not hold {skill}"),
        Why.NO_CERTIFICATE: _("has no certificate for {skill}"),
        Why.CERTIFICATE_EXPIRED: _("the certificate for {skill} ended on {on}"),
        Why.ON_LEAVE: _("on leave until {until}"),
        Why.BUSY: _("busy until {until}"),
        Why.TOO_FAR: _("{minutes} minutes away just before or after"),
    }[Why(reason["why"])]
    return sentence.format(
        skill=skill, on=reason["on"], minutes=reason["minutes"], until=f"{until:%m-%d %H:%M}" if until else ""
    )
