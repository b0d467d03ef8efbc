"""The case itself, and the notes colleagues leave on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouhou.core.models import Business
from shouhou.customers.models import Contact, Customer, InstalledProduct, Product, Site
from shouhou.people.models import Person


class Case(Business):
    """One report of a customer and everything that follows (A1, A6).

    ``reported_at`` is when the customer spoke, which starts the clocks of C6; ``received_at`` when we
    wrote it down. ``origin`` is decided by the moment of the report (F1), never guessed. The two
    ``…_due_at`` are resolved by the calendar at the report and measured against by the first promise.
    """

    root_path = "id"

    class Channel(models.TextChoices):
        PHONE = "phone", _("Phone")
        FAX = "fax", _("Fax")
        INTERNET = "internet", _("Internet")
        LETTER = "letter", _("Letter")
        STORE = "store", _("Store")
        API = "api", _("Partner system")

    class Origin(models.TextChoices):
        AFTER_SALES = "after_sales", _("After-sales")
        RESIDUAL = "residual", _("Installation residual")
        NOT_ACCEPTED = "not_accepted", _("Not accepted yet")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged")

    number = models.CharField(max_length=20)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="cases")
    installed = models.ForeignKey(InstalledProduct, on_delete=models.PROTECT, null=True, related_name="cases")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="cases")
    symptom = models.CharField(max_length=200)
    details = models.TextField(blank=True)
    wish = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    store = models.CharField(max_length=60, blank=True)
    passed_on_by = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=15, choices=Origin.choices)
    account = models.CharField(max_length=60, blank=True)
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    response_due_at = models.DateTimeField()
    arrival_due_at = models.DateTimeField()
    responded_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    class Meta:
        verbose_name = _("case")
        constraints = [
            models.UniqueConstraint(name="case_number_once", fields=["organisation", "number"]),
            models.CheckConstraint(
                name="case_is_closed_at_a_moment", condition=Q(state="open") ^ Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="merged_case_names_the_other",
                condition=Q(state="merged") ^ Q(merged_into__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="case_by_time", fields=["organisation", "state", "-reported_at", "-id"]),
            models.Index(name="case_of_customer", fields=["organisation", "customer", "-reported_at"]),
            models.Index(name="case_of_agent", fields=["organisation", "agent", "state"]),
            models.Index(name="case_of_installed", fields=["organisation", "installed"]),
        ]

    def __str__(self) -> str:
        return self.number


class Note(Business):
    """A colleague's note (内部备注), never shown to the customer; those mentioned find it in their inbox."""

    root_path = "case_id"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    mentions = models.ManyToManyField(Person, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="note_of_case", fields=["organisation", "case", "written_at"])]

    def __str__(self) -> str:
        return self.text[:40]
