"""The verbs of the customers' room."""

from shouhou.customers.services.contacts import (
    add_contact,
    correct_contact,
    remove_contact,
    set_main_contact,
)
from shouhou.customers.services.files import correct_customer, open_customer, remove_customer
from shouhou.customers.services.installed import (
    correct_installed,
    move_installed,
    record_installed,
    remove_installed,
    retire_installed,
)
from shouhou.customers.services.merging import merge_customers
from shouhou.customers.services.products import (
    add_product,
    bring_back_product,
    change_product,
    retire_product,
)
from shouhou.customers.services.revealing import reveal_number
from shouhou.customers.services.sites import add_site, correct_site, remove_site, set_main_site

__all__ = [
    "add_contact",
    "add_product",
    "add_site",
    "bring_back_product",
    "change_product",
    "correct_contact",
    "correct_customer",
    "correct_installed",
    "correct_site",
    "merge_customers",
    "move_installed",
    "open_customer",
    "record_installed",
    "remove_contact",
    "remove_customer",
    "remove_installed",
    "remove_site",
    "retire_installed",
    "retire_product",
    "reveal_number",
    "set_main_contact",
    "set_main_site",
]
