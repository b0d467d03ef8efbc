"""Widgets: how an entry is taken. ``<c-field>`` puts label, hint and fault around any of them."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from shouhou.kernel.window import Window

WORDS = "_words"


class PhoneInput(forms.TextInput):
    """A phone number; phones show their number pad."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "tel", "autocomplete": "tel", **(attrs or {})})


class DayInput(forms.DateInput):
    """A day, with the device's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, in quarters of an hour."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"step": 900, **(attrs or {})}, format="%H:%M")


class WindowInput(forms.MultiWidget):
    """A day and two times: 明天, 09:00 to 10:00."""

    template_name = "widgets/window.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": DayInput(), "start": TimeInput(), "end": TimeInput()}, attrs)

    def decompress(self, value: Window | None) -> list[date | time | None]:
        if not value:
            return [None, None, None]
        start, end = timezone.localtime(value.start), timezone.localtime(value.end)
        return [start.date(), start.time(), end.time()]


class Cards(ChoiceWidget):
    """Choices as cards one can hit with a thumb; ``hints`` gives a sentence by the choice's value.

    ``row`` sets them beside each other where there is room.
    """

    template_name = "widgets/choices.html"

    def __init__(self, hints: Mapping[str, Any] | None = None, *, row: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = hints or {}
        self.row = row

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        return {**option, "hint": self.hints.get(str(value), "")}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "row": self.row, "mark": self.input_type}


class RadioCards(Cards, forms.RadioSelect):
    """One of a few."""

    template_name = Cards.template_name


class CheckboxList(Cards, forms.CheckboxSelectMultiple):
    """Any of a few."""

    template_name = Cards.template_name


class Tick(forms.CheckboxInput):
    """Yes or no, beside its own words."""

    template_name = "widgets/tick.html"
    use_fieldset = True

    def __init__(self, words: Any = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.words = words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "words": self.words}


class SearchSelect(forms.TextInput):
    """Type, and choose from what the server finds (``parts/seek.ts`` and htmx).

    ``url`` answers with ``<div role="option" data-value="…">`` lines for ``asked(request)``. The words typed
    are sent too, under ``<name>_words``: without the script, or when nothing was chosen, they are the value.
    """

    template_name = "widgets/seek.html"

    def __init__(self, url: Any, *, label_of: Any = None, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.url, self.label_of = url, label_of

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        return data.get(name) or data.get(name + WORDS)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return name not in data and name + WORDS not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = self.label_of(value) if value and self.label_of else value or ""
        return {**context, "url": self.url, "shown": shown, "words_name": name + WORDS}


def asked(request: HttpRequest) -> str:
    """The words typed into a ``SearchSelect``, or into the palette (``q``)."""
    for name, value in request.GET.items():
        if name == "q" or name.endswith(WORDS):
            return str(value).strip()
    return ""


class FilesInput(forms.FileInput):
    """Files dropped or chosen; on a phone the camera is offered."""

    template_name = "widgets/files.html"
    allow_multiple_selected = True

    def __init__(
        self, *, accept: str = "image/*", words: Any = "", attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__({"accept": accept, "multiple": True, **(attrs or {})})
        self.words = words

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "words": self.words}
