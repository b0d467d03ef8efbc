"""Showing a masked number whole (显示完整号码): allowed where it is needed, and noted each time."""

from datetime import datetime

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.use_case import use_case
from shouhou.customers.models import Contact


@use_case("customers.reveal_number", on=Contact)
def reveal_number(contact: Contact, *, actor: Actor, now: datetime) -> Contact:
    """Show one contact of a customer whole; the record says who looked, at which, and when.

    The number itself stands in no event: the contact's row is named.
    """
    record("customers.number_revealed", contact.customer, actor=actor, now=now, contact=contact.pk)
    return contact
