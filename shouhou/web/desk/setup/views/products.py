"""What is sold and served."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from shouhou.customers import queries as customers
from shouhou.web.desk.setup.lists import NameList
from shouhou.web.desk.setup.views.page import show
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest

LOOKED_THROUGH = ("name", "code", "brand", "category")


@door("customers.see_products")
@require_GET
def products(request: PersonRequest) -> HttpResponse:
    """The products offered, by name; those retired on asking."""
    retired = request.GET.get("state") == "retired"
    rows = customers.products(request.actor, retired=True).filter(is_active=not retired)
    context = {"list": NameList.read(rows, request.GET, among=LOOKED_THROUGH), "retired": retired}
    return show(request, "desk/setup/products.html", context, here="setup-products")
