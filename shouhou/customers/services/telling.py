"""How this room's events tell what changed: personal values apart from the chain, the rest in the clear."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from shouhou.core.entries import Changes
from shouhou.core.events import personal

PERSONAL = frozenset({"name", "salutation", "note", "value", "address", "contact_name", "access_note"})


def told(organisation_id: UUID, changes: Changes) -> dict[str, Any]:
    """The changed fields, and each as it was and as it is now, personal values apart."""
    apart = {
        f"{name}_{when}": personal(organisation_id, str(value))
        for name, pair in changes.items()
        if name in PERSONAL
        for when, value in zip(("before", "after"), pair, strict=True)
    }
    return in_the_clear(changes) | apart


def in_the_clear(changes: Changes) -> dict[str, Any]:
    """The changed fields, and each as it was and as it is now."""
    payload: dict[str, Any] = {"fields": sorted(changes)}
    for name, pair in changes.items():
        payload[f"{name}_before"], payload[f"{name}_after"] = map(_plain, pair)
    return payload


def _plain(value: Any) -> Any:
    return str(value.pk) if isinstance(value, Model) else value
