"""Finding rows: what was asked for literally first, then what begins so, then the newest."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Left

from shouhou.core.models import SearchTerm
from shouhou.core.search.terms import Clause, clauses_of, whole

Rows = QuerySet[SearchTerm]

# Behind every character there is.
LAST = "\U0010ffff"
# Counted no further: whether a term stands in two thousand rows or in a million makes no difference.
COMMON = 2_000
# Looked through before ranking; a query that fits more rows of one kind is too short to rank well.
MOST_CANDIDATES = 200


def find(organisation_id: UUID, query: str, kinds: Sequence[str], limit: int = 20) -> list[tuple[str, UUID]]:
    """The rows that have everything a query asks for, best first, as (kind, id); at most two statements.

    Whether the asker may see them is for ``policy.scope`` to say.
    """
    clauses = clauses_of(query)
    if not clauses or not kinds:
        return []
    rows = SearchTerm.objects.filter(organisation_id=organisation_id)
    rarest = _rarest(rows.filter(kind__in=kinds), clauses)
    others = [clause for clause in clauses if clause != rarest]
    literally = whole(query)
    parts = [_ranked(rows.filter(kind__in=kinds, term=literally), literally)[:limit]]
    parts += [
        _ranked(_having(rows.filter(kind=kind), rarest, others), literally)[:MOST_CANDIDATES]
        for kind in kinds
    ]
    best: dict[tuple[str, UUID], tuple[bool, bool, int]] = {}
    for kind, found, is_whole, begins in _union(parts):
        target_id = found if isinstance(found, UUID) else UUID(found)
        best[kind, target_id] = (bool(is_whole), bool(begins), target_id.int)
    return sorted(best, key=lambda key: best[key], reverse=True)[:limit]


def _rarest(rows: Rows, clauses: list[Clause]) -> Clause:
    """The clause that fits the fewest rows, so that the others are looked up for few."""
    if len(clauses) == 1:
        return clauses[0]
    parts = [
        rows.filter(_fits(clause)).annotate(clause=Value(number)).values_list("clause")[:COMMON]
        for number, clause in enumerate(clauses)
    ]
    counts = dict(_union(parts, "SELECT clause, COUNT(*) FROM ({parts}) AS found GROUP BY clause"))
    return min(enumerate(clauses), key=lambda pair: counts.get(pair[0], 0))[1]


def _having(rows: Rows, rarest: Clause, others: Iterable[Clause]) -> Rows:
    """The rows that fit every clause: from the rarest one, in the order in which its index stands."""
    found = rows.filter(_fits(rarest))
    for clause in others:
        found = found.filter(Exists(_same_row(clause)))
    return found.order_by("term" if rarest.is_prefix else "-target_id")


def _ranked(rows: Rows, literally: str) -> "QuerySet[SearchTerm, Any]":
    is_whole = Exists(_same_row(Clause(literally, False)))
    begins = Exists(_same_row(Clause(literally, True)))
    return rows.annotate(is_whole=is_whole, begins=begins).values_list(
        "kind", "target_id", "is_whole", "begins"
    )


def _same_row(clause: Clause) -> "QuerySet[SearchTerm, Any]":
    """The term of the same row that fits a clause."""
    rows = SearchTerm.objects.filter(
        organisation_id=OuterRef("organisation_id"), kind=OuterRef("kind"), target_id=OuterRef("target_id")
    )
    if not clause.is_prefix:
        return rows.filter(term=clause.text)
    # Written so that no range of terms can be read: a row has forty terms, a beginning may have a million rows.
    return rows.alias(beginning=Left("term", len(clause.text))).filter(beginning=clause.text)


def _fits(clause: Clause) -> Q:
    if clause.is_prefix:
        return Q(term__gte=clause.text, term__lt=clause.text + LAST)
    return Q(term=clause.text)


def _union(
    parts: Sequence["QuerySet[SearchTerm, Any]"], around: str = "{parts}"
) -> Iterator[tuple[Any, ...]]:
    """Several queries in one statement, each with its own limit, which Django cannot write for SQLite."""
    compiled = [part.query.sql_with_params() for part in parts]
    sql = " UNION ALL ".join(
        f"SELECT * FROM ({text}) AS part_{number}" for number, (text, _) in enumerate(compiled)
    )
    with connection.cursor() as cursor:
        cursor.execute(around.format(parts=sql), [value for _, values in compiled for value in values])
        yield from cursor.fetchall()
