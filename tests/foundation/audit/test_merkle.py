"""The tree against a naive one written straight from RFC 6962, for all small sizes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrss.foundation.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    consistent,
    included,
    leaf_hash,
    node_hash,
    sm3,
)


class Memory:
    """Full subtrees in memory, as the tables keep them."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.levels: dict[int, list[bytes]] = {0: leaves}
        self.frontier = Frontier()
        self.reads = 0
        for leaf in leaves:
            for subtree in self.frontier.append(leaf):
                self.levels.setdefault(subtree.level, []).append(subtree.hash)
                assert len(self.levels[subtree.level]) == subtree.index + 1

    def read(self, level: int, start: int, stop: int) -> list[bytes]:
        self.reads += 1
        return self.levels[level][start:stop]


def naive_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return sm3(b"")
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return node_hash(naive_root(leaves[:middle]), naive_root(leaves[middle:]))


def leaves_of(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def test_sm3_of_the_standard() -> None:
    """GB/T 32905-2016 appendix A.1."""
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_leaf_and_node_are_kept_apart() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 255, 256, 257, 511, 513, 700])
def test_frontier_and_tiles_give_the_naive_root(count: int) -> None:
    leaves = leaves_of(count)
    memory = Memory(leaves)
    assert memory.frontier.root() == naive_root(leaves)
    assert Tree(memory, count).root() == naive_root(leaves)


def test_every_inclusion_proof_of_every_small_tree() -> None:
    memory = Memory(leaves_of(40))
    for size in range(1, 41):
        root = naive_root(memory.levels[0][:size])
        for position in range(size):
            proof = Tree(memory, size).inclusion(position)
            leaf = memory.levels[0][position]
            assert included(leaf, position=position, size=size, proof=proof, root=root)
            assert not included(leaf_hash(b"other"), position=position, size=size, proof=proof, root=root)
            if size > 1:
                assert not included(leaf, position=(position + 1) % size, size=size, proof=proof, root=root)
                assert not included(leaf, position=position, size=size, proof=proof[:-1], root=root)
            assert not included(leaf, position=position, size=size, proof=[*proof, root], root=root)


def test_every_consistency_proof_of_every_small_tree() -> None:
    memory = Memory(leaves_of(40))
    roots = [naive_root(memory.levels[0][:size]) for size in range(41)]
    for size in range(1, 41):
        for older in range(1, size + 1):
            proof = Tree(memory, size).consistency(older)
            assert consistent(older=older, older_root=roots[older], size=size, root=roots[size], proof=proof)
            assert not consistent(older=older, older_root=roots[0], size=size, root=roots[size], proof=proof)
            assert not consistent(older=older, older_root=roots[older], size=size, root=roots[0], proof=proof)


def test_proofs_across_tiles_stay_short_and_read_few_tiles() -> None:
    count = 70_001
    memory = Memory(leaves_of(count))
    root = memory.frontier.root()
    for position in (0, 255, 256, 65_535, 65_536, 69_999, count - 1):
        memory.reads = 0
        proof = Tree(memory, count).inclusion(position)
        assert included(memory.levels[0][position], position=position, size=count, proof=proof, root=root)
        assert len(proof) <= 17
        assert memory.reads <= 6


def test_frontier_survives_storage() -> None:
    memory = Memory(leaves_of(300))
    again = Frontier.from_bytes(300, memory.frontier.to_bytes())
    assert again.root() == memory.frontier.root()
    with pytest.raises(ValueError, match="peaks"):
        Frontier.from_bytes(301, memory.frontier.to_bytes())


def test_no_proof_for_what_is_not_there() -> None:
    tree = Tree(Memory(leaves_of(5)), 5)
    with pytest.raises(ValueError, match="position"):
        tree.inclusion(5)
    with pytest.raises(ValueError, match="consistency"):
        tree.consistency(6)
    assert Tree(Memory([]), 0).root() == EMPTY_ROOT


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 1500), st.randoms(use_true_random=False))
def test_random_proofs(size: int, random_source: random.Random) -> None:
    memory = Memory(leaves_of(size))
    root = memory.frontier.root()
    position, older = random_source.randrange(size), random_source.randrange(1, size)
    proof = Tree(memory, size).inclusion(position)
    assert included(memory.levels[0][position], position=position, size=size, proof=proof, root=root)
    older_root = Tree(memory, older).root()
    path = Tree(memory, size).consistency(older)
    assert consistent(older=older, older_root=older_root, size=size, root=root, proof=path)
