"""Whether the server lives, and whether it can work."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from shouhou.core import jobs
from shouhou.web.doors import open_to_all


@open_to_all
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@open_to_all
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers; with the jobs waiting and dead."""
    try:
        connection.ensure_connection()
        return JsonResponse({"status": "ok", "jobs": jobs.waiting(timezone.now())})
    except DatabaseError:
        return JsonResponse({"status": "database away"}, status=503)
