"""Where the agencies are: one JSON file per agency in the exchange folder, read again when it changes.

A file says where an agency answers and with which key it signs (an operator writes it for a real agency; a simulator
writes its own). An agency without a file cannot be reached, which is a transient failure and not a crash.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hrss.exchange.agencies import keys
from hrss.exchange.agencies.failures import CallFailed, Failure


@dataclass(frozen=True, slots=True)
class Agency:
    """Address and public key of one agency; ``ca_file`` is for https with a private authority."""

    name: str
    scheme: str
    host: str
    port: int
    prefix: str
    key: Ed25519PublicKey
    ca_file: str = ""


def read_agency(folder: Path, name: str) -> Agency:
    """Read ``<folder>/<name>.json``; a missing file is transient, a wrong one permanent (both ``CallFailed``)."""
    path = folder / f"{name}.json"
    try:
        return _agency(name, json.loads(path.read_text(encoding="utf-8")), where=str(path))
    except FileNotFoundError:
        raise CallFailed(Failure.TRANSIENT, "agency.absent", f"还没有登记对接单位 {name} 的地址") from None
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise CallFailed(Failure.PERMANENT, "agency.description", f"{path} 的内容不对：{error}") from None


def version_of(folder: Path, name: str) -> tuple[int, int] | None:
    """Give a mark that changes when the agency's file changes; None where there is no file."""
    try:
        status = (folder / f"{name}.json").stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def _agency(name: str, description: dict[str, Any], *, where: str) -> Agency:
    address = urlsplit(description["url"])
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ValueError(f"url 应为 http 或 https 地址，现为 {description['url']!r}")
    port = address.port or (443 if address.scheme == "https" else 80)
    key = keys.public_key(description["public_key"], where=where)
    return Agency(
        name, address.scheme, address.hostname, port, address.path.rstrip("/"), key, description.get("ca_file", "")
    )
