"""What every act has in common: the case, the actor, the moment, and how a refusal becomes a field's fault."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

from shouhou.cases.models import Case
from shouhou.core.actor import Actor
from shouhou.core.refusals import Refusal, Unfit


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


class ActForm(forms.Form):
    """A form that is one verb. ``carry_out`` calls the one service; nothing else here changes anything."""

    act: ClassVar[Act]
    template: ClassVar[str] = "desk/acts/form.html"

    def __init__(self, *args: Any, case: Case, actor: Actor, now: datetime, **kwargs: Any) -> None:
        self.case, self.actor, self.now = case, actor, now
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices this case offers."""

    def carry_out(self) -> object:
        """Call the service with what was entered."""
        raise NotImplementedError

    @property
    def who(self) -> dict[str, Any]:
        """The words every service ends with."""
        return {"actor": self.actor, "now": self.now}

    def done(self) -> bool:
        """Check the entries and carry the verb out; a refusal of an entry stands at its field.

        Any other refusal stands above the form, and what was entered is kept.
        """
        if not self.is_valid():
            return False
        try:
            self.carry_out()
        except Unfit as trouble:
            for name, sentence in trouble.problems.items():
                self.add_error(name if name in self.fields else None, sentence)
            return False
        except Refusal as trouble:
            self.add_error(None, str(trouble))
            return False
        return True


def text_field(
    label: str | Promise,
    *,
    most: int = 300,
    rows: int = 0,
    required: bool = True,
    hint: str | Promise = "",
    **more: Any,
) -> forms.CharField:
    """A text field: one line, or ``rows`` lines."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=most, widget=widget, required=required, help_text=hint, **more
    )
