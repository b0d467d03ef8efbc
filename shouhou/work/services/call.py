"""From ringing phone to a booked visit, in one go (F3, A1–A3): one transaction, one command key."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouhou.cases import services as cases
from shouhou.cases.models import Assessment, Case
from shouhou.core.actor import Actor
from shouhou.core.use_case import use_case
from shouhou.customers import services as customers
from shouhou.work.services.booking import book_visit
from shouhou.work.services.consent import Time


@dataclass(frozen=True, slots=True)
class Caller:
    """Who reports: the known customer with place and piece, or a new one as far as they are known."""

    customer_id: UUID | None = None
    contact_id: UUID | None = None
    site_id: UUID | None = None
    installed_id: UUID | None = None
    product_id: UUID | None = None
    name: str = ""
    phone: str = ""
    district: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported; empty parts may be filled in later."""

    symptom: str
    channel: str
    details: str = ""
    wish: str = ""
    store: str = ""
    passed_on_by: str = ""
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Weighing:
    """The agent's assessment; none when it is left for later."""

    is_reasonable: bool
    grounds: str
    place: str = Assessment.Place.HOME


@use_case("work.take_call", composite=True)
def take_call(
    *,
    caller: Caller,
    report: Report,
    weighing: Weighing | None = None,
    time: Time | None = None,
    actor: Actor,
    now: datetime,
) -> Case:
    """Register a report and, as far as said, assess it and book the visit.

    Each part is its own verb with its own gates; a refusal of any leaves nothing half done.
    """
    customer_id = caller.customer_id or _opened(caller, actor, now)
    case = cases.register_case(
        customer_id=customer_id,
        contact_id=caller.contact_id,
        site_id=caller.site_id,
        installed_id=caller.installed_id,
        product_id=caller.product_id,
        symptom=report.symptom,
        details=report.details,
        wish=report.wish,
        channel=report.channel,
        store=report.store,
        passed_on_by=report.passed_on_by,
        reported_at=report.reported_at,
        actor=actor,
        now=now,
    )
    if weighing is not None:
        cases.assess_case(
            case,
            is_reasonable=weighing.is_reasonable,
            reasonable_grounds=weighing.grounds,
            outcome=Assessment.Outcome.ACCEPTED,
            remedy=Assessment.Remedy.REPAIR,
            place=weighing.place,
            actor=actor,
            now=now,
        )
        if time is not None:
            book_visit(
                case,
                technician_id=time.technician_id,
                starts_at=time.starts_at,
                ends_at=time.ends_at,
                vehicle_id=time.vehicle_id,
                actor=actor,
                now=now,
            )
    return case


def _opened(caller: Caller, actor: Actor, now: datetime) -> UUID:
    customer = customers.open_customer(
        name=caller.name,
        phones=[caller.phone] if caller.phone else [],
        address=caller.address,
        district=caller.district,
        actor=actor,
        now=now,
    )
    return customer.pk
