"""How a page is drawn: one Jinja2 environment for all channels, whole pages and HTMX fragments.

Unknown variables are errors (StrictUndefined), text is always escaped, components are at hand as ``ui.<name>`` without
imports. Django's template engine is not used for our pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block

from hrss.channels.ui import current, drawn, formats, framing, schema, shapes
from hrss.channels.ui.addresses import reverse
from hrss.channels.ui.assets import static
from hrss.channels.ui.components import Components
from hrss.channels.ui.icons import known_icon
from hrss.channels.ui.places import villages_by_township
from hrss.channels.ui.texts import site
from hrss.foundation.scope import settled
from hrss.kernel.money import capitals, yuan

CHANNELS = Path(__file__).resolve().parent.parent


def icon_href(name: str) -> str:
    """Give the address of an icon in the sprite; UnknownIconError when it is not there."""
    return f"{static('vendor/icons.svg')}#{known_icon(name)}"


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """Give the address of a route by its name; ``_query`` is a dict added behind the question mark."""
    query = kwargs.pop("_query", None)
    return reverse(name, args, kwargs, query=query)


def new_key() -> str:
    """Make the idempotency key of a form that is being drawn (ui.form(key=…); the view hands it to the verb)."""
    return uuid.uuid4().hex


FUNCTIONS = {
    "static": static,
    "url": url,
    "icon_href": icon_href,
    "csrf_input": current.csrf_input,
    "csrf_token": current.csrf_token,
    "nonce": current.nonce,
    "is_elder": current.is_elder,
    "elder_href": current.elder_href,
    "path": current.path,
    "query": current.query,
    "current_of": current.current_of,
    "toast_messages": current.toast_messages,
    "cell": shapes.cell,
    "problem_list": shapes.problem_list,
    "problem_of": shapes.problem_of,
    "sentence": shapes.sentence,
    "field_id": shapes.field_id,
    "described_by": shapes.described_by,
    "show_if_attrs": shapes.show_if_attrs,
    "schema_part": schema.schema_part,
    "villages_by_township": villages_by_township,
    "today": formats.today,
    "drawn": drawn,
    "typed": formats.typed,
    "money_typed": formats.money_typed,
    "date_parts": formats.date_parts,
}

FILTERS = {
    "date": formats.date,
    "moment": formats.moment,
    "month": formats.month,
    "number": formats.number,
    "percent": formats.percent,
    "yuan": yuan,
    "capitals": capitals,
    "masked_name": formats.masked_name,
    "masked_id_number": formats.masked_id_number,
    "masked_phone": formats.masked_phone,
    "shaped": shapes.shaped,
    "merge": shapes.merge,
}


@cache
def environment() -> Environment:
    """Build the environment once: templates of every channel, components, functions, filters (also as functions)."""
    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in sorted(CHANNELS.glob("*/templates"))]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=settings.DEBUG,
        bytecode_cache=FileSystemBytecodeCache(),
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=1000,
    )
    made.globals.update(FILTERS | FUNCTIONS)
    made.filters.update(FILTERS)
    made.globals["site"] = site()
    made.globals["ui"] = Components(made)
    return made


def _context(request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    return {"request": request, "actor": getattr(request, "actor", None)} | values


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a whole page. Templates see ``request``, ``actor`` (or none) and the context."""
    with current.drawing(request):
        text = current.signed(environment().get_template(template).render(_context(request, context)))
    return HttpResponse(text, status=status)


def framed_page(
    request: HttpRequest,
    template: str,
    frame: str,
    *,
    menus: tuple[framing.Menu, ...],
    beside: tuple[Hashable, ...],
    **context: Any,
) -> HttpResponse:
    """Draw a page that asks the database nothing any more, in its kept frame, while what was read is put on record.

    The frame shows ``menus``, with where one is in them, and what stands in ``beside``.
    """
    with settled(), current.drawing(request):
        if framing.has_messages(request):
            text = environment().get_template(template).render(_context(request, context))
        else:
            text = framing.framed(
                environment(), template, frame, _context(request, context), menus=menus, beside=beside
            )
        text = current.signed(text)
    return HttpResponse(text)


def fragment(request: HttpRequest, template: str, block: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw one block of a page's template, for an HTMX request."""
    with current.drawing(request):
        text = current.signed(render_block(environment(), template, block, _context(request, context)))
    return HttpResponse(text, status=status)
