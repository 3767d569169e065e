"""How to get in: the demonstration's password and second factor, who of the public has an account.

These are for the synthetic county only and printed in its guide. A real installation never loads this part.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from django.contrib.auth.hashers import make_password

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.population import age_in_years

STAFF_PASSWORD: Final = "Kuimen-2026-fengjie"  # noqa: S105 - published with the demonstration
STAFF_TOTP: Final = "KUIMENFENGJIEDEMOKUIMENFENGJIEDE"
PHONE_FIELD: Final = "people.phone"
PUBLIC_SHARE: Final = 0.08
FEWEST_PUBLIC: Final = 1_000  # a small county needs enough people with an account, too


@cache
def staff_password() -> str:
    """Give the hash of the demonstration's password; one for all, because hashing is slow on purpose."""
    return make_password(STAFF_PASSWORD)


def public_people(county: County) -> draws.Ints:
    """Give those of the public who have an account: a share of the grown-ups with a phone, and the whole cast."""
    rng = county.rng("logins", "public")
    age = age_in_years(county)
    has_phone = (county["persons"]["phone"] != "").to_numpy()
    may = has_phone & (age > 17) & (age < 70)
    chosen = may & (rng.random(len(age)) < max(PUBLIC_SHARE, FEWEST_PUBLIC / max(int(may.sum()), 1)))
    chosen[county.column("personas", "person")] = True
    chosen[county.column("staff", "person")] = False
    return np.flatnonzero(chosen)
