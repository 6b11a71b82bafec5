"""The sentences of a document's passages, with their words: what the readings of promises and delegations go by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from statements.search.lexicon import Token, tokens
from statements.text.arabic import ARABIC, fold

WORD = re.compile(r"[^\W_]+")
END = re.compile(r"[.!؟?؛;](?=\s|$|[\"”»])|\n(?=\s*[•*·–—-]|\s*\d+[.)\-])")
ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b\w\.\w|\b(?:Gen|Lt|Maj|Brig|Col|Adm|Mr|Mrs|Ms|Dr|St|No))$")


@dataclass(frozen=True)
class Said:
    """A sentence: the ``passage`` it stands in (from 1), ``start`` in the text, its characters and its folded words."""

    passage: int
    start: int
    part: str
    words: list[Token]
    arabic: bool

    @property
    def end(self) -> int:
        return self.start + len(self.part)


def said_in(text: str, spans: Sequence[tuple[int, int]]) -> list[Said]:
    """The sentences of the passages at ``spans``, in order."""
    found = []
    for number, (start, end) in enumerate(spans, 1):
        for low, high in sentences(text[start:end]):
            part = text[start + low : start + high]
            found.append(Said(number, start + low, part, words_in(part), bool(ARABIC.search(part))))
    return found


def words_in(part: str) -> list[Token]:
    """Words as ``tokens`` gives them, their offices and spellings left as printed."""
    folded = fold(part)
    if len(folded) != len(part):  # vowel marks fell
        return tokens(part)
    return [Token(match[0], *match.span()) for match in WORD.finditer(folded)]


def sentences(passage: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a passage stand; a point behind an initial or a short Arabic word ends none: «جيه. أوستن»."""
    low = 0
    for match in END.finditer(passage):
        at = match.start()
        if match[0] == ".":
            before = passage[low:at]
            if ARABIC.match(passage[at - 1 : at] or " "):
                if not re.search(r"\w{4}$", before):
                    continue
            elif ABBREVIATION.search(before):
                continue
        yield low, match.end()
        low = match.end()
    if passage[low:].strip():
        yield low, len(passage)
