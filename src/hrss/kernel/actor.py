"""Actor: who acts, in which posts, for whom and why.

Every write and every read of a person carries one. An actor is a value; what it may do is decided in
``foundation.access`` and, in the end, by the database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """The kinds of account; a natural person may hold one account of each kind but never two of one kind."""

    PUBLIC = "public"  # 群众
    STAFF = "staff"  # 工作人员
    PARTNER = "partner"  # 对接系统
    SYSTEM = "system"  # 系统自动


class Function(StrEnum):
    """What a post does; families of functions exclude each other (人社厅发〔2021〕64号 practice)."""

    VILLAGE_AGENT = "village_agent"  # 村级协办
    COUNTER = "counter"  # 综合受理
    HANDLER = "handler"  # 经办
    REVIEWER = "reviewer"  # 复核
    APPROVER = "approver"  # 审批
    FINANCE = "finance"  # 基金财务
    DATA = "data"  # 数据管理
    INSPECTOR = "inspector"  # 稽核内控
    LEADER = "leader"  # 领导
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全管理员
    AUDIT_ADMIN = "audit_admin"  # 审计管理员


@dataclass(frozen=True, slots=True)
class PostRef:
    """One post an actor holds: function × line × region × grade.

    ``line`` is a business line (``employment``, ``insurance`` …) or ``*``; ``region`` is a region-code prefix.
    """

    id: str
    function: Function
    line: str
    region: str
    grade: int = 1
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``acting_for_*`` is set when a delegate acts for a parent or a firm.

    ``purpose`` is why a person's data is touched: a case number or a purpose code (``query``, ``counter``, ``self`` …).
    ``scopes`` of a delegate are the services entrusted, of an access token what it opens.
    """

    kind: ActorKind
    account: UUID | None = None
    person: UUID | None = None
    name: str = ""
    posts: tuple[PostRef, ...] = ()
    acting_for_person: UUID | None = None
    acting_for_organisation: UUID | None = None
    purpose: str = ""
    channel: str = ""
    scopes: frozenset[str] = frozenset()
    request_id: str = ""

    def for_purpose(self, purpose: str) -> Actor:
        """Give the same actor with another purpose."""
        return replace(self, purpose=purpose)

    def holds(self, *functions: Function) -> bool:
        """Tell whether any post has one of the functions."""
        return any(post.function in functions for post in self.posts)

    @property
    def regions(self) -> tuple[str, ...]:
        """Region prefixes of all posts, without those another prefix covers."""
        codes = sorted({post.region for post in self.posts})
        return tuple(code for code in codes if not any(code != other and code.startswith(other) for other in codes))

    @property
    def lines(self) -> frozenset[str]:
        """Business lines of all posts."""
        return frozenset(post.line for post in self.posts)

    @property
    def services(self) -> frozenset[str]:
        """What the one acted for has entrusted: item and package codes, or ``*``; nothing when acting for nobody."""
        if self.acting_for_person is None and self.acting_for_organisation is None:
            return frozenset()
        return frozenset({"*"}) if "*" in self.scopes else self.scopes

    def may_do(self, service: str) -> bool:
        """Tell whether a service may be done: one's own affairs always, another's as entrusted."""
        acts_for_another = self.acting_for_person is not None or self.acting_for_organisation is not None
        return not acts_for_another or bool(self.services & {"*", service})

    @property
    def subject_person(self) -> UUID | None:
        """The person whose affairs are done: the one acted for, else the actor."""
        return self.acting_for_person or self.person


def system_actor(name: str) -> Actor:
    """Give the actor of an automatic step (``name`` is the job's name and appears on the log)."""
    return Actor(kind=ActorKind.SYSTEM, name=name, purpose=name, channel="job")
