"""Verbs of access, one a file."""

from hrss.foundation.access.services.apply_for_post import apply_for_post
from hrss.foundation.access.services.approve_post import approve_post
from hrss.foundation.access.services.control_post import control_post
from hrss.foundation.access.services.end_posts import end_all_posts, end_post
from hrss.foundation.access.services.grant_post import grant_post
from hrss.foundation.access.services.refuse_post import refuse_post
from hrss.foundation.access.services.retire_idle import retire_idle
from hrss.foundation.access.services.substitute_post import substitute_post

__all__ = [
    "apply_for_post",
    "approve_post",
    "control_post",
    "end_all_posts",
    "end_post",
    "grant_post",
    "refuse_post",
    "retire_idle",
    "substitute_post",
]
