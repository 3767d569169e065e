"""Taking files in and giving them out.

``store`` judges before anything is kept; ``open_file`` leaves a read event. Files of other districts do not exist for
an actor: row-level security hides them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from hrss.foundation.audit import read as record_read
from hrss.foundation.audit import record
from hrss.foundation.files import store as content
from hrss.foundation.files.child.limits import ORDINARY, Limits
from hrss.foundation.files.inspection import inspect, scan
from hrss.foundation.files.kinds import Kind, kind_of
from hrss.foundation.files.models import StoredFile
from hrss.foundation.files.names import harmless
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class FileCard:
    """What other parts see of a file."""

    id: UUID
    name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    scan: str


def store(
    upload: bytes | BinaryIO,
    name: str,
    *,
    actor: Actor,
    region: str = "",
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    declared_type: str = "",
    kinds: Collection[str] = (),
    limits: Limits = ORDINARY,
) -> FileCard:
    """Take a file in: receive, judge, scan, keep, record.

    ``region`` is where the file belongs; left out, it is the person's, else the organisation's, else that of the
    actor's first post. ``kinds`` narrows what is accepted (``("pdf", "jpeg")``); ``limits`` is ORDINARY or BULK.
    Raises Problem ``files.*``: what is wrong with the file and what the uploader can do.
    """
    with content.receive(upload, limit=limits.size) as received:
        safe = harmless(name)
        kind = kind_of(safe, declared=declared_type, head=received.head)
        if kinds and kind.name not in kinds:
            accepted = "、".join(sorted(kinds)).upper()
            raise Problem(
                "files.kind",
                f"这里不接受 {kind.name.upper()} 文件",
                remedy=f"请上传 {accepted}",
                field="file",
                status=415,
            )
        inspect(received.path, kind.name, limits)
        scanned = scan(received.path)
        content.keep(received)
        with acting(actor):
            row = _row(received, safe, kind, scanned, actor)
            row.region_code = region or _region_of(person_id, organisation_id, actor)
            row.person_id, row.organisation_id = person_id, organisation_id
            row.save(force_insert=True)
            record(
                actor,
                "files.store",
                subject_kind="file",
                subject_id=row.id,
                person_id=person_id,
                region=row.region_code,
                detail={"sha256": row.sha256, "size": row.size, "kind": row.kind, "scan": scanned},
            )
    return _card(row)


@verb("files.store")
def store_once(
    upload: bytes,
    name: str,
    *,
    actor: Actor,
    person_id: UUID | None,
    organisation_id: UUID | None = None,
    kinds: Collection[str] = (),
) -> Outcome:
    """Take a file of a person or firm in for a caller that may repeat itself; Outcome ``file`` as its card says."""
    card = store(upload, name, actor=actor, person_id=person_id, organisation_id=organisation_id, kinds=kinds)
    data = {"name": card.name, "media_type": card.media_type, "size": card.size, "sha256": card.sha256}
    return Outcome("file", str(card.id), data=data)


def file_card(file_id: UUID, *, actor: Actor) -> FileCard:
    """Give what is known of a file, without its content. Raises Problem ``files.not_found`` (404)."""
    with acting(actor):
        return _card(_find(file_id))


def open_file(file_id: UUID, *, actor: Actor, what: str = "files.open") -> tuple[FileCard, BinaryIO]:
    """Give a file and a stream of its content, whole and checked, and record who opened it and why.

    Raises Problem ``files.not_found``, ``access.no_purpose``, ``files.damaged``.
    """
    with acting(actor):
        row = _find(file_id)
        record_read(
            actor,
            person_id=row.person_id,
            what=what,
            subject_kind="file",
            subject_id=row.id,
            region=row.region_code,
            detail={"kind": row.kind},
        )
        return _card(row), BytesIO(content.read(row.sha256, size=row.size))


def _find(file_id: UUID) -> StoredFile:
    row = StoredFile.objects.filter(id=file_id).first()
    if row is None:
        raise Problem("files.not_found", "没有这个文件", remedy="请回到上一页重新打开", status=404)
    return row


def _region_of(person_id: UUID | None, organisation_id: UUID | None, actor: Actor) -> str:
    region = None
    if person_id:
        region = Person.objects.filter(id=person_id).values_list("region_code", flat=True).first()
    elif organisation_id:
        region = Organisation.objects.filter(id=organisation_id).values_list("region_code", flat=True).first()
    elif actor.posts:
        region = actor.posts[0].region
    if not region:
        raise Problem("files.no_region", "不知道文件属于哪个地方", remedy="请从办件或本人页面上传", status=422)
    return region


def _row(received: content.Received, name: str, kind: Kind, scanned: str, actor: Actor) -> StoredFile:
    return StoredFile(
        sha256=received.sha256,
        size=received.size,
        kind=kind.name,
        media_type=kind.media_type,
        name=name,
        uploaded_by=actor.account,
        scan=scanned,
    )


def _card(row: StoredFile) -> FileCard:
    return FileCard(row.id, row.name, row.kind, row.media_type, row.size, row.sha256, row.uploaded_at, row.scan)
