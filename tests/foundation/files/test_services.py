"""Files of people: kept with scope, opened with an event, invisible elsewhere."""

from __future__ import annotations

import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from pytest_django import Settings
from tests.foundation.files import corpus
from tests.foundation.people.builders import BAIDI, TUXIANG, load_county, make_person, public, staff, village

from hrss.foundation.audit.models import Event
from hrss.foundation.files.jobs import sweep_files
from hrss.foundation.files.models import StoredFile
from hrss.foundation.files.services import file_card, open_file, store
from hrss.foundation.files.store import path_of
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, system_actor
from hrss.kernel.problem import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings, request: pytest.FixtureRequest) -> Path:
    settings.HRSS_FILES = tmp_path / "files"
    if "real_db" not in request.fixturenames:
        load_county()
    return tmp_path / "files"


def events() -> list[tuple[str, str]]:
    with acting(system_actor("test")):
        return list(Event.objects.order_by("id").values_list("action", "outcome"))


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_person_stores_and_opens_a_file_of_their_own(folder: Path) -> None:
    person = make_person()
    me = public(person.id)
    card = store(corpus.pdf(), "../证明.pdf", actor=me, person_id=person.id, declared_type="application/pdf")
    assert (card.name, card.kind, card.media_type, card.scan) == ("证明.pdf", "pdf", "application/pdf", "off")
    again, stream = open_file(card.id, actor=me)
    assert again == card
    assert stream.read() == corpus.pdf()
    assert on_disk(folder) == [path_of(card.sha256)]
    assert events() == [("files.store", "done")]  # looking at one's own leaves none
    with acting(system_actor("test")):
        row = StoredFile.objects.get()
        assert row.region_code == person.region_code
        assert Event.objects.get().detail["sha256"] == card.sha256


def test_a_clerk_opens_it_with_a_purpose_and_leaves_a_trace() -> None:
    person = make_person()
    card = store(corpus.pdf(), "a.pdf", actor=public(person.id), person_id=person.id)
    open_file(card.id, actor=staff(Function.HANDLER))
    assert events()[-1] == ("files.open", "read")
    with acting(system_actor("test")):
        assert Event.objects.order_by("-id")[0].person_id == person.id
    with pytest.raises(Problem, match="用途"):
        open_file(card.id, actor=staff(Function.HANDLER, purpose=""))


def test_elsewhere_the_file_does_not_exist() -> None:
    person = make_person(region=village(BAIDI))
    card = store(corpus.pdf(), "a.pdf", actor=staff(Function.COUNTER), person_id=person.id)
    stranger = make_person("李四", region=village(BAIDI, 1))
    for other in (staff(Function.HANDLER, region=TUXIANG), public(stranger.id)):
        for look in (file_card, open_file):
            with pytest.raises(Problem, match="没有这个文件") as refusal:
                look(card.id, actor=other)
            assert refusal.value.status == 404
    with pytest.raises(Problem):
        file_card(uuid4(), actor=staff(Function.HANDLER))


def test_a_clerk_cannot_put_a_file_on_a_person_of_another_township() -> None:
    person = make_person(region=village(TUXIANG))
    with pytest.raises(Problem, match="属于哪个地方"):
        store(corpus.pdf(), "a.pdf", actor=staff(Function.COUNTER, region=BAIDI), person_id=person.id)
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        store(corpus.pdf(), "a.pdf", actor=staff(Function.COUNTER), person_id=person.id, region=village(TUXIANG))


def test_without_a_person_the_file_belongs_to_the_post() -> None:
    actor = staff(Function.COUNTER)
    card = store(corpus.png(), "a.png", actor=actor)
    assert file_card(card.id, actor=actor) == card
    with acting(system_actor("test")):
        assert StoredFile.objects.get().region_code == BAIDI
    with pytest.raises(Problem, match="属于哪个地方"):
        store(corpus.png(), "a.png", actor=Actor(ActorKind.PUBLIC, account=uuid4()))


def test_a_step_may_accept_fewer_kinds() -> None:
    with pytest.raises(Problem, match="不接受 PNG"):
        store(corpus.png(), "a.png", actor=staff(Function.COUNTER), kinds=("pdf",))


def test_a_refused_file_leaves_no_row_no_event_no_bytes(folder: Path) -> None:
    for sample in list(corpus.poisoned())[::12]:
        with pytest.raises(Problem):
            store(sample.data, sample.name, actor=staff(Function.COUNTER), declared_type=sample.declared)
    assert on_disk(folder) == []
    assert events() == []


def test_the_same_content_lies_on_disk_once(folder: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        store(corpus.pdf(), name, actor=staff(Function.COUNTER))
    assert len(on_disk(folder)) == 1
    with acting(system_actor("test")):
        assert StoredFile.objects.count() == 2


def test_an_altered_file_is_not_given_out(folder: Path) -> None:
    actor = staff(Function.COUNTER)
    card = store(corpus.pdf(), "a.pdf", actor=actor)
    path_of(card.sha256).chmod(0o600)
    path_of(card.sha256).write_bytes(corpus.pdf().replace(b"1.7", b"1.4"))
    with pytest.raises(Problem, match="被改动"):
        open_file(card.id, actor=actor)


@pytest.mark.parametrize("statement", ["UPDATE files_storedfile SET name = 'x'", "DELETE FROM files_storedfile"])
def test_a_row_is_never_rewritten(statement: str) -> None:
    store(corpus.pdf(), "a.pdf", actor=staff(Function.COUNTER))
    with (
        acting(system_actor("test")),
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_left_overs_are_swept_and_files_in_use_are_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = store(corpus.pdf(), "a.pdf", actor=staff(Function.COUNTER))
    left = path_of("ab" * 32)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    with acting(system_actor("files.sweep")):
        sweep_files()
        assert left.exists()
        monkeypatch.setattr("hrss.foundation.files.jobs.SPARED_SECONDS", -1)
        sweep_files()
    assert on_disk(folder) == [path_of(card.sha256)]


def test_the_same_file_twice_at_once(real_db: str, folder: Path) -> None:
    cards: list[str] = []

    def take() -> None:
        cards.append(store(corpus.pdf(), "a.pdf", actor=staff(Function.COUNTER)).sha256)
        connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(cards) == 4
    assert len(on_disk(folder)) == 1
