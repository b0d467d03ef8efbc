"""What every page's template knows."""

from typing import Any

from django.http import HttpRequest

from shouhou.core.ids import new_id


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the moment, and a fresh command key for the forms on this page."""
    return {
        "actor": getattr(request, "actor", None),
        "now": getattr(request, "now", None),
        "command_key": str(new_id()),
    }
