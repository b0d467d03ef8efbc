"""Keeping ``CaseRow``: worked out afresh from the case, never patched, so it cannot drift."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from shouhou.cases.models import Case
from shouhou.cases.services.triage import awaits_arrival
from shouhou.core.models import Root
from shouhou.flows import queries as flows
from shouhou.insight.models import CaseRow
from shouhou.work.models import Offer, Promise, Visit


def keep(root_id: UUID, now: datetime) -> None:
    """Bring one case's row up to date, in the transaction that changed it."""
    values = row_of(root_id)
    if values is not None:
        # One statement that inserts or updates: this runs at the end of every command.
        CaseRow.objects.bulk_create(
            [CaseRow(case_id=root_id, **values)],
            update_conflicts=True,
            unique_fields=["case"],
            update_fields=list(values),
        )


def row_of(case_id: UUID) -> dict[str, Any] | None:
    """The row a case should have; nothing for a root that is no case."""
    case = (
        Case.objects.select_related("customer", "contact", "site", "product", "agent")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        return None
    return _of_case(case) | _of_visits(case) | _of_flow(case)


def _of_case(case: Case) -> dict[str, Any]:
    phone = case.contact or case.customer.contacts.filter(sort="phone").order_by("-is_main", "id").first()
    return {
        "organisation_id": case.organisation_id,
        "number": case.number,
        "customer_id": case.customer_id,
        "customer_name": case.customer.name,
        "phone": phone.value if phone else "",
        "district": case.site.district if case.site else "",
        "product": str(case.product) if case.product else "",
        "symptom": case.symptom,
        "channel": case.channel,
        "origin": case.origin,
        "state": case.state,
        "agent_id": case.agent_id,
        "agent_name": case.agent.name if case.agent else "",
        "reported_at": case.reported_at,
        "closed_at": case.closed_at,
        "version": Root.objects.values_list("length", flat=True).get(pk=case.pk),
    }


def _of_visits(case: Case) -> dict[str, Any]:
    promises = Prefetch("promises", Promise.objects.select_related("consent__offer").order_by("-number"))
    rows = Visit.objects.filter(case=case).select_related("technician").prefetch_related(promises)
    visits = list(rows.order_by("-number"))
    asked = [
        promise.consent.offer.asked_by
        for visit in visits
        for promise in visit.promises.all()
        if promise.consent is not None
    ]
    ahead = next(
        (visit for visit in visits if visit.state in (Visit.State.BOOKED, Visit.State.UNDER_WAY)), None
    )
    promise = ahead.promises.all()[0] if ahead else None
    last = visits[0] if visits else None
    return {
        "technician_id": last.technician_id if last else None,
        "technician_name": last.technician.name if last else "",
        "promise_starts_at": promise.starts_at if promise else None,
        "promise_ends_at": promise.ends_at if promise else None,
        "moved_by_us": asked.count(Offer.AskedBy.US),
        "moved_by_customer": asked.count(Offer.AskedBy.CUSTOMER),
        "visits": len(visits),
        "due_at": _due(case, promise),
    }


def _due(case: Case, promise: Promise | None) -> datetime | None:
    """The next clock that runs: the response, else the promise told, else the arrival."""
    if case.state != Case.State.OPEN:
        return None
    if case.responded_at is None:
        return case.response_due_at
    if promise is not None:
        return promise.ends_at
    return case.arrival_due_at if awaits_arrival(case) else None


def _of_flow(case: Case) -> dict[str, Any]:
    waiting = flows.waiting(case.pk)
    first = waiting[0] if waiting else None
    return {
        "stage": first.task if first else "",
        "stage_since": first.since if first else None,
        "owed_by": " ".join(first.roles) if first else "",
    }
