"""Two texts laid side by side: which paragraph continues which, what was reworded, and which words changed.

Paragraphs are compared folded and by their words, so that spelling is no change. Order may change,
so pairs are chosen by likeness first and by place only to break ties. Only paragraphs that share words
are looked at, by the words, so that long texts cost what they have in common.
"""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from statements.text.analysis import STOP, stem
from statements.text.arabic import DROPPED, fold, spelling

#: Below this share of common words two paragraphs are different paragraphs.
ALIKE = 0.45
#: The same of their terms weighed by rarity, when texts are aligned, and of the shorter one's terms …
NEAR, PART = 0.25, 0.65
#: … when it has words enough to tell.
FEWEST = 4
#: Share of a paragraph's terms that a row still lacks, for the paragraph to belong to it too.
LACKING = 0.5
#: What a word that every paragraph may have weighs beside the commonest other one.
PLAIN = 0.2
AT_ONCE = 4096  # words that two texts share, compared at once
TINY = 1e-9
#: A word as printed, with the marks that are written within words or left out.
WORD = re.compile(rf"\w(?:\w|{DROPPED.pattern}|[\u0300-\u036f])*")


@dataclass(frozen=True)
class Pair:
    """Paragraphs of the left text and those of the right one that say the same; either may be empty."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    relation: str  # same, reworded, new, gone
    score: float


@dataclass(frozen=True)
class WordChange:
    """A stretch of words that differs; spans count characters of the two texts as printed."""

    kind: str  # replace, delete, insert
    left: tuple[int, int]
    right: tuple[int, int]


def words_of(text: str) -> list[str]:
    return [spelling(word) for word in re.findall(r"\w+", fold(text))]


def likeness(one: Counter[str], other: Counter[str]) -> tuple[float, float]:
    """(share of common words by Dice, share of the shorter text found in the longer)."""
    common = sum((one & other).values())
    total = one.total() + other.total()
    shorter = min(one.total(), other.total())
    return (2 * common / total if total else 1.0), (common / shorter if shorter else 0.0)


def shared(
    left: Sequence[Counter[str]], right: Sequence[Counter[str]], weight: Mapping[str, float]
) -> np.ndarray:
    """The weight of the words that two paragraphs both have, a row a left one, a column a right one.

    A word that stands in a paragraph three times counts as three words, each of which the other has or has not;
    so what both have is a product of matrices.
    """
    places: dict[tuple[str, int], tuple[list[int], list[int]]] = {}
    for side, bags in enumerate((left, right)):
        for at, bag in enumerate(bags):
            for word, times in bag.items():
                for turn in range(times):
                    places.setdefault((word, turn), ([], []))[side].append(at)
    both = [(word, *found) for (word, _), found in places.items() if found[0] and found[1]]
    common = np.zeros((len(left), len(right)), dtype="f4")
    for first in range(0, len(both), AT_ONCE):
        words = both[first : first + AT_ONCE]
        one = np.zeros((len(left), len(words)), dtype="f4")
        other = np.zeros((len(right), len(words)), dtype="f4")
        for n, (word, lefts, rights) in enumerate(words):
            one[lefts, n] = weight.get(word, 1)
            other[rights, n] = 1
        common += one @ other.T
    return common


def reconcile(old: Sequence[tuple[int, str]], new: Sequence[str]) -> list[int | None]:
    """For each new paragraph the number of the old one that it continues, or None when it is new.

    ``old`` is (number, text) in order. Each number is used once at most: of a split paragraph the
    larger part keeps it, a joined one keeps the number that gave it more words.
    """
    result: list[int | None] = [None] * len(new)
    old_words = [words_of(text) for _, text in old]
    new_words = [words_of(text) for text in new]
    free_old, free_new = set(range(len(old))), set(range(len(new)))
    for i, j in unchanged(old_words, new_words):
        result[j] = old[i][0]
        free_old.discard(i)
        free_new.discard(j)
    places, new_places = sorted(free_old), sorted(free_new)
    common = shared(
        [Counter(old_words[at]) for at in places], [Counter(new_words[at]) for at in new_places], {}
    )
    candidates = []
    for row, column in np.argwhere(common > 0):
        i, j, both = places[row], new_places[column], int(common[row, column])
        one, other = len(old_words[i]), len(new_words[j])
        dice, contained = 2 * both / (one + other), both / min(one, other)
        if dice >= ALIKE or (contained >= 0.8 and both >= FEWEST):
            away = abs(i / len(old) - j / len(new))
            candidates.append((-both, -dice, away, i, j))
    for _, _, _, i, j in sorted(candidates):
        if i in free_old and j in free_new:
            result[j] = old[i][0]
            free_old.discard(i)
            free_new.discard(j)
    return result


def unchanged(
    left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]
) -> Iterator[tuple[int, int]]:
    """Places of paragraphs with the same words, in order; repeats pair off in the order they stand."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at, words in reversed(list(enumerate(left))):
        places.setdefault(tuple(words), []).append(at)
    for at, words in enumerate(right):
        waiting = places.get(tuple(words))
        if waiting:
            yield waiting.pop(), at


class Rows:
    """An alignment as it grows: rows of paragraphs that belong together, each paragraph in one row at most."""

    def __init__(self, left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> None:
        self.bags = tuple([Counter(map(stem, words)) for words in side] for side in (left, right))
        standing = Counter(term for side in self.bags for bag in side for term in bag)
        number = len(left) + len(right)
        self.weight = {
            term: (PLAIN if term in STOP else 1) * math.log((number + 1) / times)
            for term, times in standing.items()
        }
        self.worth = tuple([self.weigh(bag) for bag in side] for side in self.bags)
        #: by side and place the row, and by row the places of each side
        self.row: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.places: list[tuple[list[int], list[int]]] = []

    def weigh(self, bag: Counter[str]) -> float:
        return sum(self.weight[term] * times for term, times in bag.items())

    def begin(self, i: int, j: int) -> None:
        self.row[0][i] = self.row[1][j] = len(self.places)
        self.places.append(([i], [j]))

    def edges(self) -> list[tuple[int, int]]:
        """Paragraphs that may belong together, the surest first, of equals those at like places."""
        common = shared(self.bags[0], self.bags[1], self.weight)
        one, other = (np.array(worth, dtype="f4") for worth in self.worth)
        dice = 2 * common / np.maximum(one[:, None] + other, TINY)
        contained = common / np.maximum(np.minimum(one[:, None], other), TINY)
        few = [np.array([bag.total() for bag in side]) < FEWEST for side in self.bags]
        alike = (dice >= NEAR) | ((contained >= PART) & ~(few[0][:, None] | few[1]))
        for n, taken in enumerate(self.row):
            alike[(slice(None),) * n + (list(taken),)] = False
        lefts, rights = alike.nonzero()
        away = np.abs(lefts / len(one) - rights / len(other)) if len(lefts) else 0
        sure = (dice[alike] + contained[alike]) / 2 - away / 10
        order = np.lexsort((rights, lefts, -sure.round(6)))
        return list(zip(lefts[order].tolist(), rights[order].tolist(), strict=True))

    def take(self, i: int, j: int) -> None:
        """Put two paragraphs into a row: a new one, or that of either, if it lacks what the other has."""
        row, other = self.row[0].get(i), self.row[1].get(j)
        if row is None and other is None:
            self.begin(i, j)
        elif row is None and other is not None:
            self.join(0, i, other)
        elif other is None and row is not None:
            self.join(1, j, row)

    def join(self, side: int, at: int, row: int) -> None:
        """A paragraph that was split off one of a row, or went into one, comes into the row."""
        bag, worth = self.bags[side][at], self.worth[side][at]
        own, across = (sum((self.bags[n][k] for k in self.places[row][n]), Counter()) for n in (side, 1 - side))  # fmt: skip
        lacking = across - own
        if bag.total() < FEWEST or self.weigh(bag & lacking) < LACKING * worth:
            return
        before, after = (
            2 * self.weigh(mine & across) / (self.weigh(mine) + self.weigh(across))
            for mine in (own, own + bag)
        )
        if after > before:
            self.places[row][side].append(at)
            self.row[side][at] = row


def align(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Paragraph by paragraph: every place of both texts stands in exactly one pair.

    They stand in the order of the right text, what is gone behind what it stood behind.
    """
    words = [[words_of(text) for text in side] for side in (left, right)]
    rows = Rows(*words)
    for i, j in unchanged(*words):
        rows.begin(i, j)
    for i, j in rows.edges():
        rows.take(i, j)
    pairs = []
    for lefts, rights in rows.places:
        one, other = ([word for at in sorted(places) for word in words[n][at]] for n, places in enumerate((lefts, rights)))  # fmt: skip
        dice = likeness(Counter(one), Counter(other))[0]
        relation = "same" if one == other else "reworded"
        pairs.append(Pair(tuple(sorted(lefts)), tuple(sorted(rights)), relation, round(dice, 3)))
    pairs += [Pair((), (j,), "new", 0.0) for j in range(len(right)) if j not in rows.row[1]]
    pairs += [Pair((i,), (), "gone", 0.0) for i in range(len(left)) if i not in rows.row[0]]
    return in_order(pairs)


def in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """In the order of the right text, what is gone behind the paragraph that it stood behind."""
    place: dict[int, tuple[float, ...]] = {-1: (-1.0,)}
    for pair in pairs:
        place |= {i: (float(pair.right[0]),) for i in pair.left if pair.right}
    for pair in sorted(pairs, key=lambda pair: pair.left):
        if not pair.right:
            behind = max(k for k in place if k < pair.left[0])
            place[pair.left[0]] = (*place[behind][:1], pair.left[0])
    return sorted(
        pairs, key=lambda pair: (float(pair.right[0]),) if pair.right else place[pair.left[0]]
    )


def word_changes(left: str, right: str) -> list[WordChange]:
    """Where the words of two texts differ, with offsets in both as printed; spelling is no difference."""
    a, b = list(WORD.finditer(left)), list(WORD.finditer(right))
    matcher = difflib.SequenceMatcher(
        None,
        [spelling(fold(match[0])) for match in a],
        [spelling(fold(match[0])) for match in b],
        autojunk=False,
    )
    return [
        WordChange(kind, extent(a, i1, i2, left), extent(b, j1, j2, right))
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
    ]


def extent(words: list[re.Match[str]], first: int, last: int, text: str) -> tuple[int, int]:
    if first == last:
        at = words[first].start() if first < len(words) else len(text)
        return at, at
    return words[first].start(), words[last - 1].end()
