"""Addresses of the peer: the four pages at the addresses of the product, the others only named in links."""

from django.http import HttpResponse
from django.urls import path

from benchmarks.web.peer import views


def _elsewhere(_request, **_kwargs):
    return HttpResponse(status=404)


_LINKS = {
    "desk": "work/",
    "due": "work/due/",
    "follow_ups": "work/follow-ups/",
    "find": "work/find/",
    "counter": "counter/",
    "indicators": "work/indicators/",
    "posts": "work/posts/",
    "log": "work/log/",
    "ops": "work/ops/",
    "password": "accounts/password/change/",
    "devices": "accounts/sessions/",
    "elder": "elder/on/",
    "logout": "logout/",
    "purpose": "work/people/purpose",
    "reveal": "work/people/<uuid:pk>/reveal/id_number",
    "bulk": "work/bulk/<str:verb>",
    "document": "work/documents/<uuid:pk>",
}
urlpatterns = [
    path("work/inbox/", views.inbox, name="inbox"),
    path("work/people/", views.search, name="people"),
    path("work/people/<uuid:pk>/", views.person, name="person"),
    path("work/cases/<uuid:pk>/", views.case, name="case"),
    *(path(address, _elsewhere, name=name) for name, address in _LINKS.items()),
]
