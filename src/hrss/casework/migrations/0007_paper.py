"""Papers without a case, and one answer to whoever holds the code of a paper: is it genuine, is it still in force."""

from __future__ import annotations

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import hrss.kernel.uuid7
from hrss.foundation.scope.policies import protect
from hrss.foundation.scope.revising import function

VERIFY = """
CREATE FUNCTION casework_verify(wanted text) RETURNS TABLE (
  name text, number text, issued_on date, sha256 text, authority text, rows jsonb, topic text, subject text, party text,
  ended_on date, ended_why text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
  SELECT d.name, d.number, d.issued_on, d.sha256, coalesce(d.facts ->> 'authority', ''),
         coalesce(d.facts -> 'rows', '[]'), c.item_name, c.subject_name, '申请人',
         CASE WHEN c.state IN ('withdrawn', 'terminated') THEN (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date END,
         CASE c.state WHEN 'withdrawn' THEN '申请已经撤回' WHEN 'terminated' THEN '办理已经终止' ELSE '' END
    FROM casework_document d JOIN casework_case c ON c.id = d.case_id WHERE d.code = wanted
  UNION ALL
  SELECT p.name, p.number, p.issued_on, p.sha256, p.authority, p.rows, p.topic, p.subject, '收件人',
         p.ended_on, p.ended_why
    FROM casework_paper p WHERE p.code = wanted
$$;
"""
BEFORE = function(import_module("hrss.casework.migrations.0002_rules").FUNCTIONS, "casework_verify")
DROP = "DROP FUNCTION casework_verify(text)"

GUARD = """
CREATE FUNCTION casework_guard_paper() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_on IS NOT NULL
     OR to_jsonb(NEW) - '{ended_on,ended_why}'::text[] <> to_jsonb(OLD) - '{ended_on,ended_why}'::text[] THEN
    PERFORM casework_refuse('casework_paper_fixed', '发出的文书不能改，只能写明失效，一次');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER casework_paper_guard BEFORE UPDATE OR DELETE ON casework_paper
  FOR EACH ROW EXECUTE FUNCTION casework_guard_paper();
REVOKE UPDATE, DELETE, TRUNCATE ON casework_paper FROM hrss_app;
GRANT UPDATE (ended_on, ended_why) ON casework_paper TO hrss_app;
CREATE POLICY casework_paper_owner ON casework_paper FOR SELECT TO CURRENT_USER USING (true);
"""
UNGUARD = """
DROP POLICY casework_paper_owner ON casework_paper;
GRANT UPDATE, DELETE ON casework_paper TO hrss_app;
DROP TRIGGER casework_paper_guard ON casework_paper;
DROP FUNCTION casework_guard_paper();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_china_day"),
        ("people", "0003_household_around"),
    ]
    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source", models.CharField(max_length=40, verbose_name="来源")),
                ("reference", models.UUIDField(verbose_name="所指")),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("name", models.CharField(max_length=80)),
                ("number", models.CharField(max_length=40, verbose_name="文号")),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="核验码")),
                ("topic", models.CharField(max_length=120, verbose_name="事项")),
                ("subject", models.CharField(max_length=100, verbose_name="收件人")),
                ("authority", models.CharField(max_length=100, verbose_name="发文单位")),
                ("rows", models.JSONField(default=list, verbose_name="核验内容")),
                ("file_id", models.UUIDField(verbose_name="文件")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("issued_on", models.DateField()),
                ("issued_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_on", models.DateField(null=True, verbose_name="失效日期")),
                ("ended_why", models.CharField(blank=True, default="", max_length=120, verbose_name="失效原因")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "单独文书",
                "indexes": [models.Index(fields=["source", "reference"], name="casework_paper_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "number"), name="casework_paper_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("source", "reference"),
                        name="casework_paper_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on", None), ("ended_why", ""))
                        | (models.Q(("ended_on__isnull", False)) & ~models.Q(("ended_why", ""))),
                        name="casework_paper_ending",
                    ),
                ],
            },
        ),
        protect("casework_paper", person="person_id"),
        migrations.RunSQL([GUARD], [UNGUARD]),
        migrations.RunSQL([DROP, VERIFY], [DROP, BEFORE]),
    ]
