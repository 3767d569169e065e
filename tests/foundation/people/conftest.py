"""Every test here runs in one transaction on the migrated database, with the county's divisions loaded."""

from __future__ import annotations

import pytest
from tests.foundation.people.builders import load_county


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    load_county()
