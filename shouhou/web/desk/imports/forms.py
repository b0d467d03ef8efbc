"""Choosing a workbook and what it holds."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shouhou.core.models import ImportBatch
from shouhou.core.sheets import queries, services
from shouhou.core.sheets.reading import MOST_BYTES
from shouhou.web.ui.widgets import FilesInput, RadioCards
from shouhou.web.verbs import VerbForm


class OneFileInput(FilesInput):
    """A workbook dropped or chosen."""

    allow_multiple_selected = False

    def __init__(self) -> None:
        words = _("Drop the workbook here, or choose it")
        super().__init__(accept=".xlsx", words=words, attrs={"multiple": False})

    def value_from_datadict(self, data: object, files: object, name: str) -> object:
        return files.get(name) if hasattr(files, "get") else None


class UploadForm(VerbForm):
    """A workbook to look at. Nothing is written before it is applied."""

    importer = forms.ChoiceField(label=_("What it holds"), widget=RadioCards(row=True))
    file = forms.FileField(
        label=_("Workbook"),
        widget=OneFileInput(),
        help_text=_("Excel or WPS, .xlsx, at most 10 MB and 50,000 rows."),
        error_messages={
            "required": _("Choose a workbook."),
            "empty": _("This file is empty. Choose another one."),
            "max_length": _("The file's name is too long. Shorten it and choose the file again."),
        },
    )

    def prepare(self) -> None:
        choice = self.fields["importer"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(one.name, one.title) for one in queries.offered(self.actor)]
        if choice.choices:
            self.initial["importer"] = choice.choices[0][0]

    def carry_out(self) -> ImportBatch:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        # One byte more than fits shows that it is too large, without all of it in memory.
        content = file.read(MOST_BYTES + 1)
        return services.show(self.cleaned_data["importer"], file.name or "", content, **self.who)
