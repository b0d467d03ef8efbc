"""The story of a case (经过): everything its page says, in few statements."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse

from shouhou.cases.models import Case
from shouhou.core import policy
from shouhou.core.models import Attachment
from shouhou.core.policy import scope
from shouhou.customers.cover import cover_of
from shouhou.flows import queries as flows
from shouhou.web.desk.acts import ACTS, Act
from shouhou.web.desk.story.told import people_named, tab_of
from shouhou.web.desk.story.visits import going_of
from shouhou.web.desk.story.waits import beside, first_form, waits
from shouhou.web.requests import PersonRequest

__all__ = ["people_named", "shown", "tab_of", "tell"]

PICTURES = "image/"


def tell(case: Case, request: PersonRequest) -> dict[str, Any]:
    """The context of a case's page; what happened is fetched by the page itself (``tab_of``)."""
    position = flows.position(case.pk)
    going = going_of(case, request)
    waiting = waits(position, going, request)
    on = case.reported_at.astimezone(ZoneInfo(case.organisation.time_zone)).date()
    attached = shown(scope(request.actor, Attachment).filter(root_id=case.pk))
    return {
        "case": case,
        "position": position,
        "waiting": waiting,
        "form": first_form(waiting, case, request),
        "going": going,
        "cover": cover_of(case.installed, on),
        "beside": beside(case, going, request),
        "photos": [item for item in attached if item["is_picture"]],
        "papers": [item for item in attached if not item["is_picture"]],
        "missing": _missing(case, request),
    }


def shown(rows: "QuerySet[Attachment]") -> list[dict[str, Any]]:
    """Photos and papers, as their grid and their list want them."""
    return [
        {
            "url": reverse("file", args=[row.pk]),
            "thumbnail": reverse("file-thumbnail", args=[row.pk]),
            "words": row.attached_by,
            "name": row.name,
            "at": row.attached_at,
            "is_picture": row.file.media_type.startswith(PICTURES),
        }
        for row in rows.select_related("file").order_by("attached_at")
    ]


def _missing(case: Case, request: PersonRequest) -> Act | None:
    """The act that fills in what is not known yet of an open case, if something is."""
    lacks = case.site_id is None or case.product_id is None or case.contact_id is None
    act = ACTS["correct"]
    return act if lacks and case.state == Case.State.OPEN and policy.can(request.actor, act.verb) else None
