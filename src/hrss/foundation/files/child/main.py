"""Entry of the child process: takes its limits first, then looks at the file, then prints one line of JSON."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from hrss.foundation.files.child.archives import Unpacked, check_bundle
from hrss.foundation.files.child.images import check_jpeg, check_png
from hrss.foundation.files.child.limits import Limits
from hrss.foundation.files.child.office import MAIN_PART, check_office
from hrss.foundation.files.child.pdfs import check_pdf
from hrss.foundation.files.child.refusal import Refused
from hrss.foundation.files.child.texts import check_text

_OPEN_FILES = 16
_TEXTS = ("txt", "csv")
_BUNDLED = ("pdf", "jpeg", "png", "xlsx", "docx", "csv", "txt")
_SUFFIXES = {"jpg": "jpeg"}


def main() -> None:
    """Judge the file named on the command line: path, kind, limits as JSON."""
    path, kind, limits = sys.argv[1], sys.argv[2], Limits(**json.loads(sys.argv[3]))
    confine(limits)
    verdict: dict[str, str] = {}
    try:
        with Path(path).open("rb") as stream:
            check(stream, kind, limits, packed=Path(path).stat().st_size)
    except Refused as refused:
        verdict = {"code": refused.code, "message": refused.message, "remedy": refused.remedy}
    except MemoryError:
        verdict = {"code": "memory", "message": "检查文件所需内存超出限制", "remedy": "请简化或拆分文件"}
    except Exception as error:
        verdict = {
            "code": "unreadable",
            "message": "文件读不懂",
            "remedy": "请重新导出后上传",
            "error": repr(error)[:200],
        }
    sys.stdout.write(json.dumps(verdict))


def confine(limits: Limits) -> None:
    """Give up memory, time, file size and files before touching foreign bytes."""
    wanted = (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    )
    for what, limit in wanted:
        resource.setrlimit(what, (limit, limit))


def check(stream: BinaryIO, kind: str, limits: Limits, *, packed: int, unpacked: Unpacked | None = None) -> None:
    """Check one file by kind; Refused when it is not accepted."""
    counter = unpacked or Unpacked(limits, packed)
    if kind in MAIN_PART:
        check_office(stream, kind, limits, packed, counter)
    elif kind in _TEXTS:
        check_text(stream, kind, limits)
    elif kind == "zip":
        check_bundle(stream, limits, packed, lambda name, member, _: _check_member(name, member, limits, counter))
    elif kind == "pdf":
        check_pdf(stream.read(), counter)
    elif kind == "jpeg":
        check_jpeg(stream.read(), limits)
    elif kind == "png":
        check_png(stream.read(), limits)
    else:
        raise Refused("kind", "不接受这种文件")


def _check_member(name: str, member: BinaryIO, limits: Limits, counter: Unpacked) -> None:
    suffix = name.rpartition(".")[2].casefold()
    kind = _SUFFIXES.get(suffix, suffix)
    if kind not in _BUNDLED:
        raise Refused("member", f"压缩包里有不接受的文件：{name[:60]}", "压缩包里只放 PDF、图片、表格和文本")
    size = member.seek(0, 2)
    member.seek(0)
    check(member, kind, limits, packed=size, unpacked=counter)


if __name__ == "__main__":
    main()
