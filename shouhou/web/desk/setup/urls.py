"""The addresses of setup and of the flow atlas."""

from django.urls import path

from shouhou.web.desk.setup.views import atlas, company, guide, operation, page, people, products

urlpatterns = [
    path("setup/", guide.index, name="setup"),
    path("setup/organisation/", company.organisation, name="setup-organisation"),
    path("setup/organisation/report.svg", company.report_qr, name="setup-report-qr"),
    path("setup/calendar/", company.year, name="setup-calendar"),
    path("setup/policies/", company.rules, name="setup-policies"),
    path("setup/policies/<str:key>/", company.set_rule, name="setup-policy"),
    path("setup/partners/", company.partners, name="setup-partners"),
    path("setup/able/", people.able, name="setup-able"),
    path("setup/people/", people.people, name="setup-people"),
    path("setup/people/<uuid:person_id>/", people.person, name="setup-person"),
    path("setup/vehicles/", people.vehicles, name="setup-vehicles"),
    path("setup/leave/", people.leave, name="setup-leave"),
    path("setup/products/", products.products, name="setup-products"),
    path("setup/incidents/", operation.incidents, name="setup-incidents"),
    path("setup/messages/", operation.messages, name="setup-messages"),
    path("setup/jobs/", operation.jobs, name="setup-jobs"),
    path("setup/record/", operation.record, name="setup-record"),
    path("setup/do/<slug:key>/", page.act, name="setup-act"),
    path("setup/do/<slug:key>/<uuid:subject_id>/", page.act, name="setup-act"),
    path("atlas/", atlas.atlas, name="atlas"),
    path("atlas/<slug:key>/", atlas.page, name="atlas-page"),
    path("atlas/<slug:key>/<int:number>/drawing.bpmn", atlas.drawing, name="atlas-drawing"),
    path("atlas/<slug:key>/<int:number>/standing.json", atlas.standing, name="atlas-standing"),
    path("atlas/<slug:key>/<int:number>/element/<str:element_id>/", atlas.element, name="atlas-element"),
]
