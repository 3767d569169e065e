"""The operations of the rule language as compiled code: the same meaning as ``arithmetic``, on 64-bit integers.

A refusal is the value ``REFUSED``; whoever runs a kernel turns it back into the Problem of the plain form. The text
is put before every generated module; it is code, kept as text because kernels live in the user's cache.
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
    for at in range(0, len(table), 2):
        if table[at] == key:
            return True
    return False


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
