"""The sentences of a document's passages, with their words: what the readings of promises and delegations go by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from statements.search.lexicon import Token
from statements.text import verbs
from statements.text.arabic import ARABIC, fold, fold_with_offsets
from statements.text.verbs import Governor

WORD = re.compile(r"[^\W_]+")
LONGEST = 2000  # characters
END = re.compile(r"[.!؟?؛;](?=\s|$|[\"”»])|\n(?=\s*[•*·–—-]|\s*\d+[.)\-])")
ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b\w\.\w|\b(?:Gen|Lt|Maj|Brig|Col|Adm|Mr|Mrs|Ms|Dr|St|No))$")


@dataclass(frozen=True)
class Said:
    """A sentence: the ``passage`` it stands in (from 1), ``start`` in the text, and its characters."""

    passage: int
    start: int
    part: str

    @cached_property
    def words(self) -> list[Token]:
        """Its folded words."""
        return words_in(self.part)

    @cached_property
    def arabic(self) -> bool:
        return bool(ARABIC.search(self.part))

    @cached_property
    def governors(self) -> list[Governor]:
        """Its verbs of strength."""
        printed = [token.word for token in self.words]
        if self.arabic:
            return [*verbs.arabic(printed, heads(self.part, self.words))]
        return [*verbs.english(printed)]

    @property
    def end(self) -> int:
        return self.start + len(self.part)


def heads(part: str, words: Sequence[Token]) -> set[int]:
    """Places where an Arabic clause may begin: the sentence's first word, words joined by «و», words behind a mark."""
    found = {0}
    for at, token in enumerate(words[1:], 1):
        between = part[words[at - 1].end : token.start]
        if re.search(r"[,،:؛\n\"«(]", between) or verbs.is_joined(token.word):
            found.add(at)
    return found


def said_in(text: str, spans: Sequence[tuple[int, int]]) -> list[Said]:
    """The sentences of the passages at ``spans``, in order."""
    found = []
    for number, (start, end) in enumerate(spans, 1):
        for low, high in pieces(text[start:end]):
            found.append(Said(number, start + low, text[start + low : start + high]))
    return found


def pieces(passage: str) -> Iterator[tuple[int, int]]:
    """The sentences of a passage; one longer than any that people write is read piece by piece."""
    for low, high in sentences(passage):
        while high - low > LONGEST:
            cut = passage.rfind(" ", low + 1, low + LONGEST) + 1 or low + LONGEST
            yield low, cut
            low = cut
        yield low, high


class Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def within(found: Sequence[P], start: int, end: int) -> Iterator[P]:
    """Those of the mentions or dates, in the order of the text, that stand between two places."""
    for at in range(bisect_left(found, start, key=lambda one: one.start), len(found)):
        if found[at].start >= end:
            return
        if found[at].end <= end:
            yield found[at]


def words_in(part: str) -> list[Token]:
    """The words of a text, folded, with their places in it; spelled as they are."""
    folded = fold(part)
    if len(folded) == len(part):
        return [Token(match[0], *match.span()) for match in WORD.finditer(folded)]
    kept = fold_with_offsets(part)  # vowel marks fell
    return [Token(match[0], *kept.original_span(*match.span())) for match in WORD.finditer(kept.text)]  # fmt: skip


def sentences(passage: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a passage stand; a point behind an initial or a short Arabic word ends none: «جيه. أوستن»."""
    low = 0
    for match in END.finditer(passage):
        at = match.start()
        if match[0] == ".":
            before = passage[max(low, at - 8) : at]
            if ARABIC.match(passage[at - 1 : at] or " "):
                if not re.search(r"\w{4}$", before):
                    continue
            elif ABBREVIATION.search(before):
                continue
        yield low, match.end()
        low = match.end()
    if passage[low:].strip():
        yield low, len(passage)
