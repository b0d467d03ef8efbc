"""What a claim is weighed by (评估依据): warranty and availability worked out, each with its grounds.

Whether the claim is reasonable is a person's answer; nothing here answers it. The past of the piece is shown
beside it, as facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouhou.cases.models import Assessment, Case
from shouhou.core.policy import scope
from shouhou.customers.cover import cover_of, evidence
from shouhou.customers.models import InstalledProduct
from shouhou.dispatch.queries import availability_evidence, say_why_not
from shouhou.insight.models import CaseRow
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.web.desk.grounds import WORDS
from shouhou.web.requests import PersonRequest

PAST_CASES = 5


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing weighed: ``tone`` ok, warn or nothing (not known), its answer, on what it stands, why not more."""

    label: str
    answer: str
    tone: str = ""
    detail: str = ""
    reasons: Sequence[str] = ()


def grounds_of(case: Case, now: datetime) -> list[Ground]:
    """The computed grounds of a case as they stand now."""
    on = case.reported_at.astimezone(ZoneInfo(case.organisation.time_zone)).date()
    return [
        warranty(evidence(cover_of(case.installed, on))),
        availability(availability_evidence(case.pk, now), now),
    ]


def kept_grounds(assessment: Assessment, now: datetime) -> list[Ground]:
    """The grounds as they stood when the case was weighed, the assessor's own first."""
    own = Ground(
        _("Is the claim reasonable?"),
        _("Yes") if assessment.is_reasonable else _("No"),
        "ok" if assessment.is_reasonable else "warn",
        assessment.reasonable_grounds,
    )
    kept = [own, warranty(assessment.warranty_grounds)]
    if assessment.availability_grounds:
        kept.append(availability(assessment.availability_grounds, now))
    return kept


def warranty(found: Mapping[str, Any]) -> Ground:
    """A warranty cover as evidence (``customers.cover.evidence``) in words."""
    detail = " ".join(
        str(WORDS[ground["code"]]).format(**ground["values"]) for ground in found.get("grounds", ())
    )
    label, covered = _("In warranty?"), found.get("in_warranty")
    if covered is None:
        return Ground(label, _("Not known"), "", detail)
    if not covered:
        return Ground(label, _("Out of warranty"), "warn", _and_until(detail, found))
    days = found.get("days_left") or 0
    answer = ngettext("In warranty, {days} day left", "In warranty, {days} days left", days)
    return Ground(label, answer.format(days=days), "ok", _and_until(detail, found))


def _and_until(detail: str, found: Mapping[str, Any]) -> str:
    until = found.get("until")
    return f"{detail} {_('Until {day}.').format(day=until)}".strip() if until else detail


def availability(found: Mapping[str, Any], now: datetime) -> Ground:
    """Who can come as evidence (``dispatch.queries.availability_evidence``) in words."""
    label, first = _("Can a technician come?"), found.get("first")
    reasons = [
        f"{reason['technician']}: {say_why_not(reason, found['skill'])}" for reason in found["why_not"]
    ]
    if more := found.get("more"):
        reasons.append(ngettext("and {more} other", "and {more} others", more).format(more=more))
    if not first:
        return Ground(label, _("Nobody in the days looked at"), "warn", found.get("skill", ""), reasons)
    window = Window(datetime.fromisoformat(first["starts_at"]), datetime.fromisoformat(first["ends_at"]))
    answer = _("{window}, {technician}").format(
        window=wording.window(window, now), technician=first["technician"]
    )
    in_time = first.get("in_time", True)
    detail = _("Within the arrival time promised.") if in_time else _("Later than the arrival time promised.")
    return Ground(label, answer, "ok" if in_time else "warn", detail, reasons)


def past_of(piece: InstalledProduct | None, request: PersonRequest, but: Case | None = None) -> list[CaseRow]:
    """What was reported of the piece before, the newest first: facts beside the judgement."""
    if piece is None:
        return []
    rows = scope(request.actor, CaseRow).filter(case__installed=piece)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return list(rows.order_by("-reported_at")[:PAST_CASES])
