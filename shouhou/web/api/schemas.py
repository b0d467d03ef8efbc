"""What goes in and out of the API. Moments carry their zone; ids are UUIDs the API gave out."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from shouhou.cases.models import Assessment, Case
from shouhou.work.models import Answer, Offer, Visit

FIRST_YEAR, LAST_YEAR = 2000, 2100


def _near(moment: datetime) -> datetime:
    """A moment calendars can reckon with."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("A moment must lie between 2000 and 2100.")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_near)]
Line = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=4_000)]
# Written out: three models call their choices "State", and a description knows each name once.
State = Literal["open", "closed", "rejected", "withdrawn", "merged"]
VisitState = Literal["booked", "under_way", "done", "cancelled"]
OfferState = Literal["open", "agreed", "refused", "lapsed", "withdrawn"]


class Entry(Schema):
    """What comes in: an entry nobody knows is refused rather than lost."""

    model_config = ConfigDict(extra="forbid")


# — in —


class ReportIn(Entry):
    """A fault to report. Name the customer by id, or by phone and name; the piece by id or serial number."""

    symptom: Line = Field(min_length=1, examples=["滑门脱轨，关不严"])
    customer_id: UUID | None = None
    name: Annotated[str, Field(max_length=100)] = ""
    phone: Annotated[str, Field(max_length=40, examples=["138 0000 5678"])] = ""
    district: Annotated[str, Field(max_length=60)] = ""
    address: Line = ""
    installed_id: UUID | None = None
    product_id: UUID | None = None
    product_code: Annotated[str, Field(max_length=60)] = ""
    serial: Annotated[str, Field(max_length=60)] = ""
    details: Words = ""
    wish: Line = ""
    reference: Annotated[str, Field(max_length=40, description="Your own number of it.")] = ""
    reported_at: Moment | None = None


class AssessmentIn(Entry):
    """The three things weighed (A2): warranty and availability are worked out, the claim is judged by you."""

    is_reasonable: bool
    reasonable_grounds: Annotated[str, Field(min_length=1, max_length=300)]
    outcome: Assessment.Outcome
    reason: Annotated[str, Field(max_length=300, description="What the customer is told or asked.")] = ""
    remedy: Assessment.Remedy | Literal[""] = ""
    place: Assessment.Place | Literal[""] = ""


class VisitIn(Entry):
    """Who goes, with what, when. The window is told to the customer as our first promise."""

    technician_id: UUID
    starts_at: Moment
    ends_at: Moment
    plan_minutes: Annotated[int, Field(ge=5, le=1_440)] | None = None
    vehicle_id: UUID | None = None
    crew_ids: Annotated[list[UUID], Field(max_length=20)] = []
    driver_id: UUID | None = None


class DepartureIn(Entry):
    left_at: Moment | None = None


class ArrivalIn(Entry):
    arrived_at: Moment | None = None


class ResultIn(Entry):
    """What came of a visit. What was not fixed goes on; it is never closed silently."""

    result: Visit.Result
    cause: Annotated[str, Field(max_length=100)] = ""
    work_done: Annotated[str, Field(max_length=2_000, description="The note: what was found and done.")] = ""
    signed_by: Annotated[str, Field(max_length=60)] = ""
    arrived_at: Moment | None = None
    finished_at: Moment | None = None


class TimeIn(Entry):
    technician_id: UUID
    starts_at: Moment
    ends_at: Moment
    vehicle_id: UUID | None = None


class OfferIn(Entry):
    """Other times for a promised visit. The promise moves only when the customer agrees."""

    times: Annotated[list[TimeIn], Field(min_length=1, max_length=5)]
    asked_by: Offer.AskedBy
    reason: Annotated[str, Field(min_length=1, max_length=200)]
    apology: Annotated[str, Field(max_length=300, description="Needed when it is we who ask.")] = ""
    expires_at: Moment | None = None


class AnswerIn(Entry):
    """What the customer said to an offer, and who of the staff heard it."""

    said: Answer.Said
    channel: Literal["phone", "door"]
    heard_by_id: UUID
    slot_id: UUID | None = None
    words: Annotated[str, Field(max_length=300)] = ""
    said_by: Annotated[str, Field(max_length=60)] = ""
    said_at: Moment | None = None


# — out —


class Problem(Schema):
    """Why not, and what to do next (RFC 9457), in the language asked for."""

    type: str
    title: str
    detail: str
    status: int
    code: str
    values: dict[str, object]


class CaseLine(Schema):
    """A case as lists show it. ``stage`` is the step it stands at, ``due_at`` the next clock that runs."""

    id: UUID
    number: str
    state: State
    stage: str
    stage_name: str
    customer_id: UUID
    customer_name: str
    phone: str
    district: str
    product: str
    symptom: str
    channel: Case.Channel
    origin: Case.Origin
    agent_name: str
    technician_id: UUID | None
    technician_name: str
    promise_starts_at: datetime | None
    promise_ends_at: datetime | None
    due_at: datetime | None
    reported_at: datetime
    closed_at: datetime | None
    version: int


class CaseList(Schema):
    """Up to 80 cases, the newest first; ``next`` leads on, and is null at the end."""

    items: list[CaseLine]
    next: str | None


class Counts(Schema):
    """How many cases are in each state, and of the open ones how many stand at each step."""

    states: dict[str, int]
    stages: dict[str, int]


class Step(Schema):
    """A step that waits: what it is, since when, and which roles owe it."""

    task: str
    name: str
    since: datetime
    owed_by: list[str]


class Happening(Schema):
    """One event of the record; ``text`` says it, ``more`` gives the words behind it."""

    number: int
    kind: str
    text: str
    more: str
    by: str
    happened_at: datetime
    recorded_at: datetime


class Window(Schema):
    starts_at: datetime
    ends_at: datetime


class VisitOut(Schema):
    """A visit: its plan, the windows promised (the first is measured, the last holds), what came of it."""

    id: UUID
    case_id: UUID
    number: int
    state: VisitState
    technician_id: UUID
    vehicle_id: UUID | None
    plan_starts_at: datetime
    plan_ends_at: datetime
    promises: list[Window]
    left_at: datetime | None
    arrived_at: datetime | None
    finished_at: datetime | None
    result: str
    work_done: str


class SlotOut(Schema):
    id: UUID
    technician_id: UUID
    starts_at: datetime
    ends_at: datetime


class OfferOut(Schema):
    """An offer of other times, held for the customer until ``expires_at``."""

    id: UUID
    visit_id: UUID
    state: OfferState
    asked_by: Offer.AskedBy
    expires_at: datetime
    slots: list[SlotOut]


class AnswerOut(Schema):
    """An answer as it was kept. ``took_effect`` is false for a yes to a time taken meanwhile: offer another."""

    id: UUID
    offer_id: UUID
    said: Answer.Said
    took_effect: bool


class CaseOut(CaseLine):
    """One case: where it stands, what waits, its visits, and its last 30 events."""

    details: str
    wish: str
    address: str
    response_due_at: datetime
    arrival_due_at: datetime
    waiting: list[Step]
    visits: list[VisitOut]
    offer: OfferOut | None
    events: list[Happening]


class FreeTime(Schema):
    """A free time: who would come, with what, in which window."""

    technician_id: UUID
    technician_name: str
    vehicle_id: UUID | None
    starts_at: datetime
    ends_at: datetime


class FreeTimes(Schema):
    items: list[FreeTime]


class Person(Schema):
    id: UUID
    name: str


class People(Schema):
    items: list[Person]
