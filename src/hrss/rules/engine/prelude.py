"""The operations of the rule language as compiled code: the same meaning as ``arithmetic``, on 64-bit integers.

A refusal is the value ``REFUSED``; whoever runs a kernel turns it back into the Problem of the plain form. The text
is put before every generated module; it is code, kept as text because kernels live in the user's cache. Tables come in
two layouts (``lookups``): rows to search, or a place for every key.
"""

REFUSED = -(2**62)

PRELUDE = '''"""Generated from the rules by hrss; do not edit, do not move: it is written again when a rule changes."""

import numpy as np
from numba import njit

REFUSED = -4611686018427387904
fast = njit(cache=True, error_model="numpy", nogil=True)
lane = njit(cache=True, error_model="numpy", nogil=True, forceinline=True)
kernel = njit(cache=True, error_model="numpy", nogil=True)


@fast
def half_up(amount, divisor):
    if amount < 0:
        return -np.int64((np.uint64(-amount) + np.uint64(divisor >> 1)) // np.uint64(divisor))
    return np.int64((np.uint64(amount) + np.uint64(divisor >> 1)) // np.uint64(divisor))


@fast
def half_up_positive(amount, divisor):
    return np.int64((np.uint64(amount) + np.uint64(divisor >> 1)) // np.uint64(divisor))


@lane
def half_up_short(amount, divisor):
    return np.int64((float(amount) + (float(divisor >> 1) + 0.5)) * (1.0 / float(divisor)))


@lane
def half_up_long(amount, divisor):
    reach = amount + (divisor >> 1)
    found = np.int64(float(reach) * (1.0 / float(divisor) * (1.0 - 2.0**-50)))
    return found + np.int64(reach - found * divisor >= divisor)


@fast
def up(amount, divisor):
    return -((-amount) // divisor)


@fast
def down(amount, divisor):
    return amount // divisor


@fast
def share_of(amount, rate):
    return np.int64((np.uint64(amount * rate) + np.uint64(500000)) // np.uint64(1000000))


@lane
def between(value, low, high):
    return min(max(value, low), high)


@fast
def half_up_product(left, right, divisor):
    if float(left) * float(right) < 9.0e18:
        return half_up(left * right, divisor)
    return long_product(np.uint64(left), np.uint64(right), np.uint64(divisor))


@fast
def long_product(left, right, divisor):
    half = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    one = np.uint64(1)
    a, b = left >> shift, left & half
    c, d = right >> shift, right & half
    middle = a * d + ((b * d) >> shift)
    other = b * c + (middle & half)
    high = a * c + (middle >> shift) + (other >> shift)
    low = left * right
    added = low + divisor // np.uint64(2)
    if added < low:
        high += one
    low = added
    quotient = np.uint64(0)
    rest = high
    for at in range(64):
        rest = (rest << one) | (low >> np.uint64(63))
        low = low << one
        quotient = quotient << one
        if rest >= divisor:
            rest -= divisor
            quotient |= one
    return np.int64(quotient)
'''

SEARCHED = """

@fast
def bracket(table, key):
    if key < table[0]:
        return REFUSED
    found = table[1]
    for at in range(2, len(table), 2):
        if table[at] > key:
            break
        found = table[at + 1]
    return found


@fast
def exact(table, key):
    for at in range(0, len(table), 2):
        if table[at] == key:
            return table[at + 1]
    return REFUSED


@fast
def listed(table, key):
    return exact(table, key) != REFUSED
"""

DENSE = """

@fast
def bracket(table, key):
    if key < table[0]:
        return REFUSED
    return table[2 + min(key, table[1]) - table[0]]


@fast
def exact(table, key):
    first, last = table[0], table[1]
    return table[3 + last - first + key - first] if first <= key <= last else REFUSED


@fast
def listed(table, key):
    return exact(table, key) != REFUSED
"""

LANES = """

from hrss.rules.engine.lanes import pick, put, read


@lane
def half_up_signed(amount, divisor):
    found = half_up_short(abs(amount), divisor)
    return pick(amount < 0, -found, found)


@lane
def down_short(amount, divisor):
    found = (float(amount) + 0.5) * (1.0 / float(divisor))
    whole = np.int64(found)
    return whole - np.int64(found < float(whole))


@lane
def up_short(amount, divisor):
    return -down_short(-amount, divisor)


@lane
def over_short(amount, divisor):
    return amount - divisor * down_short(amount, divisor)


@lane
def bracket_lane(table, key):
    first, last = read(table, 0), read(table, 1)
    return pick(key < first, REFUSED, read(table, 2 + min(max(key, first), last) - first))


@lane
def exact_lane(table, key):
    first, last = read(table, 0), read(table, 1)
    found = read(table, 3 + last - first + min(max(key, first), last) - first)
    return pick(key < first, REFUSED, pick(key > last, REFUSED, found))


@lane
def listed_lane(table, key):
    return exact_lane(table, key) != REFUSED
"""
