"""Who may change a parameter: a data administrator of the county proposes, a leader or inspector decides."""

from __future__ import annotations

from typing import Final

from hrss.kernel.actor import Function

PROPOSERS: Final = (Function.DATA,)
DECIDERS: Final = (Function.LEADER, Function.INSPECTOR)
