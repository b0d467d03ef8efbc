"""The customer's link as people hand it on: an address to copy, a code to scan."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


def address_of(token: str) -> str:
    """The whole address a customer's link opens at."""
    return f"{settings.ADDRESS}{reverse('portal', args=[token])}"


def drawn(address: str) -> SafeString:
    """The address as a QR code, to stand in the page."""
    code = segno.make(address, error="m")
    svg = code.svg_inline(border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(svg)
