"""One value, one spelling."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hrss.foundation.audit.canonical import canonical, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def test_order_and_spaces_do_not_matter() -> None:
    assert canonical(parse('{"b": 1,  "a": "奉节"}')) == '{"a":"奉节","b":1}'.encode()


def test_digits_are_kept_as_stored() -> None:
    assert canonical(parse('{"x": 1.50, "y": 12345678901234567890123}')) == (
        b'{"x":{"$number":"1.50"},"y":{"$number":"12345678901234567890123"}}'
    )


def test_a_number_of_ten_thousand_digits_does_not_stop_the_sealing() -> None:
    assert len(canonical(parse("9" * 10_000))) > 10_000


@settings(deadline=None)
@given(VALUES)
def test_the_spelling_is_a_fixed_point(value: object) -> None:
    text = json.dumps(value)
    try:
        once = canonical(parse(text))
    except UnicodeEncodeError:  # a lone surrogate; PostgreSQL refuses it before we see it
        return
    assert canonical(json.loads(once)) == once
