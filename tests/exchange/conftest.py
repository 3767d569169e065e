"""Running simulators for the whole session, and people and firms that are on their registers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from hrss.exchange import apart
from hrss.exchange.agencies import keys, protocol
from hrss.exchange.agencies.client import AgencyClient
from hrss.exchange.agencies.directory import read_agency
from hrss.exchange.gateway import forget_gateway
from hrss.exchange.simulators import data, fleet
from hrss.exchange.simulators.topics import AGENCIES

DEAD = "999236195001011232"
ALIVE = "999236198002023456"
FIRM = "91500236MA5U000012"
DEATH = {"died_on": "2026-03-05", "certificate_no": "死证2026030500017"}


@pytest.fixture(scope="session")
def agencies_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of three running simulators."""
    folder = tmp_path_factory.mktemp("agencies")
    data.write("police.death", [(DEAD, DEATH)], fleet.register_path(folder, "police"))
    low_income = {"category": "minimum_living", "since": "2024-01-01", "until": None}
    data.write("civil.low_income", [(ALIVE, low_income)], fleet.register_path(folder, "civil"))
    firm = {
        "name": "甲公司",
        "status": "operating",
        "legal_person": "张三",
        "registered_on": "2019-01-01",
        "closed_on": None,
    }
    data.write("market.firm_status", [(FIRM, firm)], fleet.register_path(folder, "market"))
    running = fleet.start(folder)
    yield folder
    running.stop()


@pytest.fixture
def folder(agencies_folder: Path) -> Iterator[Path]:
    """The same folder, with no faults in force before and after the test."""
    _clear(agencies_folder)
    yield agencies_folder
    _clear(agencies_folder)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that are not about time are not to fail on a busy machine."""
    monkeypatch.setattr("hrss.exchange.consulting.WEB_BUDGET_SECONDS", 10.0)


def _clear(folder: Path) -> None:
    for agency in AGENCIES:
        fleet.admin(folder, agency, "/admin/faults", {})


@pytest.fixture
def police(folder: Path) -> Iterator[AgencyClient]:
    """A client of the simulated police."""
    key = keys.private_key(folder / "hrss.key")
    client = AgencyClient(read_agency(folder, "police"), partner=protocol.PARTNER, key=key)
    yield client
    client.close()


@pytest.fixture
def agencies(settings: Settings, folder: Path) -> Iterator[Path]:
    """Exchange talks to the running simulators, with fresh breakers and a ledger connection of its own."""
    settings.HRSS_AGENCIES = folder
    forget_gateway()
    yield folder
    forget_gateway()
    apart.close()
