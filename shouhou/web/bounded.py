"""Counts that cost the same on ten rows and on ten million (有界计数): nobody reads past 99."""

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from shouhou.core.models import Organisation

MOST = 99


class _UpTo(Subquery):
    """How many rows a query finds, counted no further than it is sliced."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counts(organisation_id: Any, queries: Mapping[str, "QuerySet[Any]"]) -> dict[str, str]:
    """How many rows each query finds, as it is shown (``99+`` at most), in one statement."""
    if not queries:
        return {}
    parts = {
        f"counted_{number}": _UpTo(rows.order_by().values("pk")[: MOST + 1])
        for number, rows in enumerate(queries.values())
    }
    found = Organisation.objects.filter(pk=organisation_id).values_list(*parts.values()).get()
    return {key: _shown(number) for key, number in zip(queries, found, strict=True)}


def _shown(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number)
