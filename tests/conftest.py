"""Fixtures for all tests: the database of the plugin, a fresh database for tests that really commit."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PURE = os.environ.get("HRSS_PURE_TESTS") == "1"
# A busy machine makes no example wrong: how long one takes is measured in benchmarks, not here.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The plugin made the database already; pytest-django makes none of its own."""


@pytest.fixture
def real_db(django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this test's own, where commits are real; gives its name. Use instead of ``transaction=True``."""
    from django.db import connections  # noqa: PLC0415 - settings exist only when the plugin started a database

    from hrss.config import pytest_plugin  # noqa: PLC0415 - starts PostgreSQL on import

    name = f"test_{os.getpid()}_{uuid4().hex[:8]}"
    pytest_plugin.copy_template(name)
    before = {}
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        for alias in connections:
            connections[alias].close()
            before[alias] = connections[alias].settings_dict["NAME"]
            connections[alias].settings_dict["NAME"] = name
        try:
            yield name
        finally:
            for alias in connections:
                connections[alias].close()
                connections[alias].settings_dict["NAME"] = before[alias]
            pytest_plugin.drop(name)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what needs a browser (Playwright keeps an event loop in its thread, so these run in a run of their own).

    When all others have chosen and shuffled, files with slow tests go first, then the largest: at the end no process
    waits for one that has just begun.
    """
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
    yield
    sizes = Counter(item.path for item in items)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path not in slow, -sizes[item.path]))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the process: the one ``./hrss test`` found, else the system's."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    path = os.environ.get("HRSS_BROWSER") or "/usr/bin/chromium"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the loop is Playwright's; our queries do not run in it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()
