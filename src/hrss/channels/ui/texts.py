"""Texts of the design system that are not inside one component: who we are and what an error page says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Site:
    """What every page says about the service; another county has another one (settings.HRSS_SITE).

    ``hours`` (of the hotline, as people read them) are shown only where the county has said them.
    """

    name: str = "奉节智慧人社"
    county: str = "奉节县"
    office: str = "奉节县人力资源和社会保障局"
    hotline: str = "12333"
    hours: str = ""


@dataclass(frozen=True, slots=True)
class ErrorText:
    """An error page: what happened, and what to do next."""

    title: str
    message: str
    remedy: str


@cache
def site() -> Site:
    """Give the site of this installation."""
    return Site(**getattr(settings, "HRSS_SITE", {}))


ERRORS: dict[int, ErrorText] = {
    400: ErrorText("请求有误", "系统看不懂这个请求。", "请返回上一页，重新操作一次。"),
    403: ErrorText(
        "您没有权限看这个页面", "这个页面不在您的办理范围内。", "请换一个账号登录，或者联系本单位的系统管理员。"
    ),
    404: ErrorText("没有找到这个页面", "网址可能输错了，或者页面已经搬走。", "请从首页重新进入，或者搜索要办的事。"),
    405: ErrorText("不能这样打开", "这个地址只接受提交，不能直接打开。", "请从首页重新进入。"),
    500: ErrorText(
        "系统出错了",
        "是系统的问题，不是您的操作有误。已经提交成功的内容不会丢。",
        "请过几分钟再试；着急可以打电话办理。",
    ),
    503: ErrorText(
        "系统暂时不能用",
        "系统正在维护或者太忙。已经提交成功的内容不会丢。",
        "请过几分钟刷新这个页面；着急可以打电话办理。",
    ),
}

CSRF = ErrorText("页面放得太久了", "为了安全，这个页面已经失效，刚才没有提交。", "请返回上一页，刷新后再提交一次。")
