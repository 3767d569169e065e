"""The components as one namespace: ``ui.button(…)`` in any template, without an import.

Every public macro of ``ui/templates/ui/components/*.html`` is a component; two macros of one name are refused at start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment

from hrss.channels.ui.kept import keeping

FOLDER = Path(__file__).parent / "templates" / "ui" / "components"


class Components:
    """Look-up of macros by name; a template file is compiled when its first macro is used."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._file_of = macro_files(environment)

    def __getattr__(self, name: str) -> Any:
        if name not in self._file_of:
            raise AttributeError(f"no component “{name}”; there are {', '.join(sorted(self._file_of))}")
        macro = getattr(self._environment.get_template(self._file_of[name]).module, name)
        if not self._environment.auto_reload:
            macro = keeping(name, macro)
            setattr(self, name, macro)  # from now on found without asking here
        return macro

    def __dir__(self) -> list[str]:
        return sorted(self._file_of)


def macro_files(environment: Environment) -> dict[str, str]:
    """Give each macro's name with the template it is in; ValueError when two share a name."""
    found: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.html")):
        for name in macro_names(environment, file):
            if name in found:
                raise ValueError(f"component “{name}” is in {found[name]} and in {file.name}")
            found[name] = f"ui/components/{file.name}"
    return found


def macro_names(environment: Environment, file: Path) -> list[str]:
    """Give the names of the macros a template file defines, in order."""
    tree = environment.parse(file.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if type(node).__name__ == "Macro"]  # type: ignore[attr-defined]
