"""Who may do what with people, skills and vehicles; whose leave an actor sees."""

from django.db.models import Q

from shouhou.core.actor import Actor, Kind
from shouhou.core.policy import OFFICE, Role, allow, see
from shouhou.people.models import Leave

HEADS = (Role.ADMINISTRATOR, Role.SUPERVISOR)

# Done once, before anyone is there to have a role.
allow("people.open_house")
allow("people.see", *OFFICE, Role.ADMINISTRATOR)
allow("people.see_leave", *HEADS, Role.INSTALLATION_MANAGER)
allow("people.hire_person", *HEADS)
allow("people.change_person", *HEADS)
allow("people.set_roles", *HEADS)
allow("people.give_login", Role.ADMINISTRATOR)
allow("people.reset_password", Role.ADMINISTRATOR)
allow("people.let_person_go", *HEADS)
allow("people.take_person_back", *HEADS)
allow("people.add_trade", *HEADS)
allow("people.rename_trade", *HEADS)
allow("people.add_skill", *HEADS)
allow("people.change_skill", *HEADS)
allow("people.grant_skill", *HEADS)
allow("people.revoke_skill", *HEADS)
allow("people.add_vehicle", *HEADS)
allow("people.change_vehicle", *HEADS)
allow("people.retire_vehicle", *HEADS)
allow("people.grant_leave", *HEADS)
allow("people.cancel_leave", *HEADS)


def _seen_by(actor: Actor) -> Q:
    """Why someone is away is between them and their head; that they are away stands in the occupancy."""
    if actor.kind is Kind.STAFF and actor.has(*HEADS, Role.INSTALLATION_MANAGER):
        return Q()
    return Q(person=actor.id) if actor.kind is Kind.STAFF else Q(pk=None)


see(Leave, _seen_by)
