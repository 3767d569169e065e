"""What an officer can do to a case, as small forms: fields, the verb they call, what the button is like.

The database offers the verbs (``CasePage.verbs``); here is only how each is asked for and called.
"""

from __future__ import annotations

from collections.abc import Callable
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
    """One input of a verb's form; ``kind``: text, area, yes_no, choice, pick, materials, township, place, file, result.

    A ``pick`` is a choice whose options the case gives (``picks`` of the page).
    """

    name: str
    label: str
    kind: str = "area"
    hint: str = ""
    optional: bool = False
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A posted verb form; its inputs are named ``<verb>.<field>``, so that several forms fit on one page."""

    verb: str
    case_id: UUID
    actor: Actor
    sent: Sent
    item: ItemDefinition
    asks_for: list[str]
    key: str
    keep_file: Callable[[], UUID]

    def text(self, name: str) -> str:
        """Give a typed text, without stray spaces."""
        values = self.lists(name)
        return values[-1].strip() if values else ""

    def lists(self, name: str) -> list[str]:
        """Give every value typed or ticked under a name."""
        return [str(value) for value in self.sent.getlist(f"{self.verb}.{name}")]

    def facts(self) -> dict[str, Any]:
        """Give the result facts that had to be typed, those no rule gives; Problems name the fields."""
        if not self.item.result or not self.asks_for:
            return {}
        values, problems = read_page(self.item.result, self.asks_for, self.sent, path=f"{self.verb}.")
        if problems:
            raise Problems(problems)
        return values


@dataclass(frozen=True, slots=True)
class VerbForm:
    """How a verb is asked for. ``quiet`` verbs sit behind “更多操作”; a form with ``files`` takes an upload."""

    call: Call
    fields: tuple[Field, ...] = ()
    kind: str = "primary"
    quiet: bool = False
    files: bool = False

    @property
    def has_result(self) -> bool:
        """Tell whether the item's result is part of the form."""
        return any(field.kind == "result" for field in self.fields)


OPINION = Field("opinion", "意见", optional=True)
REASON = Field("reason", "原因", hint="会告知申请人")
GRANTED = Field("granted", "结论", "yes_no", optional=False, options=(("yes", "同意"), ("no", "不同意")))
RESULT = Field("result", "办理结果", "result")
SATISFIED = (("yes", "满意"), ("no", "不满意"))
SUSPENSIONS = (
    ("inspection", "需要调查核实"),
    ("hearing", "需要听证"),
    ("expert", "需要专家评审"),
    ("other", "其他法定情形"),
)


def _yes(asked: Asked, name: str, question: str) -> bool:
    if asked.text(name) not in ("yes", "no"):
        raise Problem("decision.choose", f"请选择{question}", field=name)
    return asked.text(name) == "yes"


def _granted(asked: Asked) -> bool:
    return _yes(asked, "granted", "同意还是不同意")


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


def _verify(asked: Asked) -> Outcome:
    held = _yes(asked, "held", "承诺是不是真实")
    return keyed(
        asked.key,
        services.verify_promise,
        asked.case_id,
        asked.text("material"),
        actor=asked.actor,
        held=held,
        note=asked.text("note"),
    )


def _supply(asked: Asked) -> Outcome:
    return keyed(
        asked.key,
        services.supply_material,
        asked.case_id,
        asked.text("supplied"),
        actor=asked.actor,
        file_id=asked.keep_file(),
    )


def _ask(asked: Asked) -> Outcome:
    return keyed(
        asked.key,
        services.ask_opinion,
        asked.case_id,
        asked.text("question"),
        actor=asked.actor,
        function=asked.text("function"),
        region_code=asked.text("region_code"),
    )


def _answer(asked: Asked) -> Outcome:
    opinion = asked.text("opinion_id")
    agrees = _yes(asked, "agrees", "同意还是不同意")
    return keyed(asked.key, services.give_opinion, UUID(opinion), asked.text("text"), actor=asked.actor, agrees=agrees)


def _rectify(asked: Asked) -> Outcome:
    return keyed(
        asked.key,
        services.answer_rating,
        UUID(asked.text("task")),
        asked.text("reply"),
        actor=asked.actor,
        called_back=asked.text("called_back") == "yes",
        satisfied={"yes": True, "no": False}.get(asked.text("satisfied")),
    )


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
            facts=asked.facts() if asked.text("granted") == "yes" else {},
        ),
        (GRANTED, RESULT, Field("reasons", "理由", hint="不同意时必须写明，会写进决定书", optional=True)),
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
    "give_opinion": VerbForm(
        _answer,
        (
            Field("opinion_id", "回复哪一条", "pick"),
            Field("agrees", "结论", "yes_no", options=(("yes", "同意"), ("no", "不同意"))),
            Field("text", "意见"),
        ),
    ),
    "answer_rating": VerbForm(
        _rectify,
        (
            Field("task", "哪一项", "pick"),
            Field("reply", "整改情况", hint="会告诉评价的人"),
            Field("called_back", "已经回访本人", "agree"),
            Field(
                "satisfied", "回访时本人满意吗", "yes_no", optional=True, options=(("yes", "满意"), ("no", "不满意"))
            ),
        ),
    ),
    "verify_promise": VerbForm(
        _verify,
        (
            Field("material", "核验哪一项承诺", "pick"),
            Field("held", "核查结果", "yes_no", options=(("yes", "属实"), ("no", "不属实"))),
            Field("note", "核查情况", hint="不属实时必须写明，会记入信用记录", optional=True),
        ),
        kind="secondary",
    ),
    "supply": VerbForm(
        _supply,
        (
            Field("supplied", "补交哪一项", "pick"),
            Field("file", "扫描件或照片", "file", hint="PDF、JPG 或 PNG，10 MB 以内"),
        ),
        kind="secondary",
        files=True,
    ),
    "ask_opinion": VerbForm(
        _ask,
        (
            Field(
                "function",
                "问哪个岗位",
                "choice",
                options=(
                    ("handler", "经办"),
                    ("reviewer", "复核"),
                    ("approver", "审批"),
                    ("inspector", "稽核"),
                    ("leader", "领导"),
                ),
            ),
            Field("region_code", "问哪里", "place"),
            Field("question", "要问什么", hint="五个工作日内回复；对方能看到这个办件"),
        ),
        kind="secondary",
        quiet=True,
    ),
    "withdraw": VerbForm(_reason(services.withdraw), (REASON,), kind="secondary", quiet=True),
    "fast_forward": VerbForm(_reason(services.fast_forward), (REASON,), kind="secondary", quiet=True),
}
