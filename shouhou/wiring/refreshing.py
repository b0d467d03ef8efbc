"""What lists and search say of a case's customer and product follows when these are corrected or merged."""

from datetime import datetime

from shouhou.cases.models import Case
from shouhou.cases.services import intake
from shouhou.core.actor import Actor
from shouhou.core.models import Event
from shouhou.insight import kept

OF_A_CUSTOMER = frozenset(
    {
        "customers.corrected",
        "customers.merged",
        "customers.contact_added",
        "customers.contact_corrected",
        "customers.contact_removed",
        "customers.main_contact_set",
        "customers.site_corrected",
    }
)
OF_A_PRODUCT = frozenset({"customers.product_changed"})


def follow(event: Event, actor: Actor, now: datetime) -> None:
    """Bring the rows and search terms of the cases concerned up to date, in the same transaction."""
    if event.kind in OF_A_CUSTOMER:
        cases = Case.objects.filter(customer=event.subject_id)
    elif event.kind in OF_A_PRODUCT:
        cases = Case.objects.filter(product=event.subject_id)
    else:
        return
    for case in cases.select_related("customer", "installed"):
        intake.index(case)
        kept.keep(case.pk, now)
