"""Keeping the index in step: called by the service that changes the row."""

from collections.abc import Mapping
from uuid import UUID

from shouhou.core.models import SearchTerm
from shouhou.core.search.terms import terms_of


def index(organisation_id: UUID, kind: str, target_id: UUID, texts: Mapping[str, str]) -> None:
    """Let a row be found under these texts, and no longer under those it had; two or three statements."""
    wanted = {term for text in texts.values() for term in terms_of(text)}
    rows = SearchTerm.objects.filter(organisation_id=organisation_id, kind=kind, target_id=target_id)
    known = set(rows.values_list("term", flat=True))
    if known - wanted:
        rows.filter(term__in=known - wanted).delete()
    SearchTerm.objects.bulk_create(
        [
            SearchTerm(organisation_id=organisation_id, term=term, kind=kind, target_id=target_id)
            for term in sorted(wanted - known)
        ],
        ignore_conflicts=True,
    )


def forget(organisation_id: UUID, target_id: UUID) -> None:
    """Let a row be found no more (merged, erased)."""
    SearchTerm.objects.filter(organisation_id=organisation_id, target_id=target_id).delete()
