"""What the people part publishes: persons as places, ages and lives; no names, no numbers."""

from __future__ import annotations

from hrss.foundation.datasets import Column, Dataset, Sensitivity

PERSONS = Dataset(
    name="people.persons",
    title="人员",
    grain="一行是一个自然人（并入他人的重复档案不计）",
    sql="""
        SELECT id::text AS id, region_code::text AS region_code, residence_code::text AS residence_code,
               sex::int AS sex, hukou::text AS hukou, education::text AS education, birth_date, death_date,
               (residence_code = '') AS is_away, away_to::text AS away_to,
               (created_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
        FROM people_person WHERE merged_into_id IS NULL
    """,
    date_column="birth_date",
    until_column="death_date",
    recorded_column="recorded_on",
    columns=(
        Column("id", "uuid", "人员标识", Sensitivity.PERSONAL),
        Column("region_code", "code", "户籍所在村（社区）"),
        Column("residence_code", "code", "常住地，空为在县外"),
        Column("sex", "integer", "性别（1 男，2 女）"),
        Column("hukou", "code", "户口性质"),
        Column("education", "code", "最高学历"),
        Column("birth_date", "date", "出生日期", Sensitivity.PERSONAL),
        Column("death_date", "date", "死亡日期", Sensitivity.PERSONAL),
        Column("is_away", "boolean", "是否外出"),
        Column("away_to", "text", "外出所在省份"),
        Column("recorded_on", "date", "建档日期"),
    ),
    freshness="随业务实时",
    owner="综合股",
)

DATASETS = (PERSONS,)
