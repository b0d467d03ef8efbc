"""A partner's system that calls the API."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouhou.core.models.organisation import Business


class ApiClient(Business):
    """A partner's system (合作方系统). Its token is told once and only the hash is kept.

    ``rights`` are words of ``policy.Right``; ``tail`` are the token's last signs, to tell tokens apart by.
    """

    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=4)
    rights = models.JSONField(default=list)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("partner system")
        indexes = [models.Index(name="client_by_time", fields=["organisation", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.name} …{self.tail}"
