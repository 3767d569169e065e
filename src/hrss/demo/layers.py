"""The layers of the county in their order: each builds frames from those before it and fills tables of its own.

Another domain adds its people's insurance, contracts or titles by a module with ``build`` and ``tables`` and one line
here. A layer draws from streams of its own, so it changes nothing in the layers before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from hrss.demo import (
    assistance,
    awards,
    divisions,
    employers,
    families,
    history,
    identities,
    insured_employees,
    insured_residents,
    labour,
    migration,
    names,
    paying,
    personas,
    places,
    population,
    records,
    registers,
    resident_accounts,
    sample_firms,
    spells,
    staff,
    traits,
    workplaces,
)
from hrss.demo.bulk import Table
from hrss.demo.county import County, Request
from hrss.demo.tables import access, casework, employment, insurance, ledger, organisations, people
from hrss.demo.tables import awards as award_tables
from hrss.demo.tables import paying as run_tables
from hrss.demo.tables import records as record_tables
from hrss.demo.tables import sample_firms as sample_tables


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its name in progress lines, what it builds, what it fills (either may be absent)."""

    title: str
    build: Callable[[County], None] | None = None
    tables: Callable[[County], Iterable[Table]] | None = None


LAYERS: Final[tuple[Layer, ...]] = (
    Layer("区划", divisions.build),
    Layer("人口", population.build),
    Layer("家庭", families.build),
    Layer("村（社区）", places.build),
    Layer("姓名", names.build),
    Layer("学历", traits.build),
    Layer("外出", migration.build),
    Layer("单位", employers.build, organisations.tables),
    Layer("从业", labour.build),
    Layer("岗位", staff.build, access.tables),
    Layer("示范人物", personas.build),
    Layer("就业经历", spells.build),
    Layer("用人单位", workplaces.build),
    Layer("就业登记", registers.build, employment.tables),
    Layer("就业援助", assistance.build),
    Layer("职工参保", insured_employees.build),
    Layer("居民参保", insured_residents.build),
    Layer("个人账户", resident_accounts.build, insurance.tables),
    Layer("待遇", awards.build, award_tables.tables),
    Layer("证件", identities.build, people.tables),
    Layer("办件", history.build, casework.tables),
    Layer("发放", paying.build, run_tables.tables),
    Layer("账务", ledger.prepare, ledger.tables),
    Layer("样本企业", sample_firms.build, sample_tables.tables),
    Layer("历年记录", records.build, record_tables.tables),
)


TABLE_NAMES: Final = (
    "organisations_organisation",
    "people_person",
    "people_household",
    "identity_account",
    "casework_case",
    "insurance_contribution",
    "signing_signature",
    "payables_batch",
    "payables_basis",
    "payruns_run",
    "banking_bankfile",
    "ledger_entry",
    "ledger_proposal",
    "ledger_closing",
    "reconciliation_statementfile",
    "reconciliation_run",
    "projects_annualtask",
    "projects_project",
    "projects_budgetline",
)  # emptying these empties all that points at them


def build(request: Request, *, told: Callable[[str], None] = lambda title: None) -> County:
    """Build all frames of the county in memory; ``told`` hears the title of every layer as it begins."""
    county = County(request)
    for layer in LAYERS:
        if layer.build is not None:
            told(layer.title)
            layer.build(county)
    return county


def tables(county: County) -> list[Table]:
    """Give all tables to fill, in the order of the layers."""
    return [table for layer in LAYERS if layer.tables is not None for table in layer.tables(county)]
