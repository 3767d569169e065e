"""Audit: every act, every read of a person and every refusal leaves an event in the same transaction.

Events are append-only by grant and trigger; sealing gives them a gap-free order and signed Merkle heads.
It refuses to record a read by staff that has no purpose.
"""

from hrss.foundation.audit.record import Reading, listed, read, record, refused

__all__ = ["Reading", "listed", "read", "record", "refused"]
