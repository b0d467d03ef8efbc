"""Drawings: uploaded as a draft, published, taken back."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouhou.flows import services as flows
from shouhou.flows.models import Version
from shouhou.kernel.bpmn.reading import LARGEST
from shouhou.web.desk.acts.base import Act
from shouhou.web.desk.setup.forms.base import SetupForm
from shouhou.web.ui.fields import FilesField
from shouhou.web.ui.widgets import FilesInput


class AtlasForm(SetupForm):
    """What is done on a page leads back to it."""

    section = "atlas"

    @property
    def page(self) -> str:
        """The page's key."""
        return str(self.subject.page.key)

    @property
    def after(self) -> str:
        return reverse("atlas-page", args=[self.page]) if self.page else super().after


class UploadForm(AtlasForm):
    act = Act("upload-drawing", "flows.save_draft", _("Upload a drawing"), _("Keep it as a draft"), "upload")
    why = _("A BPMN 2.0 file from any modeller. Cases go on as before until the draft is published.")
    said = _("The draft is kept. What is still to be fixed stands below it.")
    two = False

    page_key = forms.SlugField(
        label=_("Page"),
        max_length=60,
        help_text=_(
            "The page's key, such as a. A key that is new makes a new page, named after the drawing."
        ),
    )
    drawing = FilesField(
        label=_("Drawing"),
        most=1,
        largest=LARGEST,
        widget=FilesInput(accept=".bpmn,.xml", words=_("Drop the BPMN file here, or choose it")),
    )

    def prepare(self) -> None:
        self.start_with(page_key=self.asked.get("page"))

    @property
    def page(self) -> str:
        entered: dict[str, Any] = getattr(self, "cleaned_data", {})
        return str(entered.get("page_key") or self.asked.get("page") or "")

    def carry_out(self) -> object:
        (file,) = self.cleaned_data["drawing"]
        return flows.save_draft(page=self.cleaned_data["page_key"], xml=file.read(), **self.who)


class PublishForm(AtlasForm):
    act = Act("publish", "flows.publish_version", _("Publish the draft"), _("Publish"), "check")
    on = Version
    why = _("New cases follow it from now on. Cases under way keep the version they began with.")
    said = _("Published: new cases follow this drawing.")

    @property
    def about(self) -> str:
        return f"{self.subject.page} v{self.subject.number}"

    def carry_out(self) -> object:
        return flows.publish_version(self.subject, **self.who)


class RetireVersionForm(AtlasForm):
    act = Act(
        "retire-version",
        "flows.retire_version",
        _("Take the drawing back"),
        _("Take back"),
        "undo",
        danger=True,
    )
    on = Version
    why = _(
        "New cases follow the product's own drawing again; without one none begins. Cases under way go on."
    )
    said = _("Taken back.")

    @property
    def about(self) -> str:
        return f"{self.subject.page} v{self.subject.number}"

    def carry_out(self) -> object:
        return flows.retire_version(self.subject, **self.who)
