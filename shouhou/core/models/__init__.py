"""What the ground records."""

from shouhou.core.models.calendar import CalendarDay
from shouhou.core.models.clients import ApiClient
from shouhou.core.models.files import Attachment, StoredFile
from shouhou.core.models.jobs import Job, Lease
from shouhou.core.models.links import Link
from shouhou.core.models.organisation import Business, Counter, Organisation, PolicyValue
from shouhou.core.models.record import Command, Event, PersonalValue, Root, Seal
from shouhou.core.models.search import SearchTerm
from shouhou.core.models.sheets import ImportBatch, ImportRow

__all__ = [
    "ApiClient",
    "Attachment",
    "Business",
    "CalendarDay",
    "Command",
    "Counter",
    "Event",
    "ImportBatch",
    "ImportRow",
    "Job",
    "Lease",
    "Link",
    "Organisation",
    "PersonalValue",
    "PolicyValue",
    "Root",
    "Seal",
    "SearchTerm",
    "StoredFile",
]
