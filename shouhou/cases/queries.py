"""Questions about cases that say nothing of anyone."""

from collections.abc import Iterable
from uuid import UUID

from shouhou.cases.models import Case


def numbers(organisation_id: UUID, case_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of cases, for those who mend flows and messages without reading the cases themselves."""
    rows = Case.objects.filter(organisation_id=organisation_id, pk__in=set(case_ids))
    return dict(rows.values_list("pk", "number"))


def is_any(organisation_id: UUID) -> bool:
    """Whether the organisation has taken a case yet."""
    return Case.objects.filter(organisation_id=organisation_id).exists()
