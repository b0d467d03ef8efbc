"""What is sold, and which pieces of it stand where."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouhou.core.models import Business
from shouhou.customers.models.customer import Customer, Site
from shouhou.people.models import Skill, Trade


class Product(Business):
    """A model we sell and serve (产品型号). ``warranty_months`` is its term, 0 for none."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    brand = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=60, blank=True)
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, null=True, related_name="products")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, related_name="products")
    warranty_months = models.PositiveSmallIntegerField(default=12)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("product")
        constraints = [models.UniqueConstraint(name="product_code_once", fields=["organisation", "code"])]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class InstalledProduct(Business):
    """One piece at a customer's (在保产品): serial, dates, and the QR code stuck to it.

    ``accepted_on`` decides residual or after-sales (F1); ``qr`` is the unguessable word in the code.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="installed")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="installed")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="installed")
    serial = models.CharField(max_length=60, blank=True)
    bought_on = models.DateField(null=True)
    installed_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    warranty_until = models.DateField(null=True)
    sold_by = models.CharField(max_length=60, blank=True)
    qr = models.CharField(max_length=32, unique=True)
    recorded_at = models.DateTimeField()
    retired_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("installed product")
        constraints = [
            models.UniqueConstraint(
                name="serial_once_per_product",
                fields=["organisation", "product", "serial"],
                condition=~Q(serial=""),
            ),
            models.CheckConstraint(
                name="installed_after_bought",
                condition=Q(bought_on=None) | Q(installed_on=None) | Q(installed_on__gte=F("bought_on")),
            ),
            models.CheckConstraint(
                name="accepted_after_installed",
                condition=Q(installed_on=None) | Q(accepted_on=None) | Q(accepted_on__gte=F("installed_on")),
            ),
        ]
        indexes = [
            models.Index(name="installed_of_customer", fields=["organisation", "customer"]),
            models.Index(name="installed_by_serial", fields=["organisation", "serial"]),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.serial}".strip()
