"""The whole application served from the test's own process, on a database of its own, under a clock the test moves.

``./hrss up`` runs at the real time in processes of its own; a journey over months needs the server, the agencies and
the jobs to share one clock. Whoever is at a browser is signed in by session: signing in has journeys of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from tests.channels.staffed import browser_of
from tests.domains.insurance.people import payment_channel
from tests.exchange.in_process import agencies_in
from tests.journeys.conftest import DESKTOP, context_of

from hrss.config import frontend
from hrss.exchange import apart
from hrss.exchange.gateway import forget_gateway
from hrss.foundation.identity.models import Account
from hrss.foundation.outbox.delivery import deliver_waiting
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor

SYSTEM = system_actor("test")


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Close what the thread opened: the database is dropped at the end."""
        super().process_request_thread(request, client_address)
        apart.close()
        connections.close_all()


@dataclass(frozen=True)
class Served:
    """A served county: its address, the agencies' folder, its clock."""

    address: str
    agencies: Path
    bank: Path
    clock: time_machine.Coordinates

    def on(self, day: str) -> None:
        """Move the clock to ten in the morning of a day, and let pass on what waits."""
        self.clock.move_to(f"{day}T10:00:00+08:00")
        deliver_waiting()

    def browser_for(self, browser: Browser, account: Account, size: ViewportSize) -> BrowserContext:
        """A browser in which an account is signed in, at the clock's time."""
        context = context_of(browser, size)
        cookie = browser_of(account).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address}])
        return context


@contextmanager
def sitting(browser: Browser, county: Served, account: Account, size: ViewportSize = DESKTOP) -> Iterator[Page]:
    """A page of a browser in which an account is signed in; closed afterwards."""
    context = county.browser_for(browser, account, size)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def served(folder: Path, *, since: date) -> Iterator[Served]:
    """Serve the application until the block ends; the clock starts at ``since``."""
    frontend.build()
    agencies, bank = folder / "agencies", folder / "bank"
    forget_gateway()
    traveller = time_machine.travel(f"{since}T08:00:00+08:00")
    clock = traveller.start()
    try:
        with agencies_in(agencies), override_settings(HRSS_AGENCIES=agencies), payment_channel(bank):
            server = make_server(
                "127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), server_class=_Server, handler_class=_Quiet
            )
            thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
            thread.start()
            try:
                yield Served(f"http://127.0.0.1:{server.server_port}", agencies, bank, clock)
            finally:
                server.shutdown()
                server.server_close()
                thread.join(10)
    finally:
        traveller.stop()
        forget_gateway()
        apart.close()


def public_account(person_id: UUID, name: str) -> Account:
    """The account a person uses on the portal."""
    with acting(SYSTEM):
        return Account.objects.create_account(f"p{person_id.hex[:20]}", kind="public", person_id=person_id, name=name)
