"""The day it is in China, for guards and policies: a post that ended yesterday does not hold until eight in the morning."""

from __future__ import annotations

from django.db import migrations

TODAY = """
CREATE FUNCTION hrss_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date $$
"""


class Migration(migrations.Migration):
    dependencies = [("scope", "0002_entrusted")]
    operations = [migrations.RunSQL([TODAY], ["DROP FUNCTION hrss_today()"])]
