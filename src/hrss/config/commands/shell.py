"""``./hrss shell``: a Python shell on this installation, as the application role; without an actor it sees nothing."""

from __future__ import annotations

from hrss.config.commands import manage
from hrss.config.options import Options

SUMMARY = "打开 Python 交互环境（应用账号，未声明身份时看不到任何个人数据）"


def main(arguments: list[str]) -> int:
    """Open the shell."""
    parser = Options(prog="./hrss shell", description=SUMMARY)
    parser.add_argument("-c", "--command", help="运行这一句 Python，然后退出")
    options = parser.parse_args(arguments)
    return manage.main(["shell", *(["-c", options.command] if options.command else [])])
