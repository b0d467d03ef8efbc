"""What waits on a case: each step with who owes it, by when, and the form when it is the reader's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shouhou.cases.models import Case
from shouhou.core import policy
from shouhou.flows import queries as flows
from shouhou.web import wording
from shouhou.web.desk.acts import ACTS, BY_FORM, Act, ActForm
from shouhou.web.desk.story.visits import Going
from shouhou.web.requests import PersonRequest
from shouhou.work.models import Visit

# What may be done beside the main line, while a case is open and when it is over.
BESIDE_OPEN = (
    "note",
    "files",
    "contact",
    "correct",
    "link",
    "hand_over_case",
    "customer",
    "merge",
    "withdraw",
)
BESIDE_OVER = ("note", "files", "link", "reopen")
BESIDE_VISIT = ("leave", "arrive", "finish", "offer", "request_time", "hand_over", "cancel_visit")
BESIDE_OFFER = ("answer_offer", "withdraw_offer")
# Shown as buttons of their own; the rest stands in a menu.
FIRST_HAND = ("note", "files")
VISIT, OTHER_TECHNICIAN = "visit", "other_technician"


@dataclass(frozen=True, slots=True)
class Next:
    """One thing that waits: the step, who owes it, by when, and the acts that do it.

    ``why`` says what else there is to know; ``is_mine`` when the reader's roles owe it.
    """

    name: str
    since: datetime
    owners: str
    due_at: datetime | None
    why: str
    act: Act | None
    others: tuple[Act, ...]
    is_mine: bool

    @property
    def is_customers(self) -> bool:
        """Whether nobody of the house owes it."""
        return self.act is None and not self.is_mine


def waits(position: flows.Position, going: Going, request: PersonRequest) -> list[Next]:
    """Everything that waits; what the reader can do stands first."""
    found = [_next(step, going, request) for step in position.waiting]
    return sorted(found, key=lambda item: not item.is_mine)


def _next(step: flows.Waiting, going: Going, request: PersonRequest) -> Next:
    ahead = going.ahead if step.task == VISIT else None
    # A visit may be handed to one person; a role owes every other step.
    is_mine = request.actor.has(*step.roles) and (ahead is None or ahead.technician_id == request.user.pk)
    acts = _acts(step, going, request)
    return Next(
        name=step.name,
        since=step.since,
        owners=ahead.technician.name if ahead else step.owners,
        due_at=_due(step, going),
        why=_why(step, going, request.now),
        act=acts[0] if acts else None,
        others=tuple(acts[1:]),
        is_mine=is_mine and bool(acts),
    )


def _acts(step: flows.Waiting, going: Going, request: PersonRequest) -> list[Act]:
    if step.task == VISIT:
        keys: Iterable[str] = (_stage_of(going.ahead),)
    elif step.task == OTHER_TECHNICIAN:
        keys = ("hand_over", "keep_promise")
    elif not step.task and going.offer is not None:
        keys = ("answer_offer",)
    else:
        keys = (step.form,)
    known = [ACTS[key] for key in keys if key in ACTS]
    return [act for act in known if policy.can(request.actor, act.verb)]


def _stage_of(ahead: Visit | None) -> str:
    """What comes next at a visit: set out, arrive, report."""
    if ahead is None or ahead.arrived_at:
        return "finish"
    return "arrive" if ahead.left_at else "leave"


def _due(step: flows.Waiting, going: Going) -> datetime | None:
    if step.task == VISIT and going.promise is not None:
        return going.promise.end
    return min((clock.due_at for clock in step.clocks), default=None)


def _why(step: flows.Waiting, going: Going, now: datetime) -> str:
    """What to know of the step: the times asked about, or the window promised."""
    if not step.task and going.offer is not None:
        times = " / ".join(wording.window(slot, now) for slot in going.slots)
        return f"{going.offer.reason} → {times}"
    if step.task == VISIT and going.promise is not None:
        return wording.window(going.promise, now)
    return ""


def first_form(waiting: list[Next], case: Case, request: PersonRequest) -> ActForm | None:
    """The form of the first step that is the reader's: it stands open on the page."""
    for item in waiting:
        if item.is_mine and item.act is not None:
            return BY_FORM[item.act.key](case=case, actor=request.actor, now=request.now, later=True)
    return None


def beside(case: Case, going: Going, request: PersonRequest) -> dict[str, list[Act]]:
    """What may be done beside the main line: at hand, around the visit, and the rest."""
    is_open = case.state == Case.State.OPEN
    around = (*(BESIDE_VISIT if going.ahead else ()), *(BESIDE_OFFER if going.offer else ()))
    return {
        "at_hand": _allowed(FIRST_HAND, request),
        "around": _allowed(around if is_open else (), request),
        "rest": _allowed(
            (key for key in (BESIDE_OPEN if is_open else BESIDE_OVER) if key not in FIRST_HAND), request
        ),
    }


def _allowed(keys: Iterable[str], request: PersonRequest) -> list[Act]:
    return [ACTS[key] for key in keys if policy.can(request.actor, ACTS[key].verb)]
