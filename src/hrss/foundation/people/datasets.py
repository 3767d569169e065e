"""What the people part publishes: persons as places, ages and lives; changed payee accounts. No names, no numbers."""

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

ACCOUNT_CHANGES = Dataset(
    name="people.account_changes",
    title="更换收款账户",
    grain="一行是一次录入：这个人以前已经有别的收款账户",
    sql="""
        SELECT a.id::text AS id, a.region_code::text AS region_code, a.person_id::text AS person_id,
               a.state::text AS state, a.proposed_by::text AS clerk_id,
               a.proposed_by::text || ' ' || to_char(a.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')
                 AS clerk_day, a.is_social_card,
               (a.created_at AT TIME ZONE 'Asia/Shanghai')::date AS changed_on
        FROM people_bankaccount a WHERE EXISTS (
            SELECT 1 FROM people_bankaccount b WHERE b.person_id = a.person_id AND b.created_at < a.created_at)
    """,
    date_column="changed_on",
    recorded_column="changed_on",
    columns=(
        Column("id", "uuid", "账户标识"),
        Column("region_code", "code", "所在村（社区）"),
        Column("person_id", "uuid", "人员标识", Sensitivity.PERSONAL),
        Column("state", "code", "状态（proposed 待复核，active 可用，refused 未通过，closed 已停用）"),
        Column("clerk_id", "uuid", "录入人标识", Sensitivity.PERSONAL),
        Column("clerk_day", "text", "录入人和日期", Sensitivity.PERSONAL),
        Column("is_social_card", "boolean", "是否社会保障卡账户"),
        Column("changed_on", "date", "录入日期"),
    ),
    freshness="随业务实时",
    owner="基金监督股",
)

DATASETS = (PERSONS, ACCOUNT_CHANGES)
