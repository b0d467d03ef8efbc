"""Customers and their pieces as workbooks to take away."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from shouhou.customers.exporting import export_customers, export_installed
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest
from shouhou.web.workbook import workbook


@door("customers.export")
@require_GET
def customers(request: PersonRequest) -> HttpResponse:
    """All customers."""
    return workbook(export_customers(actor=request.actor, now=request.now), "customers", request.now)


@door("customers.export")
@require_GET
def installed(request: PersonRequest) -> HttpResponse:
    """All pieces in service."""
    return workbook(export_installed(actor=request.actor, now=request.now), "installed-products", request.now)
