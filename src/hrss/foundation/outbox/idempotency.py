"""Keys from outside: the first call claims the key, a repeat gets the first one's answer.

The claim is an INSERT in the verb's own transaction, so two calls at once wait for each other in PostgreSQL and a
rolled-back call leaves the key free. The same key with another request is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from django.db import connection

from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_CLAIM = (
    "INSERT INTO outbox_idempotencykey (key, verb, actor_account, request_digest, created_at)"
    " VALUES (%s, %s, %s, %s, now()) ON CONFLICT (key) DO NOTHING"
)
_SENT_SO = ("64-bit", "surrogates")
_STORED = "SELECT verb, actor_account, request_digest, answer FROM outbox_idempotencykey WHERE key = %s"
_ANSWER = "UPDATE outbox_idempotencykey SET answer = %s WHERE key = %s"


def digest_of(arguments: dict[str, Any]) -> str:
    """Give a digest of a verb's arguments that is the same for the same request on every machine.

    Problem ``request.unreadable`` for a number beyond 64 bits or half a character, which no table can keep.
    """
    try:
        text = orjson.dumps(arguments, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=_plain)
    except orjson.JSONEncodeError as error:
        if not any(sign in str(error) for sign in _SENT_SO):
            raise
        raise Problem(
            "request.unreadable",
            "内容里有太大的数字，或者读不出来的字符",
            remedy="请检查发来的内容：整数不超过 19 位，文字用 UTF-8",
        ) from error
    return hashlib.sha256(text).hexdigest()


def once(key: str, *, verb: str, actor: Actor, digest: str, do: Callable[[], Outcome]) -> Outcome:
    """Run ``do`` for the first call with ``key``; give later calls the stored Outcome.

    Call inside the transaction of the effect. Raises Problem ``idempotency.conflict`` (409) when the key was used for
    another verb, by another account or with other arguments.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [key, verb, actor.account, digest])
        if cursor.rowcount == 0:
            cursor.execute(_STORED, [key])
            return _replay(cursor.fetchone(), verb, actor, digest)
    outcome = do()
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [orjson.dumps(outcome.to_json(), default=str).decode(), key])
    return outcome


def earlier(key: str, *, actor: Actor) -> Outcome | None:
    """Give the answer the first call with ``key`` got, when the same account made it; None where there is none.

    For a page whose answer was lost on the way and that now comes back with other content under the same key.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STORED, [key])
        stored = cursor.fetchone()
    if stored is None or stored[1] != actor.account or stored[3] is None:
        return None
    return Outcome.from_json(orjson.loads(stored[3]) if isinstance(stored[3], str | bytes) else stored[3])


def _replay(stored: tuple[Any, ...] | None, verb: str, actor: Actor, digest: str) -> Outcome:
    if stored is None or stored[3] is None or (stored[0], stored[1], stored[2]) != (verb, actor.account, digest):
        raise Problem(
            "idempotency.conflict",
            "这个提交编号已经用于另一次提交",
            rule="同一提交编号只能对应同一内容",
            remedy="请刷新页面，核对内容后重新提交",
            status=409,
        )
    answer = stored[3]
    return Outcome.from_json(orjson.loads(answer) if isinstance(answer, str | bytes) else answer)


def _plain(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)
