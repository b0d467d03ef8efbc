"""What the room records of a case."""

from shouhou.cases.models.case import Case, Note
from shouhou.cases.models.followup import ReturnCall, Survey
from shouhou.cases.models.outcome import Outcome
from shouhou.cases.models.triage import Appeal, Assessment, Enquiry

__all__ = ["Appeal", "Assessment", "Case", "Enquiry", "Note", "Outcome", "ReturnCall", "Survey"]
