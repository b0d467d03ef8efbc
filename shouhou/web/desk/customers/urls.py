"""The customers' addresses."""

from django.urls import path

from shouhou.web.desk.customers import exports, views

urlpatterns = [
    path("customers/", views.index, name="customers"),
    path("customers/new/", views.new, name="customer-new"),
    path("customers/export.xlsx", exports.customers, name="customers-export"),
    path("customers/installed.xlsx", exports.installed, name="installed-export"),
    path("customers/<uuid:customer_id>/", views.page, name="customer"),
    path("customers/<uuid:customer_id>/do/<slug:key>/", views.act, name="customer-act"),
    path("customers/<uuid:customer_id>/do/<slug:key>/<uuid:row_id>/", views.act, name="customer-row-act"),
    path("customers/<uuid:customer_id>/merge/", views.merge, name="customer-merge"),
    path("customers/<uuid:customer_id>/labels/", views.labels, name="customer-labels"),
    path("customers/<uuid:customer_id>/number/<uuid:contact_id>/", views.reveal, name="customer-number"),
    path("seek/customers/", views.seek_customers, name="seek-customers"),
    path("seek/products/", views.seek_products, name="seek-products"),
]
