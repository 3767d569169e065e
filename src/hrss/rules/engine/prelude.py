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
kernel = njit(cache=True, error_model="numpy", nogil=True)


@fast
def half_up(amount, divisor):
    if amount < 0:
        return -np.int64((np.uint64(-amount) + np.uint64(divisor >> 1)) // np.uint64(divisor))
    return np.int64((np.uint64(amount) + np.uint64(divisor >> 1)) // np.uint64(divisor))


@fast
def half_up_positive(amount, divisor):
    return np.int64((np.uint64(amount) + np.uint64(divisor >> 1)) // np.uint64(divisor))


@fast
def half_up_short(amount, divisor):
    return np.int64((float(amount) + (float(divisor >> 1) + 0.5)) * (1.0 / float(divisor)))


@fast
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


@fast
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
