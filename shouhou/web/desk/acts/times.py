"""Free times to choose from: a slot as a form's value, and back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouhou.dispatch.queries import Slot, free_slots
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.web.desk.acts.base import ActForm
from shouhou.web.ui.widgets import Cards, RadioCards

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

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": RadioCards(row=True), **kwargs})
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


def show_times(
    field: forms.Field,
    slots: Sequence[Slot],
    now: datetime,
    *,
    chosen: Sequence[str] = (),
    named: bool = True,
) -> None:
    """Put free times before the chooser, by day; ``named`` says who would come.

    A time in ``chosen`` stays shown though it is no longer free: what was entered is kept.
    """
    widget = field.widget
    assert isinstance(widget, Cards)
    today = timezone.localdate(now)
    days = groupby(slots, key=lambda slot: timezone.localdate(slot.window.start))
    shown = [
        (wording.day(day, today), [(str(Choice.of(slot)), say(slot)) for slot in of_day])
        for day, of_day in days
    ]
    widget.hints = {str(Choice.of(slot)): slot.technician_name for slot in slots} if named else {}
    gone = [(text, words) for text, words in _gone(chosen, now) if text not in _values(shown)]
    widget.choices = [*shown, (_("Your choice"), gone)] if gone else shown


def free_times(form: ActForm) -> list[Slot]:
    """The next free times for the case's piece and place; none on a form that fetches them later."""
    return [] if form.later else free_slots(form.case, now=form.now, most=MOST)


def say(slot: Slot) -> str:
    """A free time within its day: 「09:00–11:00」."""
    return f"{wording.clock_time(slot.window.start)}–{wording.clock_time(slot.window.end)}"


def _values(shown: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> set[str]:
    return {value for _day, times in shown for value, _words in times}


def _gone(chosen: Sequence[str], now: datetime) -> Iterator[tuple[str, str]]:
    for text in chosen:
        try:
            choice = Choice.read(text)
        except ValueError:
            continue
        yield text, wording.window(Window(choice.starts_at, choice.ends_at), now)
