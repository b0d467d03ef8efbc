"""The desk's addresses."""

from django.urls import include, path

from shouhou.web.desk import exports
from shouhou.web.desk.views import call, cases, files, inbox, today

urlpatterns = [
    path("cases/", cases.index, name="cases"),
    path("cases/export.xlsx", exports.cases, name="cases-export"),
    path("cases/new/", call.call, name="call"),
    path("cases/new/caller/", call.caller, name="call-caller"),
    path("cases/new/times/", call.times, name="call-times"),
    path("cases/<uuid:case_id>/", cases.page, name="case"),
    path("cases/<uuid:case_id>/version", cases.version, name="case-version"),
    path("cases/<uuid:case_id>/grounds/", cases.grounds, name="case-grounds"),
    path("cases/<uuid:case_id>/do/<slug:key>/", cases.act, name="act"),
    path("cases/<uuid:case_id>/do/<slug:key>/times/", cases.times, name="act-times"),
    path("cases/<uuid:case_id>/again/<uuid:message_id>/", cases.resend, name="message-again"),
    path("cases/<uuid:case_id>/flow.bpmn", cases.drawing, name="case-flow"),
    path("cases/<uuid:case_id>/position.json", cases.position, name="case-position"),
    path("cases/<uuid:case_id>/element/<str:element_id>/", cases.element, name="case-element"),
    path("", include("shouhou.web.desk.customers.urls")),
    path("import/", include("shouhou.web.desk.imports.urls")),
    path("files/<uuid:attachment_id>/", files.whole, name="file"),
    path("files/<uuid:attachment_id>/small/", files.small, name="file-thumbnail"),
    path("today/", today.today, name="today"),
    path("today/<uuid:visit_id>/", today.visit, name="today-visit"),
    path("today/<uuid:visit_id>/<slug:key>/", today.do, name="today-do"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("find/", inbox.find, name="search"),
    path("", include("shouhou.web.desk.setup.urls")),
]
