"""Pages, fragments, error pages and middleware through Django's own request handling."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from jinja2 import UndefinedError
from jinja2_fragments import BlockNotFoundError
from tests.channels.ui.conftest import SERVED

from hrss.channels.ui import errors, gallery, middleware, render, views


@pytest.fixture
def client() -> Any:
    with override_settings(**SERVED):
        yield Client(enforce_csrf_checks=True, raise_request_exception=False)


def test_gallery_in_each_shell(client: Client) -> None:
    for shell in views.SHELLS:
        response = client.get(f"/gallery/{shell}/")
        assert response.status_code == 200
        assert f'<body class="{shell}"' in response.text


def test_unknown_shell_is_not_found(client: Client) -> None:
    response = client.get("/gallery/kitchen/")
    assert response.status_code == 404
    assert "没有找到这个页面" in response.text


def test_elder_is_kept_in_a_cookie_and_goes_back(client: Client) -> None:
    response = client.get("/elder/on/", {"next": "/gallery/portal/?a=1"})
    assert (response.status_code, response["Location"]) == (302, "/gallery/portal/?a=1")
    page = client.get("/gallery/portal/").text
    assert '<html lang="zh-Hans" data-elder>' in page
    assert "/elder/off/?next=%2Fgallery%2Fportal%2F" in page
    client.get("/elder/off/")
    assert "data-elder>" not in client.get("/gallery/portal/").text


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_elder_never_leads_elsewhere(client: Client, back: str) -> None:
    assert client.get("/elder/on/", {"next": back})["Location"] == "/"


def test_elder_knows_two_states(client: Client) -> None:
    assert client.get("/elder/maybe/").status_code == 404


def test_problem_becomes_a_page_with_rule_and_remedy(client: Client) -> None:
    response = client.get("/refuse/", headers={"X-Request-Id": "0123456789abcdef"})
    assert response.status_code == gallery.REFUSAL.status
    for part in (gallery.REFUSAL.message, gallery.REFUSAL.rule, gallery.REFUSAL.remedy, "0123456789abcdef"):
        assert part in response.text


def test_problem_for_htmx_is_a_panel_into_the_page(client: Client) -> None:
    response = client.get("/refuse/", headers={"HX-Request": "true"})
    assert response["HX-Retarget"] == "#page-problem"
    assert "<html" not in response.text
    assert gallery.REFUSAL.message in response.text


def test_boosted_link_gets_the_whole_page(client: Client) -> None:
    assert "<html" in client.get("/refuse/", headers={"HX-Request": "true", "HX-Boosted": "true"}).text


def test_problem_for_programs_is_json(client: Client) -> None:
    response = client.get("/refuse/", headers={"Accept": "application/json"})
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["code"] == gallery.REFUSAL.code


def test_crash_is_a_page_that_does_not_blame(client: Client) -> None:
    response = client.get("/fail/")
    assert response.status_code == 500
    assert "不是您的操作有误" in response.text
    assert "ZeroDivisionError" not in response.text


def test_old_form_says_what_happened(client: Client) -> None:
    response = client.post("/gallery/portal/")
    assert response.status_code == 403
    assert "页面放得太久了" in response.text


def test_request_id_is_the_proxys_only_when_well_formed(client: Client) -> None:
    assert client.get("/", headers={"X-Request-Id": "abc-12345678"})["X-Request-Id"] == "abc-12345678"
    assert client.get("/", headers={"X-Request-Id": "<script>alert"})["X-Request-Id"].isalnum()


def test_pages_tell_caches_that_they_differ_by_cookie(client: Client) -> None:
    assert "Cookie" in client.get("/")["Vary"]


def test_database_away_is_503_and_says_when_to_come_back(request_: HttpRequest) -> None:
    def never(request: HttpRequest) -> HttpResponse:
        raise AssertionError

    response = middleware.ProblemMiddleware(never).process_exception(request_, OperationalError("gone"))
    assert response is not None
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert middleware.ProblemMiddleware(never).process_exception(request_, ValueError()) is None


@pytest.mark.parametrize(("view", "status"), [(views.bad_request, 400), (views.forbidden, 403), (views.not_found, 404)])
def test_error_handlers(request_: HttpRequest, view: Any, status: int) -> None:
    for exception in (None, PermissionDenied(), Http404()):
        assert view(request_, exception).status_code == status


def test_api_address_gets_json(request_: HttpRequest) -> None:
    request = RequestFactory().get("/api/v1/nothing", headers={"Accept": "text/html"})
    assert errors.error_response(request, 404)["Content-Type"] == errors.JSON_TYPE


def test_undefined_variable_is_an_error(request_: HttpRequest) -> None:
    with pytest.raises(UndefinedError, match="problem"):
        render.page(request_, "ui/problem.html", title="x")


def test_fragment_is_one_block(request_: HttpRequest) -> None:
    response = render.fragment(
        request_, "ui/problem.html", "panel", status=422, problem=gallery.REFUSAL, title="<x>", request_id=""
    )
    assert response.status_code == 422
    assert "&lt;x&gt;" in response.text
    assert "<main" not in response.text
    with pytest.raises(BlockNotFoundError):
        render.fragment(request_, "ui/problem.html", "no_such_block")


def test_form_carries_the_csrf_token_only_when_it_posts(request_: HttpRequest) -> None:
    text = render.page(request_, "ui/gallery.html", shell=views.SHELLS[0], shells=(), **gallery.samples()).text
    forms = text.split("<form ")[1:]
    assert {("csrfmiddlewaretoken" in form.split("</form>")[0]) for form in forms if 'method="post"' in form} == {True}
    assert not any("csrfmiddlewaretoken" in form.split("</form>")[0] for form in forms if 'method="get"' in form)


def test_new_key_is_new() -> None:
    assert len({render.new_key() for _ in range(100)}) == 100
