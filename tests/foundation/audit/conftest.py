"""A log of its own for each test: signing key, events, a superuser who tampers."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from pytest_django import Settings

from hrss.config.environment import Home
from hrss.foundation.audit import record
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor

TOOL = Path(__file__).parents[3] / "tools" / "verify_audit.py"


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Settings) -> Path:
    settings.HRSS_KEYS = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture(scope="session")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_audit", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def superuser(real_db: str) -> Iterator[psycopg.Connection[Any]]:
    """A database administrator who switches triggers off: the one the log must betray."""
    with psycopg.connect(Home.current().address("root").conninfo(name=real_db), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def write() -> Callable[[int], None]:
    """Write events in one transaction each hundred."""

    def write_events(count: int) -> None:
        with acting(system_actor("test")):
            for number in range(count):
                record(
                    clerk(),
                    "test.act",
                    subject_kind="case",
                    subject_id=number,
                    person_id=uuid4(),
                    region="500236001001",
                    detail={"金额": number * 100, "比例": 1.5, "note": '甲"乙\\丙\n'},
                )

    return write_events


def clerk() -> Actor:
    post = PostRef("p1", Function.HANDLER, "employment", "500236001")
    return Actor(ActorKind.STAFF, account=uuid4(), person=uuid4(), name="张办", posts=(post,), purpose="query")
