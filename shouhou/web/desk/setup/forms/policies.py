"""Rules of the house: one form a rule, its input by the rule's sort."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouhou.core import policies, services
from shouhou.core.actor import Actor
from shouhou.core.models import PolicyValue
from shouhou.core.policies import DECLARED, Declared
from shouhou.core.policy import scope
from shouhou.kernel.workday import Unit, parse_rule
from shouhou.web.requests import PersonRequest
from shouhou.web.ui.widgets import RadioCards, TimeInput
from shouhou.web.verbs import VerbForm
from shouhou.web.wording import span

ROOMS: dict[str, str | Promise] = {
    "cases": gettext_lazy("Cases"),
    "work": gettext_lazy("Visits and consent"),
    "dispatch": gettext_lazy("Booking"),
    "core": gettext_lazy("The company"),
}
YES, NO = "true", "false"


class PolicyForm(VerbForm):
    """One rule. ``kept`` is the row somebody set, none while the default counts."""

    def __init__(
        self, *args: Any, rule: Declared, value: Any, kept: PolicyValue | None, **kwargs: Any
    ) -> None:
        self.rule, self.value, self.kept = rule, value, kept
        super().__init__(*args, auto_id=f"id_{rule.key.replace('.', '_')}_%s", **kwargs)

    def prepare(self) -> None:
        # The service names what is in the way by the rule's key; so is the field.
        self.fields[self.rule.key] = _FIELDS[self.rule.sort](self.rule)
        self.initial[self.rule.key] = _as_entered(self.rule, self.value)

    @property
    def field(self) -> forms.BoundField:
        return self[self.rule.key]

    @property
    def default(self) -> str:
        """The default, as people say it."""
        return in_words(self.rule, self.rule.read(self.rule.clean(self.rule.default)))

    def carry_out(self) -> object:
        value = self.cleaned_data[self.rule.key]
        return services.set_policy(key=self.rule.key, value=value, **self.who)


@dataclass(frozen=True, slots=True)
class Room:
    """The rules one room declared."""

    label: str
    forms: list[PolicyForm]


def policy_forms(request: PersonRequest, sent: PolicyForm | None = None) -> Iterator[Room]:
    """Every rule of the house by room, each as its form; the one just sent with its faults. Two statements."""
    values = policies.values(request.actor.organisation_id)
    kept = {row.key: row for row in scope(request.actor, PolicyValue)}
    of_room: dict[str, list[PolicyForm]] = {}
    for key, rule in DECLARED.items():
        form = sent if sent is not None and sent.rule.key == key else None
        form = form or policy_form(request.actor, request, rule, values[key], kept.get(key))
        of_room.setdefault(rule.room, []).append(form)
    for room in sorted(of_room, key=lambda room: list(ROOMS).index(room) if room in ROOMS else len(ROOMS)):
        yield Room(str(ROOMS.get(room, room)), of_room[room])


def policy_form(
    actor: Actor,
    request: PersonRequest,
    rule: Declared,
    value: Any,
    kept: PolicyValue | None,
    data: Any = None,
) -> PolicyForm:
    """The form of one rule."""
    return PolicyForm(data, rule=rule, value=value, kept=kept, actor=actor, now=request.now)


def in_words(rule: Declared, value: Any) -> str:
    """A value as people say it."""
    match rule.sort:
        case "bool":
            return _("Yes") if value else _("No")
        case "choice":
            return str(dict(rule.choices)[value])
        case "time":
            return f"{value:%H:%M}"
        case "rule":
            parsed = parse_rule(value)
            # "PT1H" is written for machines.
            plain = parsed.unit is Unit.WALL and parsed.stretch > timedelta() and value.startswith("P")
            return span(parsed.stretch) if plain else str(value)
        case _:
            return str(value)


def _as_entered(rule: Declared, value: Any) -> Any:
    return {True: YES, False: NO}[value] if rule.sort == "bool" else value


def _number(rule: Declared) -> forms.Field:
    return forms.IntegerField(min_value=rule.least, max_value=rule.most, **_words(rule))


def _text(rule: Declared) -> forms.Field:
    return forms.CharField(max_length=rule.most or policies.LONGEST_TEXT, **_words(rule))


def _rule(rule: Declared) -> forms.Field:
    words = _words(rule)
    example = _("Such as 30 分钟, 1 个工作日, 4 working hours, PT1H.")
    words["help_text"] = f"{words['help_text']} {example}".strip()
    return forms.CharField(max_length=60, **words)


def _yes_or_no(rule: Declared) -> forms.Field:
    return forms.ChoiceField(
        choices=[(YES, _("Yes")), (NO, _("No"))], widget=RadioCards(row=True), **_words(rule)
    )


def _time(rule: Declared) -> forms.Field:
    return forms.TimeField(widget=TimeInput(), **_words(rule))


def _choice(rule: Declared) -> forms.Field:
    return forms.ChoiceField(choices=rule.choices, **_words(rule))


def _words(rule: Declared) -> dict[str, Any]:
    return {"label": rule.label, "help_text": str(rule.help)}


_FIELDS: Mapping[policies.Sort, Callable[[Declared], forms.Field]] = {
    "int": _number,
    "str": _text,
    "rule": _rule,
    "bool": _yes_or_no,
    "time": _time,
    "choice": _choice,
}
