"""The component page's addresses, and the switch of language and theme."""

from django.urls import path

from shouhou.web.ui import views

urlpatterns = [
    path("appearance", views.appearance, name="appearance"),
    path("ui/", views.index, name="ui"),
    path("ui/seek", views.seek, name="ui_seek"),
    path("ui/flow.xml", views.flow_xml, name="ui_flow_xml"),
    path("ui/flow.json", views.flow_state, name="ui_flow_state"),
    path("ui/flow/element/<str:element>", views.flow_element, name="ui_flow_element"),
    path("ui/<slug:name>", views.page, name="ui_page"),
]
