"""The bulk lane: all bad cells in one pass, all rows or none, hostile files refused, both readers agree."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest
import xlsxwriter
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.casework.conftest import firm_user, make_firm, make_person, prepare_county, staff

from hrss.casework import jobs
from hrss.casework.intake import bulk, loading
from hrss.casework.intake.tables import reading
from hrss.casework.intake.tables.archive import open_workbook
from hrss.casework.intake.tables.xlsx import read_columns
from hrss.casework.items.packs import load_pack
from hrss.casework.models import BulkBatch
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.id_numbers import compose_id_number
from hrss.kernel.identifiers import uuid7
from hrss.kernel.problem import Problem, Problems

ITEM = load_pack("fengjie").items["JY012"]
TODAY = date(2026, 11, 24)
HEADING = ["姓名", "身份证号", "招用日期", "合同类型", "合同到期日", "岗位", "月工资（元）", "手机号"]
ROBOT = system_actor("casework.test")


def id_of(number: int) -> str:
    return compose_id_number(region="999236", birth_date=date(1990, 1, 1 + number % 28), sequence=number // 28).text


def good(number: int) -> list[Any]:
    return ["王芳", id_of(number), "2026-03-01", "固定期限", "2027-03-01", "缝纫工", 4200, f"100{number:08d}"]


def workbook(rows: list[list[Any]], *, heading: list[str] = HEADING, shared: bool = True) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": not shared, "in_memory": True})
    sheet = book.add_worksheet()
    style = book.add_format({"num_format": "yyyy-mm-dd"})
    for row, cells in enumerate([heading, *rows]):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), style)  # noqa: DTZ001 - a day in a sheet
            elif cell is not None:
                sheet.write(row, column, cell)
    book.close()
    return buffer.getvalue()


def read(rows: list[list[Any]], **more: Any) -> bulk.BulkTable:
    return bulk.read_table(ITEM, workbook(rows, **more), "花名册.xlsx", today=TODAY)


def test_three_hundred_hires_with_seven_wrong_rows_are_told_in_one_go() -> None:
    rows = [good(number) for number in range(300)]
    rows[10][1] = rows[10][1][:-1] + ("0" if rows[10][1][-1] != "0" else "1")
    rows[20][2] = "2026-02-30"
    rows[30][3] = "临时"
    rows[40][0] = ""
    rows[50][1] = rows[49][1]
    rows[60][4] = "2026-01-01"
    rows[70][6] = -5
    rows[70][7] = "12345"
    table = read(rows)
    assert (table.rows, table.bad_rows) == (300, 7)
    told = {(cell.row, cell.column): cell.reason for cell in table.bad}
    assert told == {
        (12, "身份证号"): "身份号码校验码不对，可能有一位录错",
        (22, "招用日期"): "不是实有的日期，请按 2026-03-05 的样子填写",
        (32, "合同类型"): "只能填：固定期限、无固定期限、以完成一定任务为期限、未签书面合同",
        (42, "姓名"): "请填写",
        (52, "身份证号"): "和前面的行重复",
        (62, "合同到期日"): "要晚于“招用日期”",
        (72, "月工资（元）"): "不能小于 0",
        (72, "手机号"): "手机号应为 11 位数字",
    }
    with pytest.raises(Problems) as refused:
        table.refuse_if_bad()
    assert "第 12 行“身份证号”" in str(next(iter(refused.value)))


def test_what_is_right_becomes_form_data() -> None:
    table = read([good(1), ["李雷", id_of(2), date(2026, 3, 2), "无固定期限", None, None, "3,500元", None]])
    assert table.bad == []
    assert table.records() == [
        {
            "name": "王芳",
            "id_number": id_of(1),
            "hired_on": "2026-03-01",
            "contract_kind": "fixed",
            "contract_until": "2027-03-01",
            "occupation": "缝纫工",
            "monthly_pay": 4200,
            "phone": "10000000001",
        },
        {
            "name": "李雷",
            "id_number": id_of(2),
            "hired_on": "2026-03-02",
            "contract_kind": "open",
            "monthly_pay": 3500,
        },
    ]


@pytest.mark.parametrize(
    "text", ["2026/3/5", "2026.03.05", "20260305", "2026年3月5日", "２０２６-03-05", date(2026, 3, 5)]
)
def test_days_are_read_as_people_write_them(text: object) -> None:
    row = good(1)
    row[2] = text
    assert read([row]).frame["hired_on"].to_list() == ["2026-03-05"]


def test_an_id_number_kept_as_a_number_is_told_not_guessed() -> None:
    row = good(1)
    row[1] = float(int(id_of(1)[:17]) * 10)
    assert [cell.reason[:12] for cell in read([row]).bad] == ["身份号码被存成了数字，后"]


def test_other_headings_spaces_and_empty_rows() -> None:
    heading = ["序号", "姓 名*", "身份证号码", "入职日期", "合同类型（必填）"]
    rows = [
        [1, " 王芳 ", f" {id_of(1).lower()} ", "2026-03-01", "固定期限"],
        [None] * 5,
        [2, "李雷", id_of(2), "2026-03-01", "fixed"],
    ]
    table = read([*rows], heading=heading)
    assert table.bad == []
    assert table.frame["name"].to_list() == ["王芳", "李雷"]
    assert table.row_numbers.to_list() == [2, 4]


def test_a_title_above_the_heading_does_not_matter() -> None:
    table = read([HEADING, good(1)], heading=["夔门制衣厂花名册"])
    assert table.row_numbers.to_list() == [3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_people_have(encoding: str) -> None:
    text = "\n".join(",".join(str(cell) for cell in row) for row in [HEADING, good(1), good(2)])
    table = bulk.read_table(ITEM, text.encode(encoding), "花名册.csv", today=TODAY)
    assert table.bad == []
    assert table.rows == 2


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (lambda: b"", "a.xlsx", "table.empty"),
        (lambda: b"PK\x03\x04broken", "a.xlsx", "table.not_xlsx"),
        (lambda: b"%PDF-1.7", "a.pdf", "table.kind"),
        (lambda: workbook([good(1)], heading=["甲", "乙"]), "a.xlsx", "table.heading"),
        (lambda: workbook([["王芳"]], heading=["姓名"]), "a.xlsx", "table.columns"),
        (lambda: workbook([]), "a.xlsx", "table.no_rows"),
        (lambda: bomb(), "a.xlsx", "table.unsafe"),
        (lambda: with_dtd(), "a.xlsx", "table.unsafe"),
        (lambda: b"\xff\xfe\x00\xd8\xff\xff", "a.csv", "table.encoding"),
    ],
)
def test_files_that_are_no_tables_get_a_sentence(make: Callable[[], bytes], name: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        bulk.read_table(ITEM, make(), name, today=TODAY)
    assert refused.value.code == code
    assert refused.value.remedy


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    return buffer.getvalue()


def with_dtd() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY e "e">]><worksheet/>')
    return buffer.getvalue()


cells = st.one_of(
    st.none(),
    st.text("甲乙&<>\"'ab 12", max_size=8),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6).map(lambda value: round(value, 3)),
    st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=12), st.booleans())
def test_the_byte_kernels_read_what_calamine_reads(rows: list[list[Any]], shared: bool) -> None:
    content = workbook([list(row) for row in rows], heading=["a", "b", "c"], shared=shared)
    raw = read_columns(open_workbook(content))
    assert raw is not None
    plain = reading._read_by_calamine(content, False)
    for place, column in enumerate(raw.text):
        ours = dict(zip(raw.rows.tolist(), column.to_list(), strict=True))
        theirs = dict(zip(plain.rows.tolist(), plain.text[place].to_list(), strict=True))
        for row, text in theirs.items():
            if text not in (None, "True", "False"):
                assert same(ours.get(row), text), (row, place, ours.get(row), text)


def same(ours: str | None, theirs: str) -> bool:
    if ours == theirs:
        return True
    try:
        return ours is not None and float(ours) == pytest.approx(float(theirs), abs=1e-6)
    except ValueError:
        return False


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_damaged_sheets_never_break_the_reader(noise: bytes, at: int) -> None:
    content = workbook([good(number) for number in range(3)])
    source = zipfile.ZipFile(io.BytesIO(content))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(
                name, data[:at] + noise + data[at:] if name.endswith(("sheet1.xml", "Strings.xml")) else data
            )
    try:
        read_columns(open_workbook(buffer.getvalue()))
    except (Problem, UnicodeDecodeError, pl.exceptions.PolarsError):
        return


@pytest.mark.parametrize("reference", ["-1", "0x1", "99999", "1e1"])
def test_a_reference_that_leads_nowhere_is_not_read_as_another(reference: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(workbook([good(1)])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = re.sub(rb't="s"([^>]*)><v>1</v>', b't="s"\\1><v>' + reference.encode() + b"</v>", data, count=1)
                assert reference.encode() in data
            archive.writestr(name, data)
    assert read_columns(open_workbook(buffer.getvalue())) is None  # the general reader says what is wrong


def test_a_batch_is_loaded_whole_and_seen_only_by_its_firm(real_db: str) -> None:
    prepare_county()
    firm = make_firm()
    clerk = firm_user(firm, make_person())
    table = read([good(number) for number in range(500)])
    outcome = loading.load_rows(table, actor=clerk, region_code="500236117001")
    with acting(clerk):
        batch = BulkBatch.objects.get()
        rows = loading.rows_of(batch.id, actor=clerk)
    assert outcome.data == {"rows": 500}
    assert rows["c01"].to_list() == ["王芳"] * 500
    assert rows["row_number"].to_list() == list(range(2, 502))
    assert rows["c09"].null_count() == 500
    stranger = firm_user(make_firm("别的厂"), make_person("别人"))
    assert loading.rows_of(batch.id, actor=stranger).height == 0
    assert loading.rows_of(batch.id, actor=staff("handler", region="500236127")).height == 0
    assert left_stages() == 0


def test_a_bad_cell_or_a_broken_load_leaves_nothing(real_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_county()
    clerk = firm_user(make_firm(), make_person())
    rows = [good(number) for number in range(50)]
    rows[7][1] = "1"
    with pytest.raises(Problems):
        loading.load_rows(read(rows), actor=clerk, region_code="500236117001")
    table = read([good(number) for number in range(50)])
    real = loading._copy

    def breaks(stage: str, columns: list[str], part: pl.DataFrame) -> None:
        if part["row_number"][0] > 2:
            raise ConnectionError("the line broke")
        real(stage, columns, part)

    monkeypatch.setattr(loading, "_copy", breaks)
    with pytest.raises(ConnectionError):
        loading.load_rows(table, actor=clerk, region_code="500236117001")
    with acting(ROBOT), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM casework_bulkrow), (SELECT count(*) FROM casework_bulkbatch)")
        assert cursor.fetchone() == (0, 0)
    assert left_stages() == 0


def left_stages() -> int:
    with acting(ROBOT), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_left_stages()")
        return int(cursor.fetchone()[0])


def test_nobody_reads_a_stage(real_db: str) -> None:
    prepare_county()
    clerk = staff("handler")
    batch = make_person()
    name = loading.open_stage(batch, actor=clerk)
    with acting(clerk), connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute(f"SELECT * FROM {name}")
    loading.drop_stage(batch)
    assert left_stages() == 0


def test_the_large_file_path_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([good(number) for number in range(200)])
    small = bulk.read_table(ITEM, content, "a.xlsx", today=TODAY)
    monkeypatch.setattr(reading, "BIG", 1)
    large = bulk.read_table(ITEM, content, "a.xlsx", today=TODAY)
    assert small.frame.equals(large.frame)
    assert large.bad == []


def test_stages_a_crash_left_are_dropped_after_an_hour(real_db: str) -> None:
    prepare_county()
    clerk = staff("handler")
    fresh, old = uuid7(), UUID(int=(uuid7().int & ((1 << 80) - 1)) | (1_700_000_000_000 << 80))
    for batch in (fresh, old):
        loading.open_stage(batch, actor=clerk)
    assert jobs.drop_left_stages() == 1
    assert left_stages() == 1
    loading.drop_stage(fresh)
