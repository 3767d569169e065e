"""One service item (事项) as frozen values, made from a checked YAML file or from a published version.

It refuses nothing by itself: ``items.loader`` has checked the text before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from hrss.casework.items.order import in_order, with_order
from hrss.casework.items.vocabulary import STEP_POSTS, STEP_STATES, Grade, Post, State
from hrss.kernel.limits import Limit


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis; ``status`` is ``verified``, ``secondary``, ``unverified`` …"""

    title: str
    article: str = ""
    source: str = ""
    status: str = "unverified"


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A time limit with where it comes from; ``text`` is the short form of ``kernel.limits``."""

    text: str
    source: str = ""
    status: str = ""

    @property
    def limit(self) -> Limit:
        """The limit as a value."""
        return Limit.parse(self.text)

    @property
    def words(self) -> str:
        """The limit in words for people."""
        return self.limit.words


@dataclass(frozen=True, slots=True)
class MaterialRule:
    """A proof the item asks for, and where it comes from.

    ``source``: ``exchange:<question>`` (asked, not demanded), ``bag`` (the person's e-file bag) or ``upload``.
    ``necessity``: required, optional, deferrable (容缺后补). ``promise``: may be replaced by a promise (告知承诺).
    """

    code: str
    name: str
    source: str = "upload"
    necessity: str = "required"
    promise: bool = False
    hint: str = ""
    show_if: Mapping[str, Any] | None = None
    defer_limit: str = "10W"

    @property
    def question(self) -> str:
        """The exchange question that proves it, or an empty string."""
        return self.source.partition(":")[2] if self.source.startswith("exchange:") else ""


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step after submission: verb, who does it, at which level."""

    verb: str
    functions: tuple[str, ...]
    level: str
    name: str

    @property
    def state(self) -> State:
        """The state in which the case waits for this step."""
        return STEP_STATES[self.verb]

    @property
    def post(self) -> Post:
        """The post of the step."""
        return STEP_POSTS[self.verb]


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A document the item makes: template and the moment (granted, refused, decided, accepted, submitted)."""

    code: str
    name: str
    template: str
    on: str = "granted"


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A service item: guide, form, materials, steps, clocks, documents."""

    code: str
    name: str
    line: str
    kind: str
    applicant: tuple[str, ...]
    grade: Grade
    topics: tuple[str, ...]
    life_events: tuple[str, ...]
    phrases: tuple[str, ...]
    summary: str
    basis: tuple[Basis, ...]
    conditions: tuple[str, ...]
    statutory: LimitRule
    promised: LimitRule
    correction: LimitRule
    regions: Mapping[str, Any]
    fee: int
    form: Mapping[str, Any]
    result: Mapping[str, Any]
    materials: tuple[MaterialRule, ...]
    steps: tuple[StepRule, ...]
    documents: tuple[DocumentRule, ...]
    delivery: tuple[str, ...]
    remedy: str
    handler: str
    bulk: Mapping[str, Any]
    faq: tuple[Mapping[str, str], ...]
    effective_from: date
    effective_to: date | None
    digest: str
    raw: Mapping[str, Any] = field(repr=False, compare=False, hash=False)

    @property
    def last_step(self) -> StepRule:
        """The step that decides."""
        return self.steps[-1]

    @property
    def is_automatic(self) -> bool:
        """Tell whether the system settles it at once (免审即办)."""
        return all(step.functions == ("system",) for step in self.steps)

    def step_in(self, state: str) -> StepRule | None:
        """Give the step a case in ``state`` waits for, None where it waits for nobody of the office.

        A case sent back to ``accepted`` waits for the functions of the first step, even where no ``handle`` is listed.
        """
        for step in self.steps:
            if step.state == state:
                return step
        if state == State.ACCEPTED:
            first = self.steps[0]
            return StepRule("handle", first.functions, first.level, "办理")
        return None

    def material(self, code: str) -> MaterialRule | None:
        """Give a material by its code."""
        return next((rule for rule in self.materials if rule.code == code), None)

    def to_json(self) -> dict[str, Any]:
        """Give the definition as the JSON a version stores; the order of the fields is written down in it."""
        return with_order(self.raw)


def digest_of(raw: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a definition's canonical JSON; another order of the fields is another definition."""
    return hashlib.sha256(orjson.dumps(with_order(raw), option=orjson.OPT_SORT_KEYS)).hexdigest()


def definition_of(raw: Mapping[str, Any]) -> ItemDefinition:
    """Make a definition from checked or stored JSON (dates as ISO text)."""
    raw = in_order(raw)
    limits = raw.get("limits", {})
    return ItemDefinition(
        code=raw["code"],
        name=raw["name"],
        line=raw["line"],
        kind=raw["kind"],
        applicant=tuple(raw["applicant"]),
        grade=Grade(raw["grade"]),
        topics=tuple(raw.get("topics", ())),
        life_events=tuple(raw.get("life_events", ())),
        phrases=tuple(raw.get("phrases", ())),
        summary=raw.get("summary", ""),
        basis=tuple(Basis(**one) for one in raw.get("basis", ())),
        conditions=tuple(raw.get("conditions", ())),
        statutory=_limit(limits.get("statutory"), default="-"),
        promised=_limit(limits.get("promised"), default="-"),
        correction=_limit(limits.get("correction"), default="15W"),
        regions=raw.get("regions", {}),
        fee=int(raw.get("fee", 0)),
        form=raw["form"],
        result=raw.get("result", {}),
        materials=tuple(MaterialRule(**one) for one in raw.get("materials", ())),
        steps=tuple(_step(one) for one in raw["steps"]),
        documents=tuple(DocumentRule(**one) for one in raw.get("documents", ())),
        delivery=tuple(raw.get("delivery", ())),
        remedy=raw.get("remedy", ""),
        handler=raw.get("handler", ""),
        bulk=raw.get("bulk", {}),
        faq=tuple(raw.get("faq", ())),
        effective_from=date.fromisoformat(raw["effective_from"]),
        effective_to=date.fromisoformat(raw["effective_to"]) if raw.get("effective_to") else None,
        digest=digest_of(raw),
        raw=raw,
    )


def _limit(raw: Mapping[str, str] | None, *, default: str) -> LimitRule:
    if not raw:
        return LimitRule(default)
    return LimitRule(str(raw["limit"]), raw.get("source", ""), raw.get("status", ""))


def _step(raw: Mapping[str, Any]) -> StepRule:
    functions = raw["function"]
    names = (functions,) if isinstance(functions, str) else tuple(functions)
    return StepRule(raw["verb"], names, raw.get("level", "township"), raw["name"])


class Cached(dict[str, ItemDefinition]):
    """Definitions by digest; a published version never changes, so it is parsed once a process."""

    def of(self, raw: Mapping[str, Any], *, digest: str) -> ItemDefinition:
        """Give the definition of a stored version."""
        found = self.get(digest)
        if found is None:
            found = self[digest] = definition_of(raw)
        return found
