"""``./hrss up``: sets everything up and serves; the second run is quick. Ctrl-C stops everything."""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from hrss.config import frontend, prepared, room
from hrss.config.database import check_app_role, prepare_embedded, prepare_real
from hrss.config.environment import PROJECT, Home
from hrss.config.health import is_healthy
from hrss.config.options import Options, number_between, whole_between
from hrss.config.postgres import Cluster
from hrss.config.supervisor import Service, Supervisor
from hrss.kernel.problem import Problem

SUMMARY = "一条命令装好并启动：数据库、服务、示范县数据"
_SIMULATORS = ("police", "civil", "market")
SMALLEST = 0.003  # the demo county's own bound, held by a test: its module is not loaded to read options
_PATIENCE = 180  # seconds until the first answer of the web service


def main(arguments: list[str]) -> int:
    """Set up, serve until stopped; gives the exit code."""
    options = _options(arguments)
    os.environ["HRSS_HOME"] = str(Path(options.data).resolve())
    os.environ["HRSS_ADDRESS"] = options.address or f"http://{options.host}:{options.port}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "hrss.config.settings"
    home = Home.current()
    room.check_data(home.path)
    room.check_temporary()
    with _only_one(home), _stoppable():
        supervisor = Supervisor(home.path)
        left = supervisor.clear_leftovers()
        if left:
            _say(f"已清理上次意外退出留下的 {left} 个进程")
        _check_port(options.host, options.port)
        embedded = Cluster(home) if not os.environ.get("DATABASE_URL") else None
        try:
            _set_up(home, embedded, options.scale)
            _serve(supervisor, home, options)
        except KeyboardInterrupt:
            _say("正在停止…")
        finally:
            supervisor.stop()
            if embedded:
                embedded.stop()
    _say("已停止，数据都已保存。")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = Options(prog="./hrss up", description=SUMMARY)
    parser.add_argument(
        "--scale",
        type=number_between(SMALLEST, 1, f"比例要在 {SMALLEST} 到 1 之间"),
        default=0.02,
        help="示范县人口占全县的比例，1 为全部 107 万人（默认 0.02）",
    )
    parser.add_argument(
        "--port", type=whole_between(1, 65535, "端口要在 1 到 65535 之间"), default=8000, help="服务端口（默认 8000）"
    )
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认只在本机）")
    parser.add_argument("--address", default="", help="对外网址，写在二维码和短信里（默认 http://地址:端口）")
    parser.add_argument("--data", default=str(PROJECT / ".hrss" / "data"), help="数据目录")
    parser.add_argument(
        "--workers",
        type=whole_between(1, 64, "网页进程数要在 1 到 64 之间"),
        default=os.cpu_count() or 2,
        help="网页进程数（默认每核一个）",
    )
    parser.add_argument("--no-warm", dest="warm", action="store_false", help="不在后台预先编译规则；用到哪条再编译哪条")
    return parser.parse_args(arguments)


def _set_up(home: Home, embedded: Cluster | None, scale: float) -> None:
    _step("网页资源", lambda: frontend.build())
    if embedded:
        _step("数据库", lambda: _start_embedded(embedded, home))
    else:
        _step("数据库", lambda: prepare_real(home))
    check_app_role(home.address("app"))
    owner = home.address("owner")
    if prepared.is_prepared(owner, prepared.mark_of(home, scale)):
        _say("数据 … 已就绪（程序和资料包没有变化）")
        return
    command = [sys.executable, "-m", "django", "prepare", "--scale", str(scale)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        raise Problem("up.prepare", "准备数据没有完成", remedy="请看上面一行的原因，改好后再运行一次", status=503)
    prepared.note(owner, prepared.mark_of(home, scale))  # made anew: the first start makes keys


def _start_embedded(embedded: Cluster, home: Home) -> None:
    embedded.start()
    prepare_embedded(home)


def _serve(supervisor: Supervisor, home: Home, options: argparse.Namespace) -> None:
    logs = home.path / "logs"
    python = sys.executable
    supervisor.add(Service("网页", _web_command(python, options), logs / "web.log"))  # the longest to start
    for kind in _SIMULATORS:
        arguments = ["--data", str(home.agencies / f"{kind}.sqlite"), "--portfile", str(home.agencies / f"{kind}.port")]
        command = [
            python,
            "-m",
            "hrss.exchange.simulators",
            kind,
            "--port",
            "0",
            *arguments,
            "--parent",
            str(os.getpid()),
        ]
        supervisor.add(Service(f"模拟部门 {kind}", command, logs / f"{kind}.log"))
    supervisor.add(Service("模拟银行和支付渠道", _bank_command(python, home), logs / "bank.log"))
    _wait_until_healthy(supervisor, options, logs / "web.log")
    # Only now: it loads the whole program once more, and nobody waits for a job at the first page.
    supervisor.add(Service("后台任务", [python, "-m", "django", "worker"], logs / "worker.log"))
    if options.warm:
        supervisor.add(Service("规则编译", [python, "-m", "hrss.config.warming"], logs / "warming.log", lasting=False))
    print(_welcome(), flush=True)
    while True:
        lost = supervisor.watch_once()
        if lost:
            raise Problem("up.crash", f"{'、'.join(lost)} 反复退出", remedy=f"请查看 {logs} 里的日志", status=503)
        time.sleep(1)


def _bank_command(python: str, home: Home) -> list[str]:
    command = [python, "-m", "hrss.funds.banking.simulator", "--folder", str(home.bank)]
    return [*command, "--parent", str(os.getpid())]


def _web_command(python: str, options: argparse.Namespace) -> list[str]:
    serving = ["--interface", "wsgi", "--host", options.host, "--port", str(options.port)]
    workers = [
        "--workers",
        str(options.workers),
        "--blocking-threads",
        "1",
        "--respawn-failed-workers",
        "--no-access-log",
    ]
    return [python, "-m", "granian", *serving, *workers, "--log-level", "warning", "hrss.config.wsgi:application"]


def _wait_until_healthy(supervisor: Supervisor, options: argparse.Namespace, log: Path) -> None:
    """Wait for the first answer: long on a machine with much to do, not at all when the service keeps ending."""
    host = "127.0.0.1" if options.host == "0.0.0.0" else options.host  # noqa: S104
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and not supervisor.watch_once():
        if is_healthy(options.port, host=host):
            return
        time.sleep(0.2)
    raise Problem("up.health", "网页服务没有应答", remedy=f"请查看 {log}", status=503)


def _welcome() -> str:
    address = os.environ["HRSS_ADDRESS"]
    lines = [
        "",
        "  智慧人社已启动",
        f"    群众门户    {address}/",
        f"    综合窗口    {address}/counter/",
        f"    业务经办    {address}/work/",
        f"    领导看板    {address}/cockpit/",
        f"    开放接口    {address}/api/v1/docs",
        f"    演示账号    {address}/demo/accounts",
        "  按 Ctrl-C 停止",
    ]
    return "\n".join(lines)


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            raise Problem(
                "up.host", f"监听地址 {host} 不对", remedy="请写本机的地址，例如 --host 127.0.0.1", status=503
            ) from None
        except PermissionError:
            raise Problem(
                "up.port", f"没有权限使用端口 {port}", remedy="请用 --port 换成 1024 以上的端口", status=503
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise Problem(
                    "up.host", f"{host} 不是本机的地址", remedy="请用 --host 127.0.0.1 或本机的地址", status=503
                ) from None
            raise Problem(
                "up.port", f"端口 {port} 已被占用", remedy=f"请用 --port 换一个端口，例如 --port {port + 1}", status=503
            ) from None


@contextlib.contextmanager
def _only_one(home: Home) -> Iterator[None]:
    """One ``up`` a data folder; the lock goes with the process, however it ends."""
    with (home.path / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Problem(
                "up.twice",
                f"数据目录 {home.path} 正在被另一个 hrss up 使用",
                remedy="请先停止它，或用 --data 换一个目录",
            ) from None
        yield


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Treat SIGTERM and a closed terminal like Ctrl-C, also when started in the background with SIGINT ignored."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _step(name: str, do: Callable[[], object]) -> None:
    started = time.monotonic()
    print(f"hrss: {name} … ", end="", flush=True)
    do()
    print(f"好（{time.monotonic() - started:.1f} 秒）", flush=True)


def _say(text: str) -> None:
    print(f"hrss: {text}", flush=True)
