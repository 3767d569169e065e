"""``./hrss map load FILE --number GS…``: loads an approved map of the county; the boards show it with its 审图号."""

from __future__ import annotations

from pathlib import Path

from hrss.config.commands import manage
from hrss.config.options import Options
from hrss.kernel.problem import Problem

SUMMARY = "载入经审核的县域地图（GeoJSON，要有审图号），看板从此用它"


def main(arguments: list[str]) -> int:
    """Load the file; a wrong one is refused with one sentence and changes nothing."""
    parser = Options(prog="./hrss map", description=SUMMARY)
    commands = parser.add_subparsers(dest="command", required=True)
    loading = commands.add_parser("load", help="载入一张地图")
    loading.add_argument("file", type=Path, metavar="文件", help="GeoJSON：各乡镇（街道）的面，properties 里有 code")
    loading.add_argument("--number", required=True, metavar="审图号", help="例如 GS(2024)1234号")
    options = parser.parse_args(arguments)
    if not options.file.is_file():
        raise Problem("map.missing", f"没有这个文件：{options.file}", remedy="请核对路径")
    return manage.main(["load_map", str(options.file), "--number", options.number])
