"""The staff's inbox (站内信)."""

from django.db import models
from django.db.models import Q

from shouhou.core.models import Business
from shouhou.people.models import Person


class InboxItem(Business):
    """Something a colleague should know, with the place to go to."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="inbox")
    root_id = models.UUIDField()
    event_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_inbox_item_per_event", fields=["organisation", "person", "event_id"]
            )
        ]
        indexes = [
            models.Index(name="inbox_unread", fields=["organisation", "person"], condition=Q(read_at=None)),
            models.Index(name="inbox_by_time", fields=["organisation", "person", "-made_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.text
