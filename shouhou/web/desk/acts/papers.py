"""What is put on a case and what is given away: photos and papers, and the customer's own link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.cases import services as cases
from shouhou.core import files
from shouhou.web.desk.acts.base import Act, ActForm
from shouhou.web.ui.fields import FilesField
from shouhou.web.ui.widgets import FilesInput, Tick

MOST = 9
ACCEPTED = "image/*,application/pdf"


class FilesForm(ActForm):
    act = Act("files", "cases.attach_files", _("Add photos or papers"), _("Add"), "camera")

    chosen = FilesField(
        label=_("Photos and papers"),
        most=MOST,
        widget=FilesInput(accept=ACCEPTED, words=_("Drop photos or PDF files here, or choose them")),
        error_messages={"required": _("Choose at least one file.")},
    )
    shown_to_customer = forms.BooleanField(
        label=_("Who sees it"), required=False, widget=Tick(_("The customer sees it too"))
    )

    def carry_out(self) -> object:
        received = [
            files.receive(
                self.case.organisation_id, file, name=file.name or "", claimed=file.content_type or ""
            )
            for file in self.cleaned_data["chosen"]
        ]
        return cases.attach_files(
            self.case,
            files=received,
            purpose="desk",
            shown_to_customer=self.cleaned_data["shown_to_customer"],
            **self.who,
        )


class LinkForm(ActForm):
    """The link is told once: ``result`` is its token, and only its hash is kept."""

    act = Act("link", "cases.give_link", _("A link for the customer"), _("Make the link"), "link")
    template = "desk/acts/link.html"

    def carry_out(self) -> object:
        return cases.give_link(self.case, **self.who)
