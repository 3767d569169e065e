"""Routes of the API: one for each call, declared beside it, and the page that lists them."""

from __future__ import annotations

from hrss.channels.api.answers import answer_with_problems
from hrss.channels.api.debts import debts
from hrss.channels.api.endpoint import PREFIX
from hrss.channels.api.endpoint import ROUTES as CALLS
from hrss.channels.api.filling import known
from hrss.channels.api.firms import register
from hrss.channels.api.house import api
from hrss.channels.api.own import me
from hrss.channels.api.packages import packages
from hrss.channels.api.views import items
from hrss.foundation.access.routes import Route

DOCS = Route(
    path=f"{PREFIX}/docs",
    view="hrss.channels.api.docs.docs",
    name="api.docs",
    audience=frozenset({"anyone"}),
    title="开放接口",
)
OPENAPI = Route(
    path=f"{PREFIX}/openapi.json",
    view="ninja.openapi.views.openapi_json",
    name="api.openapi",
    audience=frozenset({"anyone"}),
    title="OpenAPI 文档",
)

CALLED = (items, known, me, debts, packages, register)  # a module that is read has its calls in the table
answer_with_problems(api)
ROUTES: tuple[Route, ...] = (*CALLS, OPENAPI, DOCS)
