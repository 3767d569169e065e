"""The person: one row for one natural person, id number sealed, searchable by blind index, name and pinyin.

Text columns that are searched carry the C collation: a prefix is then a plain range of a B-tree, and range comparison
is leakproof, so row-level security does not keep PostgreSQL from using the index.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Now

from hrss.kernel.identifiers import uuid7

ID_NUMBER = "people.id_number"
REGION_PATTERN = r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$"


class Person(models.Model):
    """A natural person. ``region_code`` is the village of the household register, ``residence_code`` where they live.

    ``residence_code`` is empty for those who live outside the county; ``away_to`` then names the province.
    ``merged_into`` is set when the row turned out to be a second record of another person; it stays, with all its
    history (M04).
    """

    class Sex(models.IntegerChoices):
        """GB/T 2261.1."""

        MALE = 1, "男"
        FEMALE = 2, "女"

    class Hukou(models.TextChoices):
        """Kind of household register."""

        RURAL = "rural", "农业户口"
        URBAN = "urban", "非农业户口"

    class Education(models.TextChoices):
        """Highest education (GB/T 4658, grouped)."""

        NONE = "none", "未上过学"
        PRIMARY = "primary", "小学"
        JUNIOR = "junior", "初中"
        SENIOR = "senior", "高中"
        VOCATIONAL = "vocational", "中专、职高、技校"
        COLLEGE = "college", "大学专科"
        BACHELOR = "bachelor", "大学本科"
        MASTER = "master", "硕士研究生"
        DOCTOR = "doctor", "博士研究生"
        UNKNOWN = "unknown", "未登记"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_code = models.CharField("户籍所在村（社区）", max_length=12, db_collation="C")
    residence_code = models.CharField("常住地", max_length=12, blank=True, default="", db_collation="C")
    name = models.CharField("姓名", max_length=50, db_collation="C")
    pinyin = models.CharField("姓名拼音", max_length=120, db_collation="C")
    sex = models.SmallIntegerField("性别", choices=Sex.choices)
    birth_date = models.DateField("出生日期")
    death_date = models.DateField("死亡日期", null=True, blank=True)
    nation = models.CharField("民族", max_length=20, default="汉族")
    education = models.CharField("学历", max_length=10, choices=Education.choices, default=Education.UNKNOWN)
    hukou = models.CharField("户口性质", max_length=5, choices=Hukou.choices, default=Hukou.RURAL)
    away_to = models.CharField("外出地", max_length=20, blank=True, default="")
    id_cipher = models.BinaryField("身份号码（密文）")
    id_index = models.BinaryField("身份号码索引", max_length=16, unique=True)
    id_tail = models.CharField("身份号码后四位", max_length=4)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    version = models.IntegerField("版本", default=1)
    created_at = models.DateTimeField("建档时间", db_default=Now(), editable=False)
    township = models.GeneratedField(
        expression=Left("region_code", 9),
        output_field=models.CharField(max_length=9, db_collation="C"),
        db_persist=True,
    )
    residence_township = models.GeneratedField(
        expression=Left("residence_code", 9),
        output_field=models.CharField(max_length=9, db_collation="C"),
        db_persist=True,
    )

    class Meta:
        verbose_name = "人员"
        indexes = [
            models.Index(fields=["name", "id"], name="people_person_name"),
            models.Index(fields=["pinyin", "id"], name="people_person_pinyin"),
            models.Index(fields=["township", "name", "id"], name="people_person_town_name"),
            models.Index(fields=["township", "pinyin", "id"], name="people_person_town_pinyin"),
            models.Index(fields=["residence_township", "name", "id"], name="people_person_live_name"),
            models.Index(fields=["residence_township", "pinyin", "id"], name="people_person_live_pinyin"),
            models.Index(fields=["region_code", "birth_date"], name="people_person_region"),
        ]
        constraints = [
            models.CheckConstraint(
                name="people_person_region_code",
                condition=Q(region_code__regex=REGION_PATTERN),
                violation_error_message="户籍所在地应为 6、9 或 12 位区划代码",
            ),
            models.CheckConstraint(
                name="people_person_sex",
                condition=Q(sex__in=[1, 2]),
                violation_error_message="性别应为男或女",
            ),
            models.CheckConstraint(
                name="people_person_dates",
                condition=Q(death_date=None) | Q(death_date__gte=models.F("birth_date")),
                violation_error_message="死亡日期早于出生日期",
            ),
            models.CheckConstraint(
                name="people_person_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                violation_error_message="不能并入自己",
            ),
        ]

    def __str__(self) -> str:
        return self.name
