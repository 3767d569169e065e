"""A county with its divisions and items."""

from __future__ import annotations

import pytest
from tests.channels.staffed import prepare


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    prepare()
