"""Publishing: what changed in a pack becomes new immutable versions with their transitions.

A version is never changed; the one before ends the day before the new one begins. Cases keep the version they have.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from hrss.casework.items import policies
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.machine import moves_of, waits_of
from hrss.casework.items.packs import load_pack
from hrss.casework.items.vocabulary import LEVELS
from hrss.casework.models import ItemVersion, Transition, WaitingKey
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.foundation.audit import record
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.publish")
def publish(pack_code: str, *, actor: Actor, effective_from: date | None = None) -> Outcome:
    """Publish what changed in a pack; ``effective_from`` is the first day of changed items (default: today).

    Raises Problems naming file and line when anything in the pack is wrong: then nothing is published.
    """
    policies.check_publish(actor)
    pack = load_pack(pack_code, questions=known_questions())
    made = [version for item in pack.items.values() if (version := _publish_item(item, actor, effective_from))]
    detail = {"pack": pack_code, "versions": [f"{one.code} v{one.version}" for one in made]}
    record(actor, "casework.publish", subject_kind="pack", subject_id=pack_code, detail=detail)
    return Outcome("pack", pack_code, data=detail)


def known_questions() -> frozenset[str]:
    """Give the names of all questions the exchange knows."""
    return frozenset(question.name for question in CATALOGUE.questions())


def _publish_item(item: ItemDefinition, actor: Actor, effective_from: date | None) -> ItemVersion | None:
    last = ItemVersion.objects.filter(code=item.code).order_by("-version").first()
    if last is not None and last.digest == item.digest:
        return None
    first_day = item.effective_from if last is None else (effective_from or timezone.localdate())
    if last is not None:
        last.effective_to = max(first_day, last.effective_from) - timedelta(days=1)
        last.save(update_fields=["effective_to"])
        first_day = max(first_day, last.effective_from)
    version = ItemVersion.objects.create(
        code=item.code,
        version=(last.version if last else 0) + 1,
        name=item.name,
        line=item.line,
        state=ItemVersion.State.PUBLISHED,
        effective_from=first_day,
        effective_to=item.effective_to,
        definition=item.to_json(),
        waits={state: {"functions": step.functions, "level": step.level} for state, step in waits_of(item).items()},
        digest=item.digest,
        handler=item.handler,
        published_by=actor.account,
    )
    _declare_waits(item)
    Transition.objects.bulk_create(
        Transition(
            item_version=version,
            from_state=move.from_state,
            verb=move.verb,
            to_state=move.to_state,
            function=move.function,
            post=move.post,
        )
        for move in moves_of(item)
    )
    return version


def _declare_waits(item: ItemDefinition) -> None:
    """Make known in which ways cases of this item can wait (the key is the database's: functions@level)."""
    WaitingKey.objects.bulk_create(
        [
            WaitingKey(
                key=f"{','.join(step.functions)}@{step.level}", functions=list(step.functions), reach=LEVELS[step.level]
            )
            for step in waits_of(item).values()
        ],
        ignore_conflicts=True,
    )
