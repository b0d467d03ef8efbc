"""Who may do what with visits and bench jobs, and which an actor sees."""

from django.db.models import Q

from shouhou.core.actor import Actor, Kind
from shouhou.core.policy import OFFICE, Right, Role, allow, see
from shouhou.customers.models import Contact, Customer, InstalledProduct, Site
from shouhou.customers.policy import reads_files
from shouhou.work.models import Answer, BenchJob, CrewMember, Offer, Promise, Slot, Visit

BOOKERS = (Role.AGENT, Role.SPECIALIST, Role.SUPERVISOR)
GOERS = (Role.TECHNICIAN, Role.SPECIALIST)

allow("work.see", *OFFICE, *GOERS, Role.DRIVER, Role.REPAIR_CENTRE, client=Right.READ)
allow("work.take_call", *BOOKERS, Role.CLERK, Role.SALES_GUIDE, Role.STORE_MANAGER)
allow("work.book_visit", *BOOKERS, client=Right.DISPATCH)
allow("work.offer_times", *BOOKERS, *GOERS, client=Right.DISPATCH)
allow("work.answer_offer", *BOOKERS, *GOERS, links=("case",), client=Right.DISPATCH)
allow("work.withdraw_offer", *BOOKERS)
allow("work.request_other_time", *BOOKERS, links=("case",))
allow("work.choose_time", links=("case",))
allow("work.hand_over_visit", *BOOKERS)
allow("work.keep_promise", *BOOKERS)
allow("work.replan_visit", *BOOKERS)
allow("work.leave_for_visit", *GOERS, Role.AGENT, client=Right.WORK)
allow("work.arrive_at_visit", *GOERS, Role.AGENT, client=Right.WORK)
allow("work.finish_visit", *GOERS, Role.AGENT, client=Right.WORK)
allow("work.cancel_visit", *BOOKERS)
allow("work.receive_on_bench", Role.REPAIR_CENTRE)
allow("work.repair_on_bench", Role.REPAIR_CENTRE)
allow("work.return_from_bench", Role.REPAIR_CENTRE)


class Visible:
    """The rows whose case an actor may see: the office all, goers those they go on, a link its own."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __call__(self, actor: Actor) -> Q:
        if actor.kind is Kind.LINK:
            return Q(**{f"{self.path}case": actor.subject_id}) if actor.purpose == "case" else Q(pk=None)
        if actor.kind is Kind.CLIENT or actor.has(*OFFICE, Role.REPAIR_CENTRE):
            return Q()
        return Q(**{f"{self.path}technician": actor.id}) | Q(**{f"{self.path}crew__person": actor.id})


see(Visit, Visible(""))
see(Promise, Visible("visit__"))
see(CrewMember, Visible("visit__"))
see(Offer, Visible("visit__"))
see(Slot, Visible("offer__visit__"))
see(Answer, Visible("offer__visit__"))


def _bench_seen_by(actor: Actor) -> Q:
    if actor.kind is Kind.LINK:
        return Q(case=actor.subject_id)
    return Q() if actor.kind is Kind.CLIENT or actor.has(*OFFICE, Role.REPAIR_CENTRE) else Q(pk=None)


see(BenchJob, _bench_seen_by)


class Visited:
    """Customers' rows: readers see all, and whoever goes to a customer sees that customer's file (B1, B5)."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __call__(self, actor: Actor) -> Q:
        if reads_files(actor):
            return Q()
        if actor.kind is not Kind.STAFF:
            return Q(pk=None)
        mine = Visit.objects.filter(organisation_id=actor.organisation_id).filter(
            Q(technician=actor.id) | Q(crew__person=actor.id)
        )
        return Q(**{f"{self.path}__in": mine.values("case__customer")})


see(Customer, Visited("pk"))
for model in (Contact, Site, InstalledProduct):
    see(model, Visited("customer"))
