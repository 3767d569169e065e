"""The sealed log: waiting list filled by trigger, leaves, tiles, heads, and the event as JSON.

The waiting list is why nothing is skipped: an event of a transaction that commits late is simply seen late. No
reader has to wait for the oldest running transaction.
"""

from __future__ import annotations

import django.db.models
import django.db.models.functions
from django.db import migrations

from hrss.foundation.scope.policies import append_only

WAITING = """
CREATE FUNCTION audit_wait() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
  INSERT INTO audit_waiting (event_id) SELECT id FROM written;
  RETURN NULL;
END
$$;
CREATE TRIGGER audit_event_wait AFTER INSERT ON audit_event REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION audit_wait();
REVOKE INSERT, UPDATE, TRUNCATE ON audit_waiting FROM hrss_app;
SELECT set_config('hrss.kind', 'system', true);
INSERT INTO audit_waiting (event_id) SELECT id FROM audit_event;
"""
NO_WAITING = """
DROP TRIGGER audit_event_wait ON audit_event;
DROP FUNCTION audit_wait();
"""

VIEWS = """
CREATE VIEW audit_event_json WITH (security_invoker = true) AS
SELECT id, at, jsonb_build_object(
    'id', id, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor_account', actor_account, 'actor_person', actor_person, 'actor_name', actor_name, 'actor_kind', actor_kind,
    'post_function', post_function, 'organisation', organisation, 'channel', channel, 'action', action,
    'outcome', outcome, 'purpose', purpose, 'subject_kind', subject_kind, 'subject_id', subject_id,
    'person_id', person_id, 'region_code', region_code, 'detail', detail, 'request_id', request_id) AS body
FROM audit_event;

CREATE VIEW audit_export WITH (security_invoker = true) AS
SELECT leaf.seq AS position, 0 AS rank, leaf.seq AS number,
  jsonb_build_object('seq', leaf.seq, 'leaf', encode(leaf.hash, 'hex'), 'event', event.body)::text AS line
FROM audit_leaf leaf LEFT JOIN audit_event_json event ON event.id = leaf.event_id
UNION ALL
SELECT size, 1, number, jsonb_build_object('signature', encode(signature, 'hex'), 'head', jsonb_build_object(
    'number', number, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'size', size,
    'root', encode(root, 'hex'), 'previous', encode(previous, 'hex'), 'key', key, 'algorithm', algorithm))::text
FROM audit_treehead;
"""
NO_VIEWS = "DROP VIEW audit_export; DROP VIEW audit_event_json;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_event")]
    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("event_id", django.db.models.BigIntegerField(primary_key=True, serialize=False)),
                ("since", django.db.models.DateTimeField(db_default=django.db.models.functions.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("seq", django.db.models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "event",
                    django.db.models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, to="audit.event"),
                ),
                ("hash", django.db.models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                (
                    "id",
                    django.db.models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", django.db.models.SmallIntegerField()),
                ("index", django.db.models.BigIntegerField()),
                ("hash", django.db.models.BinaryField()),
            ],
            options={
                "constraints": [django.db.models.UniqueConstraint(fields=("level", "index"), name="audit_tile_place")],
            },
        ),
        migrations.CreateModel(
            name="TreeHead",
            fields=[
                ("number", django.db.models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", django.db.models.DateTimeField()),
                ("size", django.db.models.BigIntegerField()),
                ("root", django.db.models.BinaryField()),
                ("previous", django.db.models.BinaryField()),
                ("key", django.db.models.TextField()),
                ("algorithm", django.db.models.TextField()),
                ("signature", django.db.models.BinaryField()),
                ("peaks", django.db.models.BinaryField()),
            ],
            options={"indexes": [django.db.models.Index(fields=["size", "number"], name="audit_head_size")]},
        ),
        migrations.RunSQL(WAITING, NO_WAITING),
        append_only("audit_leaf"),
        append_only("audit_tile"),
        append_only("audit_treehead"),
        migrations.RunSQL(VIEWS, NO_VIEWS),
    ]
