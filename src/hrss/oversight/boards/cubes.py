"""The cubes there are: their names, what they count and from where. A test holds them to the database's functions.

Rebuilding counts a cube anew from its rows (after a load that switched triggers off); folding moves what came lately
into the cells; comparing proves that both say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.oversight.boards.models import Cell, CubeCheck


@dataclass(frozen=True, slots=True)
class Cube:
    """One cube: code, title, whether it counts different people (a set) instead of rows."""

    code: str
    title: str
    is_set: bool = False

    @property
    def function_name(self) -> str:
        """The ending of the names of its functions in the database."""
        return self.code.replace(".", "_")


CUBES: dict[str, Cube] = {
    cube.code: cube
    for cube in (
        Cube("employment.spells", "就业经历"),
        Cube("employment.new_urban", "城镇新增就业变动"),
        Cube("employment.unemployment", "失业登记"),
        Cube("employment.hardship", "就业困难人员"),
        Cube("employment.families", "零就业家庭"),
        Cube("employment.graduates", "未就业毕业生"),
        Cube("casework.cases", "办件"),
        Cube("casework.channels", "办件渠道"),
        Cube("casework.items", "办件事项"),
        Cube("people.population", "户籍人口"),
        Cube("people.away", "外出人员"),
        Cube("people.education", "学历"),
        Cube("employment.reports", "样本企业月报"),
        Cube("insurance.enrolments", "居民养老保险参保"),
        Cube("insurance.contributions", "居民养老保险缴费"),
        Cube("insurance.awards", "社会保险待遇"),
        Cube("funds.books", "基金收支"),
        Cube("funds.payments", "待遇发放"),
        Cube("funds.runs", "发放批次"),
        Cube("employment.found_work", "找到工作的人", is_set=True),
    )
}


def fold() -> int:
    """Fold what came since the last folding; gives how many entries."""
    return _call("boards_fold")


def rebuild(code: str) -> int:
    """Count a cube anew from its rows, holding writers back meanwhile; gives the number of its cells."""
    return _call(f"boards_rebuild_{CUBES[code].function_name}")


def rebuild_all() -> None:
    """Count every cube anew, each in a transaction of its own."""
    for code in CUBES:
        rebuild(code)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT boards_analyze()")


def differing(code: str) -> int:
    """Give how many cells of a cube are not what its rows say; sets are not compared (nothing leaves them)."""
    return _call(f"boards_differing_{CUBES[code].function_name}")


def check_all() -> dict[str, int]:
    """Compare every cube with its rows, keep the result, and give those that differ."""
    found: dict[str, int] = {}
    for cube in CUBES.values():
        if cube.is_set:
            continue
        with acting(system_actor("boards.check")):
            wrong = differing(cube.code)
            cells = Cell.objects.filter(cube=cube.code).count()
            CubeCheck.objects.create(cube=cube.code, cells=cells, differing=wrong)
        if wrong:
            found[cube.code] = wrong
    return found


def last_differences() -> dict[str, int]:
    """Give the cubes that differed at their last comparison."""
    newest = CubeCheck.objects.order_by("cube", "-id").distinct("cube")
    return {one.cube: one.differing for one in newest if one.differing and one.cube in CUBES}


def _call(function: str) -> int:
    """Call one of the database's own functions; names come from the table above, never from outside."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}()")
        answer: int = cursor.fetchone()[0]
    return answer
