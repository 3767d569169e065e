"""Finding the item a person means: how people say it, names, topics. In memory, a few hundred entries.

Ranking: a phrase as said beats a shared word; rare words count more than common ones (inverse document frequency).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rjieba

from hrss.casework.items.bundles import packages
from hrss.casework.items.catalogue import catalogue
from hrss.casework.items.packs import load_pack, packs_root
from hrss.kernel.pack_files import read_yaml

_STOP_LINES = (
    "的 了 我 你 他 她 吗 呢 吧 啊 怎么 怎么办 怎样 如何 什么 哪里 想 要 办 办理 申请 有 没有 是 在 和 到",
    "去 请问 可以 能 个 上 爸 妈 爸爸 妈妈 我爸 我妈 老公 老婆 爷爷 奶奶 家里 人 不 没",
    "们 这 那 就 也 都 给 被 把 么 怎 事 单 位 社 会 保 险",
)
_STOP = frozenset(word for line in _STOP_LINES for word in line.split())
_SYNONYMS = {
    "开除": "辞退",
    "辞退": "失业",
    "下岗": "失业",
    "没活": "失业",
    "工钱": "工资",
    "薪水": "工资",
    "去世": "过世",
    "死": "过世",
    "老板": "单位",
    "厂里": "单位",
    "公司": "单位",
}
_PHRASE, _NAME, _TOPIC, _SUMMARY = 6.0, 3.0, 1.5, 0.6


@dataclass(frozen=True, slots=True)
class Hit:
    """One found item or package. ``why`` is the phrase or name that matched; ``online``: can be applied for here."""

    code: str
    name: str
    line: str
    score: float
    why: str
    online: bool
    kind: str = "item"


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    name: str
    line: str
    online: bool
    kind: str
    phrases: tuple[str, ...]
    topics: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class _Index:
    entries: tuple[_Entry, ...]
    fields: tuple[tuple[tuple[str, float, Counter[str]], ...], ...]
    rarity: Mapping[str, float]


def search(text: str, *, limit: int = 10, pack: str = "fengjie") -> list[Hit]:
    """Give the best items for what a person typed, best first; nothing for an empty text."""
    asked = _tidy(text)
    if not asked:
        return []
    index = _index(pack)
    named = [entry for entry in index.entries if entry.code.lower() == asked]
    if named:
        return [Hit(one.code, one.name, one.line, 100.0, one.code, one.online, one.kind) for one in named]
    words = _words(asked)
    scored = (_hit(*one, asked, words, index.rarity) for one in zip(index.entries, index.fields, strict=True))
    hits = [hit for hit in scored if hit is not None]
    return sorted(hits, key=lambda hit: (-hit.score, hit.code))[:limit]


@cache
def life_events(pack: str = "fengjie", root: Path | None = None) -> Mapping[str, tuple[str, ...]]:
    """Give item codes by life event, in the order of the pack."""
    events: dict[str, dict[str, None]] = {}
    for event, codes in _phrase_file(root).get("life_events", {}).items():
        events.setdefault(event, {}).update(dict.fromkeys(codes))
    for item in load_pack(pack, root=root).items.values():
        for event in item.life_events:
            events.setdefault(event, {})[item.code] = None
    return {event: tuple(codes) for event, codes in events.items()}


def _hit(
    entry: _Entry,
    fields: tuple[tuple[str, float, Counter[str]], ...],
    asked: str,
    words: Counter[str],
    rarity: Mapping[str, float],
) -> Hit | None:
    best, why, total = 0.0, "", 0.0
    for said, weight, tokens in fields:
        score = weight * _overlap(words, tokens, rarity)
        if len(said) >= 2 and (said in asked or (len(asked) >= 2 and asked in said)):
            score += weight * 2 * min(len(said), len(asked)) / max(len(said), len(asked)) + weight
        total += score * 0.15
        if score > best:
            best, why = score, said
    score = best + min(total, best)
    if score < 0.6:
        return None
    score += 0.2 if entry.online else 0.0
    return Hit(entry.code, entry.name, entry.line, round(score, 3), why, entry.online, entry.kind)


def _overlap(asked: Counter[str], tokens: Counter[str], rarity: Mapping[str, float]) -> float:
    """Cosine of the two bags of words, weighted by rarity."""
    shared = sum(rarity.get(word, 1.0) ** 2 for word in asked if word in tokens)
    if not shared:
        return 0.0
    left = math.sqrt(sum(rarity.get(word, 1.0) ** 2 for word in asked))
    right = math.sqrt(sum(rarity.get(word, 1.0) ** 2 for word in tokens))
    return shared / (left * right)


@cache
def _index(pack: str) -> _Index:
    entries = tuple(_entries(pack))
    fields = tuple(tuple(_fields(entry)) for entry in entries)
    seen: Counter[str] = Counter()
    for one in fields:
        seen.update({word for _, _, tokens in one for word in tokens})
    rarity = {word: math.log(1 + len(entries) / count) for word, count in seen.items()}
    return _Index(entries, fields, rarity)


def _entries(pack: str) -> Iterator[_Entry]:
    items = load_pack(pack).items
    said = _phrase_file(None).get("phrases", {})
    for row in catalogue().values():
        item = items.get(row.code)
        phrases = (*(item.phrases if item else ()), *said.get(row.code, ()))
        topics = (*(item.topics if item else ()), *(item.life_events if item else ()))
        summary = item.summary if item else row.outcome
        yield _Entry(row.code, row.name, row.line, item is not None, "item", phrases, topics, summary)
    for package in packages(pack).values():
        online = bool(package.online_members())
        topics = (package.life_event,)
        yield _Entry(package.code, f"{package.name}一件事", "general", online, "package", package.phrases, topics, "")


def _fields(entry: _Entry) -> Iterator[tuple[str, float, Counter[str]]]:
    for phrase in entry.phrases:
        yield _tidy(phrase), _PHRASE, _words(_tidy(phrase))
    yield _tidy(entry.name), _NAME, _words(_tidy(entry.name))
    for topic in entry.topics:
        yield _tidy(topic), _TOPIC, _words(_tidy(topic))
    if entry.summary:
        yield "", _SUMMARY, _words(_tidy(entry.summary))


def _words(text: str) -> Counter[str]:
    found = Counter(word for word in (*rjieba.cut_for_search(text), *text) if word.strip() and word not in _STOP)
    for word in list(found):
        for more in _SYNONYMS.get(word, "").split():
            found[more] += 1
    return found


def _tidy(text: str) -> str:
    return re.sub(r"[\s，。？！、,.?!“”\"'（）()：:；;/]+", "", unicodedata.normalize("NFKC", text)).lower()[:100]


@cache
def _phrase_file(root: Path | None) -> dict[str, dict[str, list[str]]]:
    root = root or packs_root()
    data: dict[str, dict[str, list[str]]] = read_yaml(root / "national" / "phrases.yaml", root=root).data
    return data
