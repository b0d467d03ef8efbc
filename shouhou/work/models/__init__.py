"""What the room records of visits, promises and bench jobs."""

from shouhou.work.models.bench import BenchJob
from shouhou.work.models.consent import Answer, Offer, Slot
from shouhou.work.models.visit import CrewMember, Promise, Visit

__all__ = ["Answer", "BenchJob", "CrewMember", "Offer", "Promise", "Slot", "Visit"]
