"""The verbs of work, by what they are about."""

from shouhou.work.services.bench import receive_on_bench, repair_on_bench, return_from_bench
from shouhou.work.services.booking import book_visit, cancel_visit, hand_over_visit, replan_visit
from shouhou.work.services.call import Caller, Report, Weighing, take_call
from shouhou.work.services.consent import (
    Time,
    answer_offer,
    choose_time,
    keep_promise,
    offer_times,
    request_other_time,
    withdraw_offer,
)
from shouhou.work.services.progress import arrive_at_visit, finish_visit, leave_for_visit

__all__ = [
    "Caller",
    "Report",
    "Time",
    "Weighing",
    "answer_offer",
    "arrive_at_visit",
    "book_visit",
    "cancel_visit",
    "choose_time",
    "finish_visit",
    "hand_over_visit",
    "keep_promise",
    "leave_for_visit",
    "offer_times",
    "receive_on_bench",
    "repair_on_bench",
    "replan_visit",
    "request_other_time",
    "return_from_bench",
    "take_call",
    "withdraw_offer",
]
