"""Separation of posts: who accepted a case may not review it, and nobody holds two of the three posts.

The database refuses it as well; this is the rule as people read it.
"""

from __future__ import annotations

from hrss.kernel.problem import Problem

RULE = "社会保险经办条例第三十六条至第三十八条；综合柜员制（LD/T 02—2021）"


def may_review(*, accepted_by: str, reviewed_by: str, approved_by: str = "") -> bool:
    """Tell whether the persons in the posts are all different; an empty name is nobody yet."""
    named = [person for person in (accepted_by, reviewed_by, approved_by) if person]
    return len(named) == len(set(named))


def check_separation(*, accepted_by: str, reviewed_by: str, approved_by: str = "") -> None:
    """Raise Problem ``general.same_person`` where one person would hold two posts of a case."""
    if not may_review(accepted_by=accepted_by, reviewed_by=reviewed_by, approved_by=approved_by):
        raise Problem(
            "general.same_person",
            "同一人不能在同一件业务中担任经办、复核、审批中的两个岗位",
            rule=RULE,
            remedy="请转交其他人员办理",
            field="reviewed_by",
            status=409,
        )
