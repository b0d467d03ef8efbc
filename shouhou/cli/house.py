"""Opening the house on a shell: Django set up once, and what is said said in both languages."""

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shouhou.core.refusals import Refusal


def open_house() -> None:
    """Set Django up, for commands that touch the house; done once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouhou.settings")
    import django

    django.setup()


def say(chinese: str, english: str) -> None:
    """One line, in both languages."""
    print(f"{chinese} · {english}", flush=True)


def refuse(chinese: str, english: str) -> int:
    """Say what is in the way and what to do; the exit code for it."""
    print(f"{chinese}\n{english}", file=sys.stderr, flush=True)
    return 1


def refused(refusal: "Refusal") -> int:
    """Say a refusal of the house in both languages; the exit code for it."""
    from django.utils import translation

    told = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            problems = getattr(refusal, "problems", {})
            told.append("\n".join([str(refusal), *(f"{field}: {why}" for field, why in problems.items())]))
    return refuse(*told)


def now() -> datetime:
    """The clock. Below a command nothing asks it."""
    from django.utils import timezone

    return timezone.now()
