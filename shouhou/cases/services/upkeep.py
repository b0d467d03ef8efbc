"""What daily work needs beside the main line: withdraw, merge, wrong customer, hand over, note, reopen."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shouhou.cases.models import Case, Note
from shouhou.cases.refusals import NotTheSameCustomer, SameCase, StillOpen
from shouhou.cases.services.intake import index, of_customer
from shouhou.cases.services.triage import must_be_open
from shouhou.core import links
from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.core.text import one_line, paragraph
from shouhou.core.use_case import use_case
from shouhou.customers.models import Customer, InstalledProduct, Site
from shouhou.people.models import Person


@use_case("cases.withdraw_case", on=Case)
def withdraw_case(case: Case, *, reason: str, actor: Actor, now: datetime) -> Case:
    """The customer takes the report back (撤回)."""
    must_be_open(case)
    case.state, case.closed_at = Case.State.WITHDRAWN, now
    case.save(update_fields=["state", "closed_at"])
    record(
        "cases.withdrawn",
        case,
        actor=actor,
        now=now,
        number=case.number,
        reason=one_line(reason, "reason", most=200),
    )
    return case


@use_case("cases.merge_case", on=Case)
def merge_case(case: Case, *, into_id: UUID, actor: Actor, now: datetime) -> Case:
    """The same thing was reported twice (合并重复): this case ends in the other, which lives on.

    Raises ``SameCase``, ``NotTheSameCustomer``, ``NotFound``.
    """
    must_be_open(case)
    other: Case | None = scope(actor, Case).filter(pk=into_id).first()
    if other is None:
        raise NotFound(what=Case._meta.verbose_name)
    if other.pk == case.pk:
        raise SameCase
    if other.customer_id != case.customer_id:
        raise NotTheSameCustomer
    must_be_open(other)
    case.state, case.closed_at, case.merged_into = Case.State.MERGED, now, other
    case.save(update_fields=["state", "closed_at", "merged_into"])
    record(
        "cases.merged", case, actor=actor, now=now, number=case.number, into=other.number, into_id=other.pk
    )
    return case


@use_case("cases.change_customer", on=Case)
def change_customer(
    case: Case,
    *,
    customer_id: UUID,
    site_id: UUID | None = None,
    installed_id: UUID | None = None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Case:
    """The case was taken down under the wrong customer; place and piece are the right one's or empty."""
    must_be_open(case)
    right: Customer | None = scope(actor, Customer).filter(pk=customer_id).first()
    if right is None:
        raise NotFound(what=Customer._meta.verbose_name)
    wrong = case.customer_id
    case.customer, case.contact = right, None
    case.site = of_customer(Site, site_id, right)
    case.installed = of_customer(InstalledProduct, installed_id, right)
    case.save(update_fields=["customer", "contact", "site", "installed"])
    index(case)
    record(
        "cases.customer_changed",
        case,
        actor=actor,
        now=now,
        wrong=wrong,
        right=right.pk,
        reason=one_line(reason, "reason", most=200),
    )
    return case


@use_case("cases.hand_over_case", on=Case)
def hand_over_case(case: Case, *, to_id: UUID, reason: str, actor: Actor, now: datetime) -> Case:
    """Another agent takes the case on (交接)."""
    must_be_open(case)
    taker = Person.objects.filter(organisation_id=actor.organisation_id, pk=to_id, is_active=True).first()
    if taker is None:
        raise NotFound(what=Person._meta.verbose_name)
    before, case.agent = case.agent_id, taker
    case.save(update_fields=["agent"])
    record(
        "cases.handed_over",
        case,
        actor=actor,
        now=now,
        number=case.number,
        before=before,
        to=taker.pk,
        reason=one_line(reason, "reason", most=200),
    )
    return case


@use_case("cases.write_note", on=Case)
def write_note(case: Case, *, text: str, mentions: Sequence[UUID] = (), actor: Actor, now: datetime) -> Note:
    """Leave a note for colleagues (内部备注); those mentioned find it in their inbox."""
    note = Note.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        text=paragraph(text, "text", least=1),
        by_id=actor.id if actor.kind is Kind.STAFF else None,
        written_at=now,
    )
    people = Person.objects.filter(organisation_id=actor.organisation_id, pk__in=mentions, is_active=True)
    note.mentions.set(people)
    record(
        "cases.note_written",
        case,
        actor=actor,
        now=now,
        number=case.number,
        note=note.pk,
        mentions=[str(person.pk) for person in people],
    )
    return note


@use_case("cases.reopen_case", on=Case)
def reopen_case(case: Case, *, reason: str, actor: Actor, now: datetime) -> Case:
    """Open a case that was over (重新打开): the same number, weighed again.

    Raises ``StillOpen``.
    """
    if case.state == Case.State.OPEN:
        raise StillOpen(number=case.number)
    before = case.state
    case.state, case.closed_at, case.merged_into = Case.State.OPEN, None, None
    case.reopened += 1
    case.save(update_fields=["state", "closed_at", "merged_into", "reopened"])
    record(
        "cases.reopened",
        case,
        actor=actor,
        now=now,
        number=case.number,
        before=before,
        reason=one_line(reason, "reason", most=200),
    )
    return case


@use_case("cases.give_link", on=Case)
def give_link(case: Case, *, actor: Actor, now: datetime) -> str:
    """A fresh link to this case for its customer; the token is told once and only its hash is kept."""
    token = links.give("case", case.pk, organisation_id=case.organisation_id, root_id=case.pk, now=now)
    record("cases.link_given", case, actor=actor, now=now, number=case.number)
    return token
