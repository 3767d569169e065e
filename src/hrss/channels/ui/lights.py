"""Red, amber, green in words and tones: the same on the wall and at the desk."""

from __future__ import annotations

from typing import Final

from hrss.oversight.indicators.progress import Light

LIGHTS: Final[dict[Light, tuple[str, str]]] = {
    Light.GREEN: ("达到进度", "ok"),
    Light.AMBER: ("略落后", "warning"),
    Light.RED: ("落后", "danger"),
    Light.GREY: ("不评定", "muted"),
}
