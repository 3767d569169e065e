"""Sending a stored file: its type as judged at upload, shown in the browser or saved, never sniffed."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from hrss.foundation.files.services import FileCard

_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})


def send(card: FileCard, content: bytes, *, name: str = "") -> HttpResponse:
    """Give the file as an answer; anything but PDF and pictures is saved, not shown."""
    way = "inline" if card.media_type in _INLINE else "attachment"
    response = HttpResponse(content, content_type=card.media_type)
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name or card.name)}"
    response["Cache-Control"] = "private, no-store"
    return response
