"""The report from the door, with its photos."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouhou.cases import services as cases
from shouhou.core import files
from shouhou.core.refusals import Refusal
from shouhou.web.desk.acts.visits import FinishForm
from shouhou.web.ui.fields import FilesField
from shouhou.web.ui.widgets import FilesInput

MOST = 9


class ReportForm(FinishForm):
    """What came of the visit, with photos.

    Photos are put on the case first, under a key of their own: when anything else needs another look, a
    browser does not send them again, and they must not be lost.
    """

    photos = FilesField(
        label=_("Photos"),
        required=False,
        most=MOST,
        widget=FilesInput(words=_("Take photos, or choose them")),
    )
    field_order = ("result", "photos", "cause", "work_done", "signed_by")
    kept = 0

    def done(self) -> bool:
        """Keep the photos, then report the visit."""
        return self._keep_photos() and super().done()

    def _keep_photos(self) -> bool:
        chosen = self.files.getlist("photos") if self.is_bound else []
        if not chosen or self.in_the_way() is not None or "photos" in self.errors:
            return "photos" not in self.errors
        actor = self.actor.by(f"{self.actor.key}:photos"[:80] if self.actor.key else "")
        try:
            received = [
                files.receive(
                    self.case.organisation_id, photo, name=photo.name or "", claimed=photo.content_type or ""
                )
                for photo in chosen
            ]
            cases.attach_files(self.case, files=received, purpose="visit", actor=actor, now=self.now)
        except Refusal as trouble:
            self.add_error("photos", str(trouble))
            return False
        self.kept = len(received)
        return True

    def carry_out(self) -> Any:
        self.cleaned_data.pop("photos", None)
        return super().carry_out()
