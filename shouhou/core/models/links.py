"""A customer's link: one purpose, hashed, expiring."""

from django.db import models

from shouhou.core.models.organisation import Business


class Link(Business):
    """A link given to someone without a login. Only its hash is kept; ``subject_id`` is what it opens."""

    root_path = "root_id"

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    root_id = models.UUIDField()
    given_to = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="link_by_subject", fields=["organisation", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"
