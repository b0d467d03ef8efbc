"""Entries (填写): every field's trouble is told at once, so that a form is corrected in one go.

A service states how each of its entries is checked, once for opening and for correcting::

    CHECKS = {"name": partial(one_line, field="name", most=100), "phone": phones.normal}

    values = fit(CHECKS, name=name, phone=phone)        # or Unfit, with a sentence a field
    changes = amend(customer, fit(CHECKS, name=name))   # {"name": ("李秀兰", "李秀兰女士")}
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

from django.db.models import Model, TextChoices
from django.utils.translation import gettext as _

from shouhou.core.refusals import Refusal, Unfit

Checks = Mapping[str, Callable[[Any], Any]]
Changes = dict[str, tuple[Any, Any]]
Choice = TypeVar("Choice", bound=TextChoices)


class Keep(Enum):
    """What a correction leaves as it is, where ``None`` would mean "empty it"."""

    AS_IS = "as is"


KEEP = Keep.AS_IS


def fit(checks: Checks, **given: object) -> dict[str, Any]:
    """What was given, as its checks return it; what is kept as it is, is left out.

    Raises ``Unfit`` with the sentence of every check that refused.
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, value in given.items():
        if value is KEEP:
            continue
        try:
            values[name] = checks[name](value)
        except Refusal as trouble:
            problems[name] = sentence_of(trouble)
    if problems:
        raise Unfit(problems)
    return values


def amend(row: Model, values: Mapping[str, Any]) -> Changes:
    """Write what differs, and answer it as (before, after) by field; nothing is written when nothing does."""
    changes = {
        name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value
    }
    for name, (_before, after) in changes.items():
        setattr(row, name, after)
    if changes:
        row.save(update_fields=list(changes))
    return changes


def one_of(choices: type[Choice], field: str) -> Callable[[str], Choice]:
    """A check that takes one of the choices."""

    def check(given: str) -> Choice:
        if given not in choices.values:
            offered = ", ".join(map(str, choices.labels))
            raise Unfit({field: _("Choose one of: {choices}.").format(choices=offered)})
        return choices(given)

    return check


def sentence_of(trouble: Refusal) -> str:
    """What a refusal says about one entry."""
    return " ".join(trouble.problems.values()) if isinstance(trouble, Unfit) else str(trouble)
