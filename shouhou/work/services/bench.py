"""The repair centre's bench (拉修), first landing: in, repaired, out."""

from datetime import datetime

from django.utils.translation import gettext as _

from shouhou.cases.models import Case
from shouhou.cases.services.triage import must_be_open
from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.refusals import NotFound
from shouhou.core.text import one_line, paragraph
from shouhou.core.use_case import use_case
from shouhou.work.models import BenchJob
from shouhou.work.refusals import NotUnderstood


@use_case("work.receive_on_bench", on=Case)
def receive_on_bench(
    case: Case, *, condition: str, accessories: str = "", actor: Actor, now: datetime
) -> BenchJob:
    """Take a piece in: its condition and what came with it, as both sides saw it."""
    must_be_open(case)
    job = BenchJob.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        number=case.bench_jobs.count() + 1,
        condition=one_line(condition, "condition", most=300),
        accessories=one_line(accessories, "accessories", most=300, least=0),
        received_at=now,
        received_by_id=actor.id,
    )
    record("work.bench_received", job, actor=actor, now=now, number=case.number)
    return job


@use_case("work.repair_on_bench", on=Case)
def repair_on_bench(
    case: Case, *, result: str, work_done: str, cause: str = "", actor: Actor, now: datetime
) -> BenchJob:
    """Report the repair: fixed or not, what was found and done."""
    job = _on_bench(case)
    if result not in BenchJob.Result.values:
        raise NotUnderstood(what=_("fixed or not fixed"))
    job.result, job.cause = result, one_line(cause, "cause", most=100, least=0)
    job.work_done = paragraph(work_done, "work_done", most=2000, least=1)
    job.repaired_at, job.repaired_by_id = now, actor.id
    job.save(update_fields=["result", "cause", "work_done", "repaired_at", "repaired_by"])
    record(
        "work.bench_repaired", job, actor=actor, now=now, number=case.number, result=result, cause=job.cause
    )
    return job


@use_case("work.return_from_bench", on=Case)
def return_from_bench(case: Case, *, returned_to: str, actor: Actor, now: datetime) -> BenchJob:
    """The piece went back, and who took it."""
    job = _on_bench(case)
    job.returned_at, job.returned_to = now, one_line(returned_to, "returned_to", most=60)
    job.save(update_fields=["returned_at", "returned_to"])
    record("work.bench_returned", job, actor=actor, now=now, number=case.number, result=job.result)
    return job


def _on_bench(case: Case) -> BenchJob:
    job = case.bench_jobs.filter(returned_at=None).first()
    if job is None:
        raise NotFound(what=BenchJob._meta.verbose_name)
    return job
