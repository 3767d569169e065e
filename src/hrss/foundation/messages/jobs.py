"""Texts of text messages are blanked after seven days; that one was sent stays on record."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from hrss.foundation.jobs import job
from hrss.foundation.messages.models import OutgoingSms

KEPT = timedelta(days=7)


@job("messages.sweep", queue="house", lock="messages.sweep")
def forget_texts() -> None:
    """清除七天前短信的内容"""
    OutgoingSms.objects.filter(sent_at__lt=timezone.now() - KEPT).exclude(text="").update(text="")
