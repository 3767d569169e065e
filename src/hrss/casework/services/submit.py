"""Submit: a draft becomes a case. The same draft twice is the same case, whatever broke in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import Work
from hrss.casework.cases.numbers import new_case_number
from hrss.casework.deadlines import clocks
from hrss.casework.documents.issuing import issue_for
from hrss.casework.handlers import CaseFacts, handler_of
from hrss.casework.intake.applicants import Applicant, applicant_of, region_of
from hrss.casework.intake.fields import shown
from hrss.casework.intake.forms import clean
from hrss.casework.intake.handing_in import hand_in
from hrss.casework.intake.materials import MaterialLine, lines_for, missing_problems
from hrss.casework.items.versions import Version, current
from hrss.casework.items.vocabulary import APPLICANT
from hrss.casework.models import Case, Clock, Draft
from hrss.casework.notifying import tell
from hrss.casework.packages.progress import join_bundle
from hrss.casework.services.save_draft import open_draft, write_draft
from hrss.casework.steps.acting import act
from hrss.casework.steps.automatic import settle_automatically
from hrss.foundation.audit import record
from hrss.foundation.regions.queries import find as find_region
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem, Problems

_STAFF_INTAKE = (Function.COUNTER, Function.VILLAGE_AGENT, Function.HANDLER)


@verb("casework.submit")
def submit(draft_id: UUID, *, actor: Actor) -> Outcome:
    """Submit a draft. Problems: one for every field and every proof that is wrong or missing, all at once."""
    return submit_draft(open_draft(draft_id), actor=actor)


@verb("casework.apply")
def apply(
    item_code: str,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    region_code: str = "",
    materials: Mapping[str, Any] | None = None,
) -> Outcome:
    """Apply in one call (API, window): the form is checked and submitted, no draft is left when it is refused."""
    version = current(item_code)
    applicant = applicant_of(version.item, actor=actor, person_id=person_id, organisation_id=organisation_id)
    draft = write_draft(version, applicant, data, actor=actor, materials=materials or {})
    draft.region_code = region_of(version.item, applicant, data, asked=region_code)[:12]
    draft.save()
    return submit_draft(draft, actor=actor)


def submit_draft(draft: Draft, *, actor: Actor) -> Outcome:
    """Make a locked draft a case; a draft already submitted gives its case again."""
    if draft.submitted_case is not None:
        return _again(draft.submitted_case, actor)
    version = current(draft.item_code)
    applicant = _applicant(draft, version, actor)
    today = timezone.localdate()
    data = clean(version.item.form, draft.data, today=today)
    region = _region(version, applicant, data, draft)
    lines = _checked(version, applicant, data, draft, region, actor)
    work = _make_case(version, applicant, data, draft, region=region, actor=actor, day=today)
    hand_in(work.case, lines, version.item, day=today)
    act(work, "submit", actor=actor, to_state="submitted", function=_function(actor), audited=False)
    clocks.start(work.case, Clock.Kind.ACCEPTANCE, clocks.ACCEPTANCE, on=today)
    draft.submitted_case = work.case.id
    draft.save(update_fields=["submitted_case"])
    join_bundle(work.case, draft.bundle_member)
    _record(work.case, actor, item=work.case.item_code)
    issue_for(work, "submitted", actor=actor)
    if version.item.is_automatic:
        settle_automatically(work)
    else:
        tell(work, "submitted", actor=actor)
    return outcome_of(work.case)


def outcome_of(case: Case) -> Outcome:
    """Give what a submitter gets: number, state and the day it will be done."""
    due = case.act_by.isoformat() if case.act_by else ""
    return Outcome("case", str(case.id), case.number, {"state": case.state, "act_by": due, "item": case.item_code})


def _again(case_id: UUID, actor: Actor) -> Outcome:
    case = Case.objects.get(id=case_id)
    _record(case, actor, repeated=True)
    return outcome_of(case)


def _applicant(draft: Draft, version: Version, actor: Actor) -> Applicant:
    return applicant_of(
        version.item,
        actor=actor,
        person_id=draft.person_id,
        organisation_id=draft.organisation_id,
    )


def _region(version: Version, applicant: Applicant, data: Mapping[str, Any], draft: Draft) -> str:
    region = region_of(version.item, applicant, data) or draft.region_code
    if find_region(region) is None:
        raise Problem(
            "region.unknown",
            "没有这个办理地",
            remedy="请从列表中选择村（社区）",
            field=version.item.regions.get("from", ""),
        )
    return region


def _checked(
    version: Version, applicant: Applicant, data: Mapping[str, Any], draft: Draft, region: str, actor: Actor
) -> Sequence[MaterialLine]:
    """Give the proofs; Problems of the domain's check and of missing proofs together."""
    lines = lines_for(version.item, data, actor=actor, subject=applicant.subject, given=draft.materials)
    facts = CaseFacts(
        id=None,
        number="",
        item_code=version.item.code,
        line=version.item.line,
        region_code=region,
        person_id=applicant.person,
        organisation_id=applicant.organisation,
        agent_person_id=applicant.agent_person,
        data=data,
        result={},
        materials={line.code: {"how": line.how, "state": line.state, "answer": line.answer} for line in lines},
        submitted_on=timezone.localdate(),
    )
    problems = [*handler_of(version.item.handler).check(facts, actor=actor), *missing_problems(lines)]
    if problems:
        raise Problems(problems)
    return lines


def _make_case(
    version: Version,
    applicant: Applicant,
    data: Mapping[str, Any],
    draft: Draft,
    *,
    region: str,
    actor: Actor,
    day: date,
) -> Work:
    item = version.item
    first = item.steps[0]
    case = Case(
        number=new_case_number(region, channel=actor.channel, day=day),
        item_version_id=version.id,
        item_code=item.code,
        item_name=item.name,
        line=item.line,
        grade=item.grade.value,
        waiting_functions=list(first.functions),
        waiting_level=first.level,
        region_code=region,
        channel=actor.channel[:12],
        applicant_person_id=applicant.person,
        applicant_organisation_id=applicant.organisation,
        agent_person_id=applicant.agent_person,
        subject_name=applicant.name,
        subject_tail=applicant.tail,
        data=_in_order(item.form, data),
        submitted_at=timezone.now(),
        draft_id=draft.id,
        created_by=actor.account,
    )
    case.save(force_insert=True)
    return Work(case, item)


def _in_order(form: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    asked = shown(form, data)
    return {name: data[name] for name in form.get("properties", {}) if name in asked and name in data}


def _function(actor: Actor) -> str:
    if actor.kind is not ActorKind.STAFF:
        return APPLICANT
    return next(one.value for one in _STAFF_INTAKE if actor.holds(one))


def _record(case: Case, actor: Actor, **detail: Any) -> None:
    record(
        actor,
        "casework.submit",
        subject_kind="case",
        subject_id=case.id,
        person_id=case.applicant_person_id,
        region=case.region_code,
        detail={"number": case.number} | detail,
    )
