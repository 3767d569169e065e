"""Schema errors in words a person understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jsonschema.exceptions import ValidationError

_TYPES = {
    "string": "请填写文字",
    "integer": "请填写整数",
    "number": "请填写数字",
    "boolean": "请选择是或否",
    "array": "请至少填写一行",
}


def sentence(error: ValidationError, schema: Mapping[str, Any]) -> str:
    """Give one sentence for a schema error at a field."""
    say = _SAY.get(str(error.validator))
    return say(error, schema) if say else "填写的内容不符合要求"


def _required(_error: ValidationError, schema: Mapping[str, Any]) -> str:
    if schema.get("type") == "boolean":
        return "请勾选"
    return "请选择一项" if "oneOf" in schema else "请填写"


def _const(_error: ValidationError, schema: Mapping[str, Any]) -> str:
    return "需要您确认并勾选" if schema.get("type") == "boolean" else "填写的内容不符合要求"


def _type(_error: ValidationError, schema: Mapping[str, Any]) -> str:
    return _TYPES.get(str(schema.get("type")), "填写的内容类型不对")


def _min_length(error: ValidationError, _schema: Mapping[str, Any]) -> str:
    return f"至少写 {error.validator_value} 个字"


_SAY: dict[str, Callable[[ValidationError, Mapping[str, Any]], str]] = {
    "required": _required,
    "const": _const,
    "type": _type,
    "oneOf": lambda _error, _schema: "请从给出的选项中选择一项",
    "enum": lambda _error, _schema: "请从给出的选项中选择一项",
    "minLength": _min_length,
    "maxLength": lambda error, _schema: f"最多写 {error.validator_value} 个字，现在有 {len(str(error.instance))} 个字",
    "minimum": lambda error, _schema: f"不能小于 {error.validator_value}",
    "maximum": lambda error, _schema: f"不能大于 {error.validator_value}",
    "minItems": lambda error, _schema: f"至少填 {error.validator_value} 行",
    "maxItems": lambda error, _schema: f"最多填 {error.validator_value} 行",
    "pattern": lambda _error, _schema: "填写的格式不对",
    "additionalProperties": lambda _error, _schema: "有不认识的内容，请刷新页面后重新填写",
}
