"""The one customer file (一户一档): how to reach them, what they own, and everything that ever happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from shouhou.cases.models import ReturnCall, Survey
from shouhou.core.models import Organisation
from shouhou.core.policy import can, scope
from shouhou.core.refusals import NotFound
from shouhou.customers.models import Contact, Customer, Site
from shouhou.customers.queries import Owned, customer_file
from shouhou.customers.services.contacts import hidden
from shouhou.insight.models import CaseRow
from shouhou.messages.models import Message
from shouhou.web.desk.grounds import say_grounds
from shouhou.web.requests import PersonRequest
from shouhou.work.models import Visit

# A customer seldom has more; behind these a list of all cases leads on.
MOST_CASES = 30
MOST_MESSAGES = 30

WORD_TONES = {
    ReturnCall.Result.SATISFIED: "ok",
    ReturnCall.Result.UNSATISFIED: "bad",
    ReturnCall.Result.NO_ANSWER: "warn",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """A contact as the page shows it."""

    contact: Contact
    hidden: str

    @property
    def icon(self) -> str:
        return {Contact.Sort.EMAIL: "at", Contact.Sort.WECHAT: "message", Contact.Sort.FAX: "file"}.get(
            Contact.Sort(self.contact.sort), "phone"
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece with its cover of today, and on what that stands."""

    owned: Owned
    grounds: str


@dataclass(frozen=True, slots=True)
class Word:
    """Something the customer said of us: a rating, or the answer to a return-visit call."""

    at: datetime
    case: str
    case_id: UUID
    said: str
    words: str
    tone: str = ""
    score: int | None = None
    by: str = ""


def customer_of(request: PersonRequest, key: UUID) -> Customer:
    """The customer, if the asker may see the file.

    Raises ``NotFound``.
    """
    customer: Customer | None = (
        scope(request.actor, Customer).select_related("merged_into").filter(pk=key).first()
    )
    if customer is None:
        raise NotFound(what=Customer._meta.verbose_name)
    return customer


def tell(customer: Customer, request: PersonRequest) -> dict[str, Any]:
    """The context of a customer's page."""
    organisation = Organisation.objects.get(pk=request.actor.organisation_id)
    today = request.now.astimezone(ZoneInfo(organisation.time_zone)).date()
    file = customer_file(request.actor, customer, on=today)
    cases = _cases(customer, request)
    sites: Sequence[Site] = file.sites
    return {
        "customer": customer,
        "company": organisation,
        "reaches": [Reach(contact, hidden(contact.sort, contact.value)) for contact in file.contacts],
        "sites": sites,
        "pieces": [Piece(owned, say_grounds(owned.cover)) for owned in file.owned],
        "cases": cases[:MOST_CASES],
        "more_cases": len(cases) > MOST_CASES,
        "visits": _visits(customer, request),
        "words": _words(customer, request),
        "messages_sent": _messages(cases, request),
        "may": {verb: can(request.actor, f"customers.{verb}") for verb in KEEPING} | _may(request),
    }


# What the page offers to those who may do it.
KEEPING = (
    "correct_customer",
    "add_contact",
    "correct_contact",
    "remove_contact",
    "add_site",
    "correct_site",
    "remove_site",
    "record_installed",
    "correct_installed",
    "move_installed",
    "retire_installed",
    "remove_installed",
    "merge_customers",
    "remove_customer",
    "reveal_number",
)


def _may(request: PersonRequest) -> dict[str, bool]:
    return {"call": can(request.actor, "work.take_call"), "messages": can(request.actor, "messages.see")}


def _cases(customer: Customer, request: PersonRequest) -> list[CaseRow]:
    rows = scope(request.actor, CaseRow).filter(case__customer=customer)
    return list(rows.order_by("-case__reported_at", "-pk")[: MOST_CASES + 1])


def _visits(customer: Customer, request: PersonRequest) -> list[Visit]:
    rows = scope(request.actor, Visit).filter(case__customer=customer).select_related("case", "technician")
    return list(rows.order_by("-plan_starts_at", "-pk")[:MOST_CASES])


def _words(customer: Customer, request: PersonRequest) -> list[Word]:
    surveys = scope(request.actor, Survey).filter(case__customer=customer, answered_at__isnull=False)
    calls = scope(request.actor, ReturnCall).filter(case__customer=customer)
    said = [
        Word(row.answered_at, row.case.number, row.case_id, "", row.comment, score=row.score)
        for row in surveys.select_related("case").order_by("-answered_at")[:MOST_CASES]
    ] + [
        Word(
            row.called_at,
            row.case.number,
            row.case_id,
            row.get_result_display(),
            row.words,
            WORD_TONES.get(row.result, ""),
            by=row.by.name if row.by else "",
        )
        for row in calls.select_related("case", "by").order_by("-called_at")[:MOST_CASES]
    ]
    return sorted(said, key=lambda word: word.at, reverse=True)


def _messages(cases: list[CaseRow], request: PersonRequest) -> list[tuple[Message, str]]:
    """What the customer was told about these cases, the newest first; nothing for those who may not read it.

    The customer's own link is made when a message is sent, and is nobody else's to open.
    """
    rows = scope(request.actor, Message).filter(root_id__in=[row.pk for row in cases])
    sent = rows.order_by("-made_at", "-pk")[:MOST_MESSAGES]
    return [(message, message.body.replace("{link}", "…")) for message in sent]
