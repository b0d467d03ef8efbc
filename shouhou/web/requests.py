"""What the middleware adds to a request, typed."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from shouhou.core.actor import Actor
from shouhou.people.models import Person


class PersonRequest(HttpRequest):
    """A request of someone logged in: ``actor`` for every verb and query, ``now`` for every clock."""

    user: Person  # anonymous people are turned away before a view runs
    actor: Actor
    now: datetime
    htmx: HtmxDetails


def of(request: HttpRequest) -> PersonRequest:
    """The request as views see it."""
    return cast(PersonRequest, request)
