"""Pages by key (按键翻页): the next page begins where the last one ended, whatever came in since.

No rows are counted and none skipped, so the hundredth page costs what the first does.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Order:
    """Rows by a moment, then by their key. Where the moment may be missing, those rows come last."""

    field: str
    descending: bool = True
    may_miss: bool = False

    def sort(self, rows: "QuerySet[Row]") -> "QuerySet[Row]":
        """The rows in this order."""
        if self.may_miss:
            moment = F(self.field)
            by = moment.desc(nulls_last=True) if self.descending else moment.asc(nulls_last=True)
            return rows.order_by(by, f"{self._sign}pk")
        return rows.order_by(f"{self._sign}{self.field}", f"{self._sign}pk")

    def page(self, rows: "QuerySet[Row]", key: str, size: int) -> tuple[list[Row], str]:
        """One page behind ``key``, and the key of the next page: empty at the end of the list."""
        found = list(self.sort(self.after(rows, key))[: size + 1])
        return found[:size], self.key_of(found[size - 1]) if len(found) > size else ""

    def after(self, rows: "QuerySet[Row]", key: str) -> "QuerySet[Row]":
        """The rows behind a key; all of them behind none, or behind one that was not ours."""
        place = _read(key)
        if place is None:
            return rows
        at, pk = place
        step = "lt" if self.descending else "gt"
        missing = Q(**{f"{self.field}__isnull": True})
        if at is None:
            return rows.filter(missing, **{f"pk__{step}": pk})
        behind = Q(**{f"{self.field}__{step}": at}) | Q(**{self.field: at, f"pk__{step}": pk})
        return rows.filter(behind | missing if self.may_miss else behind)

    def key_of(self, row: Model) -> str:
        """Where a row stands, as it is written in an address."""
        return self.key(getattr(row, self.field), row.pk)

    @staticmethod
    def key(at: datetime | None, pk: UUID) -> str:
        """The place of a row with this moment and key, as it is written in an address."""
        text = json.dumps([at.isoformat() if at else None, str(pk)])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @property
    def _sign(self) -> str:
        return "-" if self.descending else ""


def address(asked: QueryDict, **changed: str) -> str:
    """The query string of a list with some of its words changed; an empty one is left out."""
    words = asked.copy()
    for name, value in changed.items():
        words[name] = value
        if not value:
            del words[name]
    return f"?{words.urlencode()}"


def _read(key: str) -> tuple[datetime | None, UUID] | None:
    if not key:
        return None
    try:
        words: Any = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
        moment, pk = words
        at = datetime.fromisoformat(moment) if moment is not None else None
        # A moment without its zone was not written by us.
        return (at, UUID(pk)) if at is None or at.tzinfo is not None else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
