"""A Merkle tree in the shape of RFC 6962 over SM3, built leaf by leaf and proved from stored tiles.

Pure: it knows hashes and positions, not events or tables. Every 256 hashes of one level make a tile, so a proof reads
a handful of tiles whatever the size of the log. It refuses proofs for positions the tree does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.hashes import SM3, Hash

TILE_BITS = 8
TILE = 1 << TILE_BITS
HASH_BYTES = 32


def sm3(data: bytes) -> bytes:
    """Give the SM3 digest (GB/T 32905-2016)."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry; the prefix keeps leaves and inner nodes apart (RFC 6962 §2.1)."""
    return sm3(b"\x00" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent."""
    return sm3(b"\x01" + left + right)


EMPTY_ROOT = sm3(b"")


@dataclass(frozen=True, slots=True)
class Subtree:
    """A full subtree: ``2 ** level`` leaves, the ``index``-th of its level counted from 0."""

    level: int
    index: int
    hash: bytes


class Frontier:
    """The right edge of a tree: enough to append and to give the root, a few hashes whatever the size."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(self.peaks)}")

    def append(self, leaf: bytes) -> list[Subtree]:
        """Append a leaf; give the subtrees it completed at tile levels (8, 16, 24 …)."""
        completed: list[Subtree] = []
        level, index, grown = 0, self.size, leaf
        while index & 1:
            grown = node_hash(self.peaks.pop(), grown)
            level, index = level + 1, index >> 1
            if level % TILE_BITS == 0:
                completed.append(Subtree(level, index, grown))
        self.peaks.append(grown)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Give the root of the tree."""
        if not self.peaks:
            return EMPTY_ROOT
        return _fold_right(self.peaks)

    def to_bytes(self) -> bytes:
        """Give the peaks as one string of bytes, largest first."""
        return b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Frontier:
        """Read back what ``to_bytes`` wrote."""
        return cls(size, (data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)))


class TileStore(Protocol):
    """Where the hashes of full subtrees at levels 0, 8, 16 … are kept."""

    def read(self, level: int, start: int, stop: int) -> list[bytes]:
        """Give the hashes ``start`` … ``stop - 1`` of a level, in order."""
        ...


class Tree:
    """A tree of a given size over stored tiles; gives its root and proofs."""

    def __init__(self, store: TileStore, size: int) -> None:
        self._store = store
        self._tiles: dict[tuple[int, int], list[bytes]] = {}
        self.size = size

    def root(self) -> bytes:
        """Give the root."""
        return self._range(0, self.size) if self.size else EMPTY_ROOT

    def inclusion(self, position: int) -> list[bytes]:
        """Prove that the leaf at ``position`` (from 0) is in the tree: sibling hashes, bottom up."""
        if not 0 <= position < self.size:
            raise ValueError(f"position {position} is not in a tree of {self.size}")
        proof: list[bytes] = []
        start, stop = 0, self.size
        while stop - start > 1:
            middle = start + _split(stop - start)
            if position < middle:
                proof.append(self._range(middle, stop))
                stop = middle
            else:
                proof.append(self._range(start, middle))
                start = middle
        return proof[::-1]

    def consistency(self, older: int) -> list[bytes]:
        """Prove that the tree of the first ``older`` leaves is a prefix of this one (RFC 6962 §2.1.2)."""
        if not 0 < older <= self.size:
            raise ValueError(f"no consistency proof from {older} to {self.size}")
        proof: list[bytes] = []
        start, stop, whole = 0, self.size, True
        while stop != older:
            middle = start + _split(stop - start)
            if older <= middle:
                proof.append(self._range(middle, stop))
                stop = middle
            else:
                proof.append(self._range(start, middle))
                start, whole = middle, False
        if not whole:
            proof.append(self._range(start, stop))
        return proof[::-1]

    def _range(self, start: int, stop: int) -> bytes:
        """Give the hash over leaves ``start`` … ``stop - 1``; ``start`` is aligned as the recursion makes it."""
        peaks: list[bytes] = []
        while start < stop:
            level = (stop - start).bit_length() - 1
            peaks.append(self._subtree(level, start >> level))
            start += 1 << level
        return _fold_right(peaks)

    def _subtree(self, level: int, index: int) -> bytes:
        above = level % TILE_BITS
        base, first = level - above, index << above
        tile = self._tile(base, first >> TILE_BITS)
        offset = first % TILE
        return _fold_pairs(tile[offset : offset + (1 << above)])

    def _tile(self, level: int, number: int) -> list[bytes]:
        key = (level, number)
        if key not in self._tiles:
            start = number << TILE_BITS
            self._tiles[key] = self._store.read(level, start, min(start + TILE, self.size >> level))
        return self._tiles[key]


def included(leaf: bytes, *, position: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Check an inclusion proof (RFC 9162 §2.1.3.2)."""
    if not 0 <= position < size:
        return False
    index, last, reached = position, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            reached = node_hash(sibling, reached)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and reached == root


def consistent(*, older: int, older_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Check a consistency proof (RFC 9162 §2.1.4.2)."""
    if not 0 < older <= size:
        return False
    if older == size:
        return not proof and older_root == root
    path = list(proof) if older & (older - 1) else [older_root, *proof]
    if not path:
        return False
    index, last = older - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and first == older_root and second == root


def _split(count: int) -> int:
    """Give the largest power of two smaller than ``count``."""
    return 1 << ((count - 1).bit_length() - 1)


def _fold_pairs(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def _fold_right(peaks: Sequence[bytes]) -> bytes:
    reached = peaks[-1]
    for peak in reversed(peaks[:-1]):
        reached = node_hash(peak, reached)
    return reached
