"""Who may do what with customers and what they own, and whose files an actor sees."""

from django.db.models import Q

from shouhou.core.actor import Actor, Kind
from shouhou.core.policy import OFFICE, Right, Role, allow, see
from shouhou.customers.models import Contact, Customer, InstalledProduct, Site

STORE = (Role.SALES_GUIDE, Role.STORE_MANAGER)
KEEPERS = (Role.AGENT, Role.SPECIALIST, Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)
BOOKS = (Role.FINANCE, Role.STOREKEEPER, Role.REPAIR_CENTRE)
READERS = frozenset({*OFFICE, *STORE, *KEEPERS, *BOOKS})

allow("customers.see", *READERS, client=Right.READ)
# The whole number, name and address, in lists and in workbooks that leave the house.
allow("customers.see_unmasked", *OFFICE)
# Everyone sees the middle of a number hidden; one who has to call may show it, and it is noted.
allow("customers.reveal_number", *OFFICE, *STORE, Role.ADMINISTRATOR)
allow("customers.export", Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)
allow("customers.import_customers", Role.AGENT, Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)

for verb in ("open_customer", "add_contact", "add_site", "record_installed"):
    allow(f"customers.{verb}", *KEEPERS, *STORE, client=Right.REPORT, links=("report",))
# What differs at the door is corrected by whoever stands there (B5).
for verb in ("correct_customer", "correct_contact", "correct_site", "correct_installed"):
    allow(f"customers.{verb}", *KEEPERS, Role.TECHNICIAN, client=Right.REPORT)
for verb in (
    "remove_contact",
    "set_main_contact",
    "set_main_site",
    "remove_site",
    "remove_customer",
    "merge_customers",
    "move_installed",
    "retire_installed",
    "remove_installed",
):
    allow(f"customers.{verb}", *KEEPERS)

allow("customers.see_products", *READERS, Role.TECHNICIAN, client=Right.READ)
for verb in ("add_product", "change_product", "retire_product", "bring_back_product"):
    allow(f"customers.{verb}", Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)


def reads_files(actor: Actor) -> bool:
    """Whether an actor reads every file of the organisation; others see a customer through their work."""
    return actor.kind in (Kind.CLIENT, Kind.ENGINE, Kind.JOB) or actor.has(*READERS)


def _seen_by(actor: Actor) -> Q:
    return Q() if reads_files(actor) else Q(pk=None)


for model in (Customer, Contact, Site, InstalledProduct):
    see(model, _seen_by)
