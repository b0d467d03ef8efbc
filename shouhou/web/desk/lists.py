"""Lists of cases: filters, order and page stand in the address; pages go by key, never by counting rows."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Case
from shouhou.core import search
from shouhou.core.policy import scope
from shouhou.flows import contracts
from shouhou.insight.models import CaseRow
from shouhou.web.requests import PersonRequest

SIZE = 80


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the cases (视图): whose, in which state, by what order."""

    key: str
    label: str | Promise
    order: tuple[str, ...] = ("-reported_at", "-case_id")


VIEWS = {
    view.key: view
    for view in (
        View("mine", _("Mine"), ("due_at", "case_id")),
        View("overdue", _("Overdue"), ("due_at", "case_id")),
        View("open", _("Open")),
        View("customer", _("Waiting for the customer")),
        View("closed", _("Closed")),
        View("all", _("All")),
    )
}


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list, and the addresses that lead on from it."""

    rows: list[CaseRow]
    view: View
    views: tuple[View, ...]
    words: str
    stage: str
    next: str
    query: str
    stages: Mapping[str, str]
    now: datetime

    @classmethod
    def read(cls, request: PersonRequest) -> "CaseList":
        """The list its address asks for; what the address asks wrongly for is left out."""
        asked = request.GET
        view = VIEWS.get(asked.get("view", "open"), VIEWS["open"])
        words, stage = asked.get("q", "").strip()[:100], asked.get("stage", "")
        rows = _of_view(scope(request.actor, CaseRow), view, request)
        if stage in contracts.TASKS:
            rows = rows.filter(stage=stage)
        if words:
            found = search.find(request.actor.organisation_id, words, ["case"], limit=SIZE)
            rows = rows.filter(pk__in=[key for _kind, key in found])
        page = list(_after(rows.order_by(*view.order), view, asked.get("after", ""))[: SIZE + 1])
        more = _key(page[SIZE - 1], view) if len(page) > SIZE else ""
        return cls(
            rows=page[:SIZE],
            view=view,
            views=tuple(VIEWS.values()),
            words=words,
            stage=stage,
            next=_address(asked, after=more) if more else "",
            query=_address(asked, after="", view=view.key),
            stages={task.key: task.name for task in contracts.TASKS.values() if task.roles},
            now=request.now,
        )


def _of_view(rows: "QuerySet[CaseRow]", view: View, request: PersonRequest) -> "QuerySet[CaseRow]":
    match view.key:
        case "mine":
            mine = Q(agent=request.user.pk) | Q(technician=request.user.pk)
            return rows.filter(mine, state=Case.State.OPEN)
        case "overdue":
            return rows.filter(state=Case.State.OPEN, due_at__lt=request.now)
        case "customer":
            return rows.filter(state=Case.State.OPEN, owed_by="")
        case "open":
            return rows.filter(state=Case.State.OPEN)
        case "closed":
            return rows.exclude(state=Case.State.OPEN)
        case _:
            return rows


def _after(rows: "QuerySet[CaseRow]", view: View, key: str) -> "QuerySet[CaseRow]":
    """The rows behind a key: where the last page ended, whatever came in since."""
    if not key:
        return rows
    try:
        moment, row_id = json.loads(base64.urlsafe_b64decode(key))
        at, pk = (datetime.fromisoformat(moment) if moment else None), UUID(row_id)
    except (ValueError, TypeError):
        return rows
    field = view.order[0].lstrip("-")
    sign = "lt" if view.order[0].startswith("-") else "gt"
    if at is None:
        return rows.filter(**{f"{field}__isnull": True, f"pk__{sign}": pk})
    return rows.filter(Q(**{f"{field}__{sign}": at}) | Q(**{field: at, f"pk__{sign}": pk}))


def _key(row: CaseRow, view: View) -> str:
    moment = getattr(row, view.order[0].lstrip("-"))
    text = json.dumps([moment.isoformat() if moment else None, str(row.pk)])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _address(asked: QueryDict, **changed: Any) -> str:
    words = asked.copy()
    for name, value in changed.items():
        words[name] = value
        if not value:
            del words[name]
    return f"?{words.urlencode()}"
