"""Template words of our own, known to every template: how time, money and people are said."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django_vite.templatetags.django_vite import vite_asset_url

from shouhou.cases.models import Case
from shouhou.core import phones
from shouhou.flows.contracts import TASKS
from shouhou.web import wording

register = template.Library()

TONES = 5


def moment_of(context: Context) -> datetime:
    """The request's one ``now``; a page drawn outside a request takes the clock's."""
    now = context.get("now")
    return now if isinstance(now, datetime) else timezone.now()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite; with a ``label`` it speaks, without one it only decorates."""
    address = f"{vite_asset_url('src/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag(takes_context=True)
def say_moment(context: Context, at: datetime) -> str:
    """「12 分钟前」「昨天 17:30」."""
    return wording.moment(at, moment_of(context))


@register.simple_tag(takes_context=True)
def say_window(context: Context, stretch: wording.Stretch) -> str:
    """「今天 14:00–15:00」."""
    return wording.window(stretch, moment_of(context))


@register.simple_tag(takes_context=True)
def say_day(context: Context, of: datetime) -> str:
    """「今天」「11月26日 周四」."""
    today = timezone.localdate(moment_of(context))
    return wording.day(timezone.localdate(of) if isinstance(of, datetime) else of, today)


@register.simple_tag(takes_context=True)
def countdown(context: Context, due: datetime, start: datetime | str | None = None) -> wording.Countdown:
    """The clock towards ``due`` as it stands now."""
    began = start if isinstance(start, datetime) else None
    return wording.countdown(due, moment_of(context), began)


@register.simple_tag(takes_context=True)
def say_since(context: Context, at: datetime) -> str:
    """How long it has been: 「39 分钟」."""
    return wording.span(moment_of(context) - at)


@register.filter
def span(length: timedelta) -> str:
    """A length of time: 「3 小时 40 分」."""
    return wording.span(length)


@register.filter
def exact(at: datetime) -> str:
    """The exact value for the hover."""
    return wording.exact(at)


@register.filter
def clock_time(at: datetime) -> str:
    """Hours and minutes."""
    return wording.clock_time(at)


@register.filter
def mask(phone: str) -> str:
    """138****5678."""
    return wording.mask(phone)


@register.filter
def phone(number: str) -> str:
    """A number as people read it out: 138 0000 5678."""
    return phones.display(number)


@register.simple_tag
def say_money(minor: int, currency: str = "CNY") -> tuple[str, str]:
    """The sign and the amount."""
    return wording.money(minor, currency)


@register.filter
def initials(name: str) -> str:
    """What stands on a face without a photo: the family name in Chinese, else the first letters."""
    words = name.split()
    if not words:
        return "?"
    if "\u4e00" <= name[0] <= "\u9fff":
        return name[0]
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def tone(name: str) -> int:
    """A colour for someone's face, always the same for the same name."""
    return sum(map(ord, name)) % TONES


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """The value under ``key``, or nothing."""
    return mapping.get(key)


@register.simple_tag
def words() -> SafeString:
    """What the page's scripts say, in the language of the page, as JSON."""
    return json_script(
        {
            "left": _("{span} left"),
            "over": _("{span} over"),
            "ago": _("{span} ago"),
            "soon": _("in {span}"),
            "now": _("just now"),
            "minutes": _("{minutes} min"),
            "hours": _("{hours} h"),
            "hours_minutes": _("{hours} h {minutes} min"),
            "day": ngettext("{count} day", "{count} days", 1),
            "days": ngettext("{count} day", "{count} days", 2),
            "days_hours": _("{days} {hours} h"),
            "close": _("Close"),
            "copied": _("Copied"),
            "remove": _("Remove"),
            "no_answer": _("No connection to the server. What you see may be old."),
            "times": _("{count} times"),
            "prev": pgettext("page", "Previous"),
            "next_photo": pgettext("page", "Next"),
            "done": pgettext("station", "done"),
            "here": pgettext("station", "now here"),
            "next": pgettext("station", "to come"),
            "never": pgettext("station", "not reached"),
        },
        "words",
    )


@register.filter
def up_to(count: int) -> range:
    """0, 1, 2 … below ``count``."""
    return range(int(count))


@register.filter
def split_words(text: str) -> list[str]:
    """The words of a list written as one string."""
    return text.split()


@register.filter
def task_name(key: str) -> str:
    """A task's name by its key, as the drawing's palette calls it."""
    task = TASKS.get(key)
    return task.name if task else ""


@register.filter
def state_name(code: str) -> str:
    """A case's state in words."""
    return str(Case.State(code).label) if code else ""
