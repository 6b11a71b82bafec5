"""What an article carries of a statement: each of its passages word for word, nearly, or not at all; and so how it uses it.

Spelling is no difference. Texts are compared by pairs of neighbouring words, so that the time grows with
their length and order counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from statements.text.align import words_of

SAME, NEAR, ABSENT = "same", "near", "absent"
#: Share of a passage's pairs of words that stand in a paragraph of the article when it carries it nearly.
NEARLY = 0.4
#: Share of an article's paragraph that stands in a passage when it carries a part of it, and its least length.
PART, PART_WORDS = 0.6, 8
#: A quotation of fewer words may be anybody's.
QUOTED_WORDS = 5
MOST = 200  # passages of either that are compared
QUOTATION = re.compile(r"[\"“«”]([^\"“”«»]{20,600})[\"”»“]")


class Carried(NamedTuple):
    """A passage of the statement (its ``number``), how the article carries it, and in which of its own passages."""

    number: int
    how: str
    where: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "how": self.how, "in": list(self.where)}


def carried(article: Sequence[str], statement: Sequence[str]) -> list[Carried]:
    """For each passage of the statement what the article's own passages carry of it; both are numbered from 1."""
    return carried_words(*([words_of(text) for text in texts[:MOST]] for texts in (article, statement)))  # fmt: skip


def carried_words(
    article: Sequence[Sequence[str]], statement: Sequence[Sequence[str]]
) -> list[Carried]:
    """The same of passages whose words are folded and spelled one way already."""
    own = article[:MOST]
    bags = [pairs(words) for words in own]
    printed = [" ".join(["", *words, ""]) for words in own]
    standing: dict[tuple[str, str], list[int]] = {}
    for at, bag in enumerate(bags):
        for pair in bag:
            standing.setdefault(pair, []).append(at)
    found = []
    for number, words in enumerate(statement[:MOST], 1):
        bag = pairs(words)
        shared: Counter[int] = Counter()
        for pair, times in bag.items():
            for at in standing.get(pair, ()):
                shared[at] += min(times, bags[at][pair])
        whole = " ".join(["", *words, ""])
        same = [at for at in shared if whole in printed[at]]
        near = [
            at
            for at, common in shared.items()
            if common >= NEARLY * bag.total()
            or (len(own[at]) >= PART_WORDS and common >= PART * bags[at].total())
        ]
        how = SAME if same else NEAR if near else ABSENT
        found.append(Carried(number, how, tuple(sorted(at + 1 for at in same or near))))
    return found


def pairs(words: Sequence[str]) -> Counter[tuple[str, str]]:
    return Counter(zip(words, words[1:], strict=False))


def relation(article: Sequence[str], statement: Sequence[str], found: Sequence[Carried]) -> str:
    """How an article uses a statement: ``carries`` it (half of its passages at least), ``quotes`` it, or ``reports`` it."""
    there = sum(one.how != ABSENT for one in found)
    if found and there * 2 >= len(found):
        return "carries"
    if there or quotes(article, statement):
        return "quotes"
    return "reports"


def quotes(article: Sequence[str], statement: Sequence[str]) -> bool:
    """Whether words in quotation marks in the article stand in the statement."""
    printed = " ".join(["", *(word for text in statement[:MOST] for word in words_of(text)), ""])
    for text in article[:MOST]:
        for match in QUOTATION.finditer(text):
            words = words_of(match[1])
            if len(words) >= QUOTED_WORDS and " ".join(["", *words, ""]) in printed:
                return True
    return False
