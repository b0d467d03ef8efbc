"""What customers and their pieces are found by; kept in step by the services."""

from shouhou.core import search
from shouhou.customers.models import Customer, InstalledProduct


def index_customer(customer: Customer) -> None:
    """Find a customer by name, by every contact and by every address."""
    texts = {"name": customer.name}
    contacts = customer.contacts.values_list("value", "name")
    sites = customer.sites.values_list("district", "address", "contact_name")
    for number, parts in enumerate([*contacts, *sites]):
        texts |= {f"{number}.{place}": part for place, part in enumerate(parts) if part}
    search.index(customer.organisation_id, "customer", customer.pk, texts)


def index_installed(piece: InstalledProduct) -> None:
    """Find a piece by its serial number; by its model it is found through the product."""
    search.index(piece.organisation_id, "installed", piece.pk, {"serial": piece.serial})
