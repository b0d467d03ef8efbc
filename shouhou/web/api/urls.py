"""The API's addresses, under ``/api/v1/``. Its description is open; every operation asks for its token itself."""

from django.urls import URLPattern

from shouhou.web.api import cases, visits
from shouhou.web.api.face import NAMESPACE, api
from shouhou.web.doors import open_to_all

api.add_router("", cases.router)
api.add_router("", visits.router)

app_name = NAMESPACE
urlpatterns, *_names = api.urls

for _pattern in urlpatterns:
    if isinstance(_pattern, URLPattern):
        open_to_all(_pattern.callback)
