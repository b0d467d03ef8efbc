"""The customer's addresses: short, for they travel in text messages."""

from django.urls import path

from shouhou.web.portal import views

urlpatterns = [
    path("c/<str:token>/", views.page, name="portal"),
    path("c/<str:token>/file/<uuid:attachment_id>/", views.photo, name="portal-file"),
    path("c/<str:token>/file/<uuid:attachment_id>/small/", views.thumbnail, name="portal-thumbnail"),
    path("c/<str:token>/<slug:key>/", views.page, name="portal-act"),
    path("q/<str:qr>/", views.report_piece, name="report-piece"),
    path("r/<slug:code>/", views.report, name="report"),
]
