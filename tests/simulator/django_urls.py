"""The addresses of the Django site; loaded by Django when its settings are there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _home(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("social/", include("social_django.urls", namespace="social")),
    path("", _home),
]
