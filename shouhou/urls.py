"""The address table (地址表)."""

from django.urls import include, path

from shouhou.web import health
from shouhou.web.desk.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("", include("shouhou.web.account.urls")),
    path("", include("shouhou.web.ui.urls")),
    path("", include("shouhou.web.desk.urls")),
    path("", include("shouhou.web.portal.urls")),
    path("api/v1/", include("shouhou.web.api.urls")),
]

handler403 = "shouhou.web.errors.forbidden"
handler404 = "shouhou.web.errors.not_found"
handler500 = "shouhou.web.errors.server"
