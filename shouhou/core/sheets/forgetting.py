"""Workbooks hold personal data: what was read from them is kept no longer than it is of use (PIPL art. 19)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from shouhou.core import jobs, policies
from shouhou.core.models import ImportBatch, ImportRow, Organisation

SHOWN_FOR = timedelta(days=7)
DONE = (ImportBatch.State.APPLIED, ImportBatch.State.UNDONE)

policies.declare(
    "core.import_days",
    int,
    default=90,
    least=1,
    most=730,
    label=_("Days the rows of an import are kept"),
    help=_("After that their cells are emptied; what became of each row stays on the record."),
)


@jobs.every(minutes=60)
def forget(now: datetime) -> None:
    """Throw away what was only shown a week ago, and empty the rows of imports done long ago."""
    ImportBatch.objects.filter(state=ImportBatch.State.SHOWN, uploaded_at__lt=now - SHOWN_FOR).delete()
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        days = policies.value(organisation_id, "core.import_days")
        rows = ImportRow.objects.filter(
            organisation_id=organisation_id,
            batch__state__in=DONE,
            batch__uploaded_at__lt=now - timedelta(days=days),
        )
        rows.exclude(cells=[]).update(cells=[], words=[], problems={})
