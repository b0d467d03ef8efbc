"""What every page's template knows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from shouhou.core.ids import new_id
from shouhou.core.policy import scope
from shouhou.messages.models import InboxItem
from shouhou.web.desk.navigation import items


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the moment, the pages, the unread count, and a fresh command key for the forms on this page."""
    actor = getattr(request, "actor", None)
    known: dict[str, Any] = {
        "actor": actor,
        "now": getattr(request, "now", None),
        "command_key": str(new_id()),
    }
    if actor is not None:
        # Asked for only by the layouts that show them.
        known["navigation"] = SimpleLazyObject(lambda: items(request, actor))
        known["unread"] = SimpleLazyObject(lambda: scope(actor, InboxItem).filter(read_at=None).count())
    return known
