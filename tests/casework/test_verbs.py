"""Each verb: what it does, what it refuses with a sentence, what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.casework.conftest import (
    COUNTY,
    OTHER_TOWN,
    OTHER_VILLAGE,
    Office,
    citizen,
    firm_user,
    make_firm,
    make_person,
    staff,
    stored_file,
)
from tests.casework.test_flow import INTERNSHIP, PROMISE, applied

from hrss.casework import queries, services
from hrss.casework.models import Case, Document, Draft, Material, Notice, Opinion, RatingTask
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.identifiers import uuid7
from hrss.kernel.problem import Problem, Problems

ROBOT = system_actor("casework.test")


def case_of(case_id: UUID) -> Case:
    with acting(ROBOT):
        return Case.objects.get(id=case_id)


def accepted(office: Office, person: UUID) -> UUID:
    case_id = applied(person)
    services.accept(case_id, actor=office.handler)
    return case_id


def decided(office: Office, person: UUID, **more: Any) -> UUID:
    case_id = accepted(office, person)
    services.decide(case_id, actor=office.county_reviewer, **({"granted": True} | more))
    return case_id


def refused(code: str, do: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as caught:
        do()
    assert caught.value.code == code, caught.value
    assert caught.value.message
    return caught.value


def test_a_draft_is_kept_as_typed_and_submitted_once(office: Office, person: UUID) -> None:
    me = citizen(person)
    draft = services.save_draft("JY048", {"group": "nonsense", "phone": ""}, actor=me)
    kept = queries_draft(UUID(draft.id), me)
    assert kept.data == {"group": "nonsense", "phone": ""}
    with pytest.raises(Problems) as wrong:
        services.submit(UUID(draft.id), actor=me)
    assert {one.field for one in wrong.value} >= {"group", "phone", "wanted_job"}
    services.save_draft("JY048", INTERNSHIP, actor=me, draft_id=UUID(draft.id), materials=PROMISE, step=1)
    first = services.submit(UUID(draft.id), actor=me)
    again = services.submit(UUID(draft.id), actor=me)
    assert (first.id, first.number) == (again.id, again.number)
    refused(
        "draft.submitted",
        lambda: services.save_draft("JY048", INTERNSHIP, actor=me, draft_id=UUID(draft.id)),
    )
    with acting(ROBOT):
        assert Case.objects.count() == 1


def queries_draft(draft_id: UUID, actor: Actor) -> queries.DraftView:
    with acting(actor):
        return queries.draft(draft_id, actor=actor)


def test_a_draft_is_nobody_elses(office: Office, person: UUID) -> None:
    draft = services.save_draft("JY048", INTERNSHIP, actor=citizen(person))
    for other in (citizen(make_person("别人")), office.handler):
        refused("draft.not_found", lambda other=other: queries_draft(UUID(draft.id), other))
        refused("draft.not_found", lambda other=other: services.submit(UUID(draft.id), actor=other))


def test_the_same_key_gives_the_same_answer_and_another_request_is_refused(office: Office, person: UUID) -> None:
    me, key = citizen(person), "k" * 20
    first = services.apply("JY048", INTERNSHIP, actor=me, materials=PROMISE, key=key)
    assert services.apply("JY048", INTERNSHIP, actor=me, materials=PROMISE, key=key) == first
    other = {**INTERNSHIP, "wanted_job": "厨师"}
    refused("idempotency.conflict", lambda: services.apply("JY048", other, actor=me, materials=PROMISE, key=key))


def test_nobody_applies_for_others_without_being_asked(office: Office, person: UUID) -> None:
    stranger = make_person("别人")
    refused(
        "access.refused",
        lambda: services.apply("JY048", INTERNSHIP, actor=citizen(stranger), person_id=person, materials=PROMISE),
    )
    refused(
        "people.not_found",
        lambda: services.apply("JY048", INTERNSHIP, actor=office.elsewhere, person_id=person, materials=PROMISE),
    )
    outcome = services.apply("JY048", INTERNSHIP, actor=office.counter, person_id=person, materials=PROMISE)
    with acting(ROBOT):
        assert case_of(UUID(outcome.id)).actions.get().post == "handle"


def test_a_clerk_who_typed_it_may_accept_but_not_review(office: Office, person: UUID) -> None:
    both = staff("counter", "reviewer", region=COUNTY)
    outcome = services.apply("JY048", INTERNSHIP, actor=both, person_id=person, materials=PROMISE)
    case_id = UUID(outcome.id)
    services.accept(case_id, actor=both)
    refused("casework.two_posts", lambda: services.decide(case_id, actor=both, granted=True))


def test_a_firm_applies_through_its_delegate(office: Office, person: UUID) -> None:
    firm = make_firm()
    data = {
        "need": "short",
        "headcount": 20,
        "job": "缝纫工",
        "pay": 4000,
        "until": "2027-06-30",
        "contact": "王芳",
        "phone": "10012345678",
    }
    refused("casework.applicant_kind", lambda: services.apply("JY054", data, actor=citizen(person)))
    outcome = services.apply("JY054", data, actor=firm_user(firm, person), materials={"firm": {"promise": True}})
    case = case_of(UUID(outcome.id))
    assert (case.applicant_organisation_id, case.agent_person_id) == (firm, person)
    assert case.subject_name == "夔门制衣厂"


def test_claiming_keeps_colleagues_out_until_released(office: Office, person: UUID) -> None:
    case_id = applied(person)
    services.claim(case_id, actor=office.handler)
    colleague = staff("handler")
    taken = refused("casework.taken", lambda: services.accept(case_id, actor=colleague))
    assert "经办员" in taken.message
    refused("casework.not_claimed", lambda: services.release(case_id, actor=colleague))
    services.release(case_id, actor=staff("approver", region=COUNTY))
    services.accept(case_id, actor=colleague)
    assert case_of(case_id).claimed_by is None


def test_one_notice_and_no_second(office: Office, person: UUID) -> None:
    case_id = applied(person)
    refused("notice.empty", lambda: services.notify_correction(case_id, [], actor=office.handler))
    refused(
        "notice.unknown",
        lambda: services.notify_correction(case_id, [{"field": "x", "text": "不清楚"}], actor=office.handler),
    )
    points = [{"material": "identity", "text": "身份证照片看不清，请重拍"}, {"field": "phone", "text": "手机号打不通"}]
    services.notify_correction(case_id, points, actor=office.handler)
    with acting(citizen(person)):
        notice = Notice.objects.get(case_id=case_id)
        assert [point["text"] for point in notice.points] == [point["text"] for point in points]
        assert Document.objects.get(case_id=case_id, rule="correction").name == "补正材料一次性告知书"
    services.correct(case_id, {"phone": "10087654321"}, actor=citizen(person))
    case = case_of(case_id)
    assert (case.state, case.data["phone"]) == ("submitted", "10087654321")
    refused("notice.told_already", lambda: services.notify_correction(case_id, points, actor=office.handler))


def test_a_wrong_correction_is_told_and_changes_nothing(office: Office, person: UUID) -> None:
    case_id = applied(person)
    services.notify_correction(case_id, [{"field": "phone", "text": "打不通"}], actor=office.handler)
    with pytest.raises(Problems) as wrong:
        services.correct(case_id, {"phone": "12"}, actor=citizen(person))
    assert [one.field for one in wrong.value] == ["phone"]
    assert case_of(case_id).state == "correcting"


def test_refusals_need_reasons(office: Office, person: UUID) -> None:
    case_id = applied(person)
    refused("casework.no_reasons", lambda: services.refuse_acceptance(case_id, " 不行 ", actor=office.handler))
    services.accept(case_id, actor=office.handler)
    problem = refused(
        "decision.no_reasons", lambda: services.decide(case_id, actor=office.county_reviewer, granted=False)
    )
    assert "行政许可法" in problem.rule
    services.decide(case_id, actor=office.county_reviewer, granted=False, reasons="毕业已经超过两年")
    case = case_of(case_id)
    assert (case.state, case.decision) == ("decided", "refused")
    with acting(ROBOT):
        assert case.documents.get().name == "不予确认决定书"
        assert "六十日" in case.decision_made.remedy
        assert not case.effects.exists()


def test_a_case_is_returned_and_comes_back(office: Office, person: UUID) -> None:
    case_id = accepted(office, person)
    services.return_case(case_id, actor=office.county_reviewer, reason="请核对毕业时间")
    assert case_of(case_id).state == "accepted"
    services.handle(case_id, actor=office.handler, opinion="已经核对，符合条件")
    services.review(case_id, actor=office.county_reviewer, opinion="同意")
    assert case_of(case_id).decision == "granted"


def test_what_was_proposed_is_decided_by_agreement(office: Office, person: UUID) -> None:
    case_id = accepted(office, person)
    services.return_case(case_id, actor=office.county_reviewer, reason="请核对毕业时间")
    services.handle(case_id, actor=office.handler, opinion="毕业超过两年，不符合条件", granted=False)
    services.review(case_id, actor=office.county_reviewer, opinion="同意不予确认")
    case = case_of(case_id)
    assert case.decision == "refused"
    with acting(ROBOT):
        assert case.decision_made.reasons == "毕业超过两年，不符合条件"


def test_three_posts_are_three_people(office: Office, person: UUID) -> None:
    outcome = services.apply("LD014", _wages(), actor=citizen(person), materials=PROMISE)
    case_id = UUID(outcome.id)
    services.accept(case_id, actor=office.counter)
    services.handle(case_id, actor=office.handler, opinion="已联系单位付款", facts={"outcome": "paid", "paid": 3000})
    with pytest.raises(Problem) as problems:
        services.decide(case_id, actor=office.handler, granted=True)
    assert problems.value.code == "casework.not_allowed"
    services.review(case_id, actor=office.county_reviewer)
    case = case_of(case_id)
    assert case.result == {"outcome": "paid", "paid": 3000}


def _wages() -> dict[str, object]:
    return {
        "who_owes": "夔门制衣厂",
        "place": "白帝镇",
        "owed": 3000,
        "since": "2026-01-15",
        "people": 2,
        "story": "两个月工资没有发",
        "evidence": False,
        "phone": "10012345678",
    }


def test_the_result_form_is_checked(office: Office, person: UUID) -> None:
    outcome = services.apply("LD014", _wages(), actor=citizen(person), materials=PROMISE)
    case_id = UUID(outcome.id)
    services.accept(case_id, actor=office.counter)
    services.handle(case_id, actor=office.handler, opinion="已联系单位")
    with pytest.raises(Problems) as wrong:
        services.decide(case_id, actor=office.county_reviewer, granted=True)
    assert [one.field for one in wrong.value] == ["outcome"]
    services.decide(case_id, actor=office.county_reviewer, granted=True, facts={"outcome": "inspection"})
    with acting(ROBOT):
        rows = dict(Document.objects.get(case_id=case_id, rule="decision").facts["rows"])
    assert rows["处理结果"] == "转劳动保障监察立案"


def test_an_automatic_item_is_done_when_sent(office: Office, person: UUID) -> None:
    data = {"wanted_job": "缝纫工", "wanted_place": "county", "pay_floor": 3000, "phone": "10012345678"}
    outcome = services.apply("JY003", data, actor=citizen(person), materials=PROMISE)
    case = case_of(UUID(outcome.id))
    assert (case.state, case.decision, outcome.data["state"]) == ("decided", "granted", "decided")
    with acting(citizen(person)):
        assert Document.objects.get(case=case).name == "求职登记确认单"
        assert list(case.actions.order_by("ordinal").values_list("actor_kind", flat=True)) == [
            "public",
            "system",
            "system",
        ]


def test_settling_at_once_is_for_one_person_items_only(office: Office, person: UUID) -> None:
    data = {"topic": "interview", "way": "phone", "phone": "10012345678"}
    outcome = services.apply("JY007", data, actor=citizen(person), materials=PROMISE)
    services.settle_at_once(UUID(outcome.id), actor=office.counter, facts={"advice": "先改简历，再约一次面试"})
    assert case_of(UUID(outcome.id)).decision == "granted"
    two = applied(person)
    refused("casework.not_at_once", lambda: services.settle_at_once(two, actor=office.counter))
    assert case_of(two).state == "submitted"


def test_transfer_moves_a_case_out_of_sight(office: Office, person: UUID) -> None:
    case_id = applied(person)
    refused("transfer.where", lambda: services.transfer(case_id, actor=office.handler, reason="不归这里管"))
    services.transfer(case_id, actor=office.handler, reason="现在住在吐祥镇", to_region=OTHER_VILLAGE)
    refused("casework.not_found", lambda: services.accept(case_id, actor=office.handler))
    services.accept(case_id, actor=office.elsewhere)
    assert case_of(case_id).region_code == OTHER_VILLAGE


def test_transfer_to_another_authority_closes_the_case(office: Office, person: UUID) -> None:
    case_id = applied(person)
    services.transfer(case_id, actor=office.handler, reason="属于医保部门的事", to_authority="奉节县医疗保障局")
    case = case_of(case_id)
    assert case.state == "transferred"
    assert case.closed_at is not None


def test_an_opinion_lets_the_asked_place_look_and_answer(office: Office, person: UUID) -> None:
    case_id = accepted(office, person)
    adviser = staff("handler", region=OTHER_TOWN)
    refused("casework.not_found", lambda: services.claim(case_id, actor=adviser))
    outcome = services.ask_opinion(
        case_id, "她在吐祥镇登记过吗", actor=office.county_reviewer, function="handler", region_code=OTHER_TOWN
    )
    with acting(adviser):
        assert queries.case_page(case_id, actor=adviser).case["id"] == str(case_id)
    services.give_opinion(UUID(outcome.id), "没有登记过", actor=adviser, agrees=True)
    refused("opinion.answered", lambda: services.give_opinion(UUID(outcome.id), "再说一次", actor=adviser, agrees=True))
    with acting(office.handler):
        assert Opinion.objects.get().agrees is True


def test_withdrawing_and_terminating_close_the_case(office: Office, person: UUID) -> None:
    first, second = applied(person), accepted(office, make_person("另一位"))
    refused("casework.not_allowed", lambda: services.withdraw(first, actor=office.handler))
    services.withdraw(first, actor=citizen(person))
    services.terminate(second, actor=office.county_reviewer, reason="申请人去世")
    assert (case_of(first).state, case_of(second).state) == ("withdrawn", "terminated")
    refused("casework.not_allowed", lambda: services.accept(first, actor=office.handler))


def test_a_bad_rating_opens_a_task_of_fifteen_working_days(office: Office, person: UUID) -> None:
    case_id = decided(office, person)
    refused("rating.grade", lambda: services.rate(case_id, 6, actor=citizen(person)))
    refused("casework.not_found", lambda: services.rate(case_id, 5, actor=citizen(make_person("路人"))))
    outcome = services.rate(case_id, 2, actor=citizen(person), comment="等太久")
    refused("rating.once", lambda: services.rate(case_id, 5, actor=citizen(person)))
    task_id = UUID(outcome.data["task"])
    refused(
        "rating.call_back",
        lambda: services.answer_rating(task_id, "已经改进", actor=office.leader, called_back=False),
    )
    services.answer_rating(task_id, "已增加窗口", actor=office.leader, called_back=True, satisfied=True)
    with acting(ROBOT):
        task = RatingTask.objects.get()
        assert task.answered_by == "经办员"
        assert (task.due_on - task.opened_at.date()).days >= 15
        assert "15个工作日" in str(task.trace)


def test_deferred_and_promised_proofs_are_followed_up(office: Office, person: UUID) -> None:
    data = {**INTERNSHIP, "group": "graduate", "school": "三峡学院", "graduated_on": "2026-06-30"}
    with pytest.raises(Problems) as wrong:
        services.apply("JY048", data, actor=citizen(person), materials=PROMISE)
    assert "之后补交" in str(next(iter(wrong.value)).remedy)
    given = {**PROMISE, "diploma": {"defer": True}}
    case_id = UUID(services.apply("JY048", data, actor=citizen(person), materials=given).id)
    with acting(ROBOT):
        rows = {row.code: row for row in Material.objects.filter(case_id=case_id)}
        assert (rows["diploma"].state, rows["identity"].state) == ("deferred", "promised")
        assert "愿意承担" in rows["identity"].promise_text
        assert rows["diploma"].due_on is not None
    services.accept(case_id, actor=office.handler)
    services.decide(case_id, actor=office.county_reviewer, granted=True)
    services.deliver(case_id, actor=citizen(person))
    refused("archive.open_material", lambda: services.archive(case_id, actor=office.handler))
    me = citizen(person)
    refused("files.not_found", lambda: services.supply_material(case_id, "diploma", actor=me, file_id=uuid7()))
    services.supply_material(case_id, "diploma", actor=me, file_id=stored_file(me, person))
    refused("material.not_open", lambda: services.supply_material(case_id, "diploma", actor=me, file_id=uuid7()))
    services.verify_promise(case_id, "identity", actor=office.handler, held=True)
    services.archive(case_id, actor=office.handler)


def test_a_file_of_somebody_else_proves_nothing(office: Office, person: UUID) -> None:
    other = make_person("别人")
    data = {**INTERNSHIP, "group": "graduate", "school": "三峡学院", "graduated_on": "2026-06-30"}
    for file_id in (stored_file(citizen(other), other), uuid7(), "no id"):
        given = {**PROMISE, "diploma": {"file_id": str(file_id)}}
        with pytest.raises(Problems) as wrong:
            services.apply("JY048", data, actor=citizen(person), materials=given)
        assert "没有找到" in next(iter(wrong.value)).message


def test_a_broken_promise_ends_the_right_to_promise(office: Office, person: UUID) -> None:
    case_id = accepted(office, person)
    services.verify_promise(case_id, "identity", actor=office.handler, held=False, note="户籍信息与承诺不符")
    with pytest.raises(Problems) as wrong:
        services.decide(case_id, actor=office.county_reviewer, granted=True)
    assert [one.code for one in wrong.value] == ["material.open"]
    with pytest.raises(Problems) as again:
        services.apply("JY048", INTERNSHIP, actor=citizen(person), materials=PROMISE)
    assert "承诺" not in next(iter(again.value)).remedy


def test_the_bag_saves_asking_twice(office: Office, person: UUID) -> None:
    data = {**INTERNSHIP, "group": "graduate", "school": "三峡学院", "graduated_on": "2026-06-30"}
    file_id = stored_file(citizen(person), person)
    given = {**PROMISE, "diploma": {"file_id": str(file_id)}}
    services.apply("JY048", data, actor=citizen(person), materials=given)
    second = services.apply("JY048", data, actor=citizen(person), materials=PROMISE)
    with acting(ROBOT):
        row = Material.objects.get(case_id=UUID(second.id), code="diploma")
    assert (row.how, row.file_id) == ("bag", file_id)


def test_a_case_keeps_its_version_until_it_is_moved_forward(
    office: Office, person: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = applied(person)
    before = case_of(case_id).item_version_id
    publish_changed(monkeypatch)
    assert case_of(case_id).item_version_id == before
    newer = applied(person)
    assert case_of(newer).item_version_id != before
    services.fast_forward(case_id, actor=office.leader, reason="按新的事项办理对申请人更有利")
    assert case_of(case_id).item_version_id == case_of(newer).item_version_id
    refused("item.current_already", lambda: services.fast_forward(case_id, actor=office.leader, reason="再来一次看看"))


def publish_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    from hrss.casework.items import publish as module  # noqa: PLC0415 - patched here only
    from hrss.casework.items.definition import definition_of  # noqa: PLC0415

    real = module.load_pack

    def changed(code: str, **more: object) -> object:
        pack = real(code, **more)  # type: ignore[arg-type]
        raw = {**pack.items["JY048"].to_json(), "summary": "新的说明"}
        return type(pack)(pack.code, pack.title, pack.region, pack.layers, {"JY048": definition_of(raw)})

    monkeypatch.setattr(module, "load_pack", changed)
    module.publish("fengjie", actor=ROBOT)


def test_every_verb_leaves_an_event(office: Office, person: UUID) -> None:
    from hrss.foundation.audit.models import Event  # noqa: PLC0415 - needs Django

    case_id = decided(office, person)
    with acting(ROBOT):
        actions = list(
            Event.objects.filter(subject_id=str(case_id), outcome="done")
            .order_by("id")
            .values_list("action", flat=True)
        )
    assert actions == ["casework.submit", "casework.accept", "casework.decide"]


def test_drafts_do_not_outlive_their_case(office: Office, person: UUID) -> None:
    applied(person)
    with acting(citizen(person)):
        assert queries.my_cases(actor=citizen(person)).drafts == []
        assert Draft.objects.filter(submitted_case=None).count() == 0
