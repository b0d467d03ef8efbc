"""The addresses of accounts: ours first, the rest is allauth's."""

from django.urls import include, path

from shouhou.web.account import views

urlpatterns = [
    path("start/", views.start, name="start"),
    path("accounts/login/", views.login, name="account_login"),
    path("accounts/demo/<uuid:person_id>/", views.demo_login, name="demo-login"),
    path("accounts/", include("allauth.urls")),
]
