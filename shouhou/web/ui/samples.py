"""What ``/ui/`` shows: one day at 雅木家居, seen from ``now``."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shouhou.core.refusals import Refusal
from shouhou.kernel.window import Window
from shouhou.web.ui.forms import SampleForm

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class TechnicianBusySample(Refusal):
    code = "work.technician_busy"

    @property
    def sentence(self) -> str:
        return _("张工 is busy today 14:00–15:00.")

    @property
    def advice(self) -> str:
        return _("Pick another time, or hand the visit to someone else.")


def at(now: datetime, hour: int, minute: int = 0, days: int = 0) -> datetime:
    """A time of day, some days from ``now``."""
    return timezone.localtime(now).replace(hour=hour, minute=minute, second=0, microsecond=0) + days * DAY


def samples(now: datetime) -> dict[str, Any]:
    """Everything the component page needs."""
    return {
        "today_window": Window(at(now, 14), at(now, 15)),
        "tomorrow_window": Window(at(now, 9, days=1), at(now, 10, days=1)),
        "long_window": Window(at(now, 9, days=3), at(now, 17, days=5)),
        "next_year_window": Window(at(now, 9, days=400), at(now, 10, days=400)),
        "moments": moments(now),
        "clocks": clocks(now),
        "cases": cases(now),
        "proofs": proofs(now),
        "photos": photos(),
        "blocks": blocks(),
        "tabs": tabs(),
        "crumbs": [
            {"label": _("Cases"), "url": "#"},
            {"label": "雅木家居", "url": "#"},
            {"label": "S-2411-0387"},
        ],
        "form": SampleForm(),
        "faulty": faulty(),
        "refusal": TechnicianBusySample(),
        "stations": stations(),
        "colours": [
            "bg",
            "surface",
            "sunken",
            "line",
            "line-strong",
            "ink",
            "muted",
            "accent",
            "accent-soft",
        ],
        "meanings": ["ok", "ok-soft", "warn", "warn-soft", "bad", "bad-soft"],
        "navigation": navigation(),
        "unread": 3,
    }


def navigation() -> list[dict[str, Any]]:
    """The top bar of the office."""
    return [
        {"label": _("Cases"), "url": "/ui/case", "current": False, "count": 12, "icon": "clipboard"},
        {"label": _("Tomorrow's board"), "url": "#board", "current": False, "icon": "calendar"},
        {"label": _("Return visits"), "url": "#calls", "current": False, "count": 4, "icon": "phone-call"},
        {"label": _("Customers"), "url": "#customers", "current": False, "icon": "customers"},
        {"label": _("Flow atlas"), "url": "#flows", "current": False, "icon": "flow"},
        {"label": _("Components"), "url": "/ui/", "current": True, "icon": "box"},
    ]


def moments(now: datetime) -> list[datetime]:
    """A few moments, near and far."""
    return [
        now - timedelta(seconds=20),
        now - timedelta(minutes=12),
        now - 5 * HOUR,
        now - DAY,
        now - 20 * DAY,
        now - 500 * DAY,
        now + timedelta(minutes=40),
        now + DAY,
    ]


def clocks(now: datetime) -> list[dict[str, Any]]:
    """A clock in each of its states."""
    label = _("Visit due")
    return [
        {"label": label, "start": now - HOUR, "due": now + 9 * HOUR},
        {"label": label, "start": now - 5 * HOUR, "due": now + 4 * HOUR},
        {"label": label, "start": now - 4 * HOUR, "due": now + timedelta(minutes=40)},
        {"label": label, "start": now - 4 * HOUR, "due": now - timedelta(minutes=25)},
    ]


def cases(now: datetime) -> list[dict[str, Any]]:
    """Lines of a work list, among them long names."""
    return [
        {
            "number": "S-2411-0387",
            "title": _("Wardrobe: sliding door off its track, does not close"),
            "customer": "李秀兰",
            "owner": "王敏",
            "step": _("Obtain consent to reschedule"),
            "tone": "warn",
            "due": now + timedelta(minutes=40),
            "start": now - 4 * HOUR,
            "minor": 0,
        },
        {
            "number": "S-2411-0386",
            "title": _("Air conditioner does not cool, and drips on the floor"),
            "customer": "上海浦东新区世纪大道物业管理服务有限公司第二分公司（张江）",
            "owner": "张建国",
            "step": _("Visit"),
            "tone": "info",
            "due": now + 9 * HOUR,
            "start": now - HOUR,
            "minor": 12_050,
        },
        {
            "number": "S-2411-0379",
            "title": _("Transformer hums at night"),
            "customer": "Hengda Power Equipment Installation & Maintenance Co., Ltd.",
            "owner": "",
            "step": _("Triage"),
            "tone": "bad",
            "due": now - timedelta(minutes=25),
            "start": now - 4 * HOUR,
            "minor": None,
        },
        {
            "number": "S-2411-0371",
            "title": _("Dining table: leg loose"),
            "customer": "周岚",
            "owner": "陈刚",
            "step": _("Closed, satisfied"),
            "tone": "ok",
            "due": None,
            "start": None,
            "minor": 8_000,
        },
    ]


def proofs(now: datetime) -> list[dict[str, Any]]:
    """What a step was proven by."""
    return [
        {
            "label": _("Warranty card"),
            "state": "proven",
            "detail": _("Warranty until 2027-06-18"),
            "url": "#",
        },
        {"label": _("Recording of the call"), "state": "proven", "at": now - 5 * HOUR, "url": "#"},
        {
            "label": _("Photo after the work"),
            "state": "missing",
            "detail": _("At least two, from both sides"),
        },
        {"label": _("Receipt"), "state": "waived", "detail": _("Free of charge under warranty")},
    ]


def photos() -> list[dict[str, str]]:
    """Three photos of the fault."""
    words = [_("The whole wardrobe"), _("Lower track, bent"), _("Roller")]
    return [
        {"url": f"/static/sample/photo-{n}.svg", "thumbnail": f"/static/sample/photo-{n}.svg", "words": text}
        for n, text in enumerate(words, 1)
    ]


def blocks() -> list[dict[str, Any]]:
    """One technician's day; a column is a quarter of an hour from 6 o'clock."""
    return [
        {"column": 9, "length": 8, "tone": "done", "words": "李女士", "title": "08:00–10:00 李女士"},
        {"column": 19, "length": 6, "tone": "", "words": "周先生", "title": "10:30–12:00 周先生"},
        {"column": 25, "length": 4, "tone": "away", "words": "", "title": _("12:00–13:00 break")},
        {"column": 33, "length": 4, "tone": "warn", "words": "李秀兰", "title": "14:00–15:00 李秀兰"},
        {"column": 40, "length": 6, "tone": "", "words": "恒达", "title": "15:45–17:15 恒达"},
    ]


def tabs() -> list[dict[str, Any]]:
    """Saved views."""
    return [
        {"label": _("Mine"), "url": "#", "current": True, "count": 12},
        {"label": _("Running out"), "url": "#", "current": False, "count": 3},
        {"label": _("Waiting for the customer"), "url": "#", "current": False, "count": 0},
        {"label": _("All"), "url": "#", "current": False},
    ]


def stations() -> list[dict[str, Any]]:
    """The customer's map."""
    return [
        {"state": "done", "name": _("Accepted"), "words": _("Today 09:12 · under warranty, free of charge")},
        {"state": "done", "name": _("Technician chosen"), "words": "张建国 · 上岗证 0381", "times": 2},
        {"state": "here", "name": _("Waiting for you to confirm the time"), "words": ""},
        {"state": "next", "name": _("Repair at your home"), "words": ""},
        {"state": "next", "name": _("Return visit by telephone"), "words": ""},
    ]


def faulty() -> SampleForm:
    """The form sent back with faults."""
    form = SampleForm(
        {
            "phone": "12",
            "channel": "phone",
            "window_day": "2026-11-24",
            "window_start": "15:00",
            "window_end": "14:00",
        },
        prefix=None,
        auto_id="faulty_%s",
    )
    form.is_valid()
    return form
