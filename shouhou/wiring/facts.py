"""Who answers the facts a drawing's conditions read. Each is asked only when a condition reads it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from shouhou.cases.models import Appeal, Assessment, Case, Outcome, ReturnCall
from shouhou.core import policies
from shouhou.core.facts import Fact
from shouhou.dispatch.queries import availability_evidence
from shouhou.work.models import Answer, BenchJob, Offer, Visit

Answers = Callable[[UUID, datetime], object]


def _of_case(field: str) -> Answers:
    def answer(root_id: UUID, now: datetime) -> object:
        return Case.objects.values_list(field, flat=True).get(pk=root_id)

    return answer


def _latest(model: type[Model], field: str, order: str, **narrower: Any) -> Answers:
    """A field of the newest row of a kind on the case; null when there is none."""

    def answer(root_id: UUID, now: datetime) -> object:
        rows = model._default_manager.filter(case=root_id, **narrower).order_by(f"-{order}")
        return rows.values_list(field, flat=True).first()

    return answer


def _before(field: str, policy: str) -> Answers:
    """A due moment less the organisation's minutes of warning."""

    def answer(root_id: UUID, now: datetime) -> object:
        due_at, organisation_id = Case.objects.values_list(field, "organisation_id").get(pk=root_id)
        return due_at - timedelta(minutes=policies.value(organisation_id, policy))

    return answer


def _offer_lapses(root_id: UUID, now: datetime) -> object:
    rows = Offer.objects.filter(visit__case=root_id, state=Offer.State.OPEN)
    return rows.values_list("expires_at", flat=True).first()


def _last_answer(root_id: UUID, now: datetime) -> object:
    """What became of the newest offer: the customer's answer, or that it was taken back."""
    offer = Offer.objects.filter(visit__case=root_id).order_by("-made_at").first()
    if offer is None or offer.state == Offer.State.WITHDRAWN:
        return offer and Offer.State.WITHDRAWN.value
    rows = Answer.objects.filter(offer=offer).order_by("-recorded_at")
    return rows.values_list("said", flat=True).first()


def _calls(root_id: UUID, now: datetime) -> object:
    """How often nobody answered since somebody last did."""
    results = ReturnCall.objects.filter(case=root_id).order_by("-number").values_list("result", flat=True)
    count = 0
    for result in results:
        if result != ReturnCall.Result.NO_ANSWER:
            break
        count += 1
    return count


OUTCOMES = {
    Assessment.Outcome.ACCEPTED: "接受",
    Assessment.Outcome.REJECTED: "不受理",
    Assessment.Outcome.MORE_INFO: "补充资料",
}
RESULTS = {
    Visit.Result.FIXED: "修好",
    Visit.Result.NOT_FIXED: "未修好",
    Visit.Result.TO_CENTRE: "转维修中心",
    Visit.Result.NOBODY_HOME: "无人在家",
}

FACTS = (
    Fact(
        "评估结论",
        "assessment outcome",
        "string",
        _latest(Assessment, "outcome", "number"),
        {code.value: word for code, word in OUTCOMES.items()},
    ),
    Fact(
        "处理方式",
        "remedy",
        "string",
        _latest(Assessment, "remedy", "number"),
        {"repair": "维修", "replace": "更换"},
    ),
    Fact(
        "维修地点",
        "place of repair",
        "string",
        _latest(Assessment, "place", "number"),
        {"home": "上门", "centre": "维修中心"},
    ),
    Fact("保修期内", "in warranty", "boolean", _latest(Assessment, "in_warranty", "number")),
    Fact(
        "上门结果",
        "visit result",
        "string",
        _latest(Visit, "result", "number", state=Visit.State.DONE),
        {code.value: word for code, word in RESULTS.items()},
    ),
    Fact(
        "送修结果",
        "bench result",
        "string",
        _latest(BenchJob, "result", "number"),
        {"fixed": "修好", "not_fixed": "未修好"},
    ),
    Fact(
        "下一步",
        "next step",
        "string",
        _latest(Outcome, "sort", "number"),
        {"repair_again": "再次维修", "centre": "送修", "replace": "更换", "refund": "退款"},
    ),
    Fact("申诉成立", "appeal upheld", "boolean", _latest(Appeal, "is_upheld", "made_at")),
    Fact(
        "改约答复",
        "answer to the offer",
        "string",
        _last_answer,
        {"agreed": "同意", "refused": "不同意", "none": "未答复", "withdrawn": "已收回"},
    ),
    Fact(
        "回访结果",
        "return-visit result",
        "string",
        _latest(ReturnCall, "result", "number"),
        {"satisfied": "满意", "unsatisfied": "不满意", "no_answer": "未接通"},
    ),
    Fact("回访次数", "unanswered return-visit calls", "number", _calls),
    Fact(
        "响应预警时刻",
        "warn of response at",
        "date and time",
        _before("response_due_at", "cases.response_warning"),
    ),
    Fact("响应时限", "response due", "date and time", _of_case("response_due_at")),
    Fact(
        "到场预警时刻",
        "warn of arrival at",
        "date and time",
        _before("arrival_due_at", "cases.arrival_warning"),
    ),
    Fact("到场时限", "arrival due", "date and time", _of_case("arrival_due_at")),
    Fact("改约答复时限", "offer lapses", "date and time", _offer_lapses),
    Fact(
        "类别",
        "origin",
        "string",
        _of_case("origin"),
        {"after_sales": "售后", "residual": "安装遗留", "not_accepted": "未验收"},
    ),
    Fact("可派技师", "who can come", "context", availability_evidence),
)
