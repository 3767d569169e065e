"""Cases, drafts, packages and rosters a delegate was not entrusted with do not exist for that delegate.

What belongs to a case (steps, papers, proofs) follows its case. A package counts as a service under its own code.
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import IS_SYSTEM

MINE = "account = nullif(current_setting('hrss.account', true), '')::uuid OR hrss_kind() = 'system'"
OFFICE = "(hrss_in_scope(region_code) AND casework_in_line(line)) OR casework_is_asked(shared_with)"
CASE = "hrss_is_entrusted(applicant_person_id, applicant_organisation_id, item_code)"
BEFORE = {
    "casework_case": f"{OFFICE} OR hrss_is_self(applicant_person_id) OR hrss_is_organisation(applicant_organisation_id)",
    "casework_draft": f"hrss_is_self(person_id) OR hrss_is_organisation(organisation_id) OR {MINE}",
    "casework_bundle": "hrss_in_scope(region_code) OR hrss_is_self(person_id) OR hrss_is_organisation(organisation_id)",
    "casework_bulkbatch": f"hrss_in_scope(region_code) OR hrss_is_organisation(organisation_id) OR {MINE}",
}
AFTER = {
    "casework_case": f"{IS_SYSTEM} OR {OFFICE} OR {CASE}",
    "casework_draft": f"hrss_is_entrusted(person_id, organisation_id, item_code) OR {MINE}",
    "casework_bundle": "hrss_in_scope(region_code) OR hrss_is_entrusted(person_id, organisation_id, package_code)",
    "casework_bulkbatch": f"hrss_in_scope(region_code) OR hrss_is_entrusted(NULL, organisation_id, item_code) OR {MINE}",
}


def _policies(rules: dict[str, str]) -> list[str]:
    return [
        f"ALTER POLICY {table}_scope ON {table} USING ({rule}) WITH CHECK ({rule})" for table, rule in rules.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_bulk_without_key"), ("scope", "0002_entrusted")]
    operations = [migrations.RunSQL(_policies(AFTER), _policies(BEFORE))]
