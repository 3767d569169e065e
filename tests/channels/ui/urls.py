"""Addresses of the design system alone, for its browser tests."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from hrss.channels.ui import views
from hrss.channels.ui.gallery import REFUSAL


def refuse(request: HttpRequest) -> HttpResponse:
    raise REFUSAL


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("", views.gallery),
    path("gallery/<str:shell>/", views.gallery),
    path("elder/<str:state>/", views.elder),
    path("refuse/", refuse),
    path("fail/", fail),
]
handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
