"""Export: a slice of the sealed log as JSON lines that the stand-alone verifier reads.

First a header, then events in order with their stored hashes, and each head after the last event it covers. A slice
begins after a head and ends at one, so that it can be judged by itself. It names people by id only, as events do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from django.db import connection

from hrss.foundation.audit.canonical import canonical, parse
from hrss.foundation.audit.record import record
from hrss.foundation.audit.sealed import TreeHead
from hrss.foundation.audit.signer import signer_in_use
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.problem import Problem

CHUNK = 5_000
FORMAT = "hrss audit export 1"

_LINES = (
    "SELECT line FROM audit_export WHERE position > %s AND position <= %s"
    " AND (rank = 0 OR number > %s) ORDER BY position, rank, number"
)


def export_log(*, first: int = 1, last: int | None = None) -> Iterator[str]:
    """Give the lines of a slice that holds events ``first`` … ``last`` (to the newest head when ``last`` is None).

    The slice is widened to the heads around it. Run it inside ``acting`` the system (``write_export`` does): an event
    the database hides stands as ``null`` and the verifier reports it as deleted. Raises Problem ``audit.no_head``.
    """
    before = TreeHead.objects.filter(size__lt=first).order_by("-number").first()
    after = _head_covering(last)
    start = before.size if before else 0
    yield canonical(_header(before, start, after.size)).decode()
    known = before.number if before else 0
    if start == 0:
        yield from _chunk(-1, 0, known)
    for reached in range(start, after.size, CHUNK):
        yield from _chunk(reached, min(reached + CHUNK, after.size), known)


def write_export(target: TextIO, *, actor: Actor, first: int = 1, last: int | None = None) -> int:
    """Write a slice for an actor and record that they took it; gives the number of lines.

    Whether the actor may (审计管理员) is the channel's question; the log is one for the county, never cut by scope.
    """
    with acting(actor):
        record(actor, "audit.export", subject_kind="audit", detail={"first": first, "last": last})
        with acting(system_actor("audit.export")):
            lines = 0
            for line in export_log(first=first, last=last):
                target.write(line + "\n")
                lines += 1
    return lines


def _head_covering(last: int | None) -> TreeHead:
    heads = TreeHead.objects.all()
    found = (
        heads.order_by("-number").first()
        if last is None
        else heads.filter(size__gte=last).order_by("size", "-number").first()
    )
    if found is None:
        raise Problem("audit.no_head", "这个范围的日志还没有封存", remedy="请一分钟后再试", status=404)
    return found


def _header(before: TreeHead | None, start: int, end: int) -> dict[str, Any]:
    header: dict[str, Any] = {"format": FORMAT, "first": start + 1, "last": end, "keys": signer_in_use().public_keys()}
    if before is not None:
        header["peaks"] = bytes(before.peaks).hex()
        header["after"] = {"head": before.signed().head.body(), "signature": bytes(before.signature).hex()}
    return header


def _chunk(above: int, upto: int, known: int) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [above, upto, known])
        for (line,) in cursor.fetchall():
            yield canonical(parse(line)).decode()
