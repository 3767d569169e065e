"""Sending a stored file: its type as judged at upload, shown in the browser or saved, never sniffed.

No file is kept in a cache: the gate and the API see to that for every answer (``staying.leave_no_copy``).
"""

from __future__ import annotations

from typing import BinaryIO

from django.http import FileResponse

from hrss.foundation.files.services import FileCard

_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})


def send(card: FileCard, content: BinaryIO, *, name: str = "") -> FileResponse:
    """Give the file as an answer; anything but PDF and pictures is saved, not shown."""
    saved = card.media_type not in _INLINE
    return FileResponse(content, content_type=card.media_type, as_attachment=saved, filename=name or card.name)
