"""The customers' pages. They ask, call one service, and show the answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouhou.core import policy
from shouhou.core.models import Organisation
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.customers import queries, services
from shouhou.customers.models import Contact, Customer, InstalledProduct, Product
from shouhou.web.desk.customers.acts import BY_KEY, FileForm, OpenForm
from shouhou.web.desk.customers.acts.base import row_of
from shouhou.web.desk.customers.file import customer_of, tell
from shouhou.web.desk.customers.labels import labels_of
from shouhou.web.desk.customers.list import CustomerList, found
from shouhou.web.desk.customers.merging import MergeForm, candidates, preview
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest
from shouhou.web.ui.widgets import asked

MOST_OFFERED = 8


@door("customers.see")
@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """The customers found, else the newest."""
    template = "desk/customers/list.html#rows" if request.htmx else "desk/customers/list.html"
    may = {verb: policy.can(request.actor, verb) for verb in ("customers.export", "core.see_imports")}
    context = {
        "list": CustomerList.read(request),
        "can_open": policy.can(request.actor, "customers.open_customer"),
        "can_export": may["customers.export"],
        "can_import": may["core.see_imports"],
    }
    return render(request, template, context)


@door("customers.open_customer")
@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Open a file by hand; a call opens one by itself."""
    form = OpenForm(request.POST or None, actor=request.actor, now=request.now)
    if request.method == "POST" and form.done():
        messages.success(request, _("The file is open."))
        return redirect("customer", form.result.pk)
    return render(request, "desk/customers/new.html", {"form": form}, status=422 if form.is_bound else 200)


@door("customers.see")
@require_GET
def page(request: PersonRequest, customer_id: UUID) -> HttpResponse:
    """One customer with everything ever; a file merged away leads to the one that lives on."""
    customer = customer_of(request, customer_id)
    if customer.merged_into_id is not None:
        return redirect("customer", customer.merged_into_id)
    return render(request, "desk/customers/customer.html", tell(customer, request))


@door("customers.see")
@require_http_methods(["GET", "POST"])
def act(request: PersonRequest, customer_id: UUID, key: str, row_id: UUID | None = None) -> HttpResponse:
    """One verb's form on a file; sent back with its faults, or done and back to the file."""
    customer = customer_of(request, customer_id)
    form = form_of(request, customer, key, row_id)
    if request.method == "POST" and form.done():
        messages.success(request, _("Saved."))
        still_there = scope(request.actor, Customer).filter(pk=customer_id).exists()
        return redirect("customer", customer_id) if still_there else redirect("customers")
    context = tell(customer, request) | {"form": form, "act": form.act}
    return render(request, "desk/customers/act.html", context, status=422 if form.is_bound else 200)


def form_of(request: PersonRequest, customer: Customer, key: str, row_id: UUID | None) -> FileForm:
    """The form of an act on a file, filled with what was sent.

    Raises ``NotFound`` for an unknown act or a row of someone else's, ``NotAllowed``.
    """
    kind = BY_KEY.get(key)
    if kind is None or (kind.of is None) != (row_id is None):
        raise NotFound(what=_("act"))
    policy.require(request.actor, kind.act.verb)
    row = row_of(customer, kind.of, row_id, request.actor) if kind.of else None
    data = request.POST if request.method == "POST" else None
    return kind(data, customer=customer, row=row, actor=request.actor, now=request.now)


@door("customers.reveal_number")
@require_POST
def reveal(request: PersonRequest, customer_id: UUID, contact_id: UUID) -> HttpResponse:
    """One number whole, noted with who looked."""
    contact = row_of(customer_of(request, customer_id), Contact, contact_id, request.actor)
    services.reveal_number(contact.pk, actor=request.actor, now=request.now)
    return render(request, "desk/customers/parts/number.html", {"contact": contact})


@door("customers.merge_customers")
@require_http_methods(["GET", "POST"])
def merge(request: PersonRequest, customer_id: UUID) -> HttpResponse:
    """Choose the other file, see what would move, then merge."""
    customer = customer_of(request, customer_id)
    data = (
        request.POST if request.method == "POST" else request.GET if "duplicate_id" in request.GET else None
    )
    form = MergeForm(data, customer=customer, actor=request.actor, now=request.now)
    if request.method == "POST" and form.done():
        messages.success(request, _("The two files are one now."))
        return redirect("customer", customer_id)
    chosen = form.cleaned_data.get("duplicate_id") if form.is_bound and form.is_valid() else None
    context = {
        "customer": customer,
        "form": form,
        "preview": preview(request, customer, chosen) if chosen else None,
        "chosen": chosen,
        "candidates": () if chosen else candidates(request, customer),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/customers/merge.html", context, status=status)


@door("customers.see")
@require_GET
def labels(request: PersonRequest, customer_id: UUID) -> HttpResponse:
    """The labels of a customer's pieces, or of one, to be printed."""
    customer = customer_of(request, customer_id)
    pieces = scope(request.actor, InstalledProduct).filter(customer=customer, retired_on=None)
    rows = list(pieces.select_related("product").order_by("-recorded_at", "-pk"))
    wanted = request.GET.get("piece", "")
    context = {
        "customer": customer,
        "company": Organisation.objects.get(pk=request.actor.organisation_id),
        "labels": labels_of([piece for piece in rows if not wanted or str(piece.pk) == wanted]),
    }
    return render(request, "desk/customers/labels.html", context)


@door("customers.see")
@require_GET
def seek_customers(request: PersonRequest) -> HttpResponse:
    """What a customer's search-select finds."""
    words = asked(request)[:100]
    context = {"words": words, "customers": found(request, words, MOST_OFFERED) if words else ()}
    return render(request, "desk/customers/seek.html", context)


@door("customers.see_products")
@require_GET
def seek_products(request: PersonRequest) -> HttpResponse:
    """What a product's search-select finds: by code, name or brand; nothing typed offers the first by name."""
    words = asked(request)[:100]
    rows: list[Product] = queries.find_products(request.actor, words, MOST_OFFERED)
    return render(request, "desk/customers/seek.html", {"words": words, "products": rows})
