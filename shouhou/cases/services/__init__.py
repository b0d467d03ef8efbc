"""The verbs of a case, by the stretch of its life they belong to."""

from shouhou.cases.services.followup import (
    answer_survey,
    close_case,
    leave_return_message,
    record_return_call,
    send_survey,
    tell_result,
)
from shouhou.cases.services.intake import acknowledge_case, correct_case, record_contact, register_case
from shouhou.cases.services.outcome import confirm_refund, confirm_replacement, decide_outcome
from shouhou.cases.services.partner import Reporter, Thing, take_partner_report
from shouhou.cases.services.report import attach_files, report_fault
from shouhou.cases.services.triage import (
    answer_enquiry,
    appeal_rejection,
    ask_customer,
    assess_case,
    check_clock,
    close_rejected,
    decide_appeal,
    tell_rejection,
)
from shouhou.cases.services.upkeep import (
    change_customer,
    give_link,
    hand_over_case,
    merge_case,
    reopen_case,
    withdraw_case,
    write_note,
)

__all__ = [
    "Reporter",
    "Thing",
    "acknowledge_case",
    "answer_enquiry",
    "answer_survey",
    "appeal_rejection",
    "ask_customer",
    "assess_case",
    "attach_files",
    "change_customer",
    "check_clock",
    "close_case",
    "close_rejected",
    "confirm_refund",
    "confirm_replacement",
    "correct_case",
    "decide_appeal",
    "decide_outcome",
    "give_link",
    "hand_over_case",
    "leave_return_message",
    "merge_case",
    "record_contact",
    "record_return_call",
    "register_case",
    "reopen_case",
    "report_fault",
    "send_survey",
    "take_partner_report",
    "tell_rejection",
    "tell_result",
    "withdraw_case",
    "write_note",
]
