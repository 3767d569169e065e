"""Persons, households, who belongs to which, phones and payee accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws, identifiers, identities
from hrss.demo.bulk import Table
from hrss.demo.county import County
from hrss.demo.families import CHILD, ELDER, GRANDCHILD, HUSBAND, SINGLE, WIFE
from hrss.demo.migration import DESTINATIONS
from hrss.demo.paying import pay_days
from hrss.demo.places import heads
from hrss.demo.tables.columns import dates, days, links, moments, new_ids, sealed

ID_NUMBER, PHONE, BANK_ACCOUNT = "people.id_number", "people.phone", "people.bank_account"
EDUCATION: Final = ("unknown", "none", "primary", "junior", "senior", "vocational", "college", "bachelor", "master")
COOLING: Final = 7  # days before a changed account is used
BANKS: Final = ("奉节农村商业银行（示范）", "邮政储蓄银行奉节支行（示范）", "奉节村镇银行（示范）")
# Relation of each role (columns) to a head of each role (rows).
ROLES: Final = (HUSBAND, WIFE, CHILD, ELDER, GRANDCHILD, SINGLE)
_OF_COUPLE: Final = ("spouse", "spouse", "child", "parent", "grandchild", "other")
RELATIONS: Final = {
    HUSBAND: _OF_COUPLE,
    WIFE: _OF_COUPLE,
    CHILD: ("parent", "parent", "sibling", "grandparent", "other", "other"),
    ELDER: ("child", "child", "grandchild", "spouse", "other", "other"),
    GRANDCHILD: ("grandparent", "grandparent", "other", "other", "other", "other"),
    SINGLE: ("other",) * 6,
}


def tables(county: County) -> Iterator[Table]:
    """Give the tables of people."""
    yield Table("people_person", lambda: _persons(county))
    yield Table("people_household", lambda: _households(county))
    yield Table("people_householdmember", lambda: _members(county))
    yield Table("people_phone", lambda: _phones(county))
    yield Table("people_bankaccount", lambda: _accounts(county))


def regions_of(county: County, positions: draws.AnyArray) -> pl.Series:
    """Give the village of the register of the persons at positions."""
    return county["villages"]["code"].gather(county.column("persons", "village")[positions])


def _persons(county: County) -> pl.DataFrame:
    persons, villages = county["persons"], county["villages"]["code"]
    cipher, index, tail = sealed(persons["id_number"], persons["id"], field=ID_NUMBER)
    away = persons["away"].to_numpy()
    provinces = np.array([name for name, _ in DESTINATIONS] + [""], dtype=object)
    return pl.DataFrame(
        {
            "id": persons["id"],
            "region_code": villages.gather(persons["village"]),
            "residence_code": pl.Series(
                np.where(away < 0, villages.gather(persons["lives_in"]).to_numpy(), "").tolist()
            ),
            "name": persons["name"],
            "pinyin": persons["pinyin"],
            "sex": persons["sex"],
            "birth_date": dates(persons["birth"].to_numpy()),
            "death_date": days(persons["death"].to_numpy()),
            "nation": persons["nation"],
            "education": pl.Series(np.array(EDUCATION, dtype=object)[persons["education"].to_numpy()].tolist()),
            "hukou": pl.Series(np.where(persons["urban"].to_numpy(), "urban", "rural").tolist()),
            "away_to": pl.Series(provinces[away].tolist()),
            "id_cipher": cipher,
            "id_index": index,
            "id_tail": tail,
            "version": pl.repeat(1, len(persons), eager=True),
            "created_at": moments(np.full(len(persons), identities.SINCE // 86_400_000)),
        }
    )


def addresses(county: County) -> pl.Series:
    """Give the address of every household: township, village, group and number."""
    households, villages = county["households"], county["villages"]
    village = households["village"]
    number = draws.rank_within(village.to_numpy())
    township = county["townships"]["name"].gather(villages["township"].gather(village))
    group = pl.Series(number // 36 + 1).cast(pl.String) + "组" + pl.Series(number % 36 + 1).cast(pl.String) + "号"
    place = villages["name"].gather(village).str.replace("村民委员会|居民委员会", "")
    return (township + place + group).alias("address")


def _households(county: County) -> pl.DataFrame:
    households = county["households"]
    region = county["villages"]["code"].gather(households["village"])
    return pl.DataFrame({"id": households["id"], "region_code": region, "address": addresses(county)})


def membership(county: County) -> pl.DataFrame:
    """Give everyone's relation to the head of the household and the day of joining it."""
    persons = county["persons"]
    role, household = persons["role"].to_numpy(), persons["household"].to_numpy()
    head = heads(county)
    table = np.full((6, 6), "other", dtype=object)
    for row, relations in RELATIONS.items():
        table[row, list(ROLES)] = relations
    relation = table[role[head[household]], role]
    relation[head] = "head"
    birth, death = persons["birth"].to_numpy(), persons["death"].to_numpy()
    married = np.full(len(county["households"]), birth.min(), dtype=np.int64)
    np.maximum.at(married, household, np.where(np.isin(role, (HUSBAND, WIFE)), birth + 21 * 365, birth.min()))
    since = np.maximum(birth, np.where(role == CHILD, birth, married[household])).clip(None, county.today)
    since = np.where(death >= 0, np.minimum(since, death), since)
    return pl.DataFrame({"relation": pl.Series(relation.tolist()), "since": since})


def _members(county: County) -> pl.DataFrame:
    persons, joined = county["persons"], membership(county)
    return pl.DataFrame(
        {
            "id": new_ids(county, "members", np.full(len(persons), identities.SINCE // 86_400_000)),
            "household_id": county["households"]["id"].gather(persons["household"]),
            "person_id": persons["id"],
            "region_code": county["villages"]["code"].gather(persons["village"]),
            "relation": joined["relation"],
            "since": dates(joined["since"].to_numpy()),
            "until": days(persons["death"].to_numpy()),
        }
    )


def _phones(county: County) -> pl.DataFrame:
    owners = county["persons"].with_row_index("position").filter(pl.col("phone") != "")
    cipher, index, tail = sealed(owners["phone"], owners["id"], field=PHONE)
    return pl.DataFrame(
        {
            "id": new_ids(county, "phones", np.full(len(owners), identities.SINCE // 86_400_000)),
            "person_id": owners["id"],
            "region_code": regions_of(county, owners["position"].to_numpy()),
            "cipher": cipher,
            "index": index,
            "tail": tail,
            "is_primary": pl.repeat(True, len(owners), eager=True),
        }
    )


def _accounts(county: County) -> pl.DataFrame:
    """Payee accounts on the social security card, verified by the bank; whoever draws a benefit has one.

    Who named another account after a returned payment has two: the former one ends when the new one may be used.
    """
    rows = _holders(county)
    owners = county["persons"].select("id", "name")[rows["person"]]
    numbers = identifiers.bank_cards(len(rows), county.rng("people", "accounts"))
    cipher, index, tail = sealed(numbers, owners["id"], field=BANK_ACCOUNT)
    since = rows["since"].to_numpy()
    frame = pl.DataFrame(
        {
            "id": new_ids(county, "accounts", since),
            "person_id": owners["id"],
            "region_code": regions_of(county, rows["person"].to_numpy()),
            "bank": pl.Series(np.array(BANKS, dtype=object)[rows["bank"].to_numpy()].tolist()),
            "cipher": cipher,
            "index": index,
            "tail": tail,
            "holder": owners["name"],
            "is_social_card": rows["version"] == 0,
            "state": pl.repeat("active", len(rows), eager=True),
            "verified_at": moments(since + 2),
            "since": days(since),
            "until": days(rows["until"].to_numpy()),
            "usable_from": days(since + np.where(rows["version"].to_numpy() > 0, COOLING, 3)),
            "refusal": pl.repeat("", len(rows), eager=True),
            "created_at": moments(since),
        }
    )
    known = frame.select("id", "bank", "index", "tail", "holder", person=rows["person"], version=rows["version"])
    county["payees"] = known.with_columns(number=numbers).filter(pl.Series(_payees(county)[rows["person"].to_numpy()]))
    return frame


def _payees(county: County) -> draws.Bools:
    drawing = np.zeros(len(county["persons"]), dtype=bool)
    drawing[county.column("entitlements", "person")] = True
    return drawing


def _holders(county: County) -> pl.DataFrame:
    """Who has an account since when, which bank, until when; version 1 is the account named after a return."""
    payee = _payees(county)
    person = np.flatnonzero(identities.has(county, "card", identities.WITH_ACCOUNT) | payee)
    rng = county.rng("people", "banks")
    birth = county.column("persons", "birth")[person]
    since = np.maximum(birth + 16 * 365, identities.SINCE // 86_400_000 - 2000)
    since = np.minimum(since + rng.integers(0, 900, len(person)), county.today - 40)
    since = np.where(payee[person], np.minimum(since, pay_days(county)[0] - 30), since)
    changes = county["changes"]
    until = np.full(len(payee), -1, dtype=np.int64)
    until[changes["person"].to_numpy()] = changes["on"].to_numpy() + COOLING - 1
    first = pl.DataFrame({"person": person, "since": since, "until": until[person]})
    second = changes.select("person", since="on", until=pl.lit(-1, pl.Int64))
    rows = pl.concat([first.with_columns(version=pl.lit(0)), second.with_columns(version=pl.lit(1))])
    return rows.with_columns(bank=pl.Series(draws.choose(rng, (55, 30, 15), len(rows))))


def person_ids(county: County, positions: draws.AnyArray) -> pl.Series:
    """Give the ids of the persons at positions (-1 is empty)."""
    return links(county["persons"]["id"], positions)
