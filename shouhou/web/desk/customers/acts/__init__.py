"""What may be done to a customer's file: one form a verb."""

from shouhou.web.desk.customers.acts.base import FileForm
from shouhou.web.desk.customers.acts.file import CorrectForm, OpenForm, RemoveForm
from shouhou.web.desk.customers.acts.pieces import (
    CorrectPieceForm,
    MovePieceForm,
    RecordPieceForm,
    RemovePieceForm,
    RetirePieceForm,
)
from shouhou.web.desk.customers.acts.reaching import (
    AddContactForm,
    AddSiteForm,
    CorrectContactForm,
    CorrectSiteForm,
    MainContactForm,
    MainSiteForm,
    RemoveContactForm,
    RemoveSiteForm,
)

FORMS: tuple[type[FileForm], ...] = (
    CorrectForm,
    RemoveForm,
    AddContactForm,
    CorrectContactForm,
    RemoveContactForm,
    MainContactForm,
    AddSiteForm,
    CorrectSiteForm,
    RemoveSiteForm,
    MainSiteForm,
    RecordPieceForm,
    CorrectPieceForm,
    MovePieceForm,
    RetirePieceForm,
    RemovePieceForm,
)
BY_KEY: dict[str, type[FileForm]] = {form.act.key: form for form in FORMS}

__all__ = ["BY_KEY", "FileForm", "OpenForm"]
