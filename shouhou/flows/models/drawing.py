"""Pages of the atlas and their versions."""

import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.models import Business

_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([\w.-]+)["']""")


class Page(Business):
    """One page of an organisation's atlas (图册的一页); ``key`` is what wiring and drawings call it."""

    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("page")
        constraints = [models.UniqueConstraint(name="page_key_once", fields=["organisation", "key"])]

    def __str__(self) -> str:
        return self.name


class Version(Business):
    """One state of a page's drawing (版本). Published, it never changes again; runs keep theirs.

    ``xml`` is the file as it was given. ``is_shipped`` marks the product's own drawing: while the newest
    published version is one, a new release's drawing follows it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("flow", "Draft")
        PUBLISHED = "published", pgettext_lazy("flow", "Published")
        RETIRED = "retired", pgettext_lazy("flow", "Retired")

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    is_shipped = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=100, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(name="version_number_once", fields=["page", "number"]),
            models.UniqueConstraint(name="one_draft_a_page", fields=["page"], condition=Q(state="draft")),
            models.UniqueConstraint(
                name="one_published_version_a_page", fields=["page"], condition=Q(state="published")
            ),
            models.CheckConstraint(
                name="only_a_draft_is_unpublished", condition=Q(state="draft") ^ Q(published_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} v{self.number}"

    @property
    def text(self) -> str:
        """The drawing as text, by the encoding it declares."""
        raw = bytes(self.xml)
        declared = _ENCODING.match(raw)
        return raw.decode(declared[1].decode() if declared else "utf-8-sig", errors="replace")
