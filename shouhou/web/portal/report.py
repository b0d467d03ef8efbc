"""The report form of someone without a login."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouhou.cases.services import report_fault
from shouhou.core import files
from shouhou.core.actor import Actor, Kind
from shouhou.core.links import LinkUnknown
from shouhou.core.models import Organisation
from shouhou.core.refusals import Refusal, Unfit
from shouhou.customers.models import InstalledProduct
from shouhou.web.middleware import KEY_FIELD
from shouhou.web.ui.fields import FilesField, PhoneField
from shouhou.web.verbs import VerbForm


class ReportForm(VerbForm):
    """What is wrong, and how to reach whoever says so."""

    symptom = forms.CharField(
        label=_("What do you observe?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you observe, in your own words.")},
    )
    photos = FilesField(label=_("Photos"), required=False, most=6)
    name = forms.CharField(
        label=_("Your name"), max_length=60, error_messages={"required": _("Write your name.")}
    )
    phone = PhoneField(
        label=_("Your phone number"), error_messages={"required": _("Write a number we can call.")}
    )
    address = forms.CharField(label=_("Where it stands"), max_length=200, required=False)

    def __init__(
        self, *args: Any, organisation: Organisation, piece: InstalledProduct | None, key: str, **kwargs: Any
    ) -> None:
        self.organisation, self.piece = organisation, piece
        subject = piece.pk if piece else None
        actor = Actor(Kind.LINK, organisation.pk, subject, purpose="report", subject_id=subject, key=key[:80])
        super().__init__(*args, actor=actor, now=timezone.now(), **kwargs)

    def prepare(self) -> None:
        if self.piece is not None:
            # The piece is known to stand somewhere; nobody need say where.
            del self.fields["address"]

    def carry_out(self) -> str:
        """Send the report; the token of the reporter's own link."""
        entered = {name: value for name, value in self.cleaned_data.items() if name != "photos"}
        try:
            received = [
                files.receive(
                    self.organisation.pk, photo, name=photo.name or "", claimed=photo.content_type or ""
                )
                for photo in self.cleaned_data["photos"]
            ]
        except Refusal as trouble:
            raise Unfit({"photos": str(trouble)}) from trouble
        return report_fault(
            **entered, piece_id=self.piece.pk if self.piece else None, files=received, **self.who
        )


def by_qr(qr: str, request: HttpRequest) -> ReportForm:
    """The form for the piece that carries this code.

    Raises ``LinkUnknown``.
    """
    rows = InstalledProduct.objects.select_related("organisation", "product").filter(retired_on=None)
    piece = rows.filter(qr=qr).first()
    if piece is None:
        raise LinkUnknown
    return _form(request, piece.organisation, piece)


def by_code(code: str, request: HttpRequest) -> ReportForm:
    """The form of a company.

    Raises ``LinkUnknown``.
    """
    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise LinkUnknown
    return _form(request, organisation, None)


def _form(request: HttpRequest, organisation: Organisation, piece: InstalledProduct | None) -> ReportForm:
    data = request.POST if request.method == "POST" else None
    key = request.POST.get(KEY_FIELD, "")
    return ReportForm(data, request.FILES or None, organisation=organisation, piece=piece, key=key)
