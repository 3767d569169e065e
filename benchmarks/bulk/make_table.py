"""Makes the table the bulk benchmark reads: a roster of N rows as a firm would hand it in (synthetic people)."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import xlsxwriter

from hrss.kernel.id_numbers import id_check_character

HEADING = ["姓名", "身份证号", "招用日期", "合同类型", "合同到期日", "岗位", "月工资（元）", "手机号"]
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"
_KINDS = ["固定期限", "无固定期限", "以完成一定任务为期限"]
_JOBS = ["缝纫工", "电工", "焊工", "保安", "会计", "仓管", "司机", "厨师", "普工", "质检"]


def row(number: int) -> list[str | int]:
    """One hire; every third has a fixed-term contract."""
    born = datetime.date(1960, 1, 1) + datetime.timedelta(days=(number * 7919) % 16000)
    first = f"999236{born:%Y%m%d}{(number // 16000 + (number % 16000) // 160) % 1000:03d}"
    hired = datetime.date(2026, 1, 1) + datetime.timedelta(days=number % 300)
    until = (hired + datetime.timedelta(days=365)).isoformat() if number % 3 == 0 else ""
    name = _SURNAMES[number % 20] + _GIVEN[number // 20 % 25] + _GIVEN[number // 500 % 25]
    return [
        name,
        first + id_check_character(first),
        hired.isoformat(),
        _KINDS[number % 3],
        until,
        _JOBS[number % 10],
        2000 + number % 7000,
        f"100{number % 100_000_000:08d}",
    ]


def make(path: Path, rows: int) -> None:
    """Write the table to ``path``."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for place, cells in enumerate([HEADING, *(row(number) for number in range(rows))]):
        for column, cell in enumerate(cells):
            if cell != "":
                sheet.write(place, column, cell)
    book.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
