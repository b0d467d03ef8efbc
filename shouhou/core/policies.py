"""The rules of the house that differ by organisation (公司规定): three months, response, lead times.

A room declares what may be set, with its limits, in its ``policy`` module::

    declare("cases.residual_months", int, default=3, least=0, most=60, label=_("…"), help=_("…"))
    declare("cases.response_rule", "rule", default="PT1H", label=_("…"))

and asks for it: ``policies.value(organisation_id, "cases.residual_months")``. One statement reads them all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shouhou.core.models import PolicyValue
from shouhou.core.recall import forget, recall
from shouhou.core.refusals import Unfit
from shouhou.kernel.workday import parse_rule

Words = str | Promise
Sort = Literal["int", "bool", "str", "rule", "time", "choice"]
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Declared:
    """One rule of the house: what it is called, what it may be, what it is when nobody set it.

    A ``rule`` is a text for ``workday.parse_rule``; a ``time`` is a ``datetime.time``.
    """

    key: str
    sort: Sort
    default: Any
    label: Words
    help: Words = ""
    least: int | None = None
    most: int | None = None
    choices: Sequence[tuple[str, Words]] = ()
    check: Callable[[str], object] | None = None

    @property
    def room(self) -> str:
        return self.key.partition(".")[0]

    def clean(self, given: object) -> Any:
        """The value as it is kept (JSON), from what a form, an import or the API gave.

        Raises ``Unfit`` with what can be written.
        """
        try:
            return _CLEAN[self.sort](self, given)
        except (ValueError, TypeError) as trouble:
            raise Unfit({self.key: str(trouble)}) from None

    def read(self, kept: Any) -> Any:
        """The value as rooms use it, from what is kept."""
        return time.fromisoformat(kept) if self.sort == "time" else kept


DECLARED: dict[str, Declared] = {}


def declare(
    key: str,
    sort: type[int] | type[bool] | type[str] | Sort,
    *,
    default: Any,
    label: Words,
    help: Words = "",
    least: int | None = None,
    most: int | None = None,
    choices: Sequence[tuple[str, Words]] = (),
    check: Callable[[str], object] | None = None,
) -> None:
    """Declare a rule of the house. The default must itself be allowed, or the program does not start."""
    name: Any = sort if isinstance(sort, str) else sort.__name__
    declared = Declared(key, name, default, label, help, least, most, choices, check)
    declared.clean(default)
    DECLARED[key] = declared


def value(organisation_id: UUID, key: str) -> Any:
    """What an organisation set under ``key``, else the default.

    Raises ``KeyError`` for a key no room declared.
    """
    return values(organisation_id)[key]


def values(organisation_id: UUID) -> Mapping[str, Any]:
    """Every declared rule of an organisation, read once in a command or request."""
    return recall(("policies", organisation_id), lambda: _read(organisation_id))


def _read(organisation_id: UUID) -> dict[str, Any]:
    written = dict(PolicyValue.objects.filter(organisation_id=organisation_id).values_list("key", "value"))
    return {
        key: declared.read(written.get(key, declared.clean(declared.default)))
        for key, declared in DECLARED.items()
    }


def kept(organisation_id: UUID, key: str) -> Any:
    """What stands written under a key; ``None`` when the default counts."""
    rows = PolicyValue.objects.filter(organisation_id=organisation_id, key=key)
    return rows.values_list("value", flat=True).first()


def keep(organisation_id: UUID, key: str, given: object, now: datetime) -> PolicyValue:
    """Write a value; ``core.set_policy`` is the door to this.

    Raises ``Unfit``.
    """
    clean = DECLARED[key].clean(given)
    row, _made = PolicyValue.objects.update_or_create(
        organisation_id=organisation_id, key=key, defaults={"value": clean, "changed_at": now}
    )
    forget(("policies", organisation_id))
    return row


# — what each sort takes —


def _whole_number(declared: Declared, given: object) -> int:
    if isinstance(given, bool | float):
        raise ValueError(_("Enter a whole number."))
    try:
        number = int(str(given).strip())
    except ValueError:
        raise ValueError(_("Enter a whole number.")) from None
    if declared.least is not None and number < declared.least:
        raise ValueError(_("Enter {least} or more.").format(least=declared.least))
    if declared.most is not None and number > declared.most:
        raise ValueError(_("Enter {most} or less.").format(most=declared.most))
    return number


_YES = {"true": True, "1": True, "on": True, "yes": True, "是": True}
_NO = {"false": False, "0": False, "off": False, "no": False, "否": False, "": False}


def _yes_or_no(declared: Declared, given: object) -> bool:
    answer = (_YES | _NO).get(str(given).strip().lower())
    if answer is None:
        raise ValueError(_("Choose yes or no."))
    return answer


def _text(declared: Declared, given: object) -> str:
    text = str(given).strip()
    most = declared.most or LONGEST_TEXT
    if len(text) > most:
        raise ValueError(_("Enter at most {most} characters.").format(most=most))
    if declared.check is not None:
        declared.check(text)
    return text


def _rule(declared: Declared, given: object) -> str:
    try:
        return str(parse_rule(str(given)))
    except ValueError:
        sentence = _("Write for example {examples}.")
        raise ValueError(
            sentence.format(examples="PT1H, 30 分钟, 1 个工作日, 4 个工作小时, 2 working days")
        ) from None


def _time_of_day(declared: Declared, given: object) -> str:
    try:
        return (given if isinstance(given, time) else time.fromisoformat(str(given).strip())).strftime(
            "%H:%M"
        )
    except ValueError:
        raise ValueError(_("Enter a time such as 08:30.")) from None


def _choice(declared: Declared, given: object) -> str:
    if not any(given == word for word, _label in declared.choices):
        raise ValueError(_("Choose one of the values offered."))
    return str(given)


_CLEAN: Mapping[Sort, Callable[[Declared, object], Any]] = {
    "int": _whole_number,
    "bool": _yes_or_no,
    "str": _text,
    "rule": _rule,
    "time": _time_of_day,
    "choice": _choice,
}
