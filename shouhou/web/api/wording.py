"""What is wrong with an entry, in a sentence: the checks' codes in people's words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OTHER = _("This value does not fit here. Look at the description of the API.")
SENTENCES: Mapping[str, str | Promise] = {
    "missing": _("This is needed. Please fill it in."),
    "string_type": _("Send a text."),
    "string_too_short": _("At least {min_length} characters are needed."),
    "string_too_long": _("At most {max_length} characters fit here."),
    "string_pattern_mismatch": _("Write it with the signs {pattern} allows."),
    "uuid_type": _("Send an id as this API gave it out."),
    "uuid_parsing": _("Send an id as this API gave it out."),
    "bool_type": _("Send true or false."),
    "bool_parsing": _("Send true or false."),
    "int_type": _("Enter a whole number."),
    "int_parsing": _("Enter a whole number."),
    "greater_than_equal": _("Enter {ge} or more."),
    "less_than_equal": _("Enter {le} or less."),
    "enum": _("Choose one of: {expected}."),
    "literal_error": _("Choose one of: {expected}."),
    "timezone_aware": _("Write a moment with its zone, such as 2026-11-24T14:00:00+08:00."),
    "datetime_type": _("Write a moment with its zone, such as 2026-11-24T14:00:00+08:00."),
    "datetime_parsing": _("Write a moment with its zone, such as 2026-11-24T14:00:00+08:00."),
    "datetime_from_date_parsing": _("Write a moment with its zone, such as 2026-11-24T14:00:00+08:00."),
    "too_long": _("At most {max_length} entries fit here."),
    "too_short": _("At least {min_length} entries are needed."),
    "extra_forbidden": _("There is no such entry here. Check its name."),
}
# Where ninja found it: the parameter's own name is enough for whoever sent it.
PLACES = ("body", "query", "path", "header", "sent")


def say(trouble: Mapping[str, Any]) -> tuple[str, str]:
    """The entry's name, and its sentence in the language of the moment."""
    where = [str(part) for part in trouble["loc"] if part not in PLACES]
    sentence = str(SENTENCES.get(trouble["type"], OTHER))
    return ".".join(where) or "body", sentence.format_map(trouble.get("ctx", {}))
