"""Close the year of the residents' accounts: interest by the year's rate, once, for many persons in one statement.

A year without a published rate is refused; an account that is being drawn was settled at the claim and stays.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from django.db import connection

from hrss.domains.insurance import amounts
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.accounts import close_year

_OPEN_ROWS = """
INSERT INTO insurance_accountyear (person_id, region_code, scheme, year, credit_fen, product_fen, index_sum, months)
SELECT before.person_id, before.region_code, before.scheme, %(year)s, 0, 0, 0, 0
FROM insurance_accountyear before
WHERE before.scheme = 'resident' AND before.year = %(year)s - 1 AND before.balance_fen > 0
  AND NOT EXISTS (SELECT 1 FROM insurance_award a
                  WHERE a.person_id = before.person_id AND a.benefit = 'resident_pension')
ON CONFLICT (person_id, scheme, year) DO NOTHING
"""
_DUE = """
SELECT now.id, coalesce(before.balance_fen, 0), now.credit_fen, now.product_fen
FROM insurance_accountyear now
LEFT JOIN insurance_accountyear before
  ON before.person_id = now.person_id AND before.scheme = now.scheme AND before.year = now.year - 1
WHERE now.scheme = 'resident' AND now.year = %(year)s AND now.closed_on IS NULL
ORDER BY now.id LIMIT %(most)s
FOR UPDATE OF now
"""
_CLOSE = """
UPDATE insurance_accountyear row SET interest_fen = found.interest, balance_fen = found.balance, closed_on = %(on)s
FROM unnest(%(id)s::bigint[], %(interest)s::bigint[], %(balance)s::bigint[]) AS found(id, interest, balance)
WHERE row.id = found.id
"""


@verb("insurance.close_accounts")
def close_accounts(*, actor: Actor, year: int, on: date, most: int = 20_000) -> Outcome:
    """Close up to ``most`` accounts of ``year``; gives how many, 0 when all are closed."""
    rate = amounts.recording_rate(year)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_ROWS, {"year": year})
        cursor.execute(_DUE, {"year": year, "most": most})
        rows = np.asarray(cursor.fetchall(), np.int64).reshape(-1, 4)
        if len(rows):
            facts = {"balance": rows[:, 1], "credit": rows[:, 2], "product": rows[:, 3]}
            balance = batch(close_year, facts, common={"rate": rate})["amount"]
            interest = balance - rows[:, 1] - rows[:, 2]
            values = {"id": rows[:, 0], "interest": interest, "balance": balance}
            cursor.execute(_CLOSE, {name: column.tolist() for name, column in values.items()} | {"on": on})
    audit.record(
        actor, "insurance.close_accounts", subject_kind="account_year", subject_id=year, detail={"closed": len(rows)}
    )
    return Outcome("account_year", str(year), data={"closed": len(rows)})
