"""Cross checks of an item file: what a schema cannot say.

Each check gives faults with the path of the value that is wrong; the loader turns paths into file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from jsonschema import Draft202012Validator, SchemaError
from jsonschema.exceptions import ValidationError

from hrss.casework.items.definition import ItemDefinition, definition_of
from hrss.casework.items.machine import faults_of, moves_of
from hrss.casework.items.vocabulary import FUNCTIONS, GRADE_STEPS, OPTIONAL_STEPS, STEP_ORDER, Grade
from hrss.kernel.limits import Limit
from hrss.kernel.pack_files import DataPath
from hrss.kernel.problem import Problem

Fault = tuple[DataPath, str]
TEMPLATES = Path(__file__).parent.parent / "documents" / "templates"
FIELD_TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object"})


@cache
def format_validator() -> Draft202012Validator:
    """Give the validator of the item file format."""
    text = (Path(__file__).parent / "item.schema.json").read_bytes()
    return Draft202012Validator(orjson.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)


def format_faults(raw: Any) -> Iterator[Fault]:
    """Give what the file format refuses."""
    for error in sorted(format_validator().iter_errors(raw), key=lambda one: [str(part) for part in one.path]):
        yield tuple(error.absolute_path), _in_words(error)


def cross_faults(raw: Mapping[str, Any], *, questions: frozenset[str] | None) -> Iterator[Fault]:
    """Give what does not fit together in a file whose format is right.

    ``questions``: names the exchange knows; None where the catalogue is not at hand (then only the form is checked).
    """
    for check in (_limits, _steps, _form, _conditions, _bulk, _templates):
        yield from check(raw)
    yield from _materials(raw, questions)
    if not any(True for _ in _steps(raw)):
        yield from _machine(definition_of(raw))


def _in_words(error: ValidationError) -> str:
    value = error.instance
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    wording: dict[str, Callable[[], str]] = {
        "required": lambda: f"缺少 {error.message.split(chr(39))[1]}",
        "additionalProperties": lambda: f"不认识的键：{error.message.split('(')[-1].rstrip(')')}",
        "enum": lambda: f"“{value}”不在允许的值中：{'、'.join(map(str, schema.get('enum', ())))}",
        "pattern": lambda: f"“{value}”写法不对",
        "format": lambda: f"“{value}”不是{error.validator_value}格式",
        "type": lambda: f"类型应为 {error.validator_value}",
        "minItems": lambda: "至少要有一项",
        "uniqueItems": lambda: "有重复的项",
    }
    known = wording.get(str(error.validator))
    return known() if known else str(error.message)


def _limits(raw: Mapping[str, Any]) -> Iterator[Fault]:
    for name, rule in raw.get("limits", {}).items():
        try:
            limit = Limit.parse(str(rule["limit"]))
        except Problem as problem:
            yield ("limits", name, "limit"), str(problem)
            continue
        if limit.is_counted and not rule["source"]:
            yield ("limits", name, "source"), f"时限“{limit.words}”没有写来源"
    for index, rule in enumerate(raw.get("materials", ())):
        try:
            Limit.parse(rule.get("defer_limit", "10W"))
        except Problem as problem:
            yield ("materials", index, "defer_limit"), str(problem)


def _steps(raw: Mapping[str, Any]) -> Iterator[Fault]:
    verbs = [step["verb"] for step in raw["steps"]]
    grade = Grade(raw["grade"])
    needed = GRADE_STEPS[grade]
    for missing in sorted(needed - set(verbs), key=STEP_ORDER.index):
        yield ("steps",), f"等级 {grade} 必须有 {missing} 一步（facts/trust.md §3.2）"
    for index, verb in enumerate(verbs):
        if verb not in needed | OPTIONAL_STEPS:
            yield ("steps", index, "verb"), f"等级 {grade} 没有 {verb} 这一步"
    if verbs != sorted(set(verbs), key=STEP_ORDER.index):
        yield ("steps",), f"步骤要按 {'、'.join(STEP_ORDER)} 的顺序，各写一次"
    for index, step in enumerate(raw["steps"]):
        names = [step["function"]] if isinstance(step["function"], str) else step["function"]
        for unknown in sorted(set(names) - FUNCTIONS):
            yield ("steps", index, "function"), f"没有“{unknown}”这个岗位"
        if "system" in names and grade is not Grade.G0:
            yield ("steps", index, "function"), "只有 G0 事项可以由系统自动办理"
        if "applicant" in names:
            yield ("steps", index, "function"), "申请人不能办理自己的事"


def _machine(item: ItemDefinition) -> Iterator[Fault]:
    for fault in faults_of(moves_of(item)):
        yield ("steps",), fault


def _form(raw: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("form", "result"):
        form = raw.get(name)
        if form is None:
            continue
        try:
            Draft202012Validator.check_schema(form)
        except SchemaError as error:
            yield (name, *error.absolute_path), f"不是有效的 JSON Schema：{error.message}"
            continue
        properties = form.get("properties", {})
        yield from _unknown(form, properties, name)
        yield from _fields(properties, (name, "properties"))
    yield from _pages(raw["form"])


def _unknown(form: Mapping[str, Any], properties: Mapping[str, Any], name: str) -> Iterator[Fault]:
    for field in form.get("required", ()):
        if field not in properties:
            yield (name, "required"), f"必填项“{field}”没有定义"


def _fields(properties: Mapping[str, Any], path: DataPath) -> Iterator[Fault]:
    for field, schema in properties.items():
        here = (*path, field)
        if not schema.get("title"):
            yield here, f"字段“{field}”没有标题"
        if schema.get("type") not in FIELD_TYPES:
            yield here, f"字段“{field}”要写类型"
        condition = schema.get("x-show-if")
        if condition is not None and (not isinstance(condition, dict) or condition.get("field") not in properties):
            yield here, f"字段“{field}”的 x-show-if 指向不存在的字段"
        for choice in schema.get("oneOf", ()):
            if "const" not in choice or not choice.get("title"):
                yield here, f"字段“{field}”的选项要有 const 和 title"
        inner = schema.get("items", {})
        if isinstance(inner, dict) and inner.get("type") == "object":
            yield from _fields(inner.get("properties", {}), (*here, "items", "properties"))


def _pages(form: Mapping[str, Any]) -> Iterator[Fault]:
    pages = form.get("x-pages")
    if pages is None:
        return
    listed = [field for page in pages for field in page]
    for field in listed:
        if field not in form["properties"]:
            yield ("form", "x-pages"), f"分页里的“{field}”没有定义"
    for field in form["properties"]:
        if listed.count(field) != 1:
            yield ("form", "x-pages"), f"字段“{field}”要在分页中出现一次"


def _conditions(raw: Mapping[str, Any]) -> Iterator[Fault]:
    properties = raw["form"].get("properties", {})
    for index, rule in enumerate(raw.get("materials", ())):
        condition = rule.get("show_if")
        if condition and condition["field"] not in properties:
            yield ("materials", index, "show_if"), f"表单没有字段“{condition['field']}”"


def _materials(raw: Mapping[str, Any], questions: frozenset[str] | None) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, rule in enumerate(raw.get("materials", ())):
        if rule["code"] in seen:
            yield ("materials", index, "code"), f"材料代码“{rule['code']}”重复"
        seen.add(rule["code"])
        name = rule["source"].partition(":")[2]
        if name and questions is not None and name not in questions:
            yield ("materials", index, "source"), f"共享协同目录里没有问题“{name}”"


def _bulk(raw: Mapping[str, Any]) -> Iterator[Fault]:
    bulk = raw.get("bulk")
    if not bulk:
        return
    field = raw["form"].get("properties", {}).get(bulk["field"], {})
    columns = field.get("items", {}).get("properties")
    if field.get("type") != "array" or columns is None:
        yield ("bulk", "field"), f"表单里没有表格字段“{bulk['field']}”"
        return
    known = {column["field"] for column in bulk["columns"]}
    for index, column in enumerate(bulk["columns"]):
        if column["field"] not in columns:
            yield ("bulk", "columns", index, "field"), f"表格里没有列“{column['field']}”"
    for missing in sorted(set(field["items"].get("required", ())) - known):
        yield ("bulk", "columns"), f"必填列“{missing}”没有写进批量模板"
    for name in bulk.get("unique", ()):
        if name not in known:
            yield ("bulk", "unique"), f"不重复列“{name}”不在批量模板里"


def _templates(raw: Mapping[str, Any]) -> Iterator[Fault]:
    for index, rule in enumerate(raw.get("documents", ())):
        if not (TEMPLATES / f"{rule['template']}.typ").is_file():
            yield ("documents", index, "template"), f"没有文书模板“{rule['template']}”"
