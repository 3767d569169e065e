"""The first cubes: jobs, registrations, help, cases, people, and who had which event of working life."""

from __future__ import annotations

from django.db import migrations

from hrss.oversight.boards.keeping import keep, keep_people


def _months(day: str) -> str:
    """The month of a day; everything before 2020 lies together in December 2019: the boards begin in 2021."""
    return f"greatest(date_trunc('month', {day}), DATE '2019-12-01')::date"


def _from_to(kind: str, since: str, until: str) -> str:
    """Give the cells of something that begins and may end: the stock is what began less what ended."""
    return (
        f"SELECT {_months(since)} AS month, region_code, {kind} AS kind, 'start' AS part, 1 AS n, 0 AS total FROM {{rows}}"
        f" UNION ALL SELECT {_months(until)}, region_code, {kind}, 'end', 1, 0 FROM {{rows}} WHERE {until} IS NOT NULL"
    )


_LOCAL = "{} AT TIME ZONE 'Asia/Shanghai'"
_URBAN = "NOT starts_with(occupation, '外出务工') AND occupation <> '家庭农业生产'"
_WORK = f"CASE WHEN {_URBAN} THEN kind WHEN occupation = '家庭农业生产' THEN 'land' ELSE 'away' END"
_NEW_URBAN = (
    f"SELECT {_months('since')} AS month, region_code, 'hired' AS kind, '' AS part, 1 AS n, 0 AS total FROM {{rows}}"
    f" WHERE {_URBAN} UNION ALL SELECT {_months('until')}, region_code,"
    " CASE end_reason WHEN '死亡' THEN 'died' ELSE 'retired' END, '', -1, 0 FROM {rows}"
    f" WHERE {_URBAN} AND end_reason IN ('达到退休年龄', '死亡') AND until IS NOT NULL"
)
_ALWAYS = "DATE '1900-01-01'"
_ALIVE = "merged_into_id IS NULL AND death_date IS NULL"

_CASES = (
    f"SELECT {_months(_LOCAL.format('submitted_at'))} AS month, region_code, line AS kind, 'submitted' AS part, 1 AS n,"
    " 0 AS total FROM {rows}"
    f" UNION ALL SELECT {_months(_LOCAL.format('decided_at'))}, region_code, line,"
    f" CASE WHEN ({_LOCAL.format('decided_at')})::date > act_by THEN 'late' ELSE decision END, 1,"
    f" ({_LOCAL.format('decided_at')})::date - ({_LOCAL.format('submitted_at')})::date"
    " FROM {rows} WHERE decided_at IS NOT NULL"
    f" UNION ALL SELECT {_months(_LOCAL.format('closed_at'))}, region_code, line, 'ended', 1, 0"
    " FROM {rows} WHERE closed_at IS NOT NULL AND decided_at IS NULL"
)
_CHANNELS = (
    f"SELECT {_months(_LOCAL.format('submitted_at'))} AS month, region_code, channel AS kind, 'submitted' AS part,"
    " 1 AS n, 0 AS total FROM {rows}"
)
_ITEMS = _CHANNELS.replace("channel AS kind", "item_code AS kind")
_POPULATION = (
    f"SELECT {_months('birth_date')} AS month, region_code, sex::text AS kind,"
    " extract(year FROM birth_date)::int::text AS part, 1 AS n, 0 AS total FROM {rows} WHERE merged_into_id IS NULL"
    f" UNION ALL SELECT {_months('death_date')}, region_code, sex::text, extract(year FROM birth_date)::int::text, -1, 0"
    " FROM {rows} WHERE merged_into_id IS NULL AND death_date IS NOT NULL"
)
_AWAY = (
    f"SELECT {_ALWAYS} AS month, region_code, away_to AS kind, '' AS part, 1 AS n, 0 AS total FROM {{rows}}"
    f" WHERE {_ALIVE} AND away_to <> ''"
)
_EDUCATION = (
    f"SELECT {_ALWAYS} AS month, region_code, education AS kind, hukou AS part, 1 AS n, 0 AS total FROM {{rows}}"
    f" WHERE {_ALIVE}"
)
_FOUND_WORK = (
    f"SELECT {_months(chr(34) + 'on' + chr(34))} AS month, region_code, 'found_work' AS kind, person_id FROM {{rows}}"
    " WHERE kind IN ('hired', 'self_employed', 'flexible')"
)


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0001_initial"),
        ("casework", "0004_bulk_without_key"),
        ("employment", "0002_protect"),
        ("people", "0002_rules"),
    ]
    operations = [
        keep("employment.spells", table="employment_employmentspell", cells=_from_to(_WORK, "since", "until")),
        keep("employment.new_urban", table="employment_employmentspell", cells=_NEW_URBAN),
        keep(
            "employment.unemployment",
            table="employment_unemploymentregistration",
            cells=_from_to("situation", "registered_on", "ended_on"),
        ),
        keep(
            "employment.hardship",
            table="employment_hardshiprecognition",
            cells=_from_to("category", "recognised_on", "ended_on"),
        ),
        keep(
            "employment.families",
            table="employment_zeroemploymentfamily",
            cells=_from_to("''", "recognised_on", "cleared_on"),
        ),
        keep("employment.graduates", table="employment_graduate", cells=_from_to("''", "listed_on", "settled_on")),
        keep("casework.cases", table="casework_case", cells=_CASES),
        keep("casework.channels", table="casework_case", cells=_CHANNELS),
        keep("casework.items", table="casework_case", cells=_ITEMS),
        keep("people.population", table="people_person", cells=_POPULATION),
        keep("people.away", table="people_person", cells=_AWAY),
        keep("people.education", table="people_person", cells=_EDUCATION),
        keep_people("employment.found_work", table="employment_statusevent", cells=_FOUND_WORK),
    ]
