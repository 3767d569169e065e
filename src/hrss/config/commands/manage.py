"""``./hrss manage …``: Django's own management commands, with this installation's settings."""

from __future__ import annotations

import os

from django.core.management import execute_from_command_line

SUMMARY = "运行 Django 管理命令（运维用）"


def main(arguments: list[str]) -> int:
    """Run a management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrss.config.settings")
    execute_from_command_line(["./hrss manage", *arguments])
    return 0
