"""Lists of cases: filters, order and page stand in the address; pages go by key, and no count passes 99."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Case
from shouhou.core import search
from shouhou.core.policy import can, scope
from shouhou.flows import contracts
from shouhou.insight.models import CaseRow
from shouhou.web.bounded import counts
from shouhou.web.keyset import Order, address
from shouhou.web.requests import PersonRequest

SIZE = 80
# A search that is handed out takes more than a page.
MOST_FOUND = 5_000
NEWEST = Order("reported_at")
SOONEST = Order("due_at", descending=False, may_miss=True)


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the cases (视图): whose, in which state, by what order; ``empty`` is said of no row."""

    key: str
    label: str | Promise
    empty: str | Promise
    order: Order = NEWEST
    is_counted: bool = True


VIEWS = {
    view.key: view
    for view in (
        View("mine", _("Mine"), _("You have no open case. The next call may be yours."), SOONEST),
        # What has no clock is never overdue.
        View("overdue", _("Overdue"), _("Nothing is overdue."), replace(SOONEST, may_miss=False)),
        View("open", _("Open"), _("No case is open.")),
        View("customer", _("Waiting for the customer"), _("No customer owes an answer.")),
        View("closed", _("Closed"), _("No case is closed yet."), is_counted=False),
        View("all", _("All"), _("There are no cases yet. They begin with a call."), is_counted=False),
    )
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the list; what it asks wrongly for is left out."""

    view: View
    words: str
    stage: str
    channel: str

    @classmethod
    def of(cls, request: PersonRequest) -> "Asked":
        """Read the address of a request."""
        asked = request.GET
        stage, channel = asked.get("stage", ""), asked.get("channel", "")
        return cls(
            VIEWS.get(asked.get("view", "open"), VIEWS["open"]),
            asked.get("q", "").strip()[:100],
            stage if stage in contracts.TASKS else "",
            channel if channel in Case.Channel.values else "",
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether more is asked than the view."""
        return bool(self.words or self.stage or self.channel)

    def rows(self, request: PersonRequest, most_found: int = SIZE) -> "QuerySet[CaseRow]":
        """Every row asked for, among those the asker may see."""
        rows = _of_view(scope(request.actor, CaseRow), self.view, request)
        if self.stage:
            rows = rows.filter(stage=self.stage)
        if self.channel:
            rows = rows.filter(channel=self.channel)
        if self.words:
            found = search.find(request.actor.organisation_id, self.words, ["case"], limit=most_found)
            rows = rows.filter(pk__in=[key for _kind, key in found])
        return rows


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list, and the addresses that lead on from it."""

    rows: list[CaseRow]
    asked: Asked
    tabs: list[dict[str, Any]]
    next: str
    query: str
    stages: Mapping[str, str]
    channels: Mapping[str, str]
    may_register: bool
    may_export: bool
    now: datetime

    @classmethod
    def read(cls, request: PersonRequest) -> "CaseList":
        """The list its address asks for: two statements, four with words to search for."""
        asked = Asked.of(request)
        rows, more = asked.view.order.page(asked.rows(request), request.GET.get("after", ""), SIZE)
        return cls(
            rows=rows,
            asked=asked,
            tabs=_tabs(request, asked),
            next=address(request.GET, after=more) if more else "",
            query=address(request.GET, after="", view=asked.view.key),
            stages={task.key: task.name for task in contracts.TASKS.values() if task.roles},
            channels={channel.value: str(channel.label) for channel in Case.Channel},
            may_register=can(request.actor, "work.take_call"),
            may_export=can(request.actor, "cases.export"),
            now=request.now,
        )


def _tabs(request: PersonRequest, asked: Asked) -> list[dict[str, Any]]:
    """Every view as a tab, with how much stands in those that are worked off."""
    rows = scope(request.actor, CaseRow)
    queries = {key: _of_view(rows, view, request) for key, view in VIEWS.items() if view.is_counted}
    counted = counts(request.actor.organisation_id, queries)
    return [
        {
            "label": view.label,
            "url": address(request.GET, view=key, after=""),
            "current": view is asked.view,
            "count": counted.get(key),
        }
        for key, view in VIEWS.items()
    ]


def _of_view(rows: "QuerySet[CaseRow]", view: View, request: PersonRequest) -> "QuerySet[CaseRow]":
    match view.key:
        case "mine":
            mine = Q(agent=request.user.pk) | Q(technician=request.user.pk)
            return rows.filter(mine, state=Case.State.OPEN)
        case "overdue":
            return rows.filter(state=Case.State.OPEN, due_at__lt=request.now)
        case "customer":
            return rows.filter(state=Case.State.OPEN, owed_by="customer")
        case "open":
            return rows.filter(state=Case.State.OPEN)
        case "closed":
            return rows.exclude(state=Case.State.OPEN)
        case _:
            return rows
