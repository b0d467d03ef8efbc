"""Trades and skills: what a person may be sent to do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouhou.core.models import Business
from shouhou.people.models.person import Person


class Trade(Business):
    """A trade (工种): joinery, refrigeration, low voltage…"""

    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("trade")
        constraints = [models.UniqueConstraint(name="trade_named_once", fields=["organisation", "name"])]

    def __str__(self) -> str:
        return self.name


class Skill(Business):
    """A skill within a trade (技能), such as "sliding doors" or "R32 refrigerant"."""

    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="skills")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    needs_certificate = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("skill")
        constraints = [
            models.UniqueConstraint(name="skill_named_once", fields=["organisation", "trade", "name"])
        ]

    def __str__(self) -> str:
        return self.name


class PersonSkill(Business):
    """A person's skill, with its certificate while one is needed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    certificate = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="skill_held_once", fields=["organisation", "person", "skill"])
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.skill_id}"
