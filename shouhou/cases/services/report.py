"""The customer's own report (A1): through a QR code on the piece or the company's address, no login."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shouhou.cases.models import Case
from shouhou.cases.services.intake import register_case
from shouhou.core import links
from shouhou.core.actor import Actor
from shouhou.core.files import Received, attach
from shouhou.core.use_case import use_case
from shouhou.customers import services as customers
from shouhou.customers.models import Contact, InstalledProduct


@use_case("cases.attach_files", on=Case)
def attach_files(
    case: Case,
    *,
    files: Sequence[Received],
    purpose: str,
    shown_to_customer: bool = False,
    actor: Actor,
    now: datetime,
) -> Case:
    """Add photos and papers to a case; each is an event of its own."""
    for received in files:
        attach(
            received,
            root_id=case.pk,
            holder_id=case.pk,
            purpose=purpose,
            actor=actor,
            now=now,
            shown_to_customer=shown_to_customer,
        )
    return case


@use_case("cases.report_fault", composite=True)
def report_fault(
    *,
    symptom: str,
    name: str = "",
    phone: str = "",
    address: str = "",
    details: str = "",
    piece_id: UUID | None = None,
    files: Sequence[Received] = (),
    actor: Actor,
    now: datetime,
) -> str:
    """A report from outside; the token of the link by which its reporter follows it.

    A piece's report goes to its owner's file; whoever stands before it is noted as the one who
    reports. Without a piece a new file is opened: an agent merges it when it is somebody known,
    since a phone number typed by a stranger proves nothing.
    """
    pieces = InstalledProduct.objects.filter(organisation_id=actor.organisation_id)
    piece = pieces.filter(pk=piece_id).first() if piece_id else None
    customer_id = piece.customer_id if piece else None
    contact = None
    if piece is not None:
        contact = (
            Contact.objects.filter(customer_id=piece.customer_id, sort="phone").order_by("-is_main").first()
        )
    if customer_id is None:
        opened = customers.open_customer(name=name, phones=[phone], address=address, actor=actor, now=now)
        customer_id = opened.pk
    case = register_case(
        customer_id=customer_id,
        contact_id=contact.pk if contact else None,
        installed_id=piece.pk if piece else None,
        symptom=symptom,
        details="\n".join(part for part in (details, _reporter(piece, name, phone)) if part),
        channel=Case.Channel.INTERNET,
        actor=actor,
        now=now,
    )
    # Not through ``attach_files``: whoever reports sees no case before the link to it is made, just below.
    for received in files:
        attach(received, root_id=case.pk, holder_id=case.pk, purpose="report", actor=actor, now=now)
    return links.give(
        "case", case.pk, organisation_id=case.organisation_id, root_id=case.pk, now=now, given_to=name
    )


def _reporter(piece: InstalledProduct | None, name: str, phone: str) -> str:
    """Who stood before the piece, for it need not be its owner."""
    return f"{name} {phone}".strip() if piece is not None else ""
