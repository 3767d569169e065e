"""The URLconf, built from the channels' route tables; an address without a Route does not exist."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
