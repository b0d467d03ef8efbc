"""Who may do what with a case, and which cases an actor sees."""

from django.db.models import Q

from shouhou.cases.models import Appeal, Assessment, Case, Enquiry, Note, Outcome, ReturnCall, Survey
from shouhou.core.actor import Actor, Kind
from shouhou.core.files import read_through
from shouhou.core.policy import OFFICE, Right, Role, allow, see

STORE = (Role.SALES_GUIDE, Role.STORE_MANAGER)
AGENTS = (Role.AGENT, Role.SPECIALIST, Role.CLERK, Role.SUPERVISOR)
HANDS = (Role.TECHNICIAN, Role.REPAIR_CENTRE, Role.STOREKEEPER, Role.FINANCE, Role.DRIVER)

allow("cases.see", *OFFICE, *STORE, *HANDS, client=Right.READ)
allow("cases.list", *OFFICE, *STORE, Role.REPAIR_CENTRE, Role.STOREKEEPER, Role.FINANCE, client=Right.READ)
allow("cases.export", *OFFICE)

allow("cases.take_partner_report", client=Right.REPORT)
allow("cases.register_case", *AGENTS, *STORE, client=Right.REPORT, links=("report", "case"))
allow("cases.report_fault", links=("report",))
allow("cases.import_complaints", Role.AGENT, Role.CLERK, Role.SUPERVISOR)
allow("cases.attach_files", *AGENTS, *STORE, *HANDS, client=Right.REPORT, links=("report", "case"))
allow("cases.correct_case", *AGENTS)
allow("cases.record_contact", *AGENTS, Role.TECHNICIAN)
allow("cases.assess_case", Role.AGENT, Role.SUPERVISOR, client=Right.DISPATCH)
allow("cases.answer_enquiry", *AGENTS, *STORE, links=("case",))
allow("cases.appeal_rejection", *AGENTS, links=("case",))
allow("cases.decide_appeal", Role.SUPERVISOR)
allow("cases.decide_outcome", Role.AGENT, Role.SUPERVISOR)
allow("cases.confirm_replacement", Role.STOREKEEPER)
allow("cases.confirm_refund", Role.FINANCE)
allow("cases.answer_survey", links=("case", "survey"))
allow("cases.record_return_call", Role.AGENT, Role.SPECIALIST, Role.SUPERVISOR)
allow("cases.withdraw_case", *AGENTS, links=("case",))
allow("cases.merge_case", *AGENTS)
allow("cases.change_customer", *AGENTS)
allow("cases.hand_over_case", *AGENTS)
allow("cases.write_note", *OFFICE, *STORE, *HANDS)
allow("cases.reopen_case", Role.AGENT, Role.SUPERVISOR)
allow("cases.give_link", *AGENTS, *STORE)

# Carried out by the flow alone.
for verb in (
    "acknowledge_case",
    "ask_customer",
    "tell_rejection",
    "close_rejected",
    "tell_result",
    "send_survey",
    "leave_return_message",
    "close_case",
    "check_clock",
):
    allow(f"cases.{verb}")


def _seen_by(actor: Actor) -> Q:
    """The office sees every case; hands see those they work on; a link sees its own."""
    if actor.kind is Kind.LINK:
        return Q(pk=actor.subject_id) if actor.purpose in ("case", "survey") else Q(pk=None)
    if actor.kind is Kind.CLIENT or actor.has(*OFFICE, Role.REPAIR_CENTRE, Role.STOREKEEPER, Role.FINANCE):
        return Q()
    if actor.has(*STORE):
        return Q(channel=Case.Channel.STORE)
    return Q(visits__technician=actor.id) | Q(visits__crew__person=actor.id)


def _seen_with_case(actor: Actor) -> Q:
    if actor.kind is Kind.LINK:
        return Q(case=actor.subject_id)
    if actor.kind is Kind.STAFF and not actor.has(
        *OFFICE, Role.REPAIR_CENTRE, Role.STOREKEEPER, Role.FINANCE
    ):
        return Q(case__visits__technician=actor.id) | Q(case__channel=Case.Channel.STORE)
    return Q()


see(Case, _seen_by)
for part in (Assessment, Enquiry, Appeal, Outcome, Survey, ReturnCall):
    see(part, _seen_with_case)
see(Note, lambda actor: Q(pk=None) if actor.kind is Kind.LINK else _seen_with_case(actor))

read_through(Case)
