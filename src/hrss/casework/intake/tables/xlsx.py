"""Reading a big xlsx into columns: unpacking and parsing at the same time, on bytes.

Gives ``Raw`` columns: text, and numbers where the cell was a number. Returns None for markup the kernels do not know.
"""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from zipfile import ZipFile

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from hrss.casework.intake.tables import kernels
from hrss.casework.intake.tables.archive import Workbook

_CHUNK = 8 << 20
_MAX_COLUMNS = 32
_MAX_ROWS = 1_050_000
_DONE = -1


@dataclass(frozen=True, slots=True)
class Raw:
    """A sheet as columns, the heading row included. ``numbers`` is NaN where the cell was no number.

    ``rows`` are the row numbers as the program shows them.
    """

    text: list[pl.Series]
    numbers: list[NDArray[np.float64]]
    rows: NDArray[np.int32]
    epoch_1904: bool


@dataclass(slots=True)
class _Cells:
    kinds: NDArray[np.uint8]
    values: NDArray[np.float64]
    lengths: NDArray[np.uint32]
    rows: NDArray[np.int32]
    count: int = 0


def read_columns(book: Workbook) -> Raw | None:
    """Read the first sheet; None where a general reader is needed."""
    size = book.size_of(book.sheet)
    data = _buffer(size)
    with ThreadPoolExecutor(2) as pool:
        progress: SimpleQueue[int] = SimpleQueue()
        unpacking = pool.submit(_unpack, book.archive, book.sheet, data, progress)
        strings = pool.submit(_strings, book)
        cells = _parse(data, progress)
        unpacking.result()
        shared = strings.result()
    if cells is None or shared is None or not _fits(cells, len(shared)):
        return None
    try:
        with ThreadPoolExecutor(2) as pool:
            columns = list(pool.map(lambda number: _column(data, cells, number, shared), range(_width(cells))))
    except pa.ArrowInvalid:  # bytes that are no UTF-8
        return None
    return Raw([one[0] for one in columns], [one[1] for one in columns], cells.rows[: cells.count], book.epoch_1904)


def _fits(cells: _Cells, strings: int) -> bool:
    """Tell whether every reference to a shared string leads to one."""
    shared, values = cells.kinds[:, : cells.count] == kernels.SHARED, cells.values[:, : cells.count]
    return not bool((shared & ~((values >= 0) & (values < strings))).any())


def _buffer(size: int) -> NDArray[np.uint8]:
    data = np.empty(size + len(kernels.SENTINEL), dtype=np.uint8)
    data[size:] = np.frombuffer(kernels.SENTINEL, dtype=np.uint8)
    return data


def _unpack(archive: ZipFile, part: str, data: NDArray[np.uint8], progress: SimpleQueue[int]) -> None:
    """Unpack a part into the buffer and tell how far it is filled."""
    view = data.data[: len(data) - len(kernels.SENTINEL)]
    filled = 0
    try:
        with archive.open(part) as file:
            while filled < len(view):
                piece = file.read(min(_CHUNK, len(view) - filled))
                if not piece:
                    break
                view[filled : filled + len(piece)] = piece
                filled += len(piece)
                progress.put(filled)
    finally:
        progress.put(_DONE)


def _parse(data: NDArray[np.uint8], progress: SimpleQueue[int]) -> _Cells | None:
    """Parse complete rows as they arrive."""
    cells: _Cells | None = None
    parsed, filled = 0, 0
    while (reached := progress.get()) != _DONE:
        filled = reached
        end = kernels.last_row_end(data, parsed, filled)
        if end == parsed:
            continue
        if cells is None:
            cells = _room(data, end)
        count = kernels.parse_rows(data, parsed, end, cells.kinds, cells.values, cells.lengths, cells.rows, cells.count)
        if count < 0:
            while progress.get() != _DONE:
                pass
            return None
        cells.count, parsed = count, end
    return cells


def _room(data: NDArray[np.uint8], end: int) -> _Cells:
    """Make room by the sheet's own dimension, or for the most there can be."""
    head = data[: min(end, 4096)].tobytes().decode("ascii", "ignore")
    found = re.search(r'<dimension ref="[A-Z]+[0-9]+:([A-Z]+)([0-9]+)"', head)
    columns, rows = _MAX_COLUMNS, _MAX_ROWS
    if found and int(found[2]) > 1:
        columns, rows = min(_letters(found[1]), _MAX_COLUMNS), min(int(found[2]), _MAX_ROWS)
    shape = (columns, rows)
    return _Cells(
        np.zeros(shape, dtype=np.uint8),
        np.empty(shape, dtype=np.float64),
        np.zeros(shape, dtype=np.uint32),
        np.empty(rows, dtype=np.int32),
    )


def _letters(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def _strings(book: Workbook) -> pl.Series | None:
    """Give the shared strings; an empty series where the book has none, None for unknown markup."""
    if not book.strings:
        return pl.Series("strings", [], dtype=pl.String)
    size = book.size_of(book.strings)
    data = _buffer(size)
    _unpack(book.archive, book.strings, data, SimpleQueue())
    most = data[:size].tobytes().count(b"<si") + 1
    offsets, odd = np.zeros(most + 1, dtype=np.int64), np.zeros(most + 1, dtype=np.uint8)
    text = np.empty(len(data), dtype=np.uint8)
    count = kernels.parse_strings(data, offsets, text, odd)
    if count < 0:
        return None
    try:
        series = _series(offsets[: count + 1], text)
    except pa.ArrowInvalid:  # bytes that are no UTF-8
        return None
    return _mended(series, data[:size], odd[:count]) if odd[:count].any() else series


def _series(offsets: NDArray[np.int64], text: NDArray[np.uint8]) -> pl.Series:
    """Give strings from offsets and bytes without copying them one by one."""
    array = pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(text))
    array.validate(full=True)
    return pl.Series("strings", array)


def _mended(series: pl.Series, data: NDArray[np.uint8], odd: NDArray[np.uint8]) -> pl.Series:
    """Put rich text and entities right, the few there are."""
    pieces = re.findall(rb"<si\s*/>|<si>(.*?)</si>", data.tobytes(), re.DOTALL)
    places = np.flatnonzero(odd)
    texts = [_plain(pieces[place].decode("utf-8", "replace")) if place < len(pieces) else "" for place in places]
    return series.scatter(places.tolist(), texts)


def _plain(markup: str) -> str:
    without = re.sub(r"<rPh\b.*?</rPh>", "", markup, flags=re.DOTALL)
    return html.unescape("".join(re.findall(r"<t\b[^>]*>(.*?)</t>", without, re.DOTALL)))


def _width(cells: _Cells) -> int:
    used = [number for number in range(cells.kinds.shape[0]) if cells.kinds[number, : cells.count].any()]
    return used[-1] + 1 if used else 0


def _column(
    data: NDArray[np.uint8], cells: _Cells, number: int, shared: pl.Series
) -> tuple[pl.Series, NDArray[np.float64]]:
    kinds = cells.kinds[number, : cells.count]
    values = cells.values[number, : cells.count]
    lengths = cells.lengths[number, : cells.count]
    numbers = np.full(cells.count, np.nan)
    if (kinds == kernels.NUMBER).any():
        numbers = kernels.parse_numbers(data, kinds, values, lengths)
    is_shared = kinds == kernels.SHARED
    if is_shared.all():
        return shared.gather(values.astype(np.uint32)), numbers
    written = _written(data, kinds, values, lengths)
    if not is_shared.any() or not len(shared):
        return written, numbers
    index = pl.Series(np.where(is_shared, values, 0).astype(np.uint32))
    picked = shared.gather(index)
    return picked.zip_with(pl.Series(is_shared), written), numbers


def _written(
    data: NDArray[np.uint8],
    kinds: NDArray[np.uint8],
    values: NDArray[np.float64],
    lengths: NDArray[np.uint32],
) -> pl.Series:
    """Give the text that stands in the cells themselves, null where there is none."""
    own = (kinds != kernels.EMPTY) & (kinds != kernels.SHARED)
    sizes = np.where(own, lengths, 0).astype(np.int64)
    starts = np.where(own, values, 0).astype(np.int64)
    offsets = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=offsets[1:])
    text = np.empty(max(int(offsets[-1]), 1), dtype=np.uint8)
    kernels.gather_text(data, starts, sizes, text)
    series = _series(offsets, text)
    if (kinds == kernels.INLINE).any() and series.str.contains("&", literal=True).any():
        series = series.map_elements(html.unescape, return_dtype=pl.String)
    return series.zip_with(pl.Series(own), pl.Series([None], dtype=pl.String).new_from_index(0, len(series)))
