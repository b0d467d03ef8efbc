"""Lists of cases: filters, order and page stand in the address; pages go by key, never by counting rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Case
from shouhou.core import search
from shouhou.core.policy import scope
from shouhou.flows import contracts
from shouhou.insight.models import CaseRow
from shouhou.web.keyset import Order, address
from shouhou.web.requests import PersonRequest

SIZE = 80
# A search that is handed out takes more than a page.
MOST_FOUND = 5_000
NEWEST = Order("reported_at")
SOONEST = Order("due_at", descending=False, may_miss=True)


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the cases (视图): whose, in which state, by what order."""

    key: str
    label: str | Promise
    order: Order = NEWEST


VIEWS = {
    view.key: view
    for view in (
        View("mine", _("Mine"), SOONEST),
        # What has no clock is never overdue.
        View("overdue", _("Overdue"), replace(SOONEST, may_miss=False)),
        View("open", _("Open")),
        View("customer", _("Waiting for the customer")),
        View("closed", _("Closed")),
        View("all", _("All")),
    )
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the list; what it asks wrongly for is left out."""

    view: View
    words: str
    stage: str

    @classmethod
    def of(cls, request: PersonRequest) -> "Asked":
        """Read the address of a request."""
        asked = request.GET
        stage = asked.get("stage", "")
        return cls(
            VIEWS.get(asked.get("view", "open"), VIEWS["open"]),
            asked.get("q", "").strip()[:100],
            stage if stage in contracts.TASKS else "",
        )

    def rows(self, request: PersonRequest, most_found: int = SIZE) -> "QuerySet[CaseRow]":
        """Every row asked for, among those the asker may see."""
        rows = _of_view(scope(request.actor, CaseRow), self.view, request)
        if self.stage:
            rows = rows.filter(stage=self.stage)
        if self.words:
            found = search.find(request.actor.organisation_id, self.words, ["case"], limit=most_found)
            rows = rows.filter(pk__in=[key for _kind, key in found])
        return rows


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
        """The list its address asks for."""
        asked = Asked.of(request)
        rows, more = asked.view.order.page(asked.rows(request), request.GET.get("after", ""), SIZE)
        return cls(
            rows=rows,
            view=asked.view,
            views=tuple(VIEWS.values()),
            words=asked.words,
            stage=asked.stage,
            next=address(request.GET, after=more) if more else "",
            query=address(request.GET, after="", view=asked.view.key),
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
