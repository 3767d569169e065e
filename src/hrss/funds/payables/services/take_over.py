"""Take over stock (写入存量待遇): the signed list becomes entitlements, whole or not at all, once."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.db import connection
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.granting import DECIDERS
from hrss.funds.payables.models import Batch
from hrss.funds.payables.refusals import REFUSALS
from hrss.funds.payables.taking import TakeOverRow, columns, digest_of_rows
from hrss.kernel.actor import Actor, Function
from hrss.kernel.identifiers import uuid7
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

# Facts follow the entitlements in a second statement: their trigger looks the entitlement up.
_ENTITLEMENTS = """
INSERT INTO payables_entitlement (id, person_id, region_code, benefit, exclusion, purpose, first, last, next_month,
                                  batch, account_id, stop_evidence, stop_reason)
SELECT given.id, p.id, p.region_code, given.benefit, %s::jsonb ->> given.benefit, given.purpose,
       given.first, given.last, given.first, %s, given.account_id, '{}', ''
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::int[], %s::int[], %s::uuid[])
     AS given (id, person_id, benefit, purpose, first, last, account_id)
JOIN people_person p ON p.id = given.person_id
"""
_FACTS = """
INSERT INTO payables_factversion (entitlement_id, person_id, region_code, from_month, facts, batch, recorded_by)
SELECT e.id, e.person_id, e.region_code, e.first, given.facts, e.batch, %s
FROM unnest(%s::uuid[], %s::jsonb[]) AS given (id, facts) JOIN payables_entitlement e ON e.id = given.id
"""
_CHUNK = 20_000


@verb("payables.take_over")
def take_over(*, actor: Actor, reference: str, rows: Sequence[TakeOverRow]) -> Outcome:
    """Write the rows three persons signed. Problems: ``payables.batch_differs``, ``payables.three_persons``, …"""
    require(actor, *DECIDERS, Function.FINANCE, Function.DATA, doing="写入存量待遇")
    batch = Batch.objects.select_for_update().filter(reference=reference).first()
    if batch is None or batch.digest != digest_of_rows(rows):
        raise Problem(
            "payables.batch_differs",
            "要写入的清单和签过的清单不一致",
            rule="接收批次按三人签过的清单写入",
            remedy="请使用签过的清单",
            status=409,
        )
    with told(REFUSALS):
        for start in range(0, len(rows), _CHUNK):
            _write(rows[start : start + _CHUNK], reference, actor.name)
        batch.taken_at = timezone.now()
        batch.save(update_fields=["taken_at"])
    audit.record(
        actor, "payables.take_over", subject_kind="batch", subject_id=reference, detail={"rows": batch.row_count}
    )
    return Outcome("payables_batch", reference, data={"rows": batch.row_count})


def _write(rows: Sequence[TakeOverRow], reference: str, name: str) -> None:
    exclusions = {code: benefit_of(code).exclusion for code in {row.benefit for row in rows}}
    ids = [uuid7() for _ in rows]
    with connection.cursor() as cursor:
        cursor.execute(_ENTITLEMENTS, [orjson.dumps(exclusions).decode(), reference, ids, *columns(rows)])
        cursor.execute(_FACTS, [name, ids, [orjson.dumps(dict(row.facts)).decode() for row in rows]])
