"""What a component may know of the page being drawn: the request, its csrf token, nonce, address and elder mode.

The request is set by render.page for the time of drawing and nowhere else; outside a page these functions give
harmless values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.messages import get_messages
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from markupsafe import Markup

_request: ContextVar[HttpRequest | None] = ContextVar("hrss_ui_request", default=None)
_framing: ContextVar[bool] = ContextVar("hrss_ui_framing", default=False)
CSRF_MARK, ELDER_MARK = (f"hrss-{name}-{uuid4().hex}" for name in ("csrf", "elder"))

ELDER_PATH = "/elder/"


@contextmanager
def drawing(request: HttpRequest | None) -> Iterator[None]:
    """Make the request known to the components while a page is drawn."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def is_drawing() -> bool:
    """Tell whether a page of a request is being drawn."""
    return _request.get() is not None


@contextmanager
def framing() -> Iterator[None]:
    """Have marks drawn where something differs by request, for a frame that is kept (``framing``)."""
    token = _framing.set(True)
    try:
        yield
    finally:
        _framing.reset(token)


def csrf_input() -> Markup:
    """Give the hidden csrf input of a POST form: a mark while a page is drawn, so that forms can be kept."""
    return Markup(CSRF_MARK) if _request.get() is not None else Markup("")  # noqa: S704 - a mark of this process


def signed(text: str) -> str:
    """Give a drawn page with the token of its request in every form."""
    request = _request.get()
    if request is None or CSRF_MARK not in text:
        return text
    return text.replace(CSRF_MARK, f'<input type="hidden" name="csrfmiddlewaretoken" value="{_token_of(request)}">')


def csrf_token() -> str:
    """Give the csrf token for HTMX requests of a page (hx-headers); empty outside a page."""
    request = _request.get()
    return _token_of(request) if request is not None else ""


def _token_of(request: HttpRequest) -> str:
    """Give the token all forms of a page carry, made once a page."""
    if not hasattr(request, "_page_token"):
        request._page_token = get_token(request)  # type: ignore[attr-defined]
    return str(request._page_token)  # type: ignore[attr-defined]


def nonce() -> str:
    """Give the nonce of the content security policy, for the rare script a page must carry itself."""
    return str(getattr(_request.get(), "csp_nonce", ""))


def is_elder() -> bool:
    """Tell whether the large-print face is on (ElderMiddleware reads it from the cookie)."""
    return bool(getattr(_request.get(), "elder", False))


def path() -> str:
    """Give the path of the page."""
    request = _request.get()
    return request.path if request is not None else ""


def full_path() -> str:
    """Give path and query of the page."""
    request = _request.get()
    if request is None:
        return ""
    if not hasattr(request, "_page_address"):
        request._page_address = request.get_full_path()  # type: ignore[attr-defined]
    return str(request._page_address)  # type: ignore[attr-defined]


def elder_href(on: bool) -> str:
    """Give the address that switches the large-print face and comes back here."""
    if _framing.get():
        return ELDER_MARK
    return f"{ELDER_PATH}{'on' if on else 'off'}/?{urlencode({'next': full_path() or '/'})}"


def query(**changes: Any) -> str:
    """Give this page's address with other query values (None takes one away): for pagers, sorting, filters."""
    request = _request.get()
    values = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        values.pop(name, None)
        if value is not None:
            values[name] = str(value)
    return f"{path()}?{values.urlencode()}" if values else path()


def current_of(items: Iterable[Sequence[Any] | Mapping[str, Any]]) -> str:
    """Give the href among navigation items that leads here: the longest that the address begins with."""
    here, whole = path(), full_path()
    hrefs = [item[1] if type(item) is tuple else _href_of(item) for item in items]
    exact = [href for href in hrefs if href == whole]
    return max(exact or [href for href in hrefs if _leads_to(href, here)], key=len, default="")


def _href_of(item: Sequence[Any] | Mapping[str, Any]) -> str:
    return str(item["href"] if isinstance(item, Mapping) else item[1])


def _leads_to(href: str, here: str) -> bool:
    return "?" not in href and (here == href or (len(href) > 1 and here.startswith(href.rstrip("/") + "/")))


def toast_messages() -> list[Any]:
    """Give (and use up) the messages of django.contrib.messages, where that is installed."""
    request = _request.get()
    return list(get_messages(request)) if request is not None else []
