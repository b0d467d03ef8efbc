"""Template words of the desk alone: ``{% load desk %}``."""

from datetime import datetime
from typing import Protocol

from django import template
from django.utils.translation import gettext as _

from shouhou.kernel.window import Window

register = template.Library()


class Told(Protocol):
    """A row with a window in it: a promise, a slot."""

    starts_at: datetime
    ends_at: datetime


@register.simple_tag
def window_of(row: Told) -> Window:
    """The window a row holds."""
    return Window(row.starts_at, row.ends_at)


@register.filter
def shown_body(body: str) -> str:
    """A message as it went out; the customer's own link is made when it is sent, and not kept."""
    return body.replace("{link}", _("[link]"))
