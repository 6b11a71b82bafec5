"""How well two texts are laid side by side, against pairs of texts that were aligned by hand.

A row is right when it has exactly the paragraphs of a row of the gold, so that both its boundaries are right in
both texts; precision and recall are of rows. Beside it what could be had without: ``difflib`` over paragraphs, and
sentences each laid beside the one most like it.
"""

from __future__ import annotations

import difflib
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from statements.text.align import align, words_of

PAIRS = Path(__file__).parent.parent / "text" / "aligned"
Row = tuple[tuple[int, ...], tuple[int, ...]]
Aligner = Callable[[Sequence[str], Sequence[str]], list[Row]]
#: Below this ratio of ``difflib`` two sentences are different sentences.
LIKE = 0.6


@dataclass
class Score:
    """Rows of the gold, rows found, and those of them that are right."""

    wanted: int = 0
    found: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else 1.0


def pairs(language: str) -> Iterator[dict[str, Any]]:
    """Pairs of texts in one language: ``left``, ``right``, and ``rows`` of places in each, counted from 1."""
    yield from json.loads((PAIRS / f"{language}.json").read_text("utf-8"))


def archive(left: Sequence[str], right: Sequence[str]) -> list[Row]:
    return [(pair.left, pair.right) for pair in align(left, right)]


def by_difflib(left: Sequence[str], right: Sequence[str]) -> list[Row]:
    """Paragraphs as ``difflib`` has them: equal ones, and those that stand in each other's place."""
    one, other = ([tuple(words_of(text)) for text in side] for side in (left, right))
    rows: list[Row] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, one, other, False).get_opcodes():
        both = min(i2 - i1, j2 - j1) if kind in ("equal", "replace") else 0
        rows += [((i1 + n,), (j1 + n,)) for n in range(both)]
        rows += [((i,), ()) for i in range(i1 + both, i2)]
        rows += [((), (j,)) for j in range(j1 + both, j2)]
    return rows


def by_sentence(left: Sequence[str], right: Sequence[str]) -> list[Row]:
    """Each sentence beside the one most like it; paragraphs whose sentences meet are one row."""

    def sentences(side: Sequence[str]) -> list[tuple[int, list[str]]]:
        cut = [(at, part) for at, text in enumerate(side) for part in re.split(r"(?<=[.!?؟])\s+", text)]  # fmt: skip
        return [(at, words_of(part)) for at, part in cut if part]

    group = {(0, i): {(0, i)} for i in range(len(left))} | {(1, j): {(1, j)} for j in range(len(right))}  # fmt: skip
    for j, words in sentences(right):
        ratio, i = max(
            (difflib.SequenceMatcher(None, other, words, False).ratio(), -i)
            for i, other in sentences(left)
        )
        if ratio >= LIKE and group[0, -i] is not group[1, j]:
            group[0, -i] |= group[1, j]
            for key in group[1, j]:
                group[key] = group[0, -i]
    rows = {id(members): sorted(members) for members in group.values()}
    return [
        (tuple(at for side, at in row if side == 0), tuple(at for side, at in row if side == 1))
        for row in rows.values()
    ]


ALIGNERS: dict[str, Aligner] = {
    "archive": archive,
    "difflib": by_difflib,
    "sentences": by_sentence,
}


def measure(aligner: Aligner, language: str) -> tuple[Score, list[str]]:
    """The score over all pairs of a language, and the names of those that are not wholly right."""
    score, wrong = Score(), []
    for pair in pairs(language):
        gold = {tuple(tuple(at - 1 for at in side) for side in row) for row in pair["rows"]}
        found = set(aligner(pair["left"], pair["right"]))
        score.wanted += len(gold)
        score.found += len(found)
        score.right += len(gold & found)
        if gold != found:
            wrong.append(f"{pair['name']}: {sorted(found - gold)} for {sorted(gold - found)}")
    return score, wrong


def table() -> None:
    """Print the measures."""
    print(f"\n{'alignment, boundary F1':22} {'rows':>5}" + "".join(f" {name:>9}" for name in ALIGNERS))  # fmt: skip
    for language in ("english", "arabic"):
        scores = [measure(aligner, language)[0] for aligner in ALIGNERS.values()]
        print(f"{language:22} {scores[0].wanted:5}" + "".join(f" {score.f1:9.2f}" for score in scores))  # fmt: skip
    left, right = (long_text(seed) for seed in (1, 2))
    started = time.perf_counter()
    rows = align(left, right)
    print(f"{LONG} paragraphs of {WORDS} words beside {LONG}: {1000 * (time.perf_counter() - started):.0f} ms, {len(rows)} rows")  # fmt: skip


LONG, WORDS = 200, 60


def long_text(seed: int) -> list[str]:
    """Paragraphs of words by Zipf's law in another order for each seed, a fifth of the words another."""
    words = random.Random(0)  # noqa: S311
    other = random.Random(seed)  # noqa: S311
    weights = [1 / (n + 1) for n in range(5000)]
    text = [words.choices(range(5000), weights, k=WORDS) for _ in range(LONG)]
    other.shuffle(text)
    return [
        " ".join(f"w{other.randrange(5000) if other.random() < 0.2 else n}" for n in paragraph)
        for paragraph in text
    ]
