"""Fields: what an entry becomes, and the sentence when it cannot."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouhou.kernel.window import Window
from shouhou.web.ui.widgets import DayInput, FilesInput, PhoneInput, TimeInput, WindowInput

SHORTEST_PHONE, LONGEST_PHONE = 7, 15


class PhoneField(forms.CharField):
    """A phone number as people write it, kept as digits with an optional leading +."""

    widget = PhoneInput

    def to_python(self, value: Any) -> str:
        written = super().to_python(value)
        if not written:
            return ""
        plus = "+" if written.strip().startswith("+") else ""
        # Full-width digits come from Chinese input methods; int() folds them.
        digits = "".join(str(int(sign)) for sign in written if sign.isdecimal())
        if any(sign.isalpha() for sign in written) or not SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE:
            raise forms.ValidationError(
                _('"%(value)s" is not a phone number. Write it like 13800005678 or 021-55551234.'),
                params={"value": written[:30]},
            )
        return plus + digits


class WindowField(forms.MultiValueField):
    """A stretch of time on one day, as a ``Window``."""

    widget = WindowInput

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.DateField(widget=DayInput()),
            forms.TimeField(widget=TimeInput()),
            forms.TimeField(widget=TimeInput()),
        )
        super().__init__(fields=fields, require_all_fields=True, **kwargs)

    def compress(self, data_list: list[Any]) -> Window | None:
        if not data_list or None in data_list:
            return None
        day, start, end = data_list
        if end <= start:
            raise forms.ValidationError(_("The time must end after it starts. Choose a later end."))
        zone = timezone.get_current_timezone()
        return Window(datetime.combine(day, start, zone), datetime.combine(day, end, zone))


class FilesField(forms.FileField):
    """Several files at once; ``most`` limits how many, ``largest`` how big each may be, in bytes."""

    widget = FilesInput

    def __init__(self, *, most: int = 9, largest: int = 20 * 1024 * 1024, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.largest = most, largest

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = [file for file in (data if isinstance(data, (list, tuple)) else [data]) if file]
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(given) > self.most:
            raise forms.ValidationError(
                _("That is %(given)s files; %(most)s can be taken at once. Leave some out."),
                params={"given": len(given), "most": self.most},
            )
        for file in given:
            if file.size > self.largest:
                raise forms.ValidationError(
                    _('"%(name)s" is larger than %(largest)s MB. Choose a smaller file.'),
                    params={"name": file.name, "largest": self.largest // 1024 // 1024},
                )
            ProhibitNullCharactersValidator()(file.name or "")
        return [super(FilesField, self).clean(file, initial) for file in given]
