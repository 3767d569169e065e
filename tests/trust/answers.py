"""Plausible answers to an item's required questions, from its own form."""

from __future__ import annotations

from typing import Any

from tests.foundation.people.builders import village

from hrss.casework.items.versions import current


def answers_for(code: str, *, township: str = "") -> dict[str, Any]:
    form = current(code).item.form
    return {name: _plausible(form["properties"][name], township) for name in form.get("required", ())}


def _plausible(schema: dict[str, Any], township: str) -> Any:
    if "const" in schema:
        return schema["const"]
    if "oneOf" in schema:
        return schema["oneOf"][0]["const"]
    formats = {"phone": "10012345678", "region": village(township) if township else village()}
    if schema.get("x-format") in formats:
        return formats[schema["x-format"]]
    plain: dict[str, Any] = {"integer": schema.get("minimum", 1), "boolean": True, "array": []}
    return plain.get(str(schema.get("type")), "测试内容")
