"""Fixtures for all tests: the database of the plugin, a fresh database for tests that really commit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

PURE = os.environ.get("HRSS_PURE_TESTS") == "1"


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
