"""The payment channel: takes and gives back money by HTTP on the address in the bank's port file.

One call, one answer, ten seconds. It refuses to guess: no answer is a Problem, and asking again is safe.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings

from hrss.kernel.problem import Problem

PORT_FILE = "channel.json"
_SECONDS = 10


def pay(reference: str, fen: int) -> str:
    """Take ``fen`` under our reference; gives the channel's own. Problem ``banking.channel`` (503)."""
    return str(_ask("/pay", {"reference": reference, "fen": fen})["channel_reference"])


def refund(channel_reference: str, fen: int) -> None:
    """Give back what was taken under the channel's reference; a second time changes nothing."""
    _ask("/refund", {"channel_reference": channel_reference, "fen": fen})


def _ask(path: str, content: dict[str, Any]) -> dict[str, Any]:
    try:
        place = json.loads((Path(settings.HRSS_BANK) / PORT_FILE).read_text(encoding="ascii"))
        request = urllib.request.Request(  # noqa: S310 - the port file names a loopback address
            f"{place['url']}{path}",
            data=json.dumps(content).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {place['token']}"},
        )
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
            answer: dict[str, Any] = json.loads(response.read())
            return answer
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        raise Problem(
            "banking.channel",
            "支付渠道没有答复",
            rule="同一张缴款单只扣一次款",
            remedy="请过一会儿再点一次缴费；不会重复扣款",
            status=503,
        ) from None
