"""What journeys of the window and the workbench share: staff at desks, keys instead of a mouse, a bad line."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.hands import DESKTOP, POINTER, Hands
from tests.journeys.sign_in import staff_of

if TYPE_CHECKING:
    from tests.journeys.conftest import County

PERIOD = 30
_USED: dict[str, int] = {}
_SESSIONS: dict[str, str] = {}


def at_desk(
    page: Page, county: County, login: str, after: str = "/work/", *, address: str = "", hands: Hands = POINTER
) -> None:
    """Sign in a member of staff; a code is taken once, so who has signed in before keeps the session."""
    base = address or county.address
    if login in _SESSIONS and hands is POINTER:
        page.context.add_cookies([{"name": "sessionid", "value": _SESSIONS[login], "url": base}])
        page.goto(f"{base}{after}")
        if page.locator("details.menu").count():
            return
    page.goto(f"{base}/accounts/login/?next={after}")
    hands.write(page.locator("input[name=login]"), login)
    hands.write(page.locator("input[name=password]"), county.accounts["password"])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    hands.write(page.locator("input[name=code]"), _fresh_code(county, login))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("details.menu")).to_be_visible()
    _SESSIONS[login] = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")


def _fresh_code(county: County, login: str) -> str:
    while True:
        now = time.time()
        period = int(now) // PERIOD
        if period > _USED.get(login, 0) + 1 and now % PERIOD < PERIOD - 3:
            _USED[login] = period
            return str(format_hotp_value(hotp_value(county.accounts["totp_secret"], period)))
        time.sleep(0.5)


def follow(page: Page, act: Callable[[], object]) -> None:
    """Do something that leads to another page and wait for it."""
    with page.expect_navigation():
        act()
    page.wait_for_load_state()


def go(page: Page, hands: Hands, place: Locator) -> None:
    """Press a link or button that leads to another page and wait for it."""
    follow(page, lambda: hands.press(place))


def township_decides(browser: Browser, county: County, number: str, town: str, hands: Hands = POINTER) -> None:
    """Accepted in two presses from the inbox by one officer, reviewed by another."""
    for function, button in (("handler", "受理"), ("reviewer", "复核")):
        context = browser.new_context(viewport=DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai")
        page = context.new_page()
        page.set_default_timeout(60_000)
        at_desk(page, county, staff_of(county, town, function), f"/work/inbox/?view=all&text={number}")
        go(page, hands, page.locator("tr[data-row]").filter(has_text=number).get_by_role("link"))  # one
        go(page, hands, page.locator(".case-layout").get_by_role("button", name=button, exact=True).first)  # two
        expect(page.locator(".case-layout")).to_be_visible()
        context.close()


def tab_to(page: Page, selector: str, *, most: int = 120) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse would."""
    for _ in range(most):
        if page.evaluate(
            "s => document.activeElement !== document.body && document.activeElement.matches(s)", selector
        ):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


class BadLine:
    """A village's line: carries bytes to the server, and on demand loses the answer to the next POST of a path.

    After that it is down until ``mend``; the server has done its work by then.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._watch = b""
        self._down = threading.Event()
        self.lost = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def lose_answer_to(self, path: str) -> None:
        """Lose the answer to the next POST of ``path``, then be down."""
        self._watch = f"POST {path} ".encode()

    def mend(self) -> None:
        """Carry everything again."""
        self._watch = b""
        self._down.clear()

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._down.is_set():
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self._port))
            watched = threading.Event()
            threading.Thread(target=self._up, args=(client, server, watched), daemon=True).start()
            threading.Thread(target=self._back, args=(client, server, watched), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket, watched: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if self._watch and data.startswith(self._watch):
                    watched.set()
                server.sendall(data)
        _close(server)

    def _back(self, client: socket.socket, server: socket.socket, watched: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if watched.is_set():  # the answer has come: the case is committed; now the line breaks
                    self._down.set()
                    self.lost.set()
                    break
                if self._down.is_set():
                    break
                client.sendall(data)
        _close(client)
        _close(server)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
