"""Every test here runs in one transaction with the county's divisions loaded, or in a database of its own."""

from __future__ import annotations

import pytest
from tests.foundation.people.builders import load_county


@pytest.fixture(autouse=True)
def county(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("real_db" if "real_db" in request.fixturenames else "db")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        load_county()
