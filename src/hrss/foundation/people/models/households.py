"""Households and who belongs to them, in which role and for how long."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hrss.foundation.people.models.person import REGION_PATTERN
from hrss.kernel.identifiers import uuid7


class Household(models.Model):
    """A household of the register (户): a place and an address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    address = models.CharField("地址", max_length=200)

    class Meta:
        verbose_name = "户"
        indexes = [models.Index(fields=["region_code"], name="people_household_region")]
        constraints = [
            models.CheckConstraint(
                name="people_household_region_code",
                condition=Q(region_code__regex=REGION_PATTERN),
                violation_error_message="户的所在地应为 6、9 或 12 位区划代码",
            )
        ]

    def __str__(self) -> str:
        return self.address


class HouseholdMember(models.Model):
    """One person's stay in one household; ``until`` is the last day. A person is in one household at a time."""

    class Relation(models.TextChoices):
        """Relation to the head (GB/T 4761, grouped)."""

        HEAD = "head", "户主"
        SPOUSE = "spouse", "配偶"
        CHILD = "child", "子女"
        CHILD_IN_LAW = "child_in_law", "子女配偶"
        GRANDCHILD = "grandchild", "孙子女"
        PARENT = "parent", "父母"
        GRANDPARENT = "grandparent", "祖父母"
        SIBLING = "sibling", "兄弟姐妹"
        OTHER = "other", "其他"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="memberships")
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    relation = models.CharField("与户主关系", max_length=12, choices=Relation.choices)
    since = models.DateField("加入日期")
    until = models.DateField("离开日期", null=True, blank=True)

    class Meta:
        verbose_name = "户成员"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until=None),
                name="people_householdmember_one_now",
                violation_error_message="一个人同一时间只能在一户中",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(until=None, relation="head"),
                name="people_householdmember_one_head",
                violation_error_message="一户只能有一位户主",
            ),
            models.CheckConstraint(
                name="people_householdmember_in_order",
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message="离开日期早于加入日期",
            ),
        ]
