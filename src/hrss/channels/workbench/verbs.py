"""What an officer can do to a case, as small forms: fields, the verb they call, what the button is like.

The database offers the verbs (``CasePage.verbs``); here is only how each is asked for and called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hrss.casework import services
from hrss.casework.items.definition import ItemDefinition
from hrss.channels.ui.answers import Sent, read_page
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem, Problems

Call = Callable[["Asked"], Outcome]


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a verb's form; ``kind``: text, area, yes_no, choice, points, people, result."""

    name: str
    label: str
    kind: str = "area"
    hint: str = ""
    optional: bool = False
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A posted verb form."""

    case_id: UUID
    actor: Actor
    sent: Mapping[str, Any]
    lists: Callable[[str], list[str]]
    item: ItemDefinition
    key: str
    form: Sent

    def text(self, name: str) -> str:
        """Give a typed text, without stray spaces."""
        return str(self.sent.get(name, "")).strip()

    def facts(self) -> dict[str, Any]:
        """Give the result facts the item asks for; Problems name the fields."""
        if not self.item.result:
            return {}
        values, problems = read_page(self.item.result, None, self.form)
        if problems:
            raise Problems(problems)
        return values


@dataclass(frozen=True, slots=True)
class VerbForm:
    """How a verb is asked for. ``quiet`` verbs sit behind “更多操作”."""

    call: Call
    fields: tuple[Field, ...] = ()
    kind: str = "primary"
    quiet: bool = False


OPINION = Field("opinion", "意见", optional=True)
REASON = Field("reason", "原因", hint="会告知申请人")
GRANTED = Field("granted", "结论", "yes_no", optional=False, options=(("yes", "同意"), ("no", "不同意")))
RESULT = Field("result", "办理结果", "result")
SUSPENSIONS = (
    ("inspection", "需要调查核实"),
    ("hearing", "需要听证"),
    ("expert", "需要专家评审"),
    ("other", "其他法定情形"),
)


def _granted(asked: Asked) -> bool:
    if asked.text("granted") not in ("yes", "no"):
        raise Problem("decision.choose", "请选择同意还是不同意", field="granted")
    return asked.text("granted") == "yes"


def _points(asked: Asked) -> list[dict[str, str]]:
    lines = [line.strip() for line in asked.text("points").splitlines() if line.strip()]
    named = [{"material": code, "text": f"请补交“{_name(asked.item, code)}”"} for code in asked.lists("materials")]
    return named + [{"text": line} for line in lines]


def _name(item: ItemDefinition, code: str) -> str:
    rule = item.material(code)
    return rule.name if rule else code


def _opinion(verb: Callable[..., Outcome]) -> Call:
    return lambda asked: keyed(asked.key, verb, asked.case_id, actor=asked.actor, opinion=asked.text("opinion"))


def _reason(verb: Callable[..., Outcome], name: str = "reason") -> Call:
    return lambda asked: keyed(asked.key, verb, asked.case_id, actor=asked.actor, **{name: asked.text("reason")})


FORMS: dict[str, VerbForm] = {
    "claim": VerbForm(lambda asked: services.claim(asked.case_id, actor=asked.actor), kind="secondary"),
    "release": VerbForm(
        lambda asked: services.release(asked.case_id, actor=asked.actor, note=asked.text("note")),
        (Field("note", "说明", "text", optional=True),),
        quiet=True,
    ),
    "accept": VerbForm(lambda asked: keyed(asked.key, services.accept, asked.case_id, actor=asked.actor)),
    "settle_at_once": VerbForm(
        lambda asked: keyed(asked.key, services.settle_at_once, asked.case_id, actor=asked.actor, facts=asked.facts()),
        (RESULT,),
    ),
    "notify_correction": VerbForm(
        lambda asked: keyed(asked.key, services.notify_correction, asked.case_id, _points(asked), actor=asked.actor),
        (
            Field("materials", "缺哪些材料", "materials", optional=True),
            Field("points", "还要补正什么", hint="一行写一条，一次说清"),
        ),
        kind="secondary",
    ),
    "refuse_acceptance": VerbForm(
        lambda asked: keyed(
            asked.key, services.refuse_acceptance, asked.case_id, asked.text("reason"), actor=asked.actor
        ),
        (REASON,),
        kind="danger",
        quiet=True,
    ),
    "handle": VerbForm(
        lambda asked: keyed(
            asked.key,
            services.handle,
            asked.case_id,
            actor=asked.actor,
            opinion=asked.text("opinion"),
            granted=_granted(asked),
            facts=asked.facts() if asked.text("granted") == "yes" else {},
        ),
        (GRANTED, RESULT, Field("opinion", "办理意见")),
    ),
    "review": VerbForm(_opinion(services.review), (OPINION,)),
    "audit": VerbForm(_opinion(services.audit), (OPINION,)),
    "approve": VerbForm(_opinion(services.approve), (OPINION,)),
    "execute": VerbForm(_opinion(services.execute), (OPINION,)),
    "meeting": VerbForm(
        lambda asked: keyed(
            asked.key,
            services.hold_meeting,
            asked.case_id,
            actor=asked.actor,
            attended=asked.text("attended").replace("、", " ").replace("，", " ").split(),
            opinion=asked.text("opinion"),
        ),
        (Field("attended", "参会人员", "text", "至少三人，用顿号分开"), Field("opinion", "会审意见")),
    ),
    "decide": VerbForm(
        lambda asked: keyed(
            asked.key,
            services.decide,
            asked.case_id,
            actor=asked.actor,
            granted=_granted(asked),
            reasons=asked.text("reasons"),
        ),
        (GRANTED, Field("reasons", "理由", hint="不同意时必须写明，会写进决定书", optional=True)),
        kind="secondary",
        quiet=True,
    ),
    "return": VerbForm(_reason(services.return_case), (REASON,), kind="secondary", quiet=True),
    "suspend": VerbForm(
        lambda asked: keyed(
            asked.key,
            services.suspend,
            asked.case_id,
            actor=asked.actor,
            reason=asked.text("reason"),
            kind=asked.text("kind") or "inspection",
        ),
        (Field("kind", "中止情形", "choice", options=SUSPENSIONS), REASON),
        kind="secondary",
        quiet=True,
    ),
    "resume": VerbForm(lambda asked: keyed(asked.key, services.resume, asked.case_id, actor=asked.actor)),
    "extend": VerbForm(_reason(services.extend), (REASON,), kind="secondary", quiet=True),
    "transfer": VerbForm(
        lambda asked: keyed(
            asked.key,
            services.transfer,
            asked.case_id,
            actor=asked.actor,
            reason=asked.text("reason"),
            to_region=asked.text("to_region"),
            to_authority=asked.text("to_authority"),
        ),
        (
            Field("to_region", "转到哪个乡镇（街道）", "township", optional=True),
            Field("to_authority", "或者转给哪个部门", "text", optional=True),
            REASON,
        ),
        kind="secondary",
        quiet=True,
    ),
    "terminate": VerbForm(_reason(services.terminate), (REASON,), kind="danger", quiet=True),
    "deliver": VerbForm(
        lambda asked: keyed(
            asked.key, services.deliver, asked.case_id, actor=asked.actor, way=asked.text("way") or "counter"
        ),
        (
            Field(
                "way", "送达方式", "choice", options=(("counter", "窗口领取"), ("online", "网上送达"), ("post", "邮寄"))
            ),
        ),
        kind="secondary",
    ),
    "archive": VerbForm(
        lambda asked: keyed(asked.key, services.archive, asked.case_id, actor=asked.actor), kind="secondary"
    ),
}
