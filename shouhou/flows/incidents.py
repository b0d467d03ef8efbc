"""Incidents (异常): a token that cannot go on, told in both languages, until a person acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation

from shouhou.core import actor as actors
from shouhou.core.events import record
from shouhou.core.refusals import Refusal
from shouhou.flows.models import Incident
from shouhou.flows.store import Cause, LiveRun, uuid_of
from shouhou.kernel import bpmn

STOPPED = ("failed", "leaving")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an automatic task was not done: a code its drawing may catch, and the sentence in both languages."""

    code: str
    zh: str
    en: str


def refused(spot: bpmn.Spot, refusal: Refusal) -> Reason:
    """The verb said no, with its own sentence."""
    with translation.override("en"):
        en = str(refusal)
    with translation.override("zh-hans"):
        zh = str(refusal)
    name = called(spot)
    return Reason(refusal.code, f"“{name}”未能自动完成：{zh}", f"“{name}” could not be done: {en}")


def fault(spot: bpmn.Spot, trouble: Exception) -> Reason:
    """The verb broke: our fault, kept in the log."""
    name, kind = called(spot), type(trouble).__name__
    return Reason(
        "flows.fault",
        f"“{name}”执行时程序出错（{kind}），已记入日志。请重试；若仍不行，请联系管理员。",
        f"“{name}” met a fault of the program ({kind}), kept in the log. Retry, or tell the administrator.",
    )


def no_contract(spot: bpmn.Spot) -> Reason:
    """The drawing names a task the product does not have."""
    name, key = called(spot), spot.key or "—"
    return Reason(
        "flows.no_contract",
        f"“{name}”引用的任务“{key}”不存在或不能自动执行。请修改流程图，或人工移到下一步。",
        f"“{name}” names the task “{key}”, which is not automatic. Redraw it, or move the case on.",
    )


def silent(spot: bpmn.Spot) -> Reason:
    """The verb was called and recorded nothing that completes the task."""
    name = called(spot)
    return Reason(
        "flows.silent_task",
        f"“{name}”已执行但没有留下完成记录。请核对后重试，或人工移到下一步。",
        f"“{name}” was called but recorded nothing that completes it. Check, then retry or move the case on.",
    )


def no_page(spot: bpmn.Spot) -> Reason:
    """The drawing calls a page that is not published."""
    name, page = called(spot), spot.called or "—"
    return Reason(
        "flows.no_page",
        f"“{name}”调用的流程“{page}”没有发布。请先发布该流程，再重试。",
        f"“{name}” calls the page “{page}”, which is not published. Publish it, then retry.",
    )


def called(spot: bpmn.Spot) -> str:
    """What a person calls an element."""
    return " ".join(spot.name.partition("\n")[0].split()) or spot.id


def put(
    run: LiveRun,
    incident: bpmn.Incident,
    reason: Reason | None,
    cause: Cause,
    *,
    timer_id: UUID | None = None,
) -> Incident:
    """Keep an incident and record that it came up; ``reason`` is said instead of the engine's own sentence."""
    said = reason or Reason(incident.code, incident.zh, incident.en)
    row = Incident.objects.create(
        organisation_id=run.row.organisation_id,
        root_id=run.row.root_id,
        run=run.row,
        token_id=None if incident.token_id is None else uuid_of(incident.token_id),
        timer_id=timer_id,
        node=incident.node,
        code=said.code[:60],
        zh=said.zh,
        en=said.en,
        raised_at=cause.now,
    )
    record(
        "flows.incident_raised",
        row,
        actor=actors.engine(run.row.organisation_id),
        now=cause.now,
        node=incident.node,
        code=said.code,
        zh=said.zh,
        en=said.en,
    )
    return row


def withdraw(run: LiveRun, removed: Iterable[bpmn.Token], now: datetime) -> None:
    """Close the incidents of tokens that the drawing itself took away."""
    stopped = [uuid_of(token.id) for token in removed if token.state in STOPPED]
    if stopped:
        rows = Incident.objects.filter(run=run.row, token_id__in=stopped, state=Incident.State.OPEN)
        rows.update(state=Incident.State.WITHDRAWN, resolved_at=now)
