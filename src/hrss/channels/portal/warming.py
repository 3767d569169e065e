"""Getting ready before the first visitor: search index, catalogue, items in force, page templates, rules.

Done in the background of a worker that has just started; when it fails the first visitor only waits a little longer.
"""

from __future__ import annotations

import logging
from threading import Thread

from django.db import DatabaseError, connections

from hrss.casework.items import search, versions
from hrss.channels.ui.render import environment
from hrss.foundation.regions import queries as regions
from hrss.rules import catalogue

_LOG = logging.getLogger(__name__)
_PAGES = ("home", "search", "item", "login", "start", "form", "check")


def warm() -> None:
    """Load what every first page needs."""
    search.search("失业登记", limit=1)
    for name in _PAGES:
        environment().get_template(f"portal/{name}.html")
    versions.published()
    regions.townships()
    catalogue.list_rules()  # the first calculator finds every rule read


def warm_in_background() -> Thread:
    """Start ``warm`` in a thread of its own and give the thread."""
    thread = Thread(target=_warm, name="warm", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    try:
        warm()
    except DatabaseError as error:
        _LOG.warning("not warmed: %s", error)
    finally:
        connections.close_all()
