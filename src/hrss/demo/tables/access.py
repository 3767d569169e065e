"""Accounts and posts of the staff, accounts of the public, who acts for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
import orjson
import polars as pl
from django.utils import timezone

from hrss.demo import draws, personas
from hrss.demo.bulk import Table
from hrss.demo.county import County, day_number
from hrss.demo.logins import PHONE_FIELD, STAFF_TOTP, public_people, staff_password
from hrss.demo.population import age_in_years
from hrss.demo.tables.columns import dashed, days, links, moments, new_ids, sealed
from hrss.demo.tables.people import person_ids, regions_of
from hrss.foundation.identity.adapters import SecondFactorAdapter

IN_POST_SINCE: Final = day_number(date(2021, 1, 1))


def tables(county: County) -> Iterator[Table]:
    """Give the tables of accounts, posts and delegations."""
    yield Table("identity_account", lambda: _accounts(county))
    yield Table("mfa_authenticator", lambda: _second_factors(county))
    yield Table("access_post", lambda: _posts(county))
    yield Table("identity_delegation", lambda: _delegations(county))


def staff_account_ids(county: County) -> pl.Series:
    """Give the account ids of the staff, in the order of the frame ``staff``."""
    return new_ids(county, "staff accounts", np.full(len(county["staff"]), IN_POST_SINCE))


def _accounts(county: County) -> pl.DataFrame:
    staff, public = county["staff"], public_people(county)
    persons = county["persons"]
    phones, owners = persons["phone"].gather(public), persons["id"].gather(public)
    _, index, _ = sealed(phones, owners, field=PHONE_FIELD)
    on = county.today - county.rng("access", "public").integers(20, 1800, len(public))
    staff_rows = pl.DataFrame(
        {
            "id": staff_account_ids(county),
            "username": staff["login"],
            "person_id": person_ids(county, staff["person"].to_numpy()),
            "kind": pl.repeat("staff", len(staff), eager=True),
            "display_name": persons["name"].gather(staff["person"]),
            "password": pl.repeat(staff_password(), len(staff), eager=True),
            "phone_index": pl.Series([None] * len(staff), dtype=pl.String),
            "password_set_at": pl.repeat(timezone.now(), len(staff), eager=True),
            "last_seen_at": pl.repeat(timezone.now(), len(staff), eager=True),
            "created_at": moments(np.full(len(staff), IN_POST_SINCE)),
        }
    )
    public_rows = pl.DataFrame(
        {
            "id": new_ids(county, "public accounts", on),
            "username": "p-" + dashed(owners),
            "person_id": owners,
            "kind": pl.repeat("public", len(public), eager=True),
            "display_name": persons["name"].gather(public),
            "password": pl.repeat("!", len(public), eager=True),
            "phone_index": index,
            "password_set_at": moments(np.full(len(public), -1)),
            "last_seen_at": moments(np.full(len(public), -1)),
            "created_at": moments(on),
        }
    )
    rows = pl.concat([staff_rows, public_rows], how="vertical_relaxed")
    return rows.with_columns(is_active=pl.lit(True), closed_reason=pl.lit(""), email=pl.lit(""))


def _second_factors(county: County) -> pl.DataFrame:
    """Every member of staff has the demonstration's authenticator set up."""
    data = orjson.dumps({"secret": SecondFactorAdapter().encrypt(STAFF_TOTP)}).decode()
    ids = staff_account_ids(county)
    return pl.DataFrame(
        {
            "user_id": ids,
            "type": pl.repeat("totp", len(ids), eager=True),
            "data": pl.repeat(data, len(ids), eager=True),
            "created_at": moments(np.full(len(ids), IN_POST_SINCE)),
        }
    )


def _posts(county: County) -> pl.DataFrame:
    staff = county["staff"]
    grown = county.column("persons", "birth")[staff["person"].to_numpy()] + 20 * 365
    since = np.maximum(IN_POST_SINCE, grown)
    return pl.DataFrame(
        {
            "id": new_ids(county, "posts", since),
            "account_id": staff_account_ids(county),
            "person_id": person_ids(county, staff["person"].to_numpy()),
            "function": staff["function"],
            "line": staff["line"],
            "region_code": staff["region"],
            "grade": staff["grade"],
            "organisation_id": links(county["organisations"]["id"], staff["organisation"].to_numpy()),
            "since": days(np.minimum(since, county.today)),
            "ended_reason": pl.repeat("", len(staff), eager=True),
            "created_at": moments(np.minimum(since, county.today)),
        }
    )


def _delegations(county: County) -> pl.DataFrame:
    """The firm's clerk acts for her firm; grown children act for the oldest of the old."""
    parents, children = _caring_children(county)
    clerk = personas.person_of(county, "firm_clerk")
    firm = county["spells"].filter(pl.col("person") == clerk, pl.col("until") < 0)["organisation"].to_numpy()[:1]
    delegate = np.concatenate([children, [clerk]])
    grantor = np.concatenate([parents, [-1]])
    region = regions_of(county, np.where(grantor >= 0, grantor, clerk))
    since = np.full(len(delegate), county.today - 200)
    return pl.DataFrame(
        {
            "id": new_ids(county, "delegations", since),
            "kind": pl.Series(["relative"] * len(parents) + ["firm"]),
            "grantor_person_id": person_ids(county, grantor),
            "grantor_organisation_id": links(
                county["organisations"]["id"], np.concatenate([np.full(len(parents), -1), firm])
            ),
            "delegate_id": person_ids(county, delegate),
            "relation": pl.Series(["子女"] * len(parents) + ["人事专员"]),
            "services": pl.repeat('["*"]', len(delegate), eager=True),
            "since": days(since),
            "until": days(np.full(len(delegate), county.today + 500)),
            "accepted_at": moments(since),
            "region_code": region,
            "created_at": moments(since),
        }
    )


def _caring_children(county: County) -> tuple[draws.Ints, draws.Ints]:
    """Pairs of an old person and the head couple's member with an account in the same household."""
    persons = county["persons"]
    age, household = age_in_years(county), persons["household"].to_numpy()
    alive = (persons["death"].to_numpy() < 0) & (persons["away"].to_numpy() < 0)
    with_account = np.zeros(len(age), dtype=bool)
    with_account[public_people(county)] = True
    child_of = np.full(len(county["households"]), -1)
    grown = np.flatnonzero(with_account & alive & np.isin(persons["role"].to_numpy(), (0, 1)) & (age < 66))
    child_of[household[grown]] = grown
    old = np.flatnonzero(alive & (persons["role"].to_numpy() == 3) & (age > 74))
    old = old[child_of[household[old]] >= 0]
    return old, child_of[household[old]]
