"""Crypto: sealing single fields, looking them up without opening them, and showing them masked.

AES-256-GCM, or SM4-GCM when the ring says so; every sealed value names its suite and key, so keys can change while
old values stay readable. It refuses to invent primitives, to seal without a ring and to open a value for an owner it
was not sealed for.
"""

from hrss.foundation.crypto.blind import blind_candidates, blind_index, blind_index_many
from hrss.foundation.crypto.masking import mask_id, mask_name, mask_phone, mask_tail
from hrss.foundation.crypto.ring import KeyRing, ensure_ring, ring_in_use
from hrss.foundation.crypto.sealing import key_of, open_many, open_sealed, seal, seal_many

__all__ = [
    "KeyRing",
    "blind_candidates",
    "blind_index",
    "blind_index_many",
    "ensure_ring",
    "key_of",
    "mask_id",
    "mask_name",
    "mask_phone",
    "mask_tail",
    "open_many",
    "open_sealed",
    "ring_in_use",
    "seal",
    "seal_many",
]
