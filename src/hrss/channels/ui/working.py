"""Words for how somebody stands in the labour market, the same at the window and in the workbench."""

from __future__ import annotations

from hrss.domains.employment.statuses import Status

STATUS_WORDS = {
    Status.EMPLOYED: "就业",
    Status.UNEMPLOYED: "登记失业",
    Status.SEEKING: "求职（没有登记失业）",
    Status.INACTIVE: "没有就业，也没有求职",
    Status.DECEASED: "已去世",
}
