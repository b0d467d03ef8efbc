"""A workbook as an answer: what it is, and a file name with the moment, so that two of them are told apart."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, name: str, now: datetime | None = None) -> HttpResponse:
    """Hand a workbook out as ``name-20261124-0912.xlsx``; without ``now`` as ``name.xlsx``."""
    when = f"-{timezone.localtime(now):%Y%m%d-%H%M}" if now else ""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}{when}.xlsx"',
        # Customers' data stay out of caches on the way.
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)
