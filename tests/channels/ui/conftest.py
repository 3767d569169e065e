"""Fixtures of the design system's tests: the components, a request, and the gallery served to Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from hrss.channels.ui.render import environment
from hrss.config import frontend

FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

SERVED = {
    "ROOT_URLCONF": "tests.channels.ui.urls",
    "MIDDLEWARE": [
        "hrss.channels.ui.middleware.RequestIdMiddleware",
        "csp.middleware.CSPMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "hrss.channels.ui.middleware.ElderMiddleware",
        "hrss.channels.ui.middleware.ProblemMiddleware",
    ],
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            "default-src": ["'self'"],
            "img-src": ["'self'", "blob:"],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
        }
    },
    "CSRF_FAILURE_VIEW": "hrss.channels.ui.views.csrf_failure",
}


@pytest.fixture
def ui() -> Any:
    """The components' namespace, as templates see it."""
    return environment().globals["ui"]


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/somewhere/", {"q": "失业", "after": "7"})


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def gallery_address() -> Iterator[str]:
    """The gallery and its error pages on a port of their own, with static files and a strict security policy.

    The settings are those of the whole process, so they end with the file that asked for them.
    """
    frontend.build()
    with override_settings(**SERVED):
        server = make_server(
            "127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), server_class=_Server, handler_class=_Quiet
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join(10)
