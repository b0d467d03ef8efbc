"""Lists by name: what is looked for stands in the address, pages go by the last row shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

SIZE = 60


@dataclass(frozen=True, slots=True)
class NameList:
    """One page of rows by name, and the address of the next."""

    rows: list[Any]
    words: str
    next: str

    @classmethod
    def read(cls, rows: "QuerySet[Any]", asked: QueryDict, *, among: Iterable[str]) -> "NameList":
        """The page the address asks for; ``among`` are the fields looked through for its words."""
        words = asked.get("q", "").strip()[:60]
        found = rows
        for word in words.split():
            found = found.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in among)))
        page = list(_after(found, asked.get("after", "")).order_by("name", "pk")[: SIZE + 1])
        more = asked.copy()
        if len(page) > SIZE:
            more["after"] = str(page[SIZE - 1].pk)
        return cls(page[:SIZE], words, f"?{more.urlencode()}" if len(page) > SIZE else "")


def _after(rows: "QuerySet[Any]", key: str) -> "QuerySet[Any]":
    try:
        last = rows.model._default_manager.filter(pk=UUID(key)).values_list("name", flat=True).first()
    except ValueError:
        return rows
    return rows if last is None else rows.filter(Q(name__gt=last) | Q(name=last, pk__gt=key))
