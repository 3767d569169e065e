"""Routes of recovery on the workbench: what was paid too much, decided by three, seen by internal control."""

from __future__ import annotations

from functools import partial

from hrss.foundation.access.routes import Route, staff_audience
from hrss.kernel.actor import Function

RECOVERERS = staff_audience(
    Function.FINANCE,
    Function.HANDLER,
    Function.REVIEWER,
    Function.APPROVER,
    Function.LEADER,
    Function.INSPECTOR,
)
_VIEWS = "hrss.channels.workbench.views.debts"
_read = partial(Route, audience=RECOVERERS, scope="region", label="L3", audit="read")
_write = partial(
    Route, audience=RECOVERERS, scope="region", label="L3", audit="write", rate="submit", methods=("POST",)
)

ROUTES: tuple[Route, ...] = (
    _read(path="work/debts/", view=f"{_VIEWS}.debts", name="workbench.debts", title="多发待遇追回"),
    _read(path="work/debts/<uuid:debt_id>/", view=f"{_VIEWS}.debt", name="workbench.debt", title="多发待遇"),
    _read(
        path="work/debts/<uuid:debt_id>/decision.pdf",
        view=f"{_VIEWS}.decision",
        name="workbench.debt_decision",
        title="追回决定书",
    ),
    _write(
        path="work/debts/<uuid:debt_id>/propose/<str:kind>",
        view=f"{_VIEWS}.propose",
        name="workbench.debt_propose",
        title="提出追回措施",
    ),
    _write(
        path="work/debts/<uuid:debt_id>/measures/<uuid:measure_id>/<str:verb>",
        view=f"{_VIEWS}.move",
        name="workbench.debt_measure",
        title="办理追回措施",
    ),
)
