"""Which task of a drawing is which verb, form and event: the palette a drawing may use.

``key`` is the drawing's ``shouhou:task``. A person's task names the desk form that does it; an
automatic one the call the flow makes.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from shouhou.cases import services as cases
from shouhou.core.actor import Actor
from shouhou.core.models import Event
from shouhou.core.policy import Role
from shouhou.flows.contracts import Message, Task
from shouhou.work.models import Visit

# What may be done to a visit while it stands, whichever step waits.
AROUND_A_VISIT = (
    "work.leave_for_visit",
    "work.arrive_at_visit",
    "work.replan_visit",
    "work.hand_over_visit",
    "work.cancel_visit",
    "work.offer_times",
    "work.answer_offer",
    "work.withdraw_offer",
    "work.request_other_time",
    "work.choose_time",
)


def _goers(case_id: UUID) -> list[str]:
    """Who goes to the customer: the drawing shows the name, not only the role."""
    rows = Visit.objects.filter(case=case_id, state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY])
    return list(rows.values_list("technician__name", flat=True))


PEOPLE = (
    Task(
        "assess",
        "评估",
        "Assess",
        verb="cases.assess_case",
        events=("cases.assessed",),
        roles=(Role.AGENT, Role.SUPERVISOR),
        form="assess",
    ),
    Task(
        "chase_customer",
        "电话追问",
        "Ask by phone",
        verb="cases.answer_enquiry",
        events=("cases.enquiry_answered",),
        roles=(Role.AGENT,),
        form="answer_enquiry",
    ),
    Task(
        "review_appeal",
        "复核申诉",
        "Review the appeal",
        verb="cases.decide_appeal",
        events=("cases.appeal_decided",),
        roles=(Role.SUPERVISOR,),
        form="decide_appeal",
    ),
    Task(
        "book_visit",
        "预约上门",
        "Book the visit",
        verb="work.book_visit",
        events=("work.visit_booked",),
        roles=(Role.AGENT, Role.SUPERVISOR),
        form="book",
    ),
    Task(
        "visit",
        "上门服务",
        "Visit",
        verb="work.finish_visit",
        events=("work.visit_finished",),
        roles=(Role.TECHNICIAN,),
        form="finish",
        also=AROUND_A_VISIT,
        owners=_goers,
    ),
    Task(
        "ask_by_phone",
        "电话征询",
        "Ask by phone",
        verb="work.answer_offer",
        events=("work.offer_answered", "work.offer_withdrawn"),
        roles=(Role.AGENT,),
        form="answer_offer",
    ),
    Task(
        "other_technician",
        "改派他人或上报",
        "Hand over or escalate",
        verb="work.hand_over_visit",
        events=("work.visit_handed_over", "work.promise_kept"),
        roles=(Role.SUPERVISOR, Role.AGENT),
        form="hand_over",
        also=("work.keep_promise",),
    ),
    Task(
        "offer_time",
        "另约时间",
        "Offer another time",
        verb="work.offer_times",
        events=("work.times_offered",),
        roles=(Role.AGENT,),
        form="offer",
    ),
    Task(
        "bench_receive",
        "收件",
        "Receive",
        verb="work.receive_on_bench",
        events=("work.bench_received",),
        roles=(Role.REPAIR_CENTRE,),
        form="bench_receive",
    ),
    Task(
        "bench_repair",
        "维修",
        "Repair",
        verb="work.repair_on_bench",
        events=("work.bench_repaired",),
        roles=(Role.REPAIR_CENTRE,),
        form="bench_repair",
    ),
    Task(
        "bench_return",
        "交还",
        "Return",
        verb="work.return_from_bench",
        events=("work.bench_returned",),
        roles=(Role.REPAIR_CENTRE,),
        form="bench_return",
    ),
    Task(
        "decide_next",
        "决定下一步",
        "Decide the next step",
        verb="cases.decide_outcome",
        events=("cases.outcome_decided",),
        roles=(Role.AGENT, Role.SUPERVISOR),
        form="decide",
    ),
    Task(
        "confirm_replacement",
        "确认换新",
        "Confirm the replacement",
        verb="cases.confirm_replacement",
        events=("cases.replacement_confirmed",),
        roles=(Role.STOREKEEPER,),
        form="confirm_replacement",
    ),
    Task(
        "confirm_refund",
        "确认退款",
        "Confirm the refund",
        verb="cases.confirm_refund",
        events=("cases.refund_confirmed",),
        roles=(Role.FINANCE,),
        form="confirm_refund",
    ),
    Task(
        "return_call",
        "电话回访",
        "Return-visit call",
        verb="cases.record_return_call",
        events=("cases.return_call_recorded",),
        roles=(Role.AGENT, Role.SPECIALIST),
        form="return_call",
    ),
)


def _clock(clock: str, stage: str) -> Callable[..., object]:
    def ring(root_id: UUID, *, actor: Actor, now: datetime) -> object:
        return cases.check_clock(root_id, clock=clock, stage=stage, actor=actor, now=now)

    return ring


def _automatic(
    key: str, chinese: str, english: str, verb: str, event: str, call: Callable[..., object]
) -> Task:
    return Task(
        key, chinese, english, verb=f"cases.{verb}", events=(f"cases.{event}",) if event else (), call=call
    )


AUTOMATIC = (
    _automatic(
        "acknowledge", "受理回执", "Acknowledge", "acknowledge_case", "acknowledged", cases.acknowledge_case
    ),
    _automatic(
        "ask_customer", "请客户补充", "Ask the customer", "ask_customer", "customer_asked", cases.ask_customer
    ),
    _automatic(
        "tell_rejection",
        "告知不受理",
        "Tell the rejection",
        "tell_rejection",
        "rejection_told",
        cases.tell_rejection,
    ),
    _automatic(
        "close_rejected",
        "不受理归档",
        "Close as rejected",
        "close_rejected",
        "rejected",
        cases.close_rejected,
    ),
    _automatic("tell_result", "告知结果", "Tell the result", "tell_result", "result_told", cases.tell_result),
    _automatic(
        "send_survey", "满意度调查", "Send the survey", "send_survey", "survey_sent", cases.send_survey
    ),
    _automatic(
        "leave_message",
        "三次未接通，留言",
        "Leave a message",
        "leave_return_message",
        "return_message_left",
        cases.leave_return_message,
    ),
    _automatic("close_case", "结案归档", "Close the case", "close_case", "closed", cases.close_case),
    _automatic(
        "warn_response", "响应预警", "Warn: response", "check_clock", "", _clock("response", "warning")
    ),
    _automatic(
        "check_response",
        "响应超时上报",
        "Overdue: response",
        "check_clock",
        "",
        _clock("response", "overdue"),
    ),
    _automatic("warn_arrival", "到场预警", "Warn: arrival", "check_clock", "", _clock("arrival", "warning")),
    _automatic(
        "check_arrival", "到场超时上报", "Overdue: arrival", "check_clock", "", _clock("arrival", "overdue")
    ),
)

TASKS = (*PEOPLE, *AUTOMATIC)


def _is_low(event: Event) -> bool:
    return bool(event.payload.get("is_low"))


MESSAGES = (
    Message("cases.enquiry_answered", "客户补充资料"),
    Message("cases.appealed", "客户申诉"),
    Message("cases.withdrawn", "撤回或合并"),
    Message("cases.merged", "撤回或合并"),
    Message("cases.reopened", "重新打开"),
    Message("cases.survey_answered", "客户不满意", when=_is_low),
    Message("work.times_offered", "改约提出"),
    Message("work.offer_answered", "客户答复改约"),
    # Taken back, it is waited for no longer.
    Message("work.offer_withdrawn", "客户答复改约"),
    Message("work.other_time_requested", "客户要求改期"),
    Message("work.visit_cancelled", "上门取消"),
)

# Which page a root's first event starts.
STARTS = {"cases.registered": "a"}

ATLAS = {"a": Path(__file__).parent / "atlas" / "a-after-sales.bpmn"}
