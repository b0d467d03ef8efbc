"""The imports' addresses, under ``/import/``."""

from django.urls import path

from shouhou.web.desk.imports import views

urlpatterns = [
    path("", views.index, name="imports"),
    path("template/<str:name>.xlsx", views.template, name="import-template"),
    path("<uuid:batch_id>/", views.page, name="import"),
    path("<uuid:batch_id>/refused.xlsx", views.refused, name="import-refused"),
    path("<uuid:batch_id>/<slug:step>/", views.step, name="import-step"),
]
