"""Two texts laid side by side: which paragraph continues which, what was reworded, and which words changed.

Paragraphs are compared folded and by their words, so that spelling is no change. Order may change,
so pairs are chosen by likeness first and by place only to break ties.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from statements.text.arabic import fold, spelling

#: Below this share of common words two paragraphs are different paragraphs.
ALIKE = 0.45


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


def reconcile(old: Sequence[tuple[int, str]], new: Sequence[str]) -> list[int | None]:
    """For each new paragraph the number of the old one that it continues, or None when it is new.

    ``old`` is (number, text) in order. Each number is used once at most: of a split paragraph the
    larger part keeps it, a joined one keeps the number that gave it more words.
    """
    result: list[int | None] = [None] * len(new)
    old_words = [words_of(text) for _, text in old]
    new_words = [words_of(text) for text in new]
    free_old, free_new = set(range(len(old))), set(range(len(new)))

    # Unchanged paragraphs first, in order; repeats pair off in the order they stand.
    places: dict[tuple[str, ...], list[int]] = {}
    for at, words in enumerate(old_words):
        places.setdefault(tuple(words), []).append(at)
    for at, words in enumerate(new_words):
        waiting = places.get(tuple(words))
        if waiting:
            match = waiting.pop(0)
            result[at] = old[match][0]
            free_old.discard(match)
            free_new.discard(at)

    old_bags = {at: Counter(old_words[at]) for at in free_old}
    new_bags = {at: Counter(new_words[at]) for at in free_new}
    candidates = []
    for i in free_old:
        for j in free_new:
            dice, contained = likeness(old_bags[i], new_bags[j])
            common = (old_bags[i] & new_bags[j]).total()
            if dice >= ALIKE or (contained >= 0.8 and common >= 4):
                away = abs(i / max(len(old), 1) - j / max(len(new), 1))
                candidates.append((-common, -dice, away, i, j))
    for _, _, _, i, j in sorted(candidates):
        if i in free_old and j in free_new:
            result[j] = old[i][0]
            free_old.discard(i)
            free_new.discard(j)
    return result


def align(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Paragraph by paragraph: every place of both texts stands in exactly one pair, in the order of the left text."""
    numbers = reconcile(list(enumerate(left)), right)
    partner: dict[int, list[int]] = {}
    for j, i in enumerate(numbers):
        if i is not None:
            partner.setdefault(i, []).append(j)
    left_bags = [Counter(words_of(text)) for text in left]
    right_bags = [Counter(words_of(text)) for text in right]
    # A paragraph left over that lies wholly in one that is paired was split off it, or joined to it.
    joined: dict[int, list[int]] = {i: [i] for i in partner}
    for j, i in enumerate(numbers):
        if i is None:
            best: int | None = max(
                (k for k in partner),
                key=lambda k: likeness(left_bags[k], right_bags[j])[1],
                default=None,
            )
            if (
                best is not None
                and likeness(left_bags[best], right_bags[j])[1] >= 0.8
                and right_bags[j].total() >= 4
            ):
                partner[best].append(j)
    taken_right = {j for group in partner.values() for j in group}
    for at in range(len(left)):
        if at in partner:
            continue
        host = max(
            (k for k in partner),
            key=lambda k: likeness(
                left_bags[at], sum((right_bags[j] for j in partner[k]), Counter())
            )[1],
            default=None,
        )
        if host is not None and left_bags[at].total() >= 4:
            bag = sum((right_bags[j] for j in partner[host]), Counter())
            if likeness(left_bags[at], bag)[1] >= 0.8:
                joined[host].append(at)
    grouped = {i for group in joined.values() for i in group}
    pairs = []
    for i in range(len(left)):
        if i in joined and i in partner:
            lefts, rights = tuple(sorted(joined[i])), tuple(sorted(partner[i]))
            one = " ".join(left[k] for k in lefts)
            other = " ".join(right[k] for k in rights)
            score = likeness(Counter(words_of(one)), Counter(words_of(other)))[0]
            same = words_of(one) == words_of(other)
            pairs.append(Pair(lefts, rights, "same" if same else "reworded", round(score, 3)))
        elif i not in grouped:
            pairs.append(Pair((i,), (), "gone", 0.0))
    pairs += [Pair((), (j,), "new", 0.0) for j in range(len(right)) if j not in taken_right]
    return pairs


def word_changes(left: str, right: str) -> list[WordChange]:
    """Where the words of two texts differ, with offsets in both as printed; spelling is no difference."""
    a, b = list(re.finditer(r"\w+", left)), list(re.finditer(r"\w+", right))
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
