"""Exactly once, both ways: keys of requests from outside, and messages announced to other parts.

A repeated key gives the stored answer; an announced message is delivered once to each subscriber.
"""

from hrss.foundation.outbox.announcing import announce, subscribe

__all__ = ["announce", "subscribe"]
