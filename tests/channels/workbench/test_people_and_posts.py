"""People only with a purpose and within scope; posts only by four people; the log only for those who watch."""

from __future__ import annotations

from tests.channels.staffed import (
    COUNTY,
    OTHER_TOWN,
    OTHER_VILLAGE,
    TOWN,
    applied,
    browser_of,
    clerk,
    refusals,
    somebody,
)

from hrss.foundation.access.models import Post


def test_no_person_is_shown_before_a_purpose_is_chosen() -> None:
    person = somebody()
    browser = browser_of(clerk("handler"))
    assert browser.get(f"/work/people/{person.id}/").headers["Location"] == "/work/people/"
    assert person.name not in browser.get(f"/work/people/?text={person.id_number}").content.decode()
    assert browser.post("/work/people/purpose", {"purpose": "payment"}).status_code == 422
    browser.post("/work/people/purpose", {"purpose": "query", "after": "https://example.org/"})
    assert person.name in browser.get(f"/work/people/?text={person.id_number}").content.decode()
    page = browser.get(f"/work/people/{person.id}/").content.decode()
    assert person.name in page
    assert person.id_number not in page


def test_the_full_number_is_one_deliberate_step() -> None:
    person = somebody()
    browser = browser_of(clerk("handler"))
    browser.post("/work/people/purpose", {"purpose": "query"})
    address = f"/work/people/{person.id}/reveal/id_number"
    assert browser.get(address).status_code == 405
    assert person.id_number in browser.post(address).content.decode()
    assert browser.post(f"/work/people/{person.id}/reveal/password").status_code == 404


def test_a_case_is_a_purpose_for_its_own_applicant_only() -> None:
    person, other = somebody(), somebody("向小明")
    case = applied(person.id)
    browser = browser_of(clerk("handler"))
    assert "办理您的业务" in browser.get(f"/work/people/{person.id}/?case={case}").content.decode()
    assert browser.get(f"/work/people/{other.id}/?case={case}").status_code == 404
    assert browser.get(f"/work/people/{other.id}/?case=nonsense").status_code == 404


def test_a_person_of_another_township_does_not_exist_and_the_attempt_is_on_the_log() -> None:
    stranger = somebody("王艳娟", region=OTHER_VILLAGE)
    account = clerk("handler")
    browser = browser_of(account)
    browser.post("/work/people/purpose", {"purpose": "query"})
    assert browser.get(f"/work/people/{stranger.id}/").status_code == 404
    assert browser.post(f"/work/people/{stranger.id}/reveal/phone").status_code == 404
    assert str(stranger.id) not in browser.get(f"/work/people/?text={stranger.id_number}").content.decode()
    assert refusals(account) == ["route.workbench.person", "route.workbench.reveal"]


def test_a_post_comes_by_four_people_and_mistakes_come_back() -> None:
    new = clerk("counter", region=TOWN, name="新来的")
    unit = browser_of(clerk("handler", region=TOWN))
    typed = {"username": "nobody", "function": "handler", "line": "*", "region": TOWN, "reason": "接替"}
    wrong = unit.post("/work/posts/apply", typed)
    assert wrong.status_code == 422
    assert 'value="nobody"' in wrong.content.decode()
    assert unit.post("/work/posts/apply", {**typed, "username": new.username, "region": OTHER_TOWN}).status_code == 422
    assert unit.post("/work/posts/apply", {**typed, "username": new.username}).status_code == 302
    for function, verb in (("inspector", "control"), ("leader", "approve"), ("security_admin", "grant")):
        browser = browser_of(clerk(function, region=COUNTY))
        page = browser.get("/work/posts/").content.decode()
        address = page.split(f'/{verb}"')[0].rpartition('"')[2] + f"/{verb}"
        assert browser.post(address, {"note": "同意", "_key": verb}).status_code == 302, (function, page)
    assert Post.objects.filter(account=new, function="handler", region_code=TOWN).exists()


def test_one_cannot_apply_for_oneself() -> None:
    account = clerk("handler")
    typed = {"username": account.username, "function": "reviewer", "line": "*", "region": TOWN, "reason": "我自己"}
    answer = browser_of(account).post("/work/posts/apply", typed)
    assert answer.status_code == 422
    assert "不能为自己申请岗位" in answer.content.decode()
    assert refusals(account) == ["route.workbench.post_apply"]


def test_ending_a_post_needs_a_reason_and_the_right_post() -> None:
    victim = Post.objects.get(account=clerk("handler"))
    colleague, admin = browser_of(clerk("handler")), browser_of(clerk("security_admin", region=COUNTY))
    address = f"/work/posts/{victim.id}/"
    assert colleague.post(address, {"verb": "end", "end_reason": "不喜欢"}).status_code == 422
    assert admin.post(address, {"verb": "end", "end_reason": " "}).status_code == 422
    assert admin.post(address, {"verb": "end", "end_reason": "调走"}).status_code == 302
    victim.refresh_from_db()
    assert victim.ended_at is not None
    assert admin.get(address).status_code == 404


def test_the_log_is_for_those_who_watch() -> None:
    assert browser_of(clerk("handler")).get("/work/log/").status_code == 403
    watcher = browser_of(clerk("audit_admin", region=COUNTY))
    assert "route.workbench.log" in watcher.get("/work/log/?outcome=refused").content.decode()


def test_operators_see_the_board_and_bad_addresses_do_nothing() -> None:
    browser = browser_of(clerk("system_admin", region=COUNTY))
    assert "定时任务" in browser.get("/work/ops/").content.decode()
    assert browser.post("/work/ops/jobs/999999/retry").status_code == 422
    assert browser.post("/work/ops/jobs/1/explode").status_code == 404
