"""The addresses of setup."""

from django.urls import path

from shouhou.web.desk.setup.views import company, guide, operation, page, people, products

urlpatterns = [
    path("", guide.index, name="setup"),
    path("organisation/", company.organisation, name="setup-organisation"),
    path("organisation/report.svg", company.report_qr, name="setup-report-qr"),
    path("calendar/", company.year, name="setup-calendar"),
    path("policies/", company.rules, name="setup-policies"),
    path("policies/<str:key>/", company.set_rule, name="setup-policy"),
    path("able/", people.able, name="setup-able"),
    path("people/", people.people, name="setup-people"),
    path("people/<uuid:person_id>/", people.person, name="setup-person"),
    path("vehicles/", people.vehicles, name="setup-vehicles"),
    path("leave/", people.leave, name="setup-leave"),
    path("products/", products.products, name="setup-products"),
    path("incidents/", operation.incidents, name="setup-incidents"),
    path("messages/", operation.messages, name="setup-messages"),
    path("jobs/", operation.jobs, name="setup-jobs"),
    path("record/", operation.record, name="setup-record"),
    path("do/<slug:key>/", page.act, name="setup-act"),
    path("do/<slug:key>/<uuid:subject_id>/", page.act, name="setup-act"),
]
