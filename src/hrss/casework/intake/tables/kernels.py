"""Byte kernels: one pass over sheet XML and shared strings, and the check digit of a million id numbers.

Compiled once and kept beside the source. They read plain SpreadsheetML as Excel, WPS and common libraries write it;
what they do not know they say, and the caller reads the file with a general reader instead. The caller ends every
buffer with ``SENTINEL``, so that no loop can run beyond it whatever the file says.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

SENTINEL = b'"></c></row></si>' * 32
EMPTY, NUMBER, SHARED, INLINE, OTHER = 0, 1, 2, 3, 4
_LT, _GT, _SLASH, _QUOTE, _SPACE, _AMP = 60, 62, 47, 34, 32, 38


@numba.njit(nogil=True, cache=True)
def parse_rows(  # noqa: C901 - one pass over bytes; a call for each cell would cost more than the pass
    data: NDArray[np.uint8],
    start: int,
    end: int,
    kinds: NDArray[np.uint8],
    values: NDArray[np.float64],
    lengths: NDArray[np.uint32],
    row_numbers: NDArray[np.int32],
    rows: int,
) -> int:
    """Parse complete ``<row>`` elements in ``data[start:end]`` into column-major arrays, from array row ``rows`` on.

    Gives the number of rows now filled, or a negative number: -1 unknown markup, -2 too many columns, -3 too many rows.
    """
    columns, capacity = kinds.shape
    position = start
    while position < end:
        # find "<row"
        while position < end and not (
            data[position] == _LT
            and data[position + 1] == 114
            and data[position + 2] == 111
            and data[position + 3] == 119
        ):
            position += 1
        if position >= end:
            break
        if rows >= capacity:
            return -3
        # attributes of the row: r="123"
        position += 4
        number = 0
        closed = False
        while data[position] != _GT:
            if data[position] == 114 and data[position - 1] == _SPACE and data[position + 1] == 61:
                if data[position + 2] != _QUOTE:
                    return -1
                position += 3
                while data[position] != _QUOTE:
                    number = number * 10 + (data[position] - 48)
                    position += 1
            closed = data[position] == _SLASH
            position += 1
        position += 1
        row_numbers[rows] = number if number > 0 else (row_numbers[rows - 1] + 1 if rows > 0 else 1)
        if closed:
            rows += 1
            continue
        column = -1
        # cells
        while True:
            while data[position] != _LT:
                position += 1
            if data[position + 1] == _SLASH:  # </row>
                position += 6
                break
            if data[position + 1] != 99:  # not <c
                return -1
            position += 2
            column += 1
            kind = NUMBER
            empty = False
            while data[position] != _GT:
                if data[position] == 114 and data[position + 1] == 61:  # r="AB12"
                    if data[position + 2] != _QUOTE:
                        return -1
                    position += 3
                    named = 0
                    while data[position] >= 65:
                        named = named * 26 + (data[position] - 64)
                        position += 1
                    column = named - 1
                    while data[position] != _QUOTE:
                        position += 1
                elif data[position] == 116 and data[position + 1] == 61:  # t="s"
                    position += 3
                    first, second = data[position], data[position + 1]
                    if first == 115 and second == _QUOTE:
                        kind = SHARED
                    elif first == 110 and second == _QUOTE:
                        kind = NUMBER
                    elif (first == 115 and second == 116) or (first == 105 and second == 110):
                        kind = INLINE
                    else:
                        kind = OTHER
                    while data[position] != _QUOTE:
                        position += 1
                elif data[position] == _QUOTE:
                    position += 1
                    while data[position] != _QUOTE:
                        position += 1
                empty = data[position] == _SLASH
                position += 1
            position += 1
            if empty:
                continue
            if column >= columns:
                return -2
            # content up to </c>: take <v>…</v> or <t…>…</t>, skip <f>…</f>
            begin, finish = -1, -1
            while True:
                while data[position] != _LT:
                    position += 1
                if data[position + 1] == _SLASH:
                    if data[position + 2] == 99:  # </c>
                        position += 4
                        break
                    position += 3
                    continue
                tag = data[position + 1]
                while data[position] != _GT:
                    position += 1
                position += 1
                if tag == 118 or (tag == 116 and kind == INLINE):
                    if begin >= 0:
                        return -1  # rich text in a cell: left to the general reader
                    begin = position
                    while data[position] != _LT:
                        position += 1
                    finish = position
                elif tag == 102 and data[position - 2] != _SLASH:  # <f>…</f>
                    while not (data[position] == _LT and data[position + 1] == _SLASH):
                        position += 1
            if begin < 0 or finish == begin:
                continue
            kinds[column, rows] = kind
            if kind == SHARED:
                total = 0
                for at in range(begin, finish):
                    if data[at] < 48 or data[at] > 57:  # no number: leads nowhere
                        total = -1
                        break
                    total = total * 10 + (data[at] - 48)
                values[column, rows] = total
            else:
                values[column, rows] = begin
                lengths[column, rows] = finish - begin
        rows += 1
    return rows


@numba.njit(nogil=True, cache=True)
def last_row_end(data: NDArray[np.uint8], start: int, end: int) -> int:
    """Give the position after the last ``</row>`` in ``data[start:end]``, or ``start``."""
    position = end - 6
    while position >= start:
        if (
            data[position] == _LT
            and data[position + 1] == _SLASH
            and data[position + 2] == 114
            and data[position + 3] == 111
            and data[position + 4] == 119
            and data[position + 5] == _GT
        ):
            return position + 6
        position -= 1
    return start


@numba.njit(nogil=True, cache=True)
def parse_strings(  # noqa: C901 - one pass over bytes
    data: NDArray[np.uint8], offsets: NDArray[np.int64], text: NDArray[np.uint8], odd: NDArray[np.uint8]
) -> int:
    """Copy the text of each ``<si>`` to ``text``; ``offsets`` gets where each ends, ``odd`` what to look at again.

    Odd are rich text and entities. Gives the number of strings, -1 for unknown markup, -3 for more than fit.
    """
    end = data.shape[0]
    position, count, written = 0, 0, 0
    offsets[0] = 0
    while position < end - 4:
        if not (
            data[position] == _LT
            and data[position + 1] == 115
            and data[position + 2] == 105
            and (data[position + 3] == _GT or data[position + 3] == _SLASH)
        ):
            position += 1
            continue
        if count + 1 >= offsets.shape[0]:
            return -3
        position += 4
        pieces = 0
        if data[position - 1] != _SLASH:
            while True:
                while data[position] != _LT:
                    position += 1
                if data[position + 1] == _SLASH and data[position + 2] == 115 and data[position + 3] == 105:
                    position += 5
                    break
                if data[position + 1] == 116 and (data[position + 2] == _GT or data[position + 2] == _SPACE):
                    while data[position] != _GT:
                        position += 1
                    pieces += 1
                    position += 1
                    if data[position - 2] == _SLASH:
                        continue
                    while data[position] != _LT:
                        if data[position] == _AMP:
                            odd[count] = 1
                        text[written] = data[position]
                        written += 1
                        position += 1
                else:
                    if data[position + 1] == 114:  # <r>, <rPh>
                        odd[count] = 1
                    position += 1
        if pieces > 1:
            odd[count] = 1
        count += 1
        offsets[count] = written
    return count


@numba.njit(nogil=True, cache=True)
def gather_text(
    data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64], text: NDArray[np.uint8]
) -> None:
    """Copy pieces of ``data`` one after the other into ``text``."""
    written = 0
    for at in range(starts.shape[0]):
        for offset in range(lengths[at]):
            text[written] = data[starts[at] + offset]
            written += 1


@numba.njit(nogil=True, cache=True)
def parse_numbers(
    data: NDArray[np.uint8], kinds: NDArray[np.uint8], starts: NDArray[np.float64], lengths: NDArray[np.uint32]
) -> NDArray[np.float64]:
    """Read the number of each NUMBER cell of a column; NaN elsewhere and where it is written with an exponent."""
    result = np.full(kinds.shape[0], np.nan)
    for at in range(kinds.shape[0]):
        if kinds[at] != NUMBER:
            continue
        position = np.int64(starts[at])
        finish = position + lengths[at]
        negative = data[position] == 45
        if negative:
            position += 1
        whole, scale, fraction = 0.0, 1.0, False
        good = position < finish
        while position < finish:
            digit = data[position]
            if digit == 46 and not fraction:
                fraction = True
            elif 48 <= digit <= 57:
                whole = whole * 10 + (digit - 48)
                if fraction:
                    scale *= 10
            else:
                good = False
                break
            position += 1
        if good:
            result[at] = (-whole if negative else whole) / scale
    return result


_DAYS = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)


@numba.njit(nogil=True, cache=True)
def check_ids(  # noqa: C901 - one pass over bytes
    text: NDArray[np.uint8], offsets: NDArray[np.int64], today: int
) -> NDArray[np.uint8]:
    """Judge id numbers: 0 good, 1 length, 2 characters, 3 birth date, 4 check character. ``today`` is yyyymmdd."""
    count = offsets.shape[0] - 1
    result = np.zeros(count, dtype=np.uint8)
    for at in range(count):
        begin = offsets[at]
        if offsets[at + 1] - begin != 18:
            result[at] = 1
            continue
        total, bad = 0, False
        for place in range(17):
            digit = np.int64(text[begin + place]) - 48
            if digit < 0 or digit > 9:
                bad = True
                break
            total += digit * _WEIGHTS[place]
        last = text[begin + 17]
        if bad or not (48 <= last <= 57 or last == 88):
            result[at] = 2
            continue
        year, month, day = 0, 0, 0
        for place in range(6, 10):
            year = year * 10 + (text[begin + place] - 48)
        for place in range(10, 12):
            month = month * 10 + (text[begin + place] - 48)
        for place in range(12, 14):
            day = day * 10 + (text[begin + place] - 48)
        leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
        if (
            month < 1
            or month > 12
            or day < 1
            or day > _DAYS[month - 1]
            or (month == 2 and day == 29 and not leap)
            or year < 1900
            or year * 10000 + month * 100 + day > today
        ):
            result[at] = 3
        elif _CHECKS[total % 11] != last:
            result[at] = 4
    return result
