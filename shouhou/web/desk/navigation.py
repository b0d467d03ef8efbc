"""The pages of the desk, each shown to those whose roles may open it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.core import policy
from shouhou.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Page:
    """One page in the navigation: its address name, its words, the verb that opens it."""

    name: str
    label: str | Promise
    verb: str
    icon: str


@dataclass(frozen=True, slots=True)
class Item:
    """A page as the layout draws it."""

    label: str
    url: str
    icon: str
    current: bool
    count: int = 0


PAGES = (
    Page("call", _("New call"), "cases.register_case", "phone"),
    Page("cases", _("Cases"), "cases.list", "clipboard"),
    Page("today", _("My work"), "cases.see", "calendar"),
    Page("customers", _("Customers"), "customers.see", "users"),
    Page("atlas", _("Flow atlas"), "flows.see_pages", "flow"),
    Page("setup", _("Setup"), "core.set_up", "settings"),
)


def items(request: HttpRequest, actor: Actor) -> list[Item]:
    """The pages this actor may open, the current one marked."""
    open_pages = [(page, url) for page in PAGES if policy.can(actor, page.verb) and (url := _address(page))]
    # "/cases/" is current on a case's page, but not on the call form, whose own address is longer.
    here = max((url for _page, url in open_pages if request.path.startswith(url)), key=len, default="")
    return [Item(str(page.label), url, page.icon, url == here) for page, url in open_pages]


def _address(page: Page) -> str:
    try:
        return reverse(page.name)
    except NoReverseMatch:
        return ""
