"""Which sets of hashes are near copies of one another, without comparing all with all.

Candidates share the least hash of one of 32 bins (MinHash by one permutation: Broder 1997; Li, Owen and Zhang 2012).
Each pair is verified on the least hashes of both sets, which is exact where these are all they have and an estimate
where they are not (Beyer et al. 2007).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from toolkit import shingles
from toolkit.shingles import Hashes, Places, mix
from toolkit.spool import Spool

JACCARD = 0.5
"""Two sets are copies if they share this part of all that is in either ..."""
CONTAINED = 0.75
"""... or if this part of the smaller one is in the larger one,"""
SMALLEST = 0.2
"""provided that the smaller has this part of the larger one's size."""
APART = 0.25
"""Two parts of a set that share less of the smaller of them are about different things."""
BINS = 32
TOGETHER = 500_000
"""About how many hashes are looked at together, to save memory."""
PAIRS = 200_000
"""How many neighbours are looked at together ..."""
REMEMBERED = 1 << 22
"""... and how many pairs are remembered that were."""
AT_ONCE = 4
"""How many bins are filled in one go, for the same reason."""
NONE = np.uint64(2**64 - 1)
BITS = np.uint64(shingles.BITS)
"""Bits of a hash; those above them number the pair that it is looked at for."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Sets:
    """Sets of hashes. The least of set i, ascending, are the `kept[i]` hashes of `spool` from `starts[i]` on; it has `sizes[i]` in all."""

    spool: Spool
    starts: Places
    kept: Places
    sizes: Places

    @classmethod
    def of(cls, lists: pl.Series, sizes: Places) -> Sets:
        """Sets from their least hashes, a list each."""
        spool = Spool()
        spool.add(flat(lists))
        kept = lists.list.len().to_numpy().astype(np.int64)
        return cls(spool, np.cumsum(kept) - kept, kept, sizes)

    @cached_property
    def hashes(self) -> Hashes:
        """All hashes end to end."""
        return self.spool.all()


def flat(lists: pl.Series) -> Hashes:
    """The hashes of lists end to end."""
    return lists.explode().drop_nulls().to_numpy().astype(np.uint64, copy=False)


def stars(sets: Sets) -> Places:
    """For each set the least number of a set in its cluster; its own if it has no copy.

    A cluster is a largest set, its copies, and the copies of these, but for larger sets that only hold one of them as a
    part. All others are clustered again among themselves, so that no chain of small edits joins what has little in
    common; nor does a digest join the stories that stand in it.
    """
    left, right, wholes = _copies(sets)
    found = np.arange(len(sets.sizes))
    while len(left):
        members, hubs = _hubs(left, right, sets.sizes)
        alike, whole = _alike(sets, members, hubs)
        apart = _digested(sets, members, hubs, alike & ~whole, whole & (members != hubs))
        done, barred = np.zeros((2, len(found)), dtype=bool)
        done[members[alike & ~apart]] = barred[members[apart]] = True
        found[members[done[members]]] = hubs[done[members]]
        for copy, copied in ((left, right), (right, left)):
            taken = ~done[copy] & ~barred[copy] & done[copied] & (wholes | (sets.sizes[copy] <= sets.sizes[copied]))
            found[copy[taken]] = found[copied[taken]]
        done[members[found[members] != members]] = True
        open_ = ~(done[left] | done[right])
        left, right, wholes = left[open_], right[open_], wholes[open_]
    least = np.arange(len(found))
    np.minimum.at(least, found, np.arange(len(found)))
    return least[found]


def _copies(sets: Sets) -> tuple[Places, Places, Flags]:
    """Pairs of sets, each once, that are near copies, and whether they are as wholes.

    Candidates are many times more, and most come in several bins: of those looked at lately it is remembered that they were.
    """
    count = max(1, len(sets.sizes))
    pairs, wholes = np.empty(0, dtype=np.int64), np.empty(0, dtype=bool)
    seen = np.zeros(REMEMBERED, dtype=np.int64)
    for candidates in _candidates(sets):
        place = (mix(candidates.astype(np.uint64)) % np.uint64(REMEMBERED)).astype(np.int64)
        new = candidates[seen[place] != candidates + 1]
        seen[place] = candidates + 1
        alike, whole = _alike(sets, *np.divmod(new, count))
        pairs, first = np.unique(np.concatenate([pairs, new[alike]]), return_index=True)
        wholes = np.concatenate([wholes, whole[alike]])[first]
    return *np.divmod(pairs, count), wholes


def _candidates(sets: Sets) -> Iterator[Places]:
    """Pairs of sets, each as one number, that share the least hash of a bin, bin by bin and some at a time.

    Of the sets that share one, each is paired with the next in an order that puts like sets side by side (by the least hash
    of another bin, the least of all, size and sum), so that a hash in many sets costs no more than a pair for each.
    """
    count = len(sets.sizes)
    filled = np.flatnonzero(sets.kept)
    least, sums = _least_and_sum(sets)
    filled = filled[np.lexsort((sums[filled], sets.sizes[filled], least[filled]))]
    del least, sums
    for least, another in _least_of_bins(sets, filled):
        order = np.lexsort((another, least))
        for start in range(0, len(order) - 1, PAIRS):
            some = order[start : start + PAIRS + 1]
            mine = least[some]
            shared = (mine[1:] == mine[:-1]) & (mine[1:] != NONE)
            one, other = filled[some[:-1][shared]], filled[some[1:][shared]]
            yield np.minimum(one, other) * count + np.maximum(one, other)


def _least_and_sum(sets: Sets) -> tuple[Hashes, Hashes]:
    """The least hash of each set, NONE where it has none, and the sum of those that are kept."""
    least, sums = np.full(len(sets.sizes), NONE), np.zeros(len(sets.sizes), dtype=np.uint64)
    for numbers in _in_order(sets):
        filled = numbers[sets.kept[numbers] > 0]
        places, _ = _places(sets, filled)
        kept = sets.kept[filled]
        least[filled] = sets.hashes[sets.starts[filled]]
        if len(filled):
            sums[filled] = np.add.reduceat(sets.hashes[places], np.cumsum(kept) - kept)
        sets.spool.forget()
    return least, sums


def _in_order(sets: Sets) -> Iterator[Places]:
    """The sets, some at a time, in the order in which their hashes lie."""
    order = np.argsort(sets.starts, kind="stable")
    yield from (order[some] for some in _slices(sets.kept[order]))


def _least_of_bins(sets: Sets, numbers: Places) -> Iterator[tuple[Hashes, Hashes]]:
    """For each bin the least hash in it of each set, NONE where a set has none, and the same for another bin."""
    rank = np.full(len(sets.sizes), -1)
    rank[numbers] = np.arange(len(numbers))
    for first in range(0, BINS, AT_ONCE):
        table = np.full((AT_ONCE, len(numbers)), NONE)
        for some in _in_order(sets):
            places, owner = _places(sets, some)
            hashes = sets.hashes[places[::-1]]
            bins = (hashes % np.uint64(BINS)).astype(np.int64) - first
            inside = (bins >= 0) & (bins < AT_ONCE)
            # of what is written to one place the last stays, which is the least
            table[bins[inside], rank[some[owner[::-1][inside]]]] = hashes[inside]
            sets.spool.forget()
        yield from ((table[number], table[number - 1]) for number in range(AT_ONCE))


def _places(sets: Sets, numbers: Places) -> tuple[Places, Places]:
    """Where in `hashes` those of the given sets are, and which of the given sets each is of."""
    kept = sets.kept[numbers]
    first = sets.starts[numbers] - (np.cumsum(kept) - kept)
    return np.arange(kept.sum()) + np.repeat(first, kept), np.repeat(np.arange(len(numbers)), kept)


def _alike(sets: Sets, left: Places, right: Places) -> tuple[Flags, Flags]:
    """Whether the sets of each pair are near copies, and whether they are as wholes, not one as a part of the other."""
    near, whole = np.zeros((2, len(left)), dtype=bool)
    for some in _slices(sets.kept[left] + sets.kept[right]):
        shared, either, smaller = _counts(sets, left[some], right[some])
        sizes = sets.sizes[left[some]], sets.sizes[right[some]]
        near_in_size = np.minimum(*sizes) >= SMALLEST * np.maximum(*sizes)
        whole[some] = (shared > 0) & (shared >= JACCARD * either)
        near[some] = whole[some] | ((shared > 0) & near_in_size & (shared >= CONTAINED * smaller))
    return near, whole


def _slices(hashes: Places) -> Iterator[slice]:
    """Slices of things that have so many hashes each, TOGETHER in a slice or one thing."""
    ends = np.flatnonzero(np.diff(np.cumsum(hashes) // TOGETHER, append=-1)) + 1
    yield from (slice(start, end) for start, end in pairwise([0, *ends.tolist()]))


def _digested(sets: Sets, members: Places, hubs: Places, parts: Flags, wholes: Flags) -> Flags:
    """Which members are parts of a hub that has other copies or parts with next to nothing in common with one of them.

    Each part is held against the largest part and against the smallest copy that is none.
    """
    mixed = np.zeros(len(sets.sizes), dtype=bool)
    part, of = members[parts], hubs[parts]
    for others, sign in ((parts, -1), (wholes, 1)):
        order = np.lexsort((members[others], sign * sets.sizes[members[others]], hubs[others]))
        other, its_hub = members[others][order], hubs[others][order]
        place = np.minimum(np.searchsorted(its_hub, of), max(0, len(its_hub) - 1))
        has = its_hub[place] == of if len(its_hub) else np.zeros(len(of), dtype=bool)
        shared, _, smaller = _overlap(sets, part[has], other[place[has]])
        mixed[of[has][shared < APART * smaller]] = True
    return parts & mixed[hubs]


def _overlap(sets: Sets, left: Places, right: Places) -> tuple[Places, Places, Places]:
    """For each pair how many hashes are in both, in either, and in the smaller set, as far as those of both are known."""
    none = np.empty((3, 0), dtype=np.int64)
    slices = _slices(sets.kept[left] + sets.kept[right])
    counted = (_counts(sets, left[some], right[some]) for some in slices)
    both, either, smaller = np.concatenate([none, *counted], axis=1)
    return both, either, smaller


def _counts(sets: Sets, left: Places, right: Places) -> Places:
    limit = np.minimum(_known_to(sets, left), _known_to(sets, right))
    in_left, in_right = _up_to(sets, left, limit), _up_to(sets, right, limit)
    both = _shared(sets, left, right)
    sets.spool.forget()
    return np.stack(
        [both, in_left + in_right - both, np.where(sets.sizes[left] <= sets.sizes[right], in_left, in_right)]
    )


def _shared(sets: Sets, left: Places, right: Places) -> Places:
    """How many hashes the sets of each pair share, among those that are kept."""
    keys = []
    for side in (left, right):
        places, owner = _places(sets, side)
        keys.append((owner.astype(np.uint64) << BITS) | sets.hashes[places])
    mine, theirs = keys
    at = np.searchsorted(theirs, mine)
    found = theirs[np.minimum(at, max(0, len(theirs) - 1))] == mine if len(theirs) else np.zeros(len(mine), dtype=bool)
    return np.bincount((mine[found] >> BITS).astype(np.int64), minlength=len(left)).astype(np.int64)


def _known_to(sets: Sets, numbers: Places) -> Hashes:
    """Up to which hash all those of a set are known."""
    cut = sets.kept[numbers] < sets.sizes[numbers]
    last = sets.starts[numbers] + sets.kept[numbers] - 1
    return np.where(cut, sets.hashes[last], NONE)


def _up_to(sets: Sets, numbers: Places, limit: Hashes) -> Places:
    """How many hashes of each set are not above its limit, by halving."""
    start = sets.starts[numbers]
    low, high = start.copy(), start + sets.kept[numbers]
    while (open_ := low < high).any():
        middle = (low + high) // 2
        below = open_ & (sets.hashes[np.where(open_, middle, 0)] <= limit)
        low, high = np.where(below, middle + 1, low), np.where(open_ & ~below, middle, high)
    return low - start


def _hubs(left: Places, right: Places, sizes: Places) -> tuple[Places, Places]:
    """The sets that pairs join, and for each the largest set it hangs together with (the least number of these)."""
    members, ends = np.unique(np.concatenate([left, right]), return_inverse=True)
    left, right = ends[: len(left)], ends[len(left) :]
    label = np.arange(len(members))
    while (label[left] != label[right]).any():
        lower = np.minimum(label[left], label[right])
        np.minimum.at(label, label[left], lower)
        np.minimum.at(label, label[right], lower)
        label = label[label]
    by_size = np.lexsort((members, -sizes[members], label))
    first = by_size[np.searchsorted(label[by_size], label)]
    return members, members[first]
