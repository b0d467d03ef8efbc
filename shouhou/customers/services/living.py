"""A file that was merged away is only a signpost: nothing more is written into it."""

from shouhou.customers.models import Customer
from shouhou.customers.refusals import MergedAway


def must_live(customer: Customer) -> Customer:
    """The customer, when the file is still in use.

    Raises ``MergedAway`` naming the file that lives on.
    """
    if customer.merged_into is not None:
        raise MergedAway(customer=customer.merged_into.name, customer_id=customer.merged_into_id)
    return customer
