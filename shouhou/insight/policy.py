"""Rows are seen as their cases are."""

from django.db.models import Q

from shouhou.core.actor import Actor, Kind
from shouhou.core.policy import OFFICE, Role, see
from shouhou.insight.models import CaseRow


def _seen_by(actor: Actor) -> Q:
    if actor.kind is Kind.LINK:
        return Q(pk=None)
    if actor.kind is Kind.CLIENT or actor.has(*OFFICE, Role.REPAIR_CENTRE, Role.STOREKEEPER, Role.FINANCE):
        return Q()
    if actor.has(Role.SALES_GUIDE, Role.STORE_MANAGER):
        return Q(channel="store")
    return Q(technician=actor.id)


see(CaseRow, _seen_by)
