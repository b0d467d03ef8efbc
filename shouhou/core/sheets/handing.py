"""Handing a list out as a workbook: what leaves the house is noted, with who took it and how much."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.models import Organisation
from shouhou.core.policy import Role, allow, require
from shouhou.core.sheets.writing import Field, write_sheet
from shouhou.core.use_case import use_case

T = TypeVar("T")

allow("core.note_export", *Role)


@use_case("core.note_export")
def note_export(*, what: str, rows: int, reveals: bool, actor: Actor, now: datetime) -> None:
    """Note that a list left the house: which, how long, and whether personal data were whole in it."""
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    record("core.exported", organisation, actor=actor, now=now, what=what, rows=rows, reveals=reveals)


def hand_out(
    title: str,
    fields: Sequence[Field[T]],
    rows: Iterable[T],
    *,
    right: str,
    reveals: bool,
    actor: Actor,
    now: datetime,
) -> bytes:
    """A list as a workbook, for an actor with the ``right`` to it. Phones are whole only if ``reveals``.

    Raises ``NotAllowed``.
    """
    require(actor, right)
    zone = Organisation.objects.values_list("time_zone", flat=True).get(pk=actor.organisation_id)
    written = 0

    def counted() -> Iterable[T]:
        nonlocal written
        for row in rows:
            written += 1
            yield row

    content = write_sheet(title, fields, counted(), reveals=reveals, zone=zone)
    note_export(what=right, rows=written, reveals=reveals, actor=actor.by(""), now=now)
    return content
