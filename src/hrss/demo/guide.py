"""The visitor's guide to the loaded county: who to log in as, written beside the data for people and tests.

``accounts.json`` holds synthetic people only and is readable by the owner of the data folder.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from django.conf import settings

from hrss.demo import personas
from hrss.demo.county import County
from hrss.demo.identifiers import credit_codes
from hrss.demo.logins import STAFF_PASSWORD, STAFF_TOTP
from hrss.demo.population import age_in_years
from hrss.demo.tables.signers import CONFIRMS, ENTRY, RUN

HIRES: Final = 320
NEW_FIRMS: Final = {
    "奉节县诗城新橙农业开发有限公司": "firm_head",
    "奉节县诗城橙香物流有限公司": "stranger",
    "奉节县诗城橙园旅游服务有限公司": "graduate",
}
# A pay run from opening to the bank, and the books: who does what, in the order of the steps.
MONEY: Final = (
    (RUN[0], "会计：开批、经办签名、送银行、申请记账"),
    (CONFIRMS, "稽核内控：确认发放前检查出的事项"),
    (RUN[1], "复核：第二个签名"),
    (RUN[2], "审批：第三个签名"),
    ("xian.finance2", "出纳：导入对账单、三方对账、处理差异"),
    (ENTRY[1], "基金财务二级：复核记账和划转"),
    (ENTRY[2], "基金财务三级：审批记账、划转和结账，三级事项"),
)


def write(county: County) -> Path:
    """Write ``demo/accounts.json`` into the data folder; gives its path."""
    folder = Path(settings.HRSS_HOME) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "accounts.json"
    file.write_text(json.dumps(accounts(county), ensure_ascii=False, indent=1), encoding="utf-8")
    file.chmod(0o600)
    return file


def accounts(county: County) -> dict[str, Any]:
    """Give the logins of the demonstration: staff by login, the cast by part, the firm, people who may be hired."""
    return {
        "password": STAFF_PASSWORD,
        "totp_secret": STAFF_TOTP,
        "staff": {login: _staff(county, row) for login, row in _shown_staff(county)},
        "people": {row["key"]: _person(county, row["person"], row["title"]) for row in county["personas"].to_dicts()},
        "firm": _firm(county),
        "head_firm": _head_firm(county),
        "new_firms": new_firms(county),
        "money": [_money(county, login, duty) for login, duty in MONEY],
        "hires": [_hire(county, person) for person in _free_hands(county)],
    }


def _shown_staff(county: County) -> list[tuple[str, dict[str, Any]]]:
    """All of the county, the townships of the cast with everybody, the agents of two villages."""
    names = county["townships"]["name"].to_list()
    homes = county.column("persons", "village")[county.column("personas", "person")]
    shown = {names.index(personas.HOME_TOWNSHIP), names.index(personas.OTHER_TOWNSHIP)}
    shown |= {int(one) for one in county.column("villages", "township")[homes]}
    rows = county["staff"].filter(
        (pl.col("village") < 0) & ((pl.col("township") < 0) | pl.col("township").is_in(sorted(shown)))
    )
    agents = county["staff"].filter((pl.col("village") >= 0) & pl.col("township").is_in(sorted(shown)))
    of_cast = [county.column("persons", "village")[personas.person_of(county, key)] for key in ("old_man", "stranger")]
    agents = agents.filter(pl.col("village").is_in(of_cast))
    return [(row["login"], row) for row in pl.concat([rows, agents]).to_dicts()]


def _staff(county: County, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": county["persons"]["name"][row["person"]],
        "function": row["function"],
        "grade": row["grade"],
        "line": row["line"],
        "region_code": row["region"],
        "organisation": county["organisations"]["name"][row["organisation"]],
    }


def _person(county: County, position: int, title: str) -> dict[str, Any]:
    row = county["persons"].row(position, named=True)
    villages = county["villages"]
    return {
        "title": title,
        "person_id": row["id"],
        "name": row["name"],
        "id_number": row["id_number"],
        "phone": row["phone"],
        "region_code": villages["code"][row["village"]],
        "village": villages["name"][row["village"]],
        "township": county["townships"]["name"][villages["township"][row["village"]]],
    }


def _money(county: County, login: str, duty: str) -> dict[str, Any]:
    row = county["staff"].filter(pl.col("login") == login).row(0, named=True)
    name = county["persons"]["name"][row["person"]]
    return {"login": login, "name": name, "duty": duty, "function": row["function"], "grade": row["grade"]}


def _firm(county: County) -> dict[str, Any]:
    clerk = personas.person_of(county, "firm_clerk")
    position = int(county["spells"].filter(pl.col("person") == clerk, pl.col("until") < 0)["organisation"][0])
    row = county["organisations"].row(position, named=True)
    return {"organisation_id": row["id"], "name": row["name"], "credit_code": row["credit_code"], "clerk": "firm_clerk"}


def _head_firm(county: County) -> dict[str, Any]:
    """The firm whose legal person comes himself."""
    head = personas.person_of(county, "firm_head")
    row = county["organisations"].filter(pl.col("head") == head).row(0, named=True)
    return {"organisation_id": row["id"], "name": row["name"], "credit_code": row["credit_code"], "head": "firm_head"}


def new_firms(county: County) -> list[dict[str, Any]]:
    """Firms the market register has had since last week and we do not know yet; each headed by one of the cast."""
    codes = credit_codes(county.rng("guide", "new firm"), ["91"] * len(NEW_FIRMS))
    return [
        {"name": name, "credit_code": code, "head": head, "registered_days_ago": 6}
        for (name, head), code in zip(NEW_FIRMS.items(), codes, strict=True)
    ]


def _free_hands(county: County) -> list[int]:
    """People of working age whom a firm may hire: those without work first, then those on the land or away."""
    age, persons = age_in_years(county), county["persons"]
    free = (age > 18.2) & (age < 49) & (persons["death"].to_numpy() < 0) & ~personas.is_cast(county)
    free[county.column("staff", "person")] = False
    turn = np.take((0, 9, 2, 1, 0, 0), persons["work"].to_numpy())
    found = np.flatnonzero(free & (turn < 9))
    return [int(one) for one in found[np.argsort(turn[found], kind="stable")][:HIRES]]


def _hire(county: County, position: int) -> dict[str, str]:
    row = county["persons"].row(position, named=True)
    home = county["villages"]["code"][row["village"]]
    return {"name": row["name"], "id_number": row["id_number"], "phone": row["phone"], "region_code": home}
