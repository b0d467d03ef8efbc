"""The room's verbs: hire and let go, logins, roles, skills, vehicles, leave."""

from shouhou.people.services.able import (
    add_skill,
    add_trade,
    change_skill,
    grant_skill,
    rename_trade,
    revoke_skill,
)
from shouhou.people.services.founding import open_house
from shouhou.people.services.leave import cancel_leave, grant_leave
from shouhou.people.services.logins import give_login, reset_password
from shouhou.people.services.staff import (
    change_person,
    hire_person,
    let_person_go,
    set_roles,
    take_person_back,
)
from shouhou.people.services.vehicles import add_vehicle, change_vehicle, retire_vehicle

__all__ = [
    "add_skill",
    "add_trade",
    "add_vehicle",
    "cancel_leave",
    "change_person",
    "change_skill",
    "change_vehicle",
    "give_login",
    "grant_leave",
    "grant_skill",
    "hire_person",
    "let_person_go",
    "open_house",
    "rename_trade",
    "reset_password",
    "retire_vehicle",
    "revoke_skill",
    "set_roles",
    "take_person_back",
]
