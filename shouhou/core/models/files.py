"""Files kept once by hash, and what each is attached to."""

from django.db import models

from shouhou.core.models.organisation import Business


class StoredFile(Business):
    """A file's bytes, once per organisation and hash; the real type is checked, EXIF stripped on the way in."""

    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="file_is_kept_once", fields=["organisation", "sha256"])]

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"


class Attachment(Business):
    """A file as evidence of something: ``holder_id`` is the row it proves, ``purpose`` says what it shows."""

    root_path = "root_id"

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    root_id = models.UUIDField()
    holder_id = models.UUIDField()
    purpose = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    shown_to_customer = models.BooleanField(default=False)
    happened_at = models.DateTimeField()
    attached_at = models.DateTimeField()
    attached_by = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(name="attachment_by_holder", fields=["organisation", "holder_id"]),
            models.Index(name="attachment_by_root", fields=["organisation", "root_id"]),
        ]

    def __str__(self) -> str:
        return self.name or self.purpose
