"""The address table (地址表)."""

from django.urls import include, path

from shouhou.web import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("accounts/", include("allauth.urls")),
]

handler403 = "shouhou.web.errors.forbidden"
handler404 = "shouhou.web.errors.not_found"
handler500 = "shouhou.web.errors.server"
