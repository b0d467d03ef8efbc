"""The sections of setup: their addresses, their words, and the verb that opens each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.actor import Actor
from shouhou.core.policy import can


@dataclass(frozen=True, slots=True)
class Section:
    """One page of setup. ``name`` is its address name, ``about`` says what it is for."""

    name: str
    label: str | Promise
    verb: str
    icon: str
    about: str | Promise

    @property
    def url(self) -> str:
        return reverse(self.name)


@dataclass(frozen=True, slots=True)
class Group:
    """Sections that belong together."""

    label: str | Promise
    sections: tuple[Section, ...]


GROUPS = (
    Group(
        _("The company"),
        (
            Section(
                "setup-organisation",
                _("Organisation"),
                "core.see_settings",
                "building",
                _("Name, hotline, and the address where customers report."),
            ),
            Section(
                "setup-calendar",
                _("Calendar"),
                "core.see_settings",
                "calendar",
                _("Holidays and make-up days, by which deadlines are counted."),
            ),
            Section(
                "setup-policies",
                _("Rules of the house"),
                "core.see_settings",
                "clipboard",
                _("Response times, lead times, terms: what differs from company to company."),
            ),
            Section(
                "atlas",
                _("Flow atlas"),
                "flows.see_pages",
                "flow",
                _("The drawings cases run on: look, upload, publish."),
            ),
            Section(
                "setup-partners",
                _("Partners' systems"),
                "core.see_clients",
                "link",
                _("Tokens by which other systems report and book."),
            ),
        ),
    ),
    Group(
        _("People and means"),
        (
            Section(
                "setup-able",
                _("Trades and skills"),
                "people.see",
                "tool",
                _("What work there is, and what one must be able to do for it."),
            ),
            Section(
                "setup-people",
                _("People"),
                "people.see",
                "users",
                _("Who works here, in which roles, with which login."),
            ),
            Section(
                "setup-vehicles",
                _("Vehicles"),
                "people.see",
                "car",
                _("What crews go out with."),
            ),
            Section(
                "setup-leave",
                _("Leave"),
                "people.see_leave",
                "sun",
                _("Who is away, so that nobody books a visit then."),
            ),
            Section(
                "setup-products",
                _("Products"),
                "customers.see_products",
                "box",
                _("What is sold and served, with its warranty term."),
            ),
        ),
    ),
    Group(
        _("Operation"),
        (
            Section(
                "setup-incidents",
                _("Incidents"),
                "flows.see_incidents",
                "alert",
                _("Cases that cannot go on by themselves."),
            ),
            Section(
                "setup-messages",
                pgettext_lazy("setup", "Messages"),
                "messages.see",
                "message",
                _("What did not reach a customer."),
            ),
            Section(
                "setup-jobs",
                _("Dead jobs"),
                "core.see_jobs",
                "server",
                _("Background work that was given up after many tries."),
            ),
            Section(
                "setup-record",
                _("The record"),
                "core.check_record",
                "shield",
                _("Check that nobody changed what happened."),
            ),
        ),
    ),
)


BY_NAME = {section.name: section for group in GROUPS for section in group.sections}


def open_to(actor: Actor) -> Iterator[Group]:
    """The groups with the sections this actor may open."""
    for group in GROUPS:
        sections = tuple(section for section in group.sections if can(actor, section.verb))
        if sections:
            yield Group(group.label, sections)
