"""The organisation (企业), on every business row, and its policies."""

from typing import ClassVar

from django.db import models

from shouhou.core.ids import new_id


class Organisation(models.Model):
    """A company that serves its customers with this product.

    ``trade`` names the template its empty house was furnished from; ``code`` heads its numbers and links.
    """

    root_path: ClassVar[str] = "id"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    trade = models.CharField(max_length=40, blank=True)
    hotline = models.CharField(max_length=30, blank=True)
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Business(models.Model):
    """A business row: a key made by the application, and the organisation it belongs to.

    ``root_path`` leads from a row to the root whose lock orders every change of it;
    a row of no case hangs on the organisation itself.
    """

    root_path: ClassVar[str] = "organisation_id"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class PolicyValue(Business):
    """One rule of the house that differs by organisation (three months, response, lead times).

    ``key`` is declared in a room's ``policy`` with type, default and limits; ``value`` is JSON.
    """

    key = models.CharField(max_length=60)
    value = models.JSONField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_value_per_policy", fields=["organisation", "key"])]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class Counter(Business):
    """The last number given out in a series (``core.numbers``)."""

    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_counter_a_series", fields=["organisation", "series"])
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"
