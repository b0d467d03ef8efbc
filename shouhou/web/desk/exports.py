"""The list of cases as a workbook to take away, with the filters of its address."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from shouhou.insight.exporting import export_cases
from shouhou.web.desk.lists import MOST_FOUND, Asked
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest
from shouhou.web.workbook import workbook


@door("cases.export")
@require_GET
def cases(request: PersonRequest) -> HttpResponse:
    """Every case of the list, not only the page of it."""
    asked = Asked.of(request)
    rows = asked.view.order.sort(asked.rows(request, MOST_FOUND))
    content = export_cases(rows, actor=request.actor, now=request.now)
    return workbook(content, f"cases-{asked.view.key}", request.now)
