"""Fields keep the order of their file through the database, in tables too; another order is another version."""

from __future__ import annotations

from typing import Any

import pytest

from hrss.casework.items.definition import definition_of, digest_of
from hrss.casework.items.order import in_order, with_order
from hrss.casework.items.packs import load_pack
from hrss.casework.items.publish import known_questions, publish
from hrss.casework.items.versions import current
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor


def orders_of(schema: Any) -> list[list[str]]:
    """Give the names of properties of every object schema in a definition, in order."""
    if isinstance(schema, list | tuple):
        return [found for one in schema for found in orders_of(one)]
    if not isinstance(schema, dict):
        return []
    own = [list(schema["properties"])] if isinstance(schema.get("properties"), dict) else []
    return own + [found for key in sorted(schema) for found in orders_of(schema[key])]


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_item_comes_back_from_the_database_as_written() -> None:
    pack = load_pack("fengjie", questions=known_questions())
    robot = system_actor("casework.test")
    with acting(robot):
        publish("fengjie", actor=robot)
        for code, item in pack.items.items():
            stored = current(code)
            assert stored.digest == item.digest
            again = definition_of(stored.item.to_json())
            assert orders_of(again.raw) == orders_of(dict(item.raw)), code
            assert again.digest == item.digest


def test_a_sorted_copy_is_put_back_in_order() -> None:
    raw = {"form": {"type": "object", "properties": {"b": {"type": "string"}, "a": {"type": "string"}}}}
    noted = with_order(raw)
    sorted_copy = {"form": {**noted["form"], "properties": dict(sorted(noted["form"]["properties"].items()))}}
    assert list(in_order(sorted_copy)["form"]["properties"]) == ["b", "a"]
    assert in_order(sorted_copy) == raw
    assert digest_of(raw) != digest_of({"form": in_order({"form": {**raw["form"], "x-order": ["a", "b"]}})["form"]})
