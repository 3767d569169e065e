"""No cache keeps a file or personal data: one place sees to it for every address, pages and API alike."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from django.http import FileResponse, HttpResponse

from hrss.channels import api as calls
from hrss.channels.ui.gate import view_of
from hrss.channels.ui.staying import leave_no_copy
from hrss.config import urls
from hrss.foundation.access.routes import Route, all_routes

assert urls.urlpatterns  # building the addresses registers the routes
NO_COPY = "private, no-store"
CHANNELS = Path(calls.__file__).parents[1]


def kept_back(route: Route, answer: HttpResponse | FileResponse) -> bool:
    return leave_no_copy(answer, route).headers.get("Cache-Control") == NO_COPY


def test_every_address_hands_files_over_without_a_copy() -> None:
    for route in all_routes():
        for saved in (True, False):
            answer = FileResponse(BytesIO(b"x"), content_type="application/pdf", as_attachment=saved, filename="文.pdf")
            assert kept_back(route, answer), route.name


def test_personal_pages_leave_no_copy_and_open_ones_may() -> None:
    for route in all_routes():
        assert kept_back(route, HttpResponse("x")) == (route.label in {"L3", "L4"}), route.name


def test_views_that_answer_files_are_known_as_such() -> None:
    """A file that is no FileResponse names its disposition itself, so that it is known as a file."""
    files = {one.name for one in all_routes() if view_of(one.view).__annotations__.get("return") == "FileResponse"}
    assert {"portal.debt_decision", "workbench.debt_decision", "api.debt_decision", "portal.document"} <= files
    bare = re.compile(r"HttpResponse\((?![^)]*Content-Disposition)[^)]*application/(pdf|zip|vnd)", re.DOTALL)
    for module in CHANNELS.rglob("*.py"):
        assert not bare.search(module.read_text()), module
