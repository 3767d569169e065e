"""A worker says where it is while nothing is committed yet; whoever looks at the run reads it from another session."""

from __future__ import annotations

import pytest
from django.db import connection

from hrss.funds.payruns.checkpoints import reached
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.queries import stage_of


def look(number: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
    return stage_of(Run(number=number))


@pytest.mark.django_db
def test_another_session_reads_the_point_before_the_commit() -> None:
    worker = connection.get_new_connection(connection.get_connection_params())
    try:
        worker.execute("SELECT set_config('application_name', 'payrun X-202611-01 snapshot.written', true)")
        assert look("X-202611-01") == "snapshot.written"
        assert look("X-202611-02") == ""
        worker.rollback()
        assert look("X-202611-01") == "", "it ends with the transaction"
    finally:
        worker.close()


@pytest.mark.django_db
def test_every_checkpoint_of_a_transaction_is_said() -> None:
    reached("file.verified", run="RESIDENT_PENSION-202611-01")
    assert look("RESIDENT_PENSION-202611-01") == "file.verified"
