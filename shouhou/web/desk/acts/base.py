"""What every act has in common: its words, and the case it is done on."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

from shouhou.cases.models import Case
from shouhou.core.refusals import Refusal
from shouhou.web.verbs import VerbForm


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do on a case: its key in addresses, its verb, and the words on it.

    ``danger`` is for what people seldom take back; ``icon`` is the sprite's name.
    """

    key: str
    verb: str
    title: str | Promise
    button: str | Promise
    icon: str = "check"
    danger: bool = False


class ActForm(VerbForm):
    """A verb on a case."""

    act: ClassVar[Act]
    template: ClassVar[str] = "desk/acts/form.html"

    def __init__(self, *args: Any, case: Case, later: bool = False, **kwargs: Any) -> None:
        """``later`` leaves what takes long to find (free times) to be fetched by the page itself."""
        self.case, self.later = case, later
        super().__init__(*args, **kwargs)

    def in_the_way(self) -> Refusal | None:
        """Why there is nothing to do this on any more: a colleague was faster, or the customer answered."""
        return None

    def done(self) -> bool:
        """Do it; on a form that comes too late the reason stands above it, and what was typed is kept."""
        trouble = self.in_the_way()
        if trouble is None:
            return super().done()
        self.errors.clear()
        self.add_error(None, str(trouble))
        return False


def text_field(
    label: Any,
    *,
    most: int = 300,
    rows: int = 0,
    required: bool = True,
    hint: Any = "",
    **more: Any,
) -> forms.CharField:
    """A text field: one line, or ``rows`` lines."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=most, widget=widget, required=required, help_text=hint, **more
    )
