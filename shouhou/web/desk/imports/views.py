"""The import pages: upload, what would happen to each row, apply, take back; and what was imported before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouhou.core.models import ImportBatch, ImportRow
from shouhou.core.refusals import NotFound
from shouhou.core.sheets import queries, services
from shouhou.core.sheets.importer import named
from shouhou.web.desk.imports.forms import UploadForm
from shouhou.web.doors import door
from shouhou.web.keyset import Order, address
from shouhou.web.requests import PersonRequest
from shouhou.web.workbook import workbook

SIZE = 100
MOST_BATCHES = 50
NEWEST = Order("uploaded_at")
State, Verdict, Outcome = ImportBatch.State, ImportRow.Verdict, ImportRow.Outcome
UNDER_WAY = (State.APPLYING, State.UNDOING)
STEPS: dict[str, Callable[..., Any]] = {
    "apply": services.apply_import,
    "undo": services.undo_import,
    "discard": services.discard_import,
}
TONES = {Verdict.NEW: "ok", Verdict.CHANGED: "info", Verdict.SAME: "neutral", Verdict.REFUSED: "bad"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the page shows it: what it holds, what becomes of it, and why."""

    row: ImportRow
    cells: str
    says: str
    tone: str


@door("core.see_imports")
@require_http_methods(["GET", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    """Choose a workbook; below, what was imported before."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(data, files, actor=request.actor, now=request.now)
    if request.method == "POST" and form.done():
        return redirect("import", form.result.pk)
    batches, more = NEWEST.page(
        queries.imports(request.actor).order_by(), request.GET.get("after", ""), MOST_BATCHES
    )
    context = {
        "form": form,
        "importers": queries.offered(request.actor),
        "batches": [(batch, named(batch.importer).title) for batch in batches],
        "next": address(request.GET, after=more) if more else "",
    }
    return render(request, "desk/imports/index.html", context, status=422 if form.is_bound else 200)


@door("core.see_imports")
@require_GET
def page(request: PersonRequest, batch_id: UUID) -> HttpResponse:
    """One import: how many rows of each sort, each row with its sentence, and what may be done next."""
    batch = _batch(request, batch_id)
    counts = queries.counts(batch)
    verdict = request.GET.get("show", "")
    rows = batch.rows.filter(verdict=verdict) if verdict in Verdict.values else batch.rows.all()
    after = request.GET.get("after", "")
    if after.isdecimal():
        rows = rows.filter(place__gt=int(after[:9]))
    found = list(rows.order_by("place")[: SIZE + 1])
    more = address(request.GET, after=str(found[SIZE - 1].place)) if len(found) > SIZE else ""
    context = {
        "batch": batch,
        "title": named(batch.importer).title,
        "counts": counts,
        "tabs": _tabs(counts, verdict),
        "lines": [_line(row, batch) for row in found[:SIZE]],
        "next": more,
        "under_way": batch.state in UNDER_WAY,
        "left": counts.outcomes[Outcome.WAITING if batch.state == State.APPLYING else Outcome.DONE],
        "troubled": counts.verdicts[Verdict.REFUSED] + counts.outcomes[Outcome.STAYS],
    }
    template = "desk/imports/page.html#standing" if request.htmx else "desk/imports/page.html"
    return render(request, template, context)


@door("core.see_imports")
@require_POST
def step(request: PersonRequest, batch_id: UUID, step: str) -> HttpResponse:
    """Apply, take back or discard an import."""
    batch = _batch(request, batch_id)
    if step not in STEPS:
        raise NotFound(what=_("step"))
    STEPS[step](batch.pk, actor=request.actor, now=request.now)
    if step == "discard":
        messages.success(request, _("The preview of {name} was thrown away.").format(name=batch.file_name))
        return redirect("imports")
    return redirect("import", batch_id)


@door("core.see_imports")
@require_GET
def refused(request: PersonRequest, batch_id: UUID) -> HttpResponse:
    """The rows left out, as they came, each with its reason: to correct and choose again."""
    batch = _batch(request, batch_id)
    return workbook(queries.refused_sheet(batch), "refused-rows", request.now)


@door("core.see_imports")
@require_GET
def template(request: PersonRequest, name: str) -> HttpResponse:
    """An empty workbook with the headings this import knows."""
    importer = next((one for one in queries.offered(request.actor) if one.name == name), None)
    if importer is None:
        raise NotFound(what=_("template"))
    return workbook(queries.template(importer), name.replace(".", "-"))


def _batch(request: PersonRequest, key: UUID) -> ImportBatch:
    """The import, if the asker may do imports of its kind.

    Raises ``NotFound``.
    """
    batch = queries.imports(request.actor).filter(pk=key).first()
    if batch is None:
        raise NotFound(what=ImportBatch._meta.verbose_name)
    return batch


def _tabs(counts: queries.Counts, current: str) -> list[dict[str, Any]]:
    every = {"label": _("All rows"), "url": "?", "count": counts.total, "current": current == ""}
    tabs = [
        {
            "label": Verdict(verdict).label,
            "url": f"?show={verdict}",
            "count": count,
            "current": verdict == current,
        }
        for verdict, count in counts.verdicts.items()
        if count
    ]
    return [every, *tabs]


def _line(row: ImportRow, batch: ImportBatch) -> Line:
    row.batch = batch
    problems = queries.reason(row)
    cells = " · ".join(cell for cell in row.cells if cell)
    return Line(row, cells, problems or "; ".join(row.words), TONES[Verdict(row.verdict)])
