"""The icons in use: names of the Tabler set that are cut into one sprite at set-up.

A name that is not here is refused when a page is drawn, so the sprite never carries more or less than the pages need.
"""

from __future__ import annotations

ICONS: tuple[str, ...] = (
    "accessible", "address-book", "adjustments", "alert-circle", "alert-triangle", "archive", "arrow-back-up",
    "arrow-right", "arrows-sort", "award", "bell", "book", "briefcase", "building", "building-bank",
    "building-community", "calendar", "calendar-due", "camera", "certificate", "chart-bar", "check", "checks",
    "chevron-down", "chevron-left", "chevron-right", "circle-check", "circle-dashed", "clipboard-check",
    "clipboard-list", "clock", "clock-pause", "coin", "copy", "credit-card", "database", "device-mobile", "dots",
    "download", "external-link", "eye", "eye-check", "file-certificate", "file-description", "file-text", "filter",
    "folder", "gavel", "hammer", "heart-handshake", "help-circle", "history", "home", "id", "inbox", "info-circle",
    "keyboard", "language", "list-check", "loader-2", "lock", "login", "logout", "map-pin", "menu-2", "message",
    "mood-angry", "mood-happy", "mood-neutral", "mood-sad", "mood-smile", "paperclip", "pencil", "phone", "photo",
    "player-pause", "plus", "printer", "qrcode", "receipt", "refresh", "scale", "school", "search", "send",
    "settings", "shield-check", "star", "text-size", "ticket", "tools", "transfer", "trash", "upload", "user",
    "user-circle", "user-search", "users", "wallet", "wifi-off", "writing", "x",
)  # fmt: skip


class UnknownIconError(LookupError):
    """A template asked for an icon that is not in the sprite: a mistake of ours, never of a user."""


def known_icon(name: str) -> str:
    """Give the name back when the sprite has it, else raise UnknownIconError."""
    if name not in _KNOWN:
        raise UnknownIconError(f"no icon “{name}” in hrss.channels.ui.icons.ICONS")
    return name


_KNOWN = frozenset(ICONS)
