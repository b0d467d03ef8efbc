"""The warranty cover of a recorded piece: the kernel's rule put to the room's rows."""

from datetime import date
from typing import Any

from shouhou.customers.models import InstalledProduct
from shouhou.kernel.cover import Cover, Life, cover


def cover_of(piece: InstalledProduct | None, on: date) -> Cover:
    """The cover of a piece on a day; without a piece it is not known, never guessed."""
    if piece is None:
        return cover(Life(), None, None, on)
    life = Life(piece.bought_on, piece.installed_on, piece.accepted_on)
    return cover(life, piece.product.warranty_months, piece.warranty_until, on)


def evidence(found: Cover) -> dict[str, Any]:
    """A cover as it is kept beside a decision (JSON): what was known then, and why."""
    return {
        "in_warranty": found.in_warranty,
        "until": found.until.isoformat() if found.until else None,
        "days_left": found.days_left,
        "grounds": [
            {"code": code, "values": {name: str(value) for name, value in values.items()}}
            for code, values in found.grounds
        ],
    }
