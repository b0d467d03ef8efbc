"""The search index: bigrams and pinyin initials, on both databases alike."""

from django.db import models

from shouhou.core.models.organisation import Organisation


class SearchTerm(models.Model):
    """One term under which one row is found. ``kind`` names the sort of row, ``target_id`` the row."""

    id = models.BigAutoField(primary_key=True)
    # Both indexes below start with the organisation; one more for the key alone would be a quarter of the table.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    term = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    target_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="term_once_per_row", fields=["organisation", "term", "kind", "target_id"]
            )
        ]
        indexes = [models.Index(name="term_by_row", fields=["organisation", "target_id", "kind", "term"])]

    def __str__(self) -> str:
        return self.term
