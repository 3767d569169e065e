"""Money on the boards: after a real pay run every figure of the funds is its rows; returned money raises alerts."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone
from tests.channels.staffed import prepare
from tests.funds.conftest import Office, fill, office
from tests.funds.payruns_office import paid_out
from tests.funds.stock import entitle, make_payee, row

from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import number
from hrss.foundation.scope import acting
from hrss.funds.payables.models import Payment
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.boards import cubes
from hrss.oversight.boards.figures import FIGURES
from hrss.oversight.boards.taking import Span, by_kind, value, window_of

__all__ = ["office"]
SYSTEM = system_actor("test")
COUNTY = "500236"
FUNDS = [one for one in FIGURES.values() if one.cube.startswith("funds.")]


def test_after_a_pay_run_every_figure_of_the_funds_is_its_rows(office: Office, tmp_path: Path) -> None:
    prepare()
    fill(office, "resident_pension", income=50_000_00, fiscal=90_000_00, expenditure=90_000_00)
    entitle(office, [row(make_payee("向大山")), row(make_payee("谭小河"))])
    run = paid_out(office, tmp_path / "bank")
    with acting(SYSTEM):
        assert {code: cubes.differing(code) for code in cubes.CUBES if code.startswith("funds.")} == {
            "funds.books": 0, "funds.payments": 0, "funds.runs": 0,
        }  # fmt: skip
        now = Span(YearMonth.of(timezone.localdate()))
        seen = {}
        for figure in FUNDS:
            for span in (now, Span(now.month, whole_year=True)):
                rows = number(query_of(figure.measure, window_of(figure, span), region=COUNTY))
                seen[figure.code] = value(figure, COUNTY, span)
                assert seen[figure.code] == rows.value, (figure.code, span)
        paid = Payment.objects.filter(run_id=run, state="paid").count()
        assert (seen["payments_paid"], seen["pay_runs"], seen["payments_returned"]) == (paid, 1, 0)
        assert paid > 0
        assert seen["benefits_paid"] == seen["fund_spending"] > 0
        assert by_kind(FIGURES["fund_spending"], COUNTY, now) == {"resident_pension": seen["fund_spending"]}
