"""What every form of setup has in common: the row it is done on, what it says, and where it leads back."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.web.desk.acts.base import Act
from shouhou.web.verbs import VerbForm


class SetupForm(VerbForm):
    """A form of setup: one verb, on a row of the model ``on`` or on the organisation.

    ``section`` is the address name it leads back to; ``why`` says what it brings about; ``shows`` is a
    template shown instead of leading back, for an answer that is told only once.
    """

    act: ClassVar[Act]
    section: ClassVar[str]
    on: ClassVar[type[Model] | None] = None
    why: ClassVar[str | Promise] = ""
    said: ClassVar[str | Promise] = _("Saved.")
    shows: ClassVar[str] = ""
    two: ClassVar[bool] = True

    def __init__(
        self, *args: Any, subject: Any = None, asked: QueryDict | None = None, **kwargs: Any
    ) -> None:
        self.subject, self.asked = subject, asked if asked is not None else QueryDict()
        super().__init__(*args, **kwargs)

    @property
    def about(self) -> str:
        """What it is done on, in words."""
        return str(self.subject or "")

    @property
    def after(self) -> str:
        """Where it leads when it is done or left."""
        return reverse(self.section)

    def start_with(self, **values: object) -> None:
        """First values of fields, as they stand now."""
        for name, value in values.items():
            self.fields[name].initial = value

    def start_with_subject(self) -> None:
        """Every field begins as the row has it."""
        self.start_with(**{name: getattr(self.subject, name) for name in self.fields})


def key_of(row: Model | None) -> UUID | None:
    """A chosen row as services take it."""
    return row.pk if row is not None else None
