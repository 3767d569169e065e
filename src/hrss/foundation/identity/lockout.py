"""Whose failures are counted: the user name as typed, whichever way it reaches the sign-in."""

from __future__ import annotations

from typing import Any


def username_of(request: Any, credentials: dict[str, Any] | None = None) -> str | None:
    """Give the user name for axes: from the credentials checked, else from the form; None when there is none."""
    given = credentials or {}
    name = given.get("username") or given.get("login")
    if not name and request is not None:
        name = request.POST.get("login") or request.POST.get("username")
    return str(name).strip().lower() if name else None
