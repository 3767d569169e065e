"""Faults on demand: what a simulator does wrong, for how many requests, on which topics.

Set through ``POST /admin/faults``. An unknown fault or a number out of bounds is refused; the random draw of an error
rate is seeded, so a test that failed can be run again.
"""

from __future__ import annotations

import random
import threading
from dataclasses import asdict, dataclass, fields
from typing import Any

KINDS = (
    "none",  # 只有延时和差错率
    "timeout",  # 收下请求，一直不答
    "drip",  # 一个字节一个字节地答
    "reset",  # 不答就断开
    "truncated",  # 答到一半断开
    "garbage",  # 答一段没有签名的网页
    "garbage_signed",  # 签名正确，但内容不是约定的格式
    "wrong_signature",  # 签名不对
    "replayed",  # 把上一个答复再发一遍
    "incomplete",  # 批量答复少一个
    "unexpected_fields",  # 答复里的字段不是目录约定的
    "not_found_path",  # 接口版本不存在
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The faults in force; ``times`` 0: until changed; no ``topics``: all of them; ``delay_ms`` comes before each."""

    kind: str = "none"
    delay_ms: int = 0
    error_rate: float = 0.0
    times: int = 0
    topics: tuple[str, ...] = ()
    seed: int = 1


def plan_from(content: Any) -> Plan:
    """Read a plan from the body of an admin request; ``ValueError`` says what is wrong with it."""
    if not isinstance(content, dict):
        raise ValueError("应为 JSON 对象")
    unknown = content.keys() - {field.name for field in fields(Plan)}
    if unknown:
        raise ValueError(f"没有参数 {sorted(unknown)}")
    plan = Plan(**(content | {"topics": tuple(content.get("topics", ()))}))
    if plan.kind not in KINDS:
        raise ValueError(f"没有故障 {plan.kind!r}；有 {KINDS}")
    if not (0 <= plan.delay_ms <= 60_000 and 0 <= plan.error_rate <= 1 and plan.times >= 0):
        raise ValueError("delay_ms 应在0到60000之间，error_rate 应在0到1之间，times 不能是负数")
    return plan


class Faults:
    """The plan in force and how much of it is used up; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.set(Plan())

    def set(self, plan: Plan) -> None:
        """Put a plan in force."""
        with self._lock:
            self._plan = plan
            self._left = plan.times
            self._random = random.Random(plan.seed)  # noqa: S311 - a repeatable draw of faults, no secret

    def shown(self) -> dict[str, Any]:
        """Give the plan in force and how many times are left."""
        with self._lock:
            return asdict(self._plan) | {"left": self._left}

    def next_for(self, topic: str) -> tuple[str, int]:
        """Draw what happens to the next request: fault kind (``none``, ``error`` …) and delay in milliseconds."""
        with self._lock:
            plan = self._plan
            if plan.topics and topic not in plan.topics:
                return "none", 0
            if plan.times:
                if self._left == 0:
                    return "none", 0
                self._left -= 1
            if plan.error_rate and self._random.random() < plan.error_rate:
                return "error", plan.delay_ms
            return plan.kind, plan.delay_ms
