"""The lake: the same as PostgreSQL, refreshed where it changed, bad rows set aside, nothing personal in any file."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb
import polars as pl
import pytest
from django.db import connections
from django.utils import timezone

from hrss.analytics.lake import refreshing
from hrss.analytics.lake.models import Partition, Quarantined, Run
from hrss.analytics.lake.queries import reasons
from hrss.analytics.lake.reading import opened
from hrss.analytics.lake.refreshing import refresh
from hrss.domains.employment.models import EmploymentSpell
from hrss.foundation.audit.models import Event
from hrss.foundation.datasets import DATASETS, Measure, Sensitivity, Window, open_datasets
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import number
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

SYSTEM = system_actor("test")
EVER = Window(date(1000, 1, 1), date(3000, 1, 1))


def current() -> dict[tuple[str, str], Partition]:
    return {(one.dataset, one.period): one for one in Partition.objects.filter(replaced_at=None)}


def owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('hrss.kind', 'system', false)")
        cursor.execute(statement)


def test_the_lake_is_what_postgresql_says(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh(full=True)
    with acting(SYSTEM):
        for name in open_datasets():
            rows = number(query_of(Measure(name), EVER)).rows
            assert (
                sum(one.rows + one.quarantined for (dataset, _), one in current().items() if dataset == name) == rows
            ), name
    files = list(county.rglob("*.parquet"))
    assert len(files) == len(current()) > 100
    for one in current().values():
        content = (county / one.file).read_bytes()
        assert (sha256(content).hexdigest(), len(content)) == (one.sha256, one.size)
        assert len(pl.read_parquet(county / one.file)) == one.rows
    run = Run.objects.get()
    assert run.datasets == len(open_datasets()) < len(DATASETS)
    assert not {name for name, _ in current() if name not in open_datasets()}, "what only rules read is not in the lake"
    assert run.snapshot.count(":") == 2
    with acting(SYSTEM):
        assert Event.objects.filter(action="lake.refresh", outcome="done").count() == 1

    _nothing_personal_left(files)
    _a_second_refresh_reads_only_what_changed(county)
    _the_lake_is_read_only_and_closed(county)
    _a_refresh_that_breaks_off_changes_nothing(monkeypatch)


def _nothing_personal_left(files: list[Path]) -> None:
    with acting(SYSTEM):
        people = {str(one) for one in Person.objects.values_list("id", flat=True)}
        names = set(Person.objects.values_list("name", flat=True))
    kept: set[tuple[str, str]] = set()
    for path in files:
        frame = pl.read_parquet(path)
        kept |= {(path.parent.parent.name, column) for column in frame.columns}
        for column, kind in frame.schema.items():
            if kind == pl.String:
                values = set(frame[column].to_list())
                assert not values & people, (path, column)
                assert not values & names, (path, column)
    for dataset, name in kept:
        column = DATASETS[dataset].by_name[name]
        assert column.sensitivity is not Sensitivity.SENSITIVE, (dataset, name)
        assert column.sensitivity is not Sensitivity.PERSONAL or column.type in ("uuid", "date"), (dataset, name)


def _a_second_refresh_reads_only_what_changed(county: Path) -> None:
    before = current()
    assert refresh().data == {"files": 0, "rows": 0}
    with acting(SYSTEM):  # a dataset nobody publishes any more leaves the lake
        Partition.objects.filter(id=before["employment.hires", "2024-03"].id).update(dataset="employment.older")
    refresh()
    assert {name for name, _ in current()} == {name for name, _ in before}
    assert current()["employment.hires", "2024-03"].run_id != before["employment.hires", "2024-03"].run_id
    before = current()
    with acting(SYSTEM):
        spell = EmploymentSpell.objects.filter(since__gte=date(2024, 3, 1), since__lt=date(2024, 4, 1)).first()
        assert spell is not None
        spell.occupation = "改过的工作"
        spell.save(update_fields=["occupation"])
    refresh()
    after = current()
    changed = {key for key in after if after[key].id != before[key].id}
    assert ("employment.hires", "2024-03") in changed
    from_spells = {name for name, one in DATASETS.items() if "employment_employmentspell" in one.sql}
    assert {dataset for dataset, _ in changed} <= from_spells < set(DATASETS)
    assert Partition.objects.get(id=before["employment.hires", "2024-03"].id).replaced_at is not None
    with opened(["employment.hires"]) as lake:
        found = lake.execute("SELECT count(*) FROM employment.hires WHERE occupation = '改过的工作'").fetchone()
    assert found == (1,)


def test_bad_rows_are_set_aside_with_a_reason(county: Path) -> None:
    future, first = timezone.localdate() + timedelta(days=40), EmploymentSpell.objects
    with acting(SYSTEM):
        spell = first.filter(until=None).first()
        other = first.filter(until=None).exclude(id=spell.id).first()  # type: ignore[union-attr]
        nowhere = first.filter(until=None).exclude(id__in=[spell.id, other.id]).first()  # type: ignore[union-attr]
    assert nowhere is not None
    assert spell is not None
    assert other is not None
    owner(f"UPDATE employment_employmentspell SET since = '{future}' WHERE id = '{spell.id}'")
    owner(f"UPDATE employment_employmentspell SET region_code = '999999001001' WHERE id = '{other.id}'")
    owner(f"UPDATE employment_employmentspell SET region_code = '500236' WHERE id = '{nowhere.id}'")
    owner(
        'INSERT INTO employment_statusevent (person_id, region_code, kind, "on", organisation_id, source, reason)'
        ' SELECT person_id, region_code, kind, "on", organisation_id, source, reason FROM employment_statusevent'
        " WHERE organisation_id IS NOT NULL AND id = (SELECT max(id) FROM employment_statusevent"
        " WHERE organisation_id IS NOT NULL)"
    )
    refresh(full=True, only={"employment.hires", "employment.events"})
    twice = Quarantined.objects.filter(partition__dataset="employment.events")
    assert list(twice.values_list("reason", flat=True)) == ["同一件事重复登记"]
    assert reasons("employment.events") == {"同一件事重复登记": 1}
    twice.delete()
    found = dict(Quarantined.objects.values_list("row_key", "reason"))
    assert found == {str(spell.id): "日期在将来", str(other.id): "区划代码不在本县区划之内",
                     str(nowhere.id): "没有乡镇（只记到县）"}  # fmt: skip
    assert Run.objects.get().quarantined == 4
    with opened(["employment.hires"]) as lake:
        kept = lake.execute("SELECT count(*) FROM employment.hires WHERE id IN (?, ?)", [str(spell.id), str(other.id)])
        assert kept.fetchone() == (0,)


def _a_refresh_that_breaks_off_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = current()

    def broken(**more: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(refreshing, "record_refresh", broken)
    with pytest.raises(RuntimeError):
        refresh(full=True, only={"employment.hires", "casework.cases"})
    assert current() == before
    with pytest.raises(Problem, match="还没有"), opened(["nothing.there"]):
        pass


def _the_lake_is_read_only_and_closed(county: Path) -> None:
    tmp_path = county.parent
    (tmp_path / "outside.csv").write_text("a\n1\n")
    with opened(["employment.hires"]) as lake:
        for statement in (
            f"SELECT * FROM read_csv('{tmp_path}/outside.csv')",
            f"COPY (SELECT 1) TO '{tmp_path}/out.csv'",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                lake.execute(statement)


@pytest.mark.django_db
def test_the_role_that_reads_is_neither_superuser_nor_bypasses_anything() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM employment_employmentspell")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
