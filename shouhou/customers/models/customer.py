"""The customer, the ways to reach them, and the places to go to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.models import Business


class Customer(Business):
    """One customer (客户), a person or a company. A merged one points to the file that lives on.

    ``name`` may be empty while only a phone number is known: what is missing is asked later.
    """

    class Sort(models.TextChoices):
        PERSON = "person", pgettext_lazy("a customer", "Person")
        COMPANY = "company", pgettext_lazy("a customer", "Company")

    name = models.CharField(max_length=100, blank=True)
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.PERSON)
    salutation = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("customer")
        constraints = [
            models.CheckConstraint(
                name="customer_is_not_merged_into_itself", condition=~Q(merged_into=models.F("id"))
            )
        ]
        indexes = [
            models.Index(name="customer_by_name", fields=["organisation", "name"]),
            models.Index(name="customer_by_time", fields=["organisation", "-opened_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(Business):
    """A way to reach a customer. ``value`` is the normal form (+8613800005678).

    A phone is found by its first or last digits while it is typed: ``forwards`` is the number within
    its country (13800005678), ``backwards`` the same read from its end, so that both are index ranges.
    """

    class Sort(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        FAX = "fax", _("Fax")
        WECHAT = "wechat", _("WeChat")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.PHONE)
    value = models.CharField(max_length=120)
    forwards = models.CharField(max_length=20, blank=True)
    backwards = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=60, blank=True)
    is_main = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("contact")
        constraints = [
            models.UniqueConstraint(
                name="contact_once_per_customer", fields=["organisation", "customer", "value"]
            ),
            models.UniqueConstraint(
                name="one_main_contact_of_a_sort",
                fields=["organisation", "customer", "sort"],
                condition=Q(is_main=True),
            ),
        ]
        indexes = [
            models.Index(name="contact_by_value", fields=["organisation", "value"]),
            models.Index(name="contact_by_first_digits", fields=["organisation", "forwards"]),
            models.Index(name="contact_by_last_digits", fields=["organisation", "backwards"]),
        ]

    def __str__(self) -> str:
        return self.value


class Site(Business):
    """An address (地址) work is done at; ``latitude`` and ``longitude`` in degrees, WGS 84, when known."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="sites")
    district = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200)
    contact_name = models.CharField(max_length=60, blank=True)
    access_note = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    is_main = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("address")
        constraints = [
            models.UniqueConstraint(
                name="one_main_site", fields=["organisation", "customer"], condition=Q(is_main=True)
            )
        ]
        indexes = [models.Index(name="site_of_customer", fields=["organisation", "customer"])]

    def __str__(self) -> str:
        return self.address
