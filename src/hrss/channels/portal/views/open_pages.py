"""Pages for anybody: verify a document, about, is it alive, and the demonstration's accounts and messages."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.db import connection
from django.http import HttpResponse

from hrss.casework import queries
from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request
from hrss.foundation.access.models import FUNCTION_TITLES
from hrss.foundation.messages import queries as messages
from hrss.kernel.actor import Function
from hrss.kernel.problem import Problem


def verify(request: Request, code: str = "") -> HttpResponse:
    """What a document's code proves; masked, for anybody who holds the paper."""
    wanted = code or request.GET.get("code", "").strip()
    found = queries.verify_document(wanted) if wanted else None
    status = 404 if wanted and not found else 200
    rows = [(str(label), str(value)) for label, value in found.rows] if found else []
    return page(request, "portal/verify.html", status=status, wanted=wanted, found=found, rows=rows)


def about(request: Request) -> HttpResponse:
    """Privacy and accessibility."""
    return page(request, "portal/about.html")


def healthz(request: Request) -> HttpResponse:
    """200 when this worker reaches the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def demo_accounts(request: Request) -> HttpResponse:
    """The logins of the synthetic county; there is no such page on an installation without one."""
    found = _demo()
    people = [
        {key: str(one.get(key, "")) for key in ("title", "name", "phone", "id_number")}
        for one in found["people"].values()
    ]
    staff = [
        {
            "login": login,
            "name": one["name"],
            "post": FUNCTION_TITLES[Function(one["function"])],
            "region": one["organisation"],
        }
        for login, one in found["staff"].items()
    ]
    totp = format_hotp_value(hotp_value(found["totp_secret"], int(time.time()) // 30))
    return page(request, "portal/demo_accounts.html", accounts=found, people=people, staff=staff, totp=totp)


def demo_messages(request: Request) -> HttpResponse:
    """What the simulated text-message gateway sent lately; demonstration only."""
    _demo()
    return page(request, "portal/demo_messages.html", sent=messages.simulated_gateway(limit=20))


def _demo() -> dict[str, Any]:
    file = Path(settings.HRSS_HOME) / "demo" / "accounts.json"
    if not file.exists():
        raise Problem("demo.none", "这里没有示范县", remedy="只有示范环境才有演示账号", status=404)
    found: dict[str, Any] = json.loads(file.read_text())
    return found
