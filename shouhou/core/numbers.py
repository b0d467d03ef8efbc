"""Running numbers (编号) that people read out on the phone: S-2611-0387."""

from datetime import datetime
from uuid import UUID

from shouhou.core.models import Counter


def take(organisation_id: UUID, series: str) -> int:
    """The next number of a series. It is taken last in the lock order, for it orders everyone."""
    counter, _ = Counter.objects.select_for_update().get_or_create(
        organisation_id=organisation_id, series=series
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def monthly(organisation_id: UUID, letter: str, local: datetime) -> str:
    """The next number of a letter in the local month, such as ``S-2611-0387``."""
    month = f"{letter}-{local:%y%m}"
    return f"{month}-{take(organisation_id, month):04d}"
