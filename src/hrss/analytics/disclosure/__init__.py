"""Disclosure control: tables of counts are shown so that nobody in a small group can be told from them.

Counts below k are hidden, and further cells with them, until no hidden one can be computed from what is shown.
"""

from hrss.analytics.disclosure.suppression import K, Shown, protect

__all__ = ["K", "Shown", "protect"]
