"""Free times to choose from: a slot as a form's value, and back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouhou.dispatch.queries import Slot, free_slots
from shouhou.web import wording
from shouhou.web.desk.acts.base import ActForm
from shouhou.web.ui.widgets import RadioCards

MOST = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """A free time somebody chose: who would come, with what, when."""

    technician_id: UUID
    starts_at: datetime
    ends_at: datetime
    vehicle_id: UUID | None

    def __str__(self) -> str:
        parts = (
            self.technician_id,
            self.starts_at.isoformat(),
            self.ends_at.isoformat(),
            self.vehicle_id or "",
        )
        return "|".join(str(part) for part in parts)

    @classmethod
    def of(cls, slot: Slot) -> "Choice":
        """The choice a free slot stands for."""
        return cls(slot.technician_id, slot.window.start, slot.window.end, slot.vehicle_id)

    @classmethod
    def read(cls, text: str) -> "Choice":
        """The choice written in a form.

        Raises ``ValueError`` for anything else.
        """
        technician, start, end, vehicle = text.split("|")
        starts_at, ends_at = datetime.fromisoformat(start), datetime.fromisoformat(end)
        if timezone.is_naive(starts_at) or timezone.is_naive(ends_at) or ends_at <= starts_at:
            raise ValueError(text)
        return cls(UUID(technician), starts_at, ends_at, UUID(vehicle) if vehicle else None)


class TimeField(forms.CharField):
    """One free time out of those shown. One that was free a moment ago is still understood: the service decides."""

    widget = RadioCards

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["required"] = _("Choose a time.")

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Choice.read(text)
        except ValueError:
            raise forms.ValidationError(
                _("This is not one of the times shown. Choose one of them.")
            ) from None


class TimesField(forms.MultipleChoiceField):
    """Several free times to offer."""

    def to_python(self, value: Any) -> Any:
        try:
            return [Choice.read(text) for text in super().to_python(value)]
        except ValueError:
            raise forms.ValidationError(
                _("This is not one of the times shown. Choose one of them.")
            ) from None

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(_("Choose at least one free time."))


def offered(form: ActForm, most: int = MOST) -> list[tuple[str, str]]:
    """The next free times for the case's piece and place, as choices in words."""
    slots = free_slots(form.case, now=form.now, most=most)
    return [(str(Choice.of(slot)), say(slot, form.now)) for slot in slots]


def say(slot: Slot, now: datetime) -> str:
    """A free time in words: 「明天 09:00–11:00 · 张建国」."""
    return f"{wording.window(slot.window, now)} · {slot.technician_name}"
