"""The record: roots, chained events, seals, personal values kept apart, answered commands."""

from django.db import models

from shouhou.core.ids import new_id
from shouhou.core.models.organisation import Business, Organisation


class Root(models.Model):
    """What is locked first: a case with everything under it, or the organisation for the rest.

    It carries the head of the root's event chain, so that the lock that orders changes also orders the chain.
    """

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    length = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=bytes(32))
    # How long the chain was when the command read it: what grew is written at the command's end.
    stored_length: int = 0

    def __str__(self) -> str:
        return f"{self.id} ({self.length})"


class Event(models.Model):
    """What happened (经过): append-only, audit trail and process log at once.

    ``happened_at`` and ``recorded_at`` are two times: a visit closed offline keeps its own.
    ``hash`` covers the row and the hash before it (``core.events``).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=100, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="event_number_is_unique_in_root", fields=["root", "number"])
        ]
        indexes = [
            models.Index(name="event_by_time", fields=["organisation", "recorded_at"]),
            models.Index(name="event_by_subject", fields=["organisation", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Seal(Business):
    """The digest of all events an organisation recorded in one hour, chained to the seal before it.

    A tail cut off the event table shows as a seal that no longer fits.
    """

    hour = models.DateTimeField()
    events = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_seal_an_hour", fields=["organisation", "hour"])]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}: {self.events}"


class PersonalValue(Business):
    """A personal value named in an event, kept apart so that it can be erased while the chain stands.

    The event holds this row's id and a salted digest; an erased value is empty with ``erased_at`` set.
    """

    salt = models.BinaryField(max_length=16)
    value = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Command(Business):
    """A command already answered: the same key with the same command gets the stored answer."""

    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    key = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_answer_per_key", fields=["organisation", "actor_id", "key"])
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"
