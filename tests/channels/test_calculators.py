"""Every calculator of the portal draws, asks and answers; a wrong fact comes back as a sentence."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from hrss.channels.portal.sources import readable
from hrss.channels.portal.texts import CALCULATORS
from hrss.rules import catalogue
from hrss.rules.engine.parameters import STATUS_WORDS

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


ANSWERS = {
    "retirement": ({"group": "male", "birth_month.year": "1965", "birth_month.month": "1"}, "2025-02"),
    "early": (
        {
            "group": "male", "birth_month.year": "1970", "birth_month.month": "6", "wanted_month.year": "2030",
            "wanted_month.month": "10", "paid_months": "320", "required_months": "186",
        },
        "13 个月",
    ),
    "pension": (
        {
            "group": "male", "birth_month.year": "1965", "birth_month.month": "6", "months": "420",
            "months_before": "100", "index": "0.85", "balance": "120000", "one_child": "no",
        },
        "4,427.76 元",
    ),
    "resident-pension": ({"account": "21200", "years": "15", "age": "60", "one_child": "yes"}, "327.52 元"),
    "resident-subsidy": ({"grade": "500", "late": "no"}, "70.00 元"),
    "unemployment-months": ({"paid_years": "6", "unused": "3"}, "18 个月"),
    "unemployment-amount": ({}, "1,864.00 元"),
    "injury": ({"grade": "9", "own_wage": "5000"}, "45,000.00 元"),
    "injury-allowance": ({"grade": "5", "own_wage": "6000", "minimum_wage": "2200"}, "4,200.00 元"),
    "injury-settlement": ({"grade": "9", "area_wage": "7339", "months_to_retirement": "200"}, "95,407.00 元"),
    "severance": ({"service_months": "55", "further_days": "0", "wage": "6200"}, "31,000.00 元"),
    "double-wage": ({"wage": "5000", "months": "3", "further_days": "0", "worker_refused": "no"}, "15,000.00 元"),
    "overtime": ({"wage": "4350", "hours": "8", "multiple": "2"}, "400.00 元"),
    "leave": ({"service_years": "12"}, "10 天"),
    "hiring": ({"group": "hardship", "persons": "2"}, "12,000.00 元"),
    "employer-insurance": (
        {"pension": "1000", "medical": "500", "unemployment": "30", "injury": "12.5", "maternity": "0"},
        "1,542.50 元",
    ),
    "internship": ({"months": "6", "retained_over_half": "no", "insured": "yes"}, "7,900.00 元"),
    "flexible": ({"pension": "880.80", "medical": "256.25"}, "758.03 元"),
    "job-search": ({"group": "in_school", "months": "0"}, "800.00 元"),
    "transport": ({"place": "outside", "has_receipt": "no", "receipt": "0"}, "200.00 元"),
    "startup": ({"persons": "1"}, "8,000.00 元"),
    "loan": ({"borrower": "person", "partners": "3"}, "1,650,000.00 元"),
    "training": ({"level": "level_4"}, "1,500.00 元"),
    "skill": ({"level": "middle", "paid_months": "30", "since_certificate": "5", "used_this_year": "0"}, "1,500.00 元"),
    "stability": ({"size": "other", "premium": "10000", "paid_months": "12", "layoff_rate": "0.01"}, "6,000.00 元"),
}  # fmt: skip


def test_every_calculator_is_asked_here() -> None:
    assert set(ANSWERS) == {one.slug for one in CALCULATORS}


@pytest.mark.parametrize("slug", ANSWERS)
def test_each_calculator_answers_with_its_steps_and_says_what_is_doubtful(client: Client, slug: str) -> None:
    facts, told = ANSWERS[slug]
    day = "2026" if slug == "stability" else "2025"
    answer = client.get(f"/calculators/{slug}/", facts | {"ask": "1", "on.year": day, "on.month": "12", "on.day": "1"})
    text = answer.content.decode()
    assert answer.status_code == 200, text
    assert told in text
    assert "怎么算出来的" in text
    assert "依据" in text
    assert ("结果仅供参考" in text) == ("结果只供参考" in text)


def test_a_year_not_yet_published_is_told_not_guessed(client: Client) -> None:
    year = timezone.localdate().year
    for ahead, told in ((1, "没有数值"), (2, "没有人知道")):
        query = {"ask": "1", "on.year": str(year + ahead), "on.month": "12", "on.day": "31"}
        answer = client.get("/calculators/unemployment-amount/", query)
        assert answer.status_code == 422
        assert told in answer.content.decode()


def test_the_parameters_are_listed_with_status_and_source(client: Client) -> None:
    for family in ("insurance", "employment", "labour", "talent", "general"):
        text = client.get("/parameters/", {"family": family}).content.decode()
        for value in catalogue.params(f"{family}."):
            assert escape(value.title) in text
            assert escape(value.shown) in text
            assert STATUS_WORDS[value.status] in text
    doubtful = client.get("/parameters/", {"family": "talent", "status": "unverified"}).content.decode()
    assert "未查到" in doubtful
    assert "聘用合同最短年限" not in doubtful


def test_an_unknown_calculator_is_a_404(client: Client) -> None:
    assert client.get("/calculators/lottery/").status_code == 404


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("见 https://m.64365.com/ask/1.aspx。", "见 <a"),
        ("rlsbj.cq.gov.cn/a/b.html；转引", "http://rlsbj.cq.gov.cn/a/b.html"),
        ("<script>；新华社", "&lt;script&gt;；新华社"),
    ],
)
def test_addresses_of_sources_are_links_and_words_stay_words(text: str, shown: str) -> None:
    answer = str(readable(text))
    assert shown in answer
    assert "<script>" not in answer
    assert (">网页</a>" in answer) == ("." in text)
