"""Files on disk that no row names (an upload that was rolled back, a crash) are removed after a day."""

from __future__ import annotations

from hrss.foundation.files import store
from hrss.foundation.files.models import StoredFile
from hrss.foundation.jobs import job

SPARED_SECONDS = 24 * 3600


@job("files.sweep", queue="house", lock="files.sweep")
def sweep_files() -> None:
    """清理没有登记的上传残留"""
    for path in store.stored(older_than=SPARED_SECONDS):
        if not StoredFile.objects.filter(sha256=path.name).exists():
            path.unlink(missing_ok=True)
