"""Every calculator of the portal draws, asks and answers; a wrong fact comes back as a sentence."""

from __future__ import annotations

import pytest
from django.test import Client

from hrss.channels.portal.texts import CALCULATORS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", [one.slug for one in CALCULATORS])
def test_each_calculator_draws_its_questions(client: Client, slug: str) -> None:
    answer = client.get(f"/calculators/{slug}/")
    assert answer.status_code == 200
    assert "算一算" in answer.content.decode()


def test_retirement_is_explained_with_its_article(client: Client) -> None:
    query = {"ask": "1", "group": "male", "birth_month.year": "1965", "birth_month.month": "1"}
    answer = client.get("/calculators/retirement/", query).content.decode()
    assert "2025年2月" in answer or "2025-02" in answer
    assert "怎么算出来的" in answer


def test_a_wrong_fact_is_told_at_its_field(client: Client) -> None:
    answer = client.get("/calculators/unemployment-months/", {"ask": "1", "paid_years": "-3", "unused": "0"})
    assert answer.status_code == 422
    assert "累计缴费满年数" in answer.content.decode()


def test_an_unknown_calculator_is_a_404(client: Client) -> None:
    assert client.get("/calculators/lottery/").status_code == 404
