"""The four busiest pages of an officer against the same pages in stock Django: requests a second and p95, by turns.

Both on granian with one single-threaded worker a core, the same PostgreSQL, the same county, kept connections. First
the visible text of both is compared; then the sides take turns (ABAB), each with a load generator of its own process.
Needs a county made by ``./hrss up --scale 1 --data FOLDER`` (stopped again).

    ./hrss bench web/bench_web --data FOLDER [--rounds 4] [--seconds 6] [--connections 16] [--pages inbox,case]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
ROLE = "hrss_bench_peer"
PORTS = {"ours": 8111, "peer": 8112}
PAGES = ("inbox", "search", "person", "case")
GRANIAN = ["--interface", "wsgi", "--blocking-threads", "1", "--no-access-log", "--log-level", "warning"]


def main() -> None:
    """Set up, compare, measure, print."""
    options = _options()
    os.environ["HRSS_HOME"] = str(Path(options.data).resolve())
    from hrss.config.environment import Home
    from hrss.config.postgres import Cluster

    home = Home.current()
    cluster = Cluster(home)
    started = cluster.start()
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            peer = stack.enter_context(_peer_role(home))
            ours = os.environ | {"DJANGO_SETTINGS_MODULE": "hrss.config.settings", "PYTHONPATH": str(ROOT)}
            peer = ours | {"DJANGO_SETTINGS_MODULE": "benchmarks.web.peer.settings"} | peer
            cookies, scenes = _scenes(folder, ours, peer)
            stack.enter_context(_served("ours", "hrss.config.wsgi:application", ours, options.workers))
            stack.enter_context(_served("peer", "benchmarks.web.peer.wsgi:application", peer, options.workers))
            wanted = options.pages.split(",")
            for page in wanted:
                _compare(page, scenes[page], cookies)
            for page in wanted:
                _measure(page, scenes[page], cookies, folder, options, home)
    finally:
        if started:
            cluster.stop()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, help="data folder of a county made by ./hrss up, not running")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--pages", default=",".join(PAGES))
    return parser.parse_args()


@contextmanager
def _peer_role(home: Any) -> Iterator[dict[str, str]]:
    """Make the peer's role for the time of the run: it sees every row and pays nothing for row-level security."""
    root, password = home.address("root"), secrets.token_hex(16)
    name, role = sql.Identifier(root.name), sql.Identifier(ROLE)
    with psycopg.connect(root.conninfo(), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(role))
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN BYPASSRLS PASSWORD {}").format(role, sql.Literal(password)))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, role))
        connection.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(role))
        connection.execute(sql.SQL("GRANT INSERT, UPDATE, DELETE ON django_session TO {}").format(role))
        connection.execute("ANALYZE")
        try:
            yield {
                "PEER_NAME": root.name, "PEER_USER": ROLE, "PEER_PASSWORD": password,
                "PEER_HOST": str(root.host), "PEER_PORT": str(root.port),
            }  # fmt: skip
        finally:
            connection.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(role))


def _scenes(folder: Path, ours: dict[str, str], peer: dict[str, str]) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """Make sessions on both sides; cookies by side, and the addresses by page."""
    made, others = folder / "scenes.json", folder / "peer.json"
    subprocess.run([sys.executable, HERE / "scenes.py", made], env=ours, cwd=ROOT, check=True)
    command = [sys.executable, "-m", "benchmarks.web.peer.sessions", made, others]
    subprocess.run(command, env=peer, cwd=ROOT, check=True)
    scenes = json.loads(made.read_text())
    cookies = {"ours": [cookie for _, cookie in scenes["officers"]], "peer": json.loads(others.read_text())}
    return cookies, scenes["pages"]


@contextmanager
def _served(side: str, application: str, environment: dict[str, str], workers: int) -> Iterator[None]:
    """Serve one side for the time of the run."""
    where = ["--host", "127.0.0.1", "--port", str(PORTS[side]), "--workers", str(workers)]
    command = [sys.executable, "-m", "granian", *GRANIAN, *where, application]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait(side, server)
            yield
        finally:
            server.terminate()
            server.wait(20)


def _wait(side: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"{side} did not start")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORTS[side]}/nowhere", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{side} does not answer")


def _compare(page: str, scenes: list[tuple[str, int]], cookies: dict[str, list[str]]) -> None:
    """Stop where the visible text of a page differs."""
    step = max(1, len(scenes) // 40)
    for path, officer in scenes[::step]:
        ours, peer = (_text(_get(side, path, cookies[side][officer])) for side in PORTS)
        if ours != peer:
            at = next(i for i, (a, b) in enumerate(zip(ours + "\0", peer + "\0", strict=False)) if a != b)
            raise SystemExit(
                f"{page} {path} differs:\n  ours …{ours[at - 60 : at + 80]}\n  peer …{peer[at - 60 : at + 80]}"
            )
    print(f"{page}: the visible text of {len(scenes[::step])} pages is the same on both sides", flush=True)


def _get(side: str, path: str, cookie: str) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{PORTS[side]}{path}", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return str(answer.read().decode())


def _text(html: str) -> str:
    """Give the text people see in the main part, without any white space."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", main)))


def _measure(
    page: str,
    scenes: list[tuple[str, int]],
    cookies: dict[str, list[str]],
    folder: Path,
    options: argparse.Namespace,
    home: Any,
) -> None:
    """Measure one page by turns and print its line."""
    files = {}
    for side in PORTS:
        files[side] = folder / f"{page}-{side}.json"
        files[side].write_text(json.dumps([(path, cookies[side][officer]) for path, officer in scenes]))
        _load(files[side], side, options.connections, 2, home)
    found: dict[str, list[dict[str, float]]] = {side: [] for side in PORTS}
    for _ in range(options.rounds):
        for side in PORTS:
            found[side].append(_load(files[side], side, options.connections, options.seconds, home))
    _print(page, found)


def _load(file: Path, side: str, connections: int, seconds: float, home: Any) -> dict[str, float]:
    before = _cpu(home)
    command = [sys.executable, str(HERE / "load.py"), str(file), str(PORTS[side]), str(connections), str(seconds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    if measured["failed"]:
        raise SystemExit(f"{side}: {measured['failed']} of {measured['requests']} requests failed")
    used = {name: after - before.get(name, 0) for name, after in _cpu(home).items()}
    measured["web_ms"] = 1000 * used[side] / measured["requests"]
    measured["database_ms"] = 1000 * used["database"] / measured["requests"]
    return measured


def _cpu(home: Any) -> dict[str, float]:
    """Give CPU seconds used so far by each side's server and by the county's PostgreSQL."""
    tick, used = os.sysconf("SC_CLK_TCK"), dict.fromkeys([*PORTS, "database"], 0.0)
    cluster = (home.postgres / "postmaster.pid").read_text().split()[0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        seconds = sum(map(int, fields[11:15])) / tick  # its own and those of its ended children
        for side, port in PORTS.items():
            if "granian" in command and str(port) in command:
                used[side] += seconds
        if fields[1] == cluster or folder.name == cluster:
            used["database"] += seconds
    return used


def _print(page: str, found: dict[str, list[dict[str, float]]]) -> None:
    def middle(side: str, name: str) -> float:
        return statistics.median(one[name] for one in found[side])

    for side in PORTS:
        rates = " ".join(f"{one['rate']:.0f}" for one in found[side])
        print(
            f"{page:7} {side}  {middle(side, 'rate'):7.1f} req/s  p50 {middle(side, 'p50'):6.1f}  p95 {middle(side, 'p95'):6.1f} ms"
            f"  CPU/request: web {middle(side, 'web_ms'):.2f} database {middle(side, 'database_ms'):.2f} ms"
            f"  generator {sum(one['cpu'] for one in found[side]) / sum(one['seconds'] for one in found[side]):.0%}"
            f"  {middle(side, 'bytes') / 1000:.1f} KB  [{rates}]"
        )
    ratio, tail = middle("ours", "rate") / middle("peer", "rate"), middle("ours", "p95") / middle("peer", "p95")
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{page:7} ratio {ratio:.2f} x requests, p95 1/{1 / tail:.2f}; load {load}", flush=True)


if __name__ == "__main__":
    main()
