"""A second start looks at nothing twice: the mark stands in the database and changes with whatever is prepared from."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connections

from hrss.config import prepared
from hrss.config.environment import Address, Home


@pytest.fixture
def house(tmp_path: Path) -> tuple[Path, Home]:
    project, home = tmp_path / "project", Home(tmp_path / "data")
    for file in ("src/hrss/a.py", "packs/p/item.yaml", "requirements.lock"):
        path = project / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    home.keys.mkdir(parents=True)
    (home.keys / "ring.json").write_text("1")
    return project, home


def test_the_mark_changes_with_program_packs_locks_keys_and_size(house: tuple[Path, Home]) -> None:
    project, home = house
    seen = [prepared.mark_of(home, 0.02, project=project)]
    assert prepared.mark_of(home, 0.02, project=project) == seen[0]
    seen.append(prepared.mark_of(home, 0.03, project=project))
    for file in ("src/hrss/a.py", "packs/p/item.yaml", "requirements.lock"):
        (project / file).write_text("2")
        seen.append(prepared.mark_of(home, 0.02, project=project))
    (home.keys / "ring.json").write_text("2")
    seen.append(prepared.mark_of(home, 0.02, project=project))
    assert len(set(seen)) == len(seen)


@pytest.mark.usefixtures("real_db")
def test_the_mark_stands_in_the_database(house: tuple[Path, Home]) -> None:
    settings = connections["owner"].settings_dict
    owner = Address(*(str(settings[name]) for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")))
    mark = prepared.mark_of(house[1], 0.02, project=house[0])
    assert not prepared.is_prepared(owner, mark)
    prepared.note(owner, mark)
    assert prepared.is_prepared(owner, mark)
    assert not prepared.is_prepared(owner, f"{mark}x")
    prepared.note(owner, "")
