"""``./hrss shell``: a Python shell on this installation, as the application role; without an actor it sees nothing."""

from __future__ import annotations

from hrss.config.commands import manage

SUMMARY = "打开 Python 交互环境（应用账号，未声明身份时看不到任何个人数据）"


def main(arguments: list[str]) -> int:
    """Open the shell."""
    return manage.main(["shell", *arguments])
