"""What the room records of customers and of what they own."""

from shouhou.customers.models.customer import Contact, Customer, Site
from shouhou.customers.models.product import InstalledProduct, Product

__all__ = ["Contact", "Customer", "InstalledProduct", "Product", "Site"]
