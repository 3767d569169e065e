"""The upload lane: honest files come in, poisoned ones do not, and looking at them costs little."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import random
import resource
import shlex
import signal
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from tests.foundation.files import corpus

from hrss.foundation.files.child.limits import BULK, ORDINARY, Limits
from hrss.foundation.files.child.main import check
from hrss.foundation.files.child.refusal import Refused
from hrss.foundation.files.inspection import _CODE, inspect, scan
from hrss.foundation.files.kinds import kind_of
from hrss.foundation.files.names import LONGEST, harmless
from hrss.foundation.files.store import keep, path_of, read, receive
from hrss.kernel.problem import Problem

HONEST = list(corpus.honest())
POISONED = list(corpus.poisoned())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.HRSS_FILES = tmp_path / "files"
    return tmp_path / "files"


def judge(sample: corpus.Sample, limits: Limits = ORDINARY) -> str:
    """Do what ``services.store`` does before anything is kept; give the kind."""
    with receive(sample.data, limit=limits.size) as received:
        kind = kind_of(harmless(sample.name), declared=sample.declared, head=received.head)
        inspect(received.path, kind.name, limits)
        return kind.name


@pytest.mark.parametrize("sample", HONEST, ids=lambda sample: sample.title)
def test_honest_files_come_in(sample: corpus.Sample) -> None:
    assert judge(sample)


@pytest.mark.parametrize("sample", POISONED, ids=lambda sample: f"{sample.name}-{sample.title}")
def test_poisoned_files_do_not(sample: corpus.Sample, folder: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(Problem) as refusal:
        judge(sample)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5
    assert refusal.value.code == f"files.{sample.refusal}"
    assert refusal.value.message
    assert refusal.value.remedy
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_the_corpus_is_large_enough() -> None:
    assert len(POISONED) >= 60
    assert len({sample.data + sample.name.encode() for sample in POISONED}) == len(POISONED)
    assert Counter(sample.refusal for sample in POISONED).keys() >= {
        "bomb",
        "dtd",
        "macro",
        "script",
        "polyglot",
        "path",
    }


def test_the_child_imports_no_django_and_stays_small() -> None:
    code = _CODE.replace("main()", "import json; print(json.dumps(sorted(sys.modules)))")
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert "hrss.foundation.files.child.main" in done.stdout
    for heavy in ("django", "psycopg", "socket", "ssl", "subprocess"):
        assert f'"{heavy}"' not in done.stdout


def test_the_childs_limits_hold(tmp_path: Path) -> None:
    limits = "from hrss.foundation.files.child.limits import Limits"
    code = _CODE.replace("import main; main()", f"import confine; {limits}; confine(Limits(cpu=1)); {{}}")
    hungry = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code.replace("{}", "b'x' * (400 << 20)")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "MemoryError" in hungry.stderr
    endless = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code.replace("{}", "any(False for _ in iter(int, 1))")],
        capture_output=True,
        check=False,
    )
    assert endless.returncode < 0
    target = tmp_path / "x"
    writing = code.replace("{}", f"open({str(target)!r}, 'wb', buffering=0).write(b'x')")
    done = subprocess.run([sys.executable, "-I", "-S", "-c", writing], capture_output=True, check=False)
    assert done.returncode != 0
    assert target.stat().st_size == 0


def test_a_child_that_takes_too_long_is_a_refusal(folder: Path) -> None:
    sample = corpus.Sample("slow", "a.csv", b"1,2,3\n" * 190_000)
    with pytest.raises(Problem, match=r"超出限制|用时过长"):
        judge(sample, Limits(cpu=1, wall=0))


def test_looking_costs_the_parent_nothing() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = next(sample for sample in POISONED if sample.title == "xml bomb")
    for _ in range(3):
        with pytest.raises(Problem):
            judge(bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_the_bulk_lane_takes_a_long_list() -> None:
    sample = corpus.Sample("long", "a.csv", b"999236199001011234,100.00\n" * 250_000)
    with pytest.raises(Problem, match="200000 行"):
        judge(sample)
    assert judge(sample, BULK) == "csv"


def test_random_bytes_never_break_a_checker() -> None:
    """Whatever five changed bytes do, the answer is yes or a refusal in words."""
    source = random.Random(7)
    for sample in HONEST:
        kind = kind_of(harmless(sample.name), declared="", head=sample.data[:64]).name
        for _ in range(150):
            data = bytearray(sample.data)
            for _ in range(5):
                data[source.randrange(len(data))] = source.randrange(256)
            with contextlib.suppress(Refused):
                check(BytesIO(bytes(data)), kind, ORDINARY, packed=len(data))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\证明.PDF", "证明.pdf"),
        ("/absolute/a.pdf", "a.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("证\u200b明.pdf", "证明.pdf"),
        ("CON.pdf", "未命名_CON.pdf"),
        ("nul", "未命名_nul"),
        ("com1.tar.pdf", "未命名_com1.tar.pdf"),
        (".pdf", "未命名.pdf"),
        ("...", "未命名"),
        ("", "未命名"),
        ('a<b>"c|d?.pdf', "a_b__c_d_.pdf"),
        ("a\r\nSet-Cookie_ x.pdf", "aSet-Cookie_ x.pdf"),
        ("ｆｕｌｌ．ｐｄｆ", "full.pdf"),
        ("a.pdf. . .", "a.pdf"),
        ("$(rm -rf).pdf", "_(rm -rf).pdf"),
        ("照片 1（正面）.jpg", "照片 1(正面).jpg"),
    ],
)
def test_names_become_harmless(given: str, expected: str) -> None:
    assert harmless(given) == expected


def test_five_hundred_hostile_names_stay_harmless() -> None:
    source = random.Random(11)
    pieces = [
        "..",
        "/",
        "\\",
        "\0",
        "\u202e",
        "CON",
        "%2e%2e",
        "a" * 300,
        " ",
        ".",
        "证明",
        "\n",
        "~",
        "|",
        ".pdf",
        "\ud800",
    ]
    for _ in range(500):
        name = harmless("".join(source.choices(pieces, k=source.randrange(1, 9))))
        assert 0 < len(name) <= LONGEST
        assert not set(name) & set('/\\\0\n\u202e|<>:"?*')
        assert ".." not in name.split("/")
        assert not name.startswith(".")
        name.encode()
        assert harmless(name) == name


def test_content_is_stored_once_under_its_digest(folder: Path) -> None:
    digest = hashlib.sha256(b"hello").hexdigest()
    for _ in range(2):
        with receive(b"hello", limit=10) as received:
            place = keep(received)
    assert place == folder / digest[:2] / digest[2:4] / digest
    assert [path for path in folder.rglob("*") if path.is_file()] == [place]
    assert place.stat().st_mode & 0o137 == 0
    assert read(digest, size=5) == b"hello"
    place.write_bytes(b"hellO")
    with pytest.raises(Problem, match="被改动"):
        read(digest, size=5)
    place.unlink()
    with pytest.raises(Problem, match="丢失"):
        read(digest, size=5)


@pytest.mark.parametrize("digest", ["", "../x", "A" * 64, "g" * 64, "a" * 63, "/" * 64])
def test_a_path_is_made_from_a_digest_only(digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        path_of(digest)


def test_a_large_upload_is_cut_off_while_it_comes() -> None:
    class Endless:
        given = 0

        def read(self, size: int) -> bytes:
            self.given += size
            return b"x" * size

    endless: Any = Endless()
    with pytest.raises(Problem, match="超过 1 MB"), receive(endless, limit=1 << 20):
        pass
    assert endless.given <= 2 << 20


def test_a_disk_that_takes_no_more_is_said_and_leaves_nothing(folder: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(Problem, match="没有保存"), receive(b"x" * 5000, limit=10_000):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, previous)
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_full_disk_has_words_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(Problem, match="存储空间不足") as refusal, receive(b"x", limit=10):
        pass
    assert refusal.value.status == 507


def test_the_virus_hook(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x")
    assert scan(file) == "off"
    python = shlex.quote(sys.executable)
    for code, expected in ((0, "clean"), (1, "发现病毒"), (2, "暂时不可用")):
        settings.HRSS_VIRUS_SCAN = f"{python} -c 'import sys; open(sys.argv[1]); sys.exit({code})' {{path}}"
        if code == 0:
            assert scan(file) == expected
            continue
        with pytest.raises(Problem, match=expected):
            scan(file)
    settings.HRSS_VIRUS_SCAN = "/nonexistent/scanner {path}"
    with pytest.raises(Problem, match="暂时不可用"):
        scan(file)
