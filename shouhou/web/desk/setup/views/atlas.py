"""The flow atlas (图册): pages and their versions, each drawing with where cases stand on it now."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from shouhou.core.policy import can
from shouhou.core.refusals import NotFound
from shouhou.flows import queries as flows
from shouhou.flows.checking import problems_of
from shouhou.flows.contracts import in_language
from shouhou.flows.models import Version
from shouhou.flows.queries import VersionLine
from shouhou.web.desk.setup.views.page import frame
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest


@door("flows.see_pages")
@require_GET
def atlas(request: PersonRequest) -> HttpResponse:
    """Every page of the atlas, its published version and its draft."""
    context = {"pages": flows.pages(request.actor.organisation_id)}
    return render(request, "desk/setup/atlas.html", frame(request) | context)


@door("flows.see_pages")
@require_GET
def page(request: PersonRequest, key: str) -> HttpResponse:
    """One page: a version's drawing, how to change it, and every version there was."""
    lines = flows.versions(request.actor, key)
    shown = _chosen(lines, request.GET.get("version", ""))
    number = shown.version.number if shown else flows.SHIPPED
    context = {
        "key": key,
        "name": _name(request, key),
        "lines": lines,
        "shown": shown.version if shown else None,
        "number": number,
        "steps": [step for step in flows.steps(request.actor, key, number) if step.is_work],
        "problems": _problems(request, key, shown),
        "draft": next((line.version for line in lines if line.version.state == Version.State.DRAFT), None),
    }
    return render(request, "desk/setup/page.html", frame(request) | context)


def _chosen(lines: Any, asked: str) -> VersionLine | None:
    """The version asked for, else the published one, else the newest."""
    for line in lines:
        if str(line.version.number) == asked:
            return line  # type: ignore[no-any-return]
    published = [line for line in lines if line.version.state == Version.State.PUBLISHED]
    return next(iter([*published, *lines]), None)


def _name(request: PersonRequest, key: str) -> str:
    pages = flows.pages(request.actor.organisation_id)
    return next((line.name for line in pages if line.key == key), key)


def _problems(
    request: PersonRequest, key: str, shown: VersionLine | None
) -> list[tuple[int | None, str, str]]:
    """What keeps a draft from being published: line, element, and the sentence."""
    if shown is None or shown.version.state != Version.State.DRAFT:
        return []
    found = problems_of(flows.version_drawing(request.actor, key, shown.version.number))
    return [
        (problem.line, problem.id or problem.element, in_language(problem.zh, problem.en))
        for problem in found
    ]


@door("flows.see_pages")
@require_GET
def drawing(request: PersonRequest, key: str, number: int) -> HttpResponse:
    """A version's file, as it was given."""
    response = HttpResponse(flows.version_drawing(request.actor, key, number), content_type="application/xml")
    response["Content-Disposition"] = f'inline; filename="{key}-v{number}.bpmn"'
    return response


@door("flows.see_pages")
@require_GET
def standing(request: PersonRequest, key: str, number: int) -> JsonResponse:
    """Where cases stand on a version now, in the shape the drawing's script asks for."""
    elements = {
        step.id: {"state": "here", "owner": _cases(step.waiting)}
        for step in flows.steps(request.actor, key, number)
        if step.waiting
    }
    return JsonResponse({"elements": elements, "flows": []})


@door("flows.see_pages")
@require_GET
def element(request: PersonRequest, key: str, number: int, element_id: str) -> HttpResponse:
    """One step: whose it is, what the product does there, how many cases wait at it.

    Raises ``NotFound``.
    """
    found = next((step for step in flows.steps(request.actor, key, number) if step.id == element_id), None)
    if found is None:
        raise NotFound(what=element_id)
    context = {"step": found, "may_list": can(request.actor, "cases.list")}
    return render(request, "desk/setup/element.html", context)


def _cases(count: int) -> str:
    return ngettext("{count} case", "{count} cases", count).format(count=count)
