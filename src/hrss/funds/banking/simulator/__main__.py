"""``python -m hrss.funds.banking.simulator --folder FOLDER [--once] [--parent PID]``: the simulated bank's process.

It serves the payment channel, looks into the folder twice a second and ends with its parent. Wrong options end with a
sentence and exit code 2.
"""

from __future__ import annotations

import argparse
import os
import signal
import threading
from pathlib import Path

from hrss.funds.banking.simulator.channel import ChannelServer
from hrss.funds.banking.simulator.working import work

_PAUSE_SECONDS = 0.5


def main(arguments: list[str] | None = None) -> int:
    """Run the bank until it is told to stop, or once."""
    options = _parser().parse_args(arguments)
    if options.once:
        work(options.folder)
        return 0
    ChannelServer(options.folder).start()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set() and not _orphaned(options.parent):
        work(options.folder)
        stop.wait(_PAUSE_SECONDS)
    return 0


def _orphaned(parent: int) -> bool:
    return bool(parent) and os.getppid() != parent


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hrss.funds.banking.simulator", description="模拟的代发银行")
    parser.add_argument("--folder", type=Path, required=True, help="与银行交换文件的文件夹")
    parser.add_argument("--once", action="store_true", help="处理完现有文件就结束")
    parser.add_argument("--parent", type=int, default=0, help="父进程号，父进程结束后自动退出")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
