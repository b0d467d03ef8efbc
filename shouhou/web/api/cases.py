"""Cases: report, list, open, count, weigh; free times, and who may be sent."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from ninja.responses import Status
from pydantic_core import to_json

from shouhou.cases import services
from shouhou.cases.models import Case
from shouhou.cases.services import Reporter, Thing
from shouhou.core.policy import Role, scope
from shouhou.core.refusals import NotFound
from shouhou.dispatch.queries import free_slots
from shouhou.insight import queries
from shouhou.insight.models import CaseRow
from shouhou.people.queries import people_with_role
from shouhou.web.api import shown
from shouhou.web.api.face import PROBLEMS, ApiRequest, Key, by_key, opens
from shouhou.web.api.schemas import (
    AssessmentIn,
    CaseList,
    CaseOut,
    Counts,
    FreeTimes,
    Moment,
    People,
    ReportIn,
    State,
)
from shouhou.web.keyset import Order

router = Router(tags=["cases"])

SIZE = 80
NEWEST = Order("reported_at")
Size = Annotated[int, Query(ge=1, le=SIZE, description="How many, at most 80.")]
REPORTER = ("customer_id", "name", "phone", "district", "address")
THING = ("installed_id", "product_id", "product_code", "serial")


@router.get("/cases", response={200: CaseList, **PROBLEMS}, summary="List cases, the newest first")
@opens("cases.list")
def list_cases(
    request: ApiRequest,
    state: State | None = None,
    stage: Annotated[
        str, Query(pattern=r"^[a-z_]*$", max_length=60, description="The task it stands at.")
    ] = "",
    technician: UUID | None = None,
    after: Annotated[str, Query(max_length=200, description="`next` of the page before.")] = "",
    limit: Size = SIZE,
) -> HttpResponse:
    """By state, by the step it stands at, by technician. ``next`` leads on, whatever came in since."""
    rows = scope(request.auth, CaseRow)
    if state:
        rows = rows.filter(state=state)
    if stage:
        # Only what is open stands anywhere.
        rows = rows.filter(stage=stage, state=Case.State.OPEN)
    if technician:
        rows = rows.filter(technician=technician)
    found = shown.lines(NEWEST.sort(NEWEST.after(rows, after))[: limit + 1])
    more = NEWEST.key(found[limit - 1]["reported_at"], found[limit - 1]["id"]) if len(found) > limit else None
    return _json({"items": found[:limit], "next": more})


@router.get("/cases/counts", response={200: Counts, **PROBLEMS}, summary="Count cases by state and step")
@opens("cases.list")
def count_cases(request: ApiRequest) -> queries.Counts:
    """Every state is named; of the steps those where a case stands."""
    return queries.counts(request.auth)


@router.post("/cases", response={201: CaseOut, **PROBLEMS}, summary="Report a fault")
@opens("cases.take_partner_report")
def report(request: ApiRequest, sent: ReportIn, key: Key) -> Status[dict[str, Any]]:
    """It gets a number at once and its clocks start. A customer nobody knows gets a file."""
    entered = sent.model_dump()
    case = services.take_partner_report(
        reporter=Reporter(**{name: entered.pop(name) for name in REPORTER}),
        thing=Thing(**{name: entered.pop(name) for name in THING}),
        **entered,
        **by_key(request, key),
    )
    return Status(201, shown.whole(request.auth, case.pk, request.now))


@router.get("/cases/{uuid:case_id}", response={200: CaseOut, **PROBLEMS}, summary="Open a case")
@opens("cases.see")
def open_case(request: ApiRequest, case_id: UUID) -> HttpResponse:
    """Where it stands, what waits and who owes it, its visits, and its last 30 events."""
    return _json(shown.whole(request.auth, case_id, request.now))


@router.post(
    "/cases/{uuid:case_id}/assessment", response={200: CaseOut, **PROBLEMS}, summary="Weigh a report"
)
@opens("cases.assess_case")
def assess(request: ApiRequest, case_id: UUID, sent: AssessmentIn, key: Key) -> dict[str, Any]:
    """Accepted with its remedy, rejected with the reason, or more information asked."""
    services.assess_case(case_id, **sent.model_dump(mode="json"), **by_key(request, key))
    return shown.whole(request.auth, case_id, request.now)


@router.get("/cases/{uuid:case_id}/free-times", response={200: FreeTimes, **PROBLEMS}, summary="Free times")
@opens("dispatch.see_free_times")
def free_times(
    request: ApiRequest,
    case_id: UUID,
    start: Moment | None = None,
    technician: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 9,
) -> dict[str, Any]:
    """The next windows in which someone able can come, each with who."""
    case = (
        scope(request.auth, Case).select_related("product", "installed__product", "site").filter(pk=case_id)
    )
    found = case.first()
    if found is None:
        raise NotFound(what=Case._meta.verbose_name)
    slots = free_slots(found, now=request.now, most=limit, start=start, technician_id=technician)
    return {
        "items": [
            {
                "technician_id": slot.technician_id,
                "technician_name": slot.technician_name,
                "vehicle_id": slot.vehicle_id,
                "starts_at": slot.window.start,
                "ends_at": slot.window.end,
            }
            for slot in slots
        ]
    }


@router.get("/technicians", response={200: People, **PROBLEMS}, summary="Who may be sent")
@opens("dispatch.see_free_times")
def technicians(request: ApiRequest) -> dict[str, Any]:
    """The technicians who work here, by name."""
    rows = people_with_role(request.auth.organisation_id, Role.TECHNICIAN)
    return {"items": list(rows.values("id", "name"))}


def _json(content: dict[str, Any]) -> HttpResponse:
    """Written straight from the rows: the lists partners read all day are not checked line by line again.

    That they are as described is held by the tests.
    """
    return HttpResponse(to_json(content), content_type="application/json")
