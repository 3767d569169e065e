"""Contributions of employees: one row a person, month and employer, all schemes in it; and what the employer declared.

``Contribution`` is a table partitioned by year, made by SQL in the migration: 20 million rows are filled by COPY and
read by person (the primary key begins with it) or by employer and month. Amounts are fen; zero means not insured.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Declaration(models.Model):
    """What an employer declared for a month; declared, assessed and paid are one step here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employer = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    year = models.SmallIntegerField()
    month = models.SmallIntegerField()
    people = models.IntegerField()
    base_fen = models.BigIntegerField()
    pension_fen = models.BigIntegerField()
    unemployment_fen = models.BigIntegerField()
    injury_fen = models.BigIntegerField()
    paid_on = models.DateField()
    receipt = models.TextField(default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "year", "month"],
                name="insurance_one_declaration_a_month",
                violation_error_message="这个单位这个月已经申报缴费",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "year", "month"], name="insurance_declaration_region")]


class Contribution(models.Model):
    """One month of one person at one employer: base and what each paid for pension, unemployment and injury."""

    pk = models.CompositePrimaryKey("person_id", "year", "month", "employer_id")
    person = models.ForeignKey(
        "people.Person", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    employer = models.ForeignKey(
        "organisations.Organisation", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    region_code = models.TextField()
    year = models.SmallIntegerField()
    month = models.SmallIntegerField()
    base_fen = models.IntegerField()
    pension_employer_fen = models.IntegerField(default=0)
    pension_employee_fen = models.IntegerField(default=0)
    unemployment_employer_fen = models.IntegerField(default=0)
    unemployment_employee_fen = models.IntegerField(default=0)
    injury_employer_fen = models.IntegerField(default=0)

    class Meta:
        managed = False
        db_table = "insurance_contribution"
