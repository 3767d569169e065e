"""The one API of the house, and the refusals every call may answer with."""

from __future__ import annotations

from hrss.channels.api import schemas as out
from hrss.channels.api.document import HouseApi

REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429, 503), out.ProblemOut)

api = HouseApi(
    title="奉节县人社开放接口",
    version="1.1",
    description="与页面同一套服务、同一套检查。写入需要 Idempotency-Key；替别人办在 Acting-For 写明委托编号；"
    "错误用 application/problem+json 说明怎么办。",
    urls_namespace="api",
    docs_url=None,
)
