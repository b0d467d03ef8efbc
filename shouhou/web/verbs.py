"""Forms that are one verb: what was entered goes to the one service, and what is in the way comes back."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from shouhou.core.actor import Actor
from shouhou.core.refusals import Refusal, Unfit


class VerbForm(forms.Form):
    """A form that is one verb. ``carry_out`` calls the one service; nothing else here changes anything.

    ``result`` is what the service answered.
    """

    result: Any = None

    def __init__(self, *args: Any, actor: Actor, now: datetime, **kwargs: Any) -> None:
        self.actor, self.now = actor, now
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices and the first values."""

    def choose(self, name: str, rows: QuerySet[Any], label: Any = None) -> None:
        """What a field of rows offers; ``label`` is a function that says a row."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        if label is not None:
            field.label_from_instance = label  # type: ignore[method-assign]  # how Django lets a row be said

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
            self.result = self.carry_out()
        except Unfit as trouble:
            for name, sentence in trouble.problems.items():
                self.add_error(name if name in self.fields else None, sentence)
            return False
        except Refusal as trouble:
            self.add_error(None, str(trouble))
            return False
        return True


def rows_field(label: Any, **more: Any) -> "forms.ModelChoiceField[Any]":
    """A field that takes one row; ``VerbForm.choose`` says of which."""
    return forms.ModelChoiceField(label=label, queryset=None, **more)
