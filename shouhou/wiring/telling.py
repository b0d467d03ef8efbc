"""Who is told what: for each event, the customer's message and the colleagues' inbox line.

Sentences are rendered from the event's payload, in the recipient's language; ``{link}`` becomes the
customer's own link when the message is sent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Case
from shouhou.core.actor import Actor
from shouhou.core.models import Event
from shouhou.core.policy import Role
from shouhou.customers.models import Contact
from shouhou.messages.telling import Colleague, Recipient, tell_colleagues, tell_customer
from shouhou.people.models import Person
from shouhou.work.models import Visit

Who = Callable[[Event, Case], Iterable[Person]]


@dataclass(frozen=True, slots=True)
class Telling:
    """One event's telling: to the customer, to colleagues, or both."""

    customer: str | Promise = ""
    colleagues: Who | None = None
    line: str | Promise = ""


def agent(event: Event, case: Case) -> Iterable[Person]:
    """Whose case it is; nobody's case is everybody's at the desk."""
    return [case.agent] if case.agent else with_role(Role.AGENT)(event, case)


def with_role(*roles: str) -> Who:
    """All who hold one of these roles."""

    def people(event: Event, case: Case) -> Iterable[Person]:
        rows = Person.objects.filter(
            organisation_id=case.organisation_id, is_active=True, roles__role__in=roles
        )
        return rows.distinct()

    return people


def technician(event: Event, case: Case) -> Iterable[Person]:
    """Who goes: the newest visit's technician."""
    visit = Visit.objects.filter(case=case).select_related("technician").order_by("-number").first()
    return [visit.technician] if visit else []


def named(field: str) -> Who:
    """The people the event itself names."""

    def people(event: Event, case: Case) -> Iterable[Person]:
        keys = event.payload.get(field) or []
        return Person.objects.filter(
            organisation_id=case.organisation_id, pk__in=keys if isinstance(keys, list) else [keys]
        )

    return people


TELLINGS: dict[str, Telling] = {
    "cases.registered": Telling("", agent, _("New report {number}")),
    "cases.acknowledged": Telling(
        _(
            "[{company}] We have your report {number} and will be in touch within the hour. "
            "Follow it here: {link}"
        )
    ),
    "cases.customer_asked": Telling(
        _("[{company}] About {number} we still need to know: {question} Please answer here: {link}")
    ),
    "cases.enquiry_answered": Telling("", agent, _("{number}: the customer answered")),
    "cases.rejection_told": Telling(
        _(
            "[{company}] We are sorry: report {number} cannot be taken on. The reason: {reason} "
            "If you see it differently, appeal here: {link}"
        )
    ),
    "cases.appealed": Telling("", with_role(Role.SUPERVISOR), _("{number}: the customer appeals")),
    "cases.appeal_decided": Telling(
        _("[{company}] Your appeal on {number} was decided: {grounds} Details: {link}"),
        agent,
        _("{number}: the appeal was decided"),
    ),
    "work.visit_booked": Telling(
        _("[{company}] {number}: we come on {when}. See who comes, or ask for another time: {link}"),
        technician,
        _("New visit on {when} ({number})"),
    ),
    "work.times_offered": Telling(
        _("[{company}] {number}: {apology} {reason} Please choose another time: {link}"),
        agent,
        _("{number}: another time was offered"),
    ),
    "work.offer_answered": Telling("", agent, _("{number}: the customer answered the offered time")),
    "work.agreed_slot_lost": Telling(
        "", agent, _("{number}: the customer said yes to a time that was just taken. Offer another.")
    ),
    "work.other_time_requested": Telling("", agent, _("{number}: the customer asks for another time")),
    "work.visit_handed_over": Telling("", technician, _("A visit was handed to you ({number})")),
    "work.visit_cancelled": Telling(
        _("[{company}] {number}: the visit was called off. The reason: {reason} We will be in touch. {link}"),
        technician,
        _("{number}: the visit was called off"),
    ),
    "work.visit_left": Telling(_("[{company}] {number}: our technician is on the way to you. {link}")),
    "work.bench_received": Telling(
        _("[{company}] {number}: your piece has arrived in our repair centre. {link}")
    ),
    "work.bench_returned": Telling(_("[{company}] {number}: your piece is on its way back. {link}")),
    "cases.result_told": Telling(_("[{company}] {number} is done. See what was done: {link}")),
    "cases.survey_sent": Telling(_("[{company}] How was our service on {number}? One tap is enough: {link}")),
    "cases.survey_answered": Telling("", agent, _("{number}: the customer gave {score} of 5")),
    "cases.return_message_left": Telling(
        _("[{company}] We could not reach you about {number}. If anything is not right, tell us here: {link}")
    ),
    "cases.withdrawn": Telling(
        _("[{company}] {number} was withdrawn as you asked. {link}"), agent, _("{number} withdrawn")
    ),
    "cases.merged": Telling(_("[{company}] {number} goes on under {into}. {link}")),
    "cases.reopened": Telling(_("[{company}] {number} is open again. {link}"), agent, _("{number} reopened")),
    "cases.handed_over": Telling("", named("to"), _("{number} was handed to you: {reason}")),
    "cases.note_written": Telling("", named("mentions"), _("You are mentioned in a note on {number}")),
    "cases.clock_warned": Telling("", agent, _("{number}: the {clock} is due at {due}")),
    "cases.clock_overdue": Telling(
        "",
        with_role(Role.SUPERVISOR, Role.INSTALLATION_MANAGER),
        _("{number}: the {clock} is overdue since {due}"),
    ),
    "cases.outcome_decided": Telling("", agent, _("{number}: the next step was decided")),
}


def tell(event: Event, actor: Actor, now: datetime) -> None:
    """Tell everyone an event concerns, once each; whoever did it knows already."""
    telling = TELLINGS.get(event.kind)
    if telling is None:
        return
    case = Case.objects.select_related("organisation", "agent", "customer").filter(pk=event.root_id).first()
    if case is None:
        return
    values = _values(event, case)
    if telling.customer:
        tell_customer(
            event, _customer(case), telling.customer, _("{company} after-sales service {number}"), values, now
        )
    if telling.colleagues:
        people = [person for person in telling.colleagues(event, case) if person.pk != actor.id]
        tell_colleagues(
            event, [Colleague(person.pk, person.language) for person in people], telling.line, values, now
        )


def _values(event: Event, case: Case) -> dict[str, object]:
    """The payload with the words people read: the company, local times, the case's number."""
    values: dict[str, object] = {"number": case.number, **event.payload, "company": case.organisation.name}
    values["link"] = "{link}"
    for field, name in (("starts_at", "when"), ("due_at", "due")):
        if moment := event.payload.get(field):
            values[name] = _local(moment, case)
    if clock := event.payload.get("clock"):
        values["clock"] = _("response") if clock == "response" else _("arrival")
    return values


def _local(moment: str, case: Case) -> str:
    from zoneinfo import ZoneInfo

    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo(case.organisation.time_zone)):%m-%d %H:%M}"


def _customer(case: Case) -> Recipient:
    """The customer on this case: the contact it names, else the main phone; an e-mail where there is one."""
    contacts = {contact.sort: contact for contact in case.customer.contacts.order_by("is_main", "id")}
    phone = (
        case.contact
        if case.contact and case.contact.sort == Contact.Sort.PHONE
        else contacts.get(Contact.Sort.PHONE)
    )
    mail = contacts.get(Contact.Sort.EMAIL)
    return Recipient(
        case.customer_id,
        case.customer.name,
        phone=phone.value if phone else "",
        email=mail.value if mail else "",
    )
