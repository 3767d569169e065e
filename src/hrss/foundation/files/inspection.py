"""Looking at foreign bytes: in a child process with 300 MB and five seconds, and by the virus scanner if there is one.

The child gets a path and gives one line of JSON. A child that dies is a refusal, never an error of ours.
"""

from __future__ import annotations

import json
import logging
import shlex
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

import hrss
from hrss.foundation.files.child.limits import Limits
from hrss.kernel.problem import Problem

logger = logging.getLogger(__name__)

RULE = "上传文件先检查后保存（ASVS 5.2、5.4）"
_SOURCE = str(Path(hrss.__file__).parents[1])
_CODE = f"import sys; sys.path.insert(0, {_SOURCE!r}); from hrss.foundation.files.child.main import main; main()"
_INFECTED = 1
_SCAN_SECONDS = 60


def inspect(path: Path, kind: str, limits: Limits) -> None:
    """Judge the file at ``path``. Raises Problem ``files.<code>`` with what the uploader can do."""
    command = [sys.executable, "-I", "-S", "-c", _CODE, str(path), kind, json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code; the path is of our making
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limits.wall, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        raise _refusal("time", "检查文件用时过长", "请简化或拆分文件") from None
    if done.returncode != 0:
        logger.warning("file check ended with %s: %s", done.returncode, done.stderr[-500:])
        raise _refusal("time" if done.returncode < 0 else "unreadable", "检查文件超出限制", "请简化或拆分文件")
    verdict = json.loads(done.stdout)
    if verdict:
        raise _refusal(verdict["code"], verdict["message"], verdict["remedy"])


def scan(path: Path) -> str:
    """Have the virus scanner look; gives ``clean``, or ``off`` when none is configured.

    ``HRSS_VIRUS_SCAN`` is a command with ``{path}``, such as ``clamdscan --no-summary --fdpass {path}``: exit code 0
    is clean, 1 infected. Raises Problem ``files.virus``, or ``files.scanner`` (503) when the scanner fails: a file
    nobody looked at is not taken where looking was asked for.
    """
    configured = getattr(settings, "HRSS_VIRUS_SCAN", "")
    if not configured:
        return "off"
    command = [part.replace("{path}", str(path)) for part in shlex.split(configured)]
    try:
        done = subprocess.run(  # noqa: S603 - the operator's command
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SCAN_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _scanner_down() from error
    if done.returncode == _INFECTED:
        raise _refusal("virus", "杀毒软件在文件里发现病毒", "请先查杀电脑病毒，再用干净的文件上传")
    if done.returncode != 0:
        raise _scanner_down()
    return "clean"


def _refusal(code: str, message: str, remedy: str) -> Problem:
    return Problem(f"files.{code}", message, rule=RULE, remedy=remedy, field="file")


def _scanner_down() -> Problem:
    return Problem(
        "files.scanner",
        "杀毒检查暂时不可用，文件没有保存",
        rule=RULE,
        remedy="请稍后再传，或联系系统管理员",
        status=503,
    )
