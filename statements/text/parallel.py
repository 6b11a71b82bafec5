"""Two texts of one document laid side by side, in one language or in two: which paragraph renders which.

What survives translation is compared: numbers, names by their sound, and length; in one language the words
themselves. Order is kept, for translators keep it (Gale and Church, "A Program for Aligning Sentences in
Bilingual Corpora", 1993); a paragraph may be cut in two or left out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from statements.text.align import Pair, words_of
from statements.text.arabic import ARABIC, language_of
from statements.text.names import comparison_key
from statements.text.numbers import numbers

#: What two paragraphs score for each thing in which they may agree, and one that has no other.
ANCHORS, LENGTH, PLACE, ALONE, CUT = 1.0, 0.8, 0.3, 0.26, 0.15
#: So far from the diagonal a pair is looked for; a text of hundreds of paragraphs costs what its length is.
BAND = 12
#: Words of English with which a sentence begins, and that name nothing by their capital.
CAPITAL = re.compile(r"(?<![.!?:] )(?<!^)\b[A-Z][a-z'’-]{2,}")

Anchors = Counter[str]


def anchors(text: str, across: bool) -> Anchors:
    """What of a paragraph another rendering of it has too; ``across`` languages, its numbers and names."""
    found: Anchors = Counter()
    if not across:
        found.update(words_of(text))
        return found
    found.update(f"#{number.value:g}" for number in numbers(text))
    if ARABIC.search(text):
        words = re.findall(r"\w+", text)
        # A particle is no part of a name: each word with and without its first letter counts once.
        for word in words:
            found.update({key for form in (word, word[1:]) if len(key := comparison_key(form).replace(" ", "")) >= 3})  # fmt: skip
    found.update(
        key
        for word in CAPITAL.findall(text)
        if len(key := comparison_key(word).replace(" ", "")) >= 3  # fmt: skip
    )
    return found


def parallel(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Every paragraph of both texts in exactly one pair, in order; a pair without a partner is ``gone`` or ``new``."""
    across = language_of(" ".join(left)) != language_of(" ".join(right))
    table = Scores(left, right, across)
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    moves = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
    step = len(right) / max(len(left), 1)
    band = BAND + math.ceil(2 * step) + min(abs(len(left) - len(right)), 200)
    for i in range(len(left) + 1):
        middle = round(i * step)
        for j in range(max(0, middle - band), min(len(right), middle + band) + 1):
            for di, dj in moves:
                if (before := best.get((i - di, j - dj))) is None:
                    continue
                score = before[0] + table.score(range(i - di, i), range(j - dj, j))
                if (i, j) not in best or score > best[i, j][0]:
                    best[i, j] = score, di, dj
    pairs: list[Pair] = []
    i, j = len(left), len(right)
    while i or j:
        _score, di, dj = best[i, j]
        lefts, rights = tuple(range(i - di, i)), tuple(range(j - dj, j))
        relation = "reworded" if di and dj else "gone" if di else "new"
        if di and dj and words_of(" ".join(left[k] for k in lefts)) == words_of(" ".join(right[k] for k in rights)):  # fmt: skip
            relation = "same"
        pairs.append(Pair(lefts, rights, relation, round(table.likeness(lefts, rights), 3)))
        i, j = i - di, j - dj
    return pairs[::-1]


def followed(left: Sequence[str], right: Sequence[str]) -> list[int | None]:
    """For each paragraph of the right text the place of the left one that it renders, or None when it is new.

    Of two that render one the longer has its place; of two that one renders, it has the longer's.
    """
    result: list[int | None] = [None] * len(right)
    for pair in parallel(left, right):
        if pair.left and pair.right:
            place = max(pair.left, key=lambda at: len(left[at]))
            result[max(pair.right, key=lambda at: len(right[at]))] = place
    return result


class Scores:
    """How well paragraphs of two texts go together."""

    def __init__(self, left: Sequence[str], right: Sequence[str], across: bool) -> None:
        self.sizes = [len(text) for text in left], [len(text) for text in right]
        self.ratio = (sum(self.sizes[1]) or 1) / (sum(self.sizes[0]) or 1)
        found = [anchors(text, across) for text in left], [anchors(text, across) for text in right]
        everywhere = [{key for one in side for key in one} for side in found]
        shared = everywhere[0] & everywhere[1]
        often = Counter(key for side in found for one in side for key in one)
        # Only what both texts have tells paragraphs apart, and the more so the rarer it is.
        weights = {key: 1 / often[key] for key in shared}
        self.found = tuple(
            [
                {key: weights[key] * count for key, count in one.items() if key in shared}
                for one in side
            ]
            for side in found
        )

    def score(self, lefts: range, rights: range) -> float:
        if not lefts or not rights:
            return ALONE * (len(lefts) + len(rights)) / 2
        size = sum(self.sizes[0][i] for i in lefts) * self.ratio
        other = sum(self.sizes[1][j] for j in rights)
        length = math.exp(-1.5 * abs(math.log((size + 1) / (other + 1))))
        place = 1 - abs(lefts[0] / len(self.sizes[0]) - rights[0] / len(self.sizes[1]))
        cut = CUT * (len(lefts) + len(rights) - 2)
        return ANCHORS * self.likeness(lefts, rights) + LENGTH * length + PLACE * place - cut

    def likeness(self, lefts: Sequence[int], rights: Sequence[int]) -> float:
        """The share of what both texts have that these paragraphs have in common."""
        one, other = joined(self.found[0], lefts), joined(self.found[1], rights)
        common = sum(min(weight, other[key]) for key, weight in one.items() if key in other)
        total = sum(one.values()) + sum(other.values())
        return 2 * common / total if total else 0.0


def joined(found: Sequence[dict[str, float]], places: Sequence[int]) -> dict[str, float]:
    if len(places) == 1:
        return found[places[0]]
    whole: Counter[str] = Counter()
    for place in places:
        whole.update(found[place])  # type: ignore[arg-type]
    return whole  # type: ignore[return-value]
