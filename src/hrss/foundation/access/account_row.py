"""The columns by which an account and the posts it holds today are read, in whatever statement they stand.

``a`` is ``identity_account`` there, and ``%(day)s`` the day. It decides nothing.
"""

from __future__ import annotations

from hrss.foundation.identity.models import Account

FIELDS = [field.attname for field in Account._meta.concrete_fields]
COLUMNS = ", ".join(f"a.{field.column}" for field in Account._meta.concrete_fields)
POSTS = """(
  SELECT coalesce(json_agg(json_build_object('id', p.id, 'function', p.function, 'line', p.line, 'region',
           p.region_code, 'grade', p.grade, 'organisation', coalesce(o.name, ''))
           ORDER BY p.grade DESC, p.since, p.id), '[]')
    FROM access_post p LEFT JOIN organisations_organisation o ON o.id = p.organisation_id
   WHERE p.account_id = a.id AND p.ended_at IS NULL
     AND p.since <= %(day)s AND (p.until IS NULL OR p.until >= %(day)s))"""
