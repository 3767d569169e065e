"""Options of the commands: argparse that speaks Chinese and says what to do, and the checks several commands share."""

from __future__ import annotations

import argparse
import errno
import math
import re
from typing import NoReturn

from hrss.kernel.problem import Problem

_SAID = (
    (r"unrecognized arguments: (.*)", "没有“{}”这个选项"),
    (r"argument ([^:]+): expected (?:one|at least one) argument", "“{}”后面要写一个值"),
    (r"argument ([^:]+): ignored explicit argument .*", "“{}”后面不写值"),
    (r"argument ([^:]+): invalid choice: (\S+) .*", "“{}”没有 {} 这一项"),
    (r"argument ([^:]+): invalid \w+ value: (.*)", "“{}”不能是 {}"),
    (r"argument ([^:]+): (.*)", "“{}”：{}"),
    (r"the following arguments are required: (.*)", "还要写“{}”"),
    (r"ambiguous option: (\S+) could match (.*)", "“{}”不清楚是 {} 里的哪一个"),
)
_DISK = {
    errno.ENOSPC: ("磁盘满了", "请清理磁盘，或用 --data 换一个目录"),
    errno.EDQUOT: ("磁盘配额用完了", "请清理磁盘，或用 --data 换一个目录"),
    errno.EACCES: ("没有权限读写", "请换一个自己的目录，或请管理员授权"),
    errno.EPERM: ("没有权限读写", "请换一个自己的目录，或请管理员授权"),
    errno.EROFS: ("目录是只读的", "请用 --data 换一个可以写的目录"),
    errno.ENOENT: ("没有这个文件或目录", "请核对路径"),
    errno.EEXIST: ("那里有一个文件，不是目录", "请换一个目录名"),
    errno.ENOTDIR: ("路径里有一段是文件，不是目录", "请换一个目录名"),
    errno.ENAMETOOLONG: ("路径太长", "请换一个短一些的目录"),
}


class Options(argparse.ArgumentParser):
    """A parser that refuses wrong usage with a Problem (exit code 2) in Chinese."""

    def error(self, message: str) -> NoReturn:
        """Raise Problem ``usage`` with what is wrong and where the options are told."""
        raise Problem("usage", in_chinese(message), remedy=f"运行 {self.prog} --help 看全部选项", status=400)


def in_chinese(message: str) -> str:
    """Say a message of argparse in Chinese; one it does not know stays as it is."""
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, message)
        if found:
            return words.format(*found.groups())
    return message


def number_between(low: float, high: float, words: str) -> type[float]:
    """Give a type for argparse: a number within bounds."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{words}，不能是 {text}")
        return value

    return read  # type: ignore[return-value]


def whole_between(low: int, high: int, words: str) -> type[int]:
    """Give a type for argparse: a whole number within bounds."""

    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{words}，不能是 {text}")
        return int(text)

    return read  # type: ignore[return-value]


def of_the_disk(error: OSError) -> Problem | None:
    """Give what the disk refused as a Problem; None for what is a fault of ours."""
    if error.errno not in _DISK:
        return None
    what, remedy = _DISK[error.errno]
    where = f"：{error.filename}" if error.filename else ""
    return Problem("disk", f"{what}{where}", remedy=remedy, status=503)
