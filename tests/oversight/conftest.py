"""One loaded county for all tests of oversight, in a database of its own; each test rolls back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from hrss.config import pytest_plugin
from hrss.demo import load as loading
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef

SCALE, TODAY = 0.003, date(2026, 11, 23)


@pytest.fixture(scope="session")
def loaded_county(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A loaded county in a database of its own, made once."""
    name = f"test_{os.getpid()}_{uuid4().hex[:8]}"
    pytest_plugin.copy_template(name)
    folder = Path(tmp_path_factory.mktemp("county"))
    kept = {"HRSS_HOME": settings.HRSS_HOME, "HRSS_AGENCIES": settings.HRSS_AGENCIES}
    settings.HRSS_HOME, settings.HRSS_AGENCIES = folder, folder / "agencies"
    with django_db_blocker.unblock():
        before = _point_at(name)
        try:
            loading.load(SCALE, today=TODAY)
        finally:
            _restore(before)
            settings.HRSS_HOME, settings.HRSS_AGENCIES = kept["HRSS_HOME"], kept["HRSS_AGENCIES"]
    yield name
    pytest_plugin.drop(name)


@pytest.fixture
def county(loaded_county: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The loaded county; what a test writes is rolled back."""
    with django_db_blocker.unblock():
        before = _point_at(loaded_county)
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            _restore(before)


def _point_at(name: str) -> dict[str, str]:
    before: dict[str, str] = {}
    for alias in connections:
        connections[alias].close()
        before[alias] = str(connections[alias].settings_dict["NAME"])
        connections[alias].settings_dict["NAME"] = name
    return before


def _restore(before: dict[str, str]) -> None:
    for alias, name in before.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def staff(function: Function, *, region: str = "500236", line: str = "*") -> Actor:
    """A member of staff of one post, with a person and an account of their own."""
    return Actor(
        ActorKind.STAFF,
        account=uuid4(),
        person=uuid4(),
        name=f"{function.value} 测试",
        posts=(PostRef(str(uuid4()), function, line, region),),
        purpose="statistics",
    )
