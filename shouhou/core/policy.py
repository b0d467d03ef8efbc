"""Policy (权限): who may do a verb, and which rows an actor sees. Deny by default.

The mechanism; each room states its own rules in its ``policy`` module::

    allow("cases.assess_case", Role.AGENT, Role.SUPERVISOR, client=Right.DISPATCH)
    see(Case, agents_see_all_technicians_their_own)
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouhou.core.actor import Actor, Kind
from shouhou.core.refusals import NotAllowed


class Role(StrEnum):
    """The roles of the trade (flows.md, Roles)."""

    SALES_GUIDE = "sales_guide"
    STORE_MANAGER = "store_manager"
    AGENT = "service_agent"
    SPECIALIST = "service_specialist"
    TECHNICIAN = "technician"
    CLERK = "service_clerk"
    SUPERVISOR = "service_supervisor"
    INSTALLATION_MANAGER = "installation_manager"
    PROJECT_MANAGER = "project_manager"
    ENGINEER = "engineer"
    FINANCE = "finance"
    STOREKEEPER = "storekeeper"
    REPAIR_CENTRE = "repair_centre"
    DRIVER = "driver"
    PURCHASING = "purchasing"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.SALES_GUIDE: _("Sales guide"),
    Role.STORE_MANAGER: _("Store manager"),
    Role.AGENT: _("Service agent"),
    Role.SPECIALIST: _("Service specialist"),
    Role.TECHNICIAN: _("Technician"),
    Role.CLERK: _("Service clerk"),
    Role.SUPERVISOR: _("Service supervisor"),
    Role.INSTALLATION_MANAGER: _("Installation manager"),
    Role.PROJECT_MANAGER: _("Project manager"),
    Role.ENGINEER: _("Engineer"),
    Role.FINANCE: _("Finance"),
    Role.STOREKEEPER: _("Storekeeper"),
    Role.REPAIR_CENTRE: _("Repair-centre staff"),
    Role.DRIVER: _("Driver"),
    Role.PURCHASING: _("Purchasing"),
    Role.ADMINISTRATOR: _("Administrator"),
}


class Right(StrEnum):
    """What a partner's system may be given (合作方权限): each verb open to partners needs one of these."""

    READ = "read"
    REPORT = "report"
    DISPATCH = "dispatch"
    WORK = "work"


OFFICE = frozenset({Role.AGENT, Role.SPECIALIST, Role.CLERK, Role.SUPERVISOR, Role.INSTALLATION_MANAGER})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do one verb. The engine and jobs may, for they only carry out what people published."""

    roles: frozenset[str]
    purposes: frozenset[str] = frozenset()
    client: Right | None = None


RULES: dict[str, Rule] = {}
SIGHT: dict[type[Model], Callable[[Actor], Q]] = {}


def allow(verb: str, *roles: str, links: tuple[str, ...] = (), client: Right | None = None) -> None:
    """Let these roles do ``verb``; also links of these purposes and API clients with the right named."""
    RULES[verb] = Rule(frozenset(roles), frozenset(links), client)


def see(model: type[Model], condition: Callable[[Actor], Q]) -> None:
    """State which rows of ``model`` an actor sees, beside the organisation's wall."""
    SIGHT[model] = condition


def can(actor: Actor, verb: str) -> bool:
    """Whether this actor may do this verb at all."""
    rule = RULES.get(verb)
    if rule is None:
        return False
    match actor.kind:
        case Kind.ENGINE | Kind.JOB:
            return True
        case Kind.LINK:
            return actor.purpose in rule.purposes
        case Kind.CLIENT:
            return rule.client is not None and rule.client in actor.roles
        case _:
            return not actor.roles.isdisjoint(rule.roles)


def require(actor: Actor, verb: str) -> None:
    """Refuse when the actor may not do the verb.

    Raises ``NotAllowed``.
    """
    if not can(actor, verb):
        raise NotAllowed(verb=verb)


def scope(actor: Actor, model: type[Model]) -> "QuerySet[Any]":
    """The rows of ``model`` this actor may see: the first word of every query."""
    rows: QuerySet[Any] = model._default_manager.filter(organisation_id=actor.organisation_id)
    condition = SIGHT.get(model)
    if condition is not None and actor.kind not in (Kind.ENGINE, Kind.JOB):
        rows = rows.filter(condition(actor))
    elif condition is None and actor.kind is Kind.LINK:
        # A customer's link sees nothing unless a room says what.
        rows = rows.none()
    return rows
