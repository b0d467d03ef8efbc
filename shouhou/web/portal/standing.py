"""Where it stands, as a customer reads it: one headline, one sentence, a few stations."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouhou.cases.models import Assessment, Case, Outcome
from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.flows import queries as flows
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.work.models import BenchJob, Offer, Promise, Slot, Visit

AHEAD = (Visit.State.BOOKED, Visit.State.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Stop:
    """One station of the simple map: ``state`` done, here or next, and a quiet second line."""

    name: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the page says of a case.

    ``visit`` is the one that stands, else the last that was done; ``window`` the promise that holds.
    """

    case: Case
    headline: str
    sentence: str
    stops: list[Stop]
    offer: Offer | None
    slots: list[Slot]
    visit: Visit | None
    window: Window | None
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read of a case, once."""

    case: Case
    now: datetime
    assessment: Assessment | None
    visits: list[Visit]
    offer: Offer | None
    slots: list[Slot]
    bench: BenchJob | None
    outcome: Outcome | None

    @property
    def ahead(self) -> Visit | None:
        return next((visit for visit in self.visits if visit.state in AHEAD), None)

    @property
    def done(self) -> Visit | None:
        return next((visit for visit in self.visits if visit.state == Visit.State.DONE), None)

    @property
    def window(self) -> Window | None:
        visit = self.ahead
        last: Promise | None = visit.promises.latest("number") if visit else None
        return Window(last.starts_at, last.ends_at) if last else None


def standing(case: Case, actor: Actor, now: datetime) -> Standing:
    """Read a case as its customer sees it."""
    known = _read(case, actor, now)
    headline, sentence = _say(known)
    return Standing(
        case,
        headline,
        sentence,
        _stops(known),
        known.offer,
        known.slots,
        known.ahead or known.done,
        known.window,
        known.ahead is not None,
    )


def _read(case: Case, actor: Actor, now: datetime) -> _Known:
    visits = list(scope(actor, Visit).filter(case=case).select_related("technician").order_by("-number"))
    slots = scope(actor, Slot).filter(offer__visit__case=case, offer__state=Offer.State.OPEN)
    # A time that was taken just when the customer agreed to it is not asked about again.
    free = list(slots.exclude(answers__took_effect=False).select_related("offer").order_by("starts_at"))
    asked = scope(actor, Offer).filter(visit__case=case, state=Offer.State.OPEN)
    return _Known(
        case,
        now,
        scope(actor, Assessment).filter(case=case).order_by("-number").first(),
        visits,
        free[0].offer if free else asked.first(),
        free,
        scope(actor, BenchJob).filter(case=case).order_by("-number").first(),
        scope(actor, Outcome).filter(case=case).order_by("-number").first(),
    )


def _say(known: _Known) -> tuple[str, str]:
    """The headline and the sentence under it."""
    return _say_over(known) or _say_asked(known) or _say_visit(known) or _say_further(known)


def _say_over(known: _Known) -> tuple[str, str] | None:
    case = known.case
    match case.state:
        case Case.State.WITHDRAWN:
            return _("Your report was withdrawn"), _("We are here when you need us again.")
        case Case.State.MERGED:
            other = case.merged_into.number if case.merged_into else ""
            return _("This report goes on under {number}").format(number=other), _(
                "It was about the same thing, so we put the two together."
            )
        case Case.State.REJECTED:
            return _(
                "We are sorry: we cannot take this on"
            ), known.assessment.reason if known.assessment else ""
        case Case.State.CLOSED:
            return _("Your case is closed"), _("If anything is not right, please call us: we open it again.")
    return None


def _say_asked(known: _Known) -> tuple[str, str] | None:
    assessment, offer = known.assessment, known.offer
    if offer is not None:
        if offer.asked_by == Offer.AskedBy.US:
            return offer.apology or _("We are very sorry"), offer.reason
        return _("Which time suits you?"), offer.reason
    if assessment is None:
        return None
    if assessment.outcome == Assessment.Outcome.REJECTED:
        if known.case.appeals.filter(decided_at=None).exists():
            return _("We are looking at your appeal"), _("A superior decides it and answers you.")
        return _("We are sorry: we cannot take this on"), assessment.reason
    if assessment.outcome == Assessment.Outcome.MORE_INFO:
        if known.case.enquiries.filter(answered_at=None).exists():
            return _("We need to know one more thing"), ""
        return _("Thank you for your answer"), _("We look at it and get in touch.")
    return None


def _say_visit(known: _Known) -> tuple[str, str] | None:
    visit, window = known.ahead, known.window
    if visit is None or window is None:
        return None
    when = wording.window(window, known.now)
    if visit.arrived_at:
        return _("{technician} is with you").format(technician=visit.technician.name), ""
    if visit.left_at:
        return _("{technician} is on the way to you").format(technician=visit.technician.name), when
    return _("We come {when}").format(when=when), _("You can ask for another time below.")


def _say_further(known: _Known) -> tuple[str, str]:
    bench, outcome, assessment, done = known.bench, known.outcome, known.assessment, known.done
    if bench is not None and bench.returned_at is None:
        if bench.repaired_at is None:
            return _("Your piece is in our repair centre"), _("We tell you when it is repaired.")
        return _("Your piece comes back to you"), _("We get in touch about the way back.")
    if outcome is not None and outcome.sort in (Outcome.Sort.REPLACE, Outcome.Sort.REFUND):
        is_new = outcome.sort == Outcome.Sort.REPLACE
        if outcome.confirmed_at:
            return (_("Your replacement is confirmed") if is_new else _("Your refund is confirmed")), ""
        return (_("We replace your piece") if is_new else _("We pay you back")), _(
            "It is being prepared. We tell you when it is done."
        )
    if done is not None and done.result == Visit.Result.FIXED:
        return _("Your repair is done"), _("We call you to ask whether everything is right.")
    if done is not None and outcome is None:
        return _("We were with you, and it goes on"), _("We decide the next step and get in touch.")
    if assessment is not None and assessment.outcome == Assessment.Outcome.ACCEPTED:
        if assessment.place == Assessment.Place.CENTRE:
            return _("Your piece goes to our repair centre"), _("We get in touch about the way there.")
        if assessment.remedy == Assessment.Remedy.REPLACE:
            return _("We replace your piece"), _("It is being prepared. We tell you when it is done.")
        return _("We take care of it"), _("We call you about a time for the visit.")
    return _("We have your report"), _("We look at it and get in touch within the hour.")


def _stops(known: _Known) -> list[Stop]:
    """The drawing's stations, without those this case does not come by."""
    case = known.case
    if case.state in (Case.State.WITHDRAWN, Case.State.MERGED, Case.State.REJECTED):
        return [
            Stop(pgettext("station", "Reported"), "done", _reported(known)),
            Stop(case.get_state_display(), "done"),
        ]
    stations = [station for station in flows.stations(case.pk) if _is_on_the_way(known, station)]
    here = next((number for number, one in enumerate(stations) if one.state == "here"), None)
    last = max((number for number, one in enumerate(stations) if one.state == "done"), default=-1)
    is_over = case.state == Case.State.CLOSED
    stops = [Stop(pgettext("station", "Reported"), "done", _reported(known))]
    for number, station in enumerate(stations):
        # What lay behind lies ahead again when the work is done once more.
        before = number < here if here is not None else number <= last
        state = "done" if is_over or before else "here" if number == here else "next"
        stops.append(Stop(station.name, state, _words(known, state, number == here)))
    if here is None and not is_over:
        # Of what was not taken on nothing lies ahead unless an appeal succeeds.
        ahead = [] if _is_rejected(known) else stops[last + 2 :]
        stops = [*stops[: last + 2], Stop(_between(known), "here"), *ahead]
    return stops


def _is_rejected(known: _Known) -> bool:
    assessment = known.assessment
    return assessment is not None and assessment.outcome == Assessment.Outcome.REJECTED


def _between(known: _Known) -> str:
    """Where a case stands that stands at no station: with the customer, or with us."""
    case, assessment = known.case, known.assessment
    if assessment is None or assessment.outcome == Assessment.Outcome.ACCEPTED:
        return _("We decide the next step")
    if assessment.outcome == Assessment.Outcome.MORE_INFO:
        return _("Waiting for your answer")
    is_appealed = case.appeals.filter(decided_at=None).exists()
    return _("We decide your appeal") if is_appealed else _("Not taken on; you may appeal")


def _is_on_the_way(known: _Known, station: flows.Station) -> bool:
    """Whether a case comes by a station: a visit or the repair centre, and neither for a replacement."""
    if station.state in ("here", "done"):
        return True
    assessment = known.assessment
    to_centre = assessment is not None and assessment.place == Assessment.Place.CENTRE
    replaced = assessment is not None and assessment.remedy == Assessment.Remedy.REPLACE
    visiting, centre = station.en in ("Booking", "Home visit"), station.en == "Repair centre"
    return not (visiting and (to_centre or replaced)) and not (centre and not to_centre)


def _reported(known: _Known) -> str:
    return wording.moment(known.case.reported_at, known.now)


def _words(known: _Known, state: str, is_here: bool) -> str:
    if is_here and known.window is not None:
        return wording.window(known.window, known.now)
    return ""
