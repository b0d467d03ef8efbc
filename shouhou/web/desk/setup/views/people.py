"""People, what they can, what they go out with, when they are away."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from shouhou.core.policy import ROLE_NAMES, can, scope
from shouhou.core.refusals import NotFound
from shouhou.people.models import Leave, Person, Trade, Vehicle
from shouhou.web.desk.setup.lists import NameList
from shouhou.web.desk.setup.views.page import show
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest

LOOKED_THROUGH = ("name", "name_en", "phone", "username", "permit")
MOST_LEAVE = 20
MOST = 200


@door("people.see")
@require_GET
def people(request: PersonRequest) -> HttpResponse:
    """Who works here, by name; those who left on asking."""
    rows = scope(request.actor, Person).prefetch_related("roles")
    left, role = request.GET.get("state") == "left", request.GET.get("role", "")
    rows = rows.filter(is_active=not left)
    if role in ROLE_NAMES:
        rows = rows.filter(roles__role=role)
    found = NameList.read(rows, request.GET, among=LOOKED_THROUGH)
    context = {"list": found, "roles": ROLE_NAMES, "role": role, "left": left}
    return show(request, "desk/setup/people.html", context, here="setup-people")


@door("people.see")
@require_GET
def person(request: PersonRequest, person_id: UUID) -> HttpResponse:
    """Someone's particulars, roles, login, skills and leave to come."""
    rows = scope(request.actor, Person).prefetch_related("roles", "skills__skill__trade")
    found = rows.filter(pk=person_id).first()
    if found is None:
        raise NotFound(what=Person._meta.verbose_name)
    leave = scope(request.actor, Leave).filter(person=found, cancelled_at=None, ends_at__gt=request.now)
    context = {
        "person": found,
        "roles": [label for role, label in ROLE_NAMES.items() if role in found.role_keys],
        "skills": sorted(found.skills.all(), key=lambda held: (held.skill.trade.name, held.skill.name)),
        "leave": leave.order_by("starts_at")[:MOST_LEAVE] if can(request.actor, "people.see_leave") else (),
        "today": request.now.date(),
    }
    return show(request, "desk/setup/person.html", context, here="setup-people")


@door("people.see")
@require_GET
def able(request: PersonRequest) -> HttpResponse:
    """Trades, their skills, and how many hold each."""
    trades = scope(request.actor, Trade).order_by("name").prefetch_related("skills__holders")
    return show(request, "desk/setup/able.html", {"trades": trades}, here="setup-able")


@door("people.see")
@require_GET
def vehicles(request: PersonRequest) -> HttpResponse:
    """What crews go out with; what is out of service below."""
    rows = scope(request.actor, Vehicle).order_by("-is_active", "plate")
    return show(request, "desk/setup/vehicles.html", {"vehicles": rows}, here="setup-vehicles")


@door("people.see_leave")
@require_GET
def leave(request: PersonRequest) -> HttpResponse:
    """Who is away now and later, the soonest first."""
    rows = scope(request.actor, Leave).filter(cancelled_at=None, ends_at__gt=request.now)
    found = rows.select_related("person", "granted_by").order_by("starts_at")[:MOST]
    return show(request, "desk/setup/leave.html", {"leave": found}, here="setup-leave")
