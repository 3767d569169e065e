"""Wiring of plan and projects: the jobs and the datasets they publish. Called once by ``apps.py``."""

from __future__ import annotations


def wire() -> None:
    """Publish the datasets; importing ``jobs`` declares the jobs."""
