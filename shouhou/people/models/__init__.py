"""What the room records of people, what they can, and where they are bound."""

from shouhou.people.models.able import PersonSkill, Skill, Trade
from shouhou.people.models.occupancy import Leave, Occupancy
from shouhou.people.models.person import Person, RoleHolding
from shouhou.people.models.vehicle import Vehicle

__all__ = ["Leave", "Occupancy", "Person", "PersonSkill", "RoleHolding", "Skill", "Trade", "Vehicle"]
