"""``python -m hrss.exchange.simulators police --port 0 --data FILE --portfile FILE [--parent PID]``.

Wrong options, a busy port or a missing file end with one sentence and exit code 2.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hrss.exchange.simulators.process import run
from hrss.exchange.simulators.topics import AGENCIES


def main(arguments: list[str] | None = None) -> int:
    """Run one simulated agency."""
    options = _parser().parse_args(arguments)
    try:
        run(options.agency, port=options.port, data=options.data, portfile=options.portfile, parent=options.parent)
    except OSError as error:
        sys.stderr.write(f"{AGENCIES[options.agency]}没有启动：{error.strerror or error}（端口 {options.port}）\n")
        return 2
    except ValueError as error:
        sys.stderr.write(f"{AGENCIES[options.agency]}没有启动：{error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hrss.exchange.simulators", description="模拟的对接单位")
    parser.add_argument("agency", choices=sorted(AGENCIES), help="哪个单位")
    parser.add_argument("--port", type=_port, default=0, help="端口，0 为任选一个空闲端口")
    parser.add_argument("--data", type=Path, required=True, help="登记簿文件（SQLite）")
    parser.add_argument("--portfile", type=Path, required=True, help="启动后写入地址和公钥的文件；密钥也放在同一文件夹")
    parser.add_argument("--parent", type=int, default=0, help="父进程号，父进程结束后自动退出")
    return parser


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("端口应在0到65535之间")
    return number


if __name__ == "__main__":
    raise SystemExit(main())
