"""Every benchmark is found and says in a line what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrss.config.commands.bench import FOLDER, benchmarks, help_of, main


def test_every_benchmark_is_listed_with_a_help_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    found = benchmarks()
    assert {"bulk/run", "rules/run", "web/bench_web", "analytics/bench_boards"} <= set(found)
    assert "rules/bench_rules" not in found, "a module other benchmarks import is none itself"
    for name, path in found.items():
        assert len(help_of(path)) > 20, name
        assert f"{name}\n    {help_of(path)}" in shown


def test_the_readme_names_every_benchmark() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in benchmarks() if f"`{name}`" not in text] == []


def test_a_file_that_cannot_be_started_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "run.py").write_text('"""Only a module."""\n')
    monkeypatch.setattr("hrss.config.commands.bench.FOLDER", tmp_path)
    assert benchmarks() == {}
