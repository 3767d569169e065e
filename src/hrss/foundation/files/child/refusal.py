"""The one way a checker says no."""

from __future__ import annotations


class Refused(Exception):
    """The file is not accepted: a stable code, what is wrong, what to do."""

    def __init__(self, code: str, message: str, remedy: str = "请重新导出或另存后再上传") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
