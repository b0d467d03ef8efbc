"""The seam of the publish gate: what the product declares, laid beside what a drawing uses."""

from collections.abc import Iterable
from uuid import UUID

from shouhou.core.facts import FACTS
from shouhou.core.policy import ROLE_NAMES
from shouhou.flows.contracts import ATLAS, MESSAGES, TASKS, in_language
from shouhou.flows.models import Page, Version
from shouhou.flows.refusals import Unreadable
from shouhou.kernel import bpmn
from shouhou.kernel.bpmn import Problem
from shouhou.kernel.bpmn.check import Palette, check

CUSTOMER = "customer"
"""Whose turn it is when the house waits for the customer; no role of the staff."""


def readable(xml: bytes) -> bpmn.Model:
    """Read a drawing. Raises ``Unreadable`` with the sentence for the person who sent it."""
    try:
        return bpmn.read(xml)
    except bpmn.Unreadable as why:
        raise Unreadable(reason=in_language(why.zh, why.en), line=why.line) from None


def palette(pages: Iterable[str] = ()) -> Palette:
    """Everything a drawing may name; ``pages`` are those of an organisation beside the shipped ones."""
    tasks = TASKS.values()
    return Palette(
        people=frozenset(task.key for task in tasks if task.call is None),
        automatic=frozenset(task.key for task in tasks if task.call is not None),
        facts={fact.name: fact.type for fact in FACTS.values()},
        roles=frozenset((*map(str, ROLE_NAMES), CUSTOMER)),
        forms=frozenset(task.form for task in tasks if task.form),
        messages=frozenset(message.name for found in MESSAGES.values() for message in found),
        pages=frozenset((*ATLAS, *pages)),
    )


def problems_of(xml: bytes, organisation_id: UUID | None = None) -> list[Problem]:
    """Everything to fix before a drawing can be published, in the order of the file."""
    return list(check(xml, palette(_pages(organisation_id))).problems)


def _pages(organisation_id: UUID | None) -> Iterable[str]:
    """The pages an organisation has published itself; what is only drafted cannot be called."""
    if organisation_id is None:
        return ()
    pages = Page.objects.filter(organisation_id=organisation_id, versions__state=Version.State.PUBLISHED)
    return pages.values_list("key", flat=True).distinct()
