"""The first run (第一次使用): what an empty organisation still needs, worked out from its data.

Nothing is ticked by hand: a step is done when the rows are there. When all that is needed is done,
the guide is gone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouhou.cases import queries as cases
from shouhou.core import calendar
from shouhou.core.actor import Actor
from shouhou.core.models import Organisation, PolicyValue
from shouhou.core.policy import Role, can, scope
from shouhou.customers.models import Product
from shouhou.people.models import Person, PersonSkill, RoleHolding, Skill, Vehicle

# Entered when the organisation is founded, not by its people.
SEEDED = "core.calendar_until"


@dataclass(frozen=True, slots=True)
class Found:
    """What a step's data says: whether it is done, and a sentence of what is there or missing."""

    is_done: bool
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, where it is done, and how it stands. An optional one never holds the guide up."""

    title: str | Promise
    why: str | Promise
    url: str
    found: Found
    is_optional: bool = False

    @property
    def is_done(self) -> bool:
        return self.found.is_done


@dataclass(frozen=True, slots=True)
class Guide:
    """All steps in order, and the first that is still needed."""

    steps: list[Step] = field(default_factory=list)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done and not step.is_optional), None)

    @property
    def before(self) -> int:
        """How many of the steps needed come before the next one."""
        needed = [step for step in self.steps if not step.is_optional]
        return needed.index(self.next) if self.next else len(needed)

    @property
    def needed(self) -> int:
        return sum(not step.is_optional for step in self.steps)


def guide(actor: Actor, now: datetime) -> Guide:
    """The steps as they stand; at most nine statements. Without any when the first case is there."""
    if cases.is_any(actor.organisation_id):
        return Guide()
    return Guide(
        [
            Step(title, why, reverse(name), found(actor, now), is_optional)
            for title, why, name, found, is_optional in STEPS
        ]
        + [_first_call(actor)]
    )


def _organisation(actor: Actor, now: datetime) -> Found:
    row = Organisation.objects.get(pk=actor.organisation_id)
    if row.hotline:
        return Found(True, f"{row.name} · {row.hotline}")
    return Found(False, _("The hotline is missing: customers are told to call it."))


def _able(actor: Actor, now: datetime) -> Found:
    count = scope(actor, Skill).count()
    return Found(bool(count), _("{count} skills").format(count=count) if count else _("No skill yet."))


def _people(actor: Actor, now: datetime) -> Found:
    """Someone takes calls, someone goes out, and both can sign in; who goes out can do something."""
    can_sign_in = ~Q(person__password__startswith="!") & Q(person__username__isnull=False)
    holdings = scope(actor, RoleHolding).filter(can_sign_in, person__is_active=True)
    skilled = Exists(PersonSkill.objects.filter(person=OuterRef("person")))
    rows = set(holdings.annotate(is_skilled=skilled).values_list("role", "is_skilled"))
    held = {role for role, _skilled in rows}
    missing = []
    if not held & {Role.AGENT, Role.SUPERVISOR}:
        missing.append(_("a service agent who takes calls"))
    if Role.TECHNICIAN not in held:
        missing.append(_("a technician who goes out"))
    elif (Role.TECHNICIAN, True) not in rows:
        missing.append(_("a skill for a technician"))
    if missing:
        return Found(False, _("Missing, with a login: {what}.").format(what=_(", ").join(missing)))
    count = scope(actor, Person).filter(is_active=True).count()
    return Found(True, _("{count} people").format(count=count))


def _vehicles(actor: Actor, now: datetime) -> Found:
    count = scope(actor, Vehicle).filter(is_active=True).count()
    words = (
        _("{count} vehicles").format(count=count) if count else _("None yet: visits are booked without one.")
    )
    return Found(bool(count), words)


def _products(actor: Actor, now: datetime) -> Found:
    count = scope(actor, Product).filter(is_active=True).count()
    return Found(bool(count), _("{count} products").format(count=count) if count else _("No product yet."))


def _calendar(actor: Actor, now: datetime) -> Found:
    until = calendar.published_until(actor.organisation_id)
    if until is None or until < timezone.localdate(now):
        return Found(False, _("This year's holidays are not entered."))
    return Found(True, _("Holidays are entered up to the end of {year}.").format(year=until.year))


def _policies(actor: Actor, now: datetime) -> Found:
    count = scope(actor, PolicyValue).exclude(key=SEEDED).count()
    if count:
        return Found(True, _("{count} rules are your own").format(count=count))
    return Found(False, _("The defaults count until you change them."))


def _first_call(actor: Actor) -> Step:
    code = Organisation.objects.values_list("code", flat=True).get(pk=actor.organisation_id)
    takes_calls = can(actor, "work.take_call")
    return Step(
        _("Take the first call"),
        _(
            "Sign in as a service agent and take a call, or report something yourself the way a customer does."
        ),
        reverse("call") if takes_calls else reverse("report", args=[code]),
        Found(False, _("No case yet.")),
    )


Finder = Callable[[Actor, datetime], Found]
STEPS: tuple[tuple[Promise, Promise, str, Finder, bool], ...] = (
    (
        gettext_lazy("Name the organisation and its hotline"),
        gettext_lazy("They stand on everything customers read."),
        "setup-organisation",
        _organisation,
        False,
    ),
    (
        gettext_lazy("Say what work there is"),
        gettext_lazy("Trades and their skills: technicians are sent only for what they can do."),
        "setup-able",
        _able,
        False,
    ),
    (
        gettext_lazy("Take people on and give them roles"),
        gettext_lazy("At least one who takes calls and one who goes out, each with a login."),
        "setup-people",
        _people,
        False,
    ),
    (
        gettext_lazy("Enter vehicles"),
        gettext_lazy("So that two crews are never promised the same car."),
        "setup-vehicles",
        _vehicles,
        True,
    ),
    (
        gettext_lazy("Enter products"),
        gettext_lazy("What you sell and serve; the warranty term is worked out from them."),
        "setup-products",
        _products,
        False,
    ),
    (
        gettext_lazy("Look at the calendar"),
        gettext_lazy("Deadlines in working days are counted by it."),
        "setup-calendar",
        _calendar,
        False,
    ),
    (
        gettext_lazy("Look at the rules of the house"),
        gettext_lazy("How fast you answer, how long an offered time is held, which term counts."),
        "setup-policies",
        _policies,
        True,
    ),
)
