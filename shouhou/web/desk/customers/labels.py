"""QR labels (二维码标签): the code stuck to a piece, by which anyone standing before it may report."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from shouhou.customers.models import InstalledProduct

# A label is scratched and greasy after a year: a quarter of the code may be lost.
CORRECTION = "q"


@dataclass(frozen=True, slots=True)
class Label:
    """One piece's label: the code as SVG, and the address in it for those who type."""

    piece: InstalledProduct
    code: SafeString
    address: str


def label_of(piece: InstalledProduct) -> Label:
    """The label of a piece."""
    address = settings.ADDRESS + reverse("report-piece", args=[piece.qr])
    svg = segno.make(address, error=CORRECTION, micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    # Nothing of it comes from anyone: segno draws squares.
    return Label(piece, mark_safe(svg), address)


def labels_of(pieces: Sequence[InstalledProduct]) -> list[Label]:
    """The labels of several pieces, in their order."""
    return [label_of(piece) for piece in pieces]
