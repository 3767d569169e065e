"""Foreign keys, also those written as strings, point only downwards: import-linter cannot see them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Field, Model

FLOORS = [
    "kernel",
    "foundation",
    "exchange",
    "casework",
    "funds",
    "domains",
    "analytics",
    "oversight",
    "channels",
    "demo",
    "config",
]
FOUNDATION = [
    "scope",
    "audit",
    "calendar",
    "outbox",
    "crypto",
    "jobs",
    "regions",
    "people",
    "organisations",
    "identity",
    "access",
]
TOP_OF_FOUNDATION = ["files", "messages", "numbering"]
FUNDS = ["signing", "soundness", "ledger", "payables", "banking", "payruns", "recovery", "statements", "reconciliation"]


def place(model: type[Model]) -> tuple[int, int, str]:
    parts = model.__module__.split(".")
    part, room = parts[1], parts[2] if len(parts) > 2 else ""
    rooms = {"foundation": FOUNDATION + TOP_OF_FOUNDATION, "funds": FUNDS}
    order = rooms[part].index(room) if part in rooms else 0
    return FLOORS.index(part), min(order, len(FOUNDATION)), room


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("hrss.")]


def relations(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.get_fields() if isinstance(field, Field) and field.remote_field]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down_or_stay_home(model: type[Model]) -> None:
    for field in relations(model):
        target = field.related_model
        if not isinstance(target, type) or not target.__module__.startswith("hrss."):
            continue
        here, there = place(model), place(target)
        same_room = here[:2] == there[:2] and here[2] == there[2]
        assert same_room or there[:2] < here[:2], (
            f"{model._meta.label}.{field.name} → {target._meta.label} points up or beside"
        )


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_no_floating_point_money(model: type[Model]) -> None:
    floats = [field.name for field in model._meta.get_fields() if type(field).__name__ == "FloatField"]
    allowed = {"lon", "lat", "latency_ms", "scale"}
    assert not set(floats) - allowed, f"{model._meta.label}: {floats} must be integers (fen, days, basis points)"


@pytest.mark.django_db
def test_every_table_about_a_person_is_under_row_level_security() -> None:
    from django.db import connection  # noqa: PLC0415 - needs the database the plugin made

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relrowsecurity AND relforcerowsecurity"
        )
        protected = {row[0] for row in cursor.fetchall()}
    bare = []
    for model in our_models():
        names = {field.name for field in model._meta.get_fields() if isinstance(field, Field)}
        about_a_person = "region_code" in names and names & {"person", "person_id", "applicant_person", "name", "case"}
        if about_a_person and model._meta.db_table not in protected:
            bare.append(model._meta.label)
    # organisations are a public register; posts are read before anybody is known, triggers hold them (ADR 7)
    assert not set(bare) - {"organisations.Organisation", "access.Post", "access.PostGrant"}, bare
