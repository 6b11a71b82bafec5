"""What a row of the index holds of a text: its lexemes at their places, in PostgreSQL's notation, and the pairs of common ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from statements.search.notation import WIDEST, pair, quoted
from statements.text.analysis import words_in

LAST_PLACE = 16383  # the last that a tsvector can tell; of lexemes that are no words
#: a word of a run of letters: its lexemes as a row writes them, before their place; the frequent ones; those to be noted;
#: and the very word, when its term is frequent
Word = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]
#: the frequent terms of the last words and the words themselves, the nearest first
Before = tuple[tuple[tuple[str, ...], str], ...]


class Words(dict[str, tuple[Word, ...]]):
    """Runs of letters as rows need them, kept, for texts repeat their words.

    ``frequent`` terms get pairs with their neighbours; of the ``noted`` lexemes, and of the very words of frequent
    terms, a row is told which it has.
    """

    def __init__(
        self,
        frequent: frozenset[str] = frozenset(),
        noted: frozenset[str] = frozenset(),
        kept: int = 20_000,
    ) -> None:
        super().__init__()
        self.frequent, self.noted, self.kept = frequent, noted, kept

    def __missing__(self, run: str) -> tuple[Word, ...]:
        made = tuple(
            (
                tuple(f"{quoted(lexeme)}:" for lexeme in lexemes),
                tuple(lexeme for lexeme in lexemes if lexeme in self.frequent),
                tuple(
                    lexeme
                    for lexeme in with_very_word(lexemes)
                    if lexeme in self.noted or lexeme == very_word(lexemes, self.frequent)
                ),
                very_word(lexemes, self.frequent),
            )
            for lexemes in words_in(run)
        )
        if len(run) <= 40:
            if len(self) >= self.kept:
                self.clear()
            self[run] = made
        return made


PLAIN = Words()


def with_very_word(lexemes: tuple[str, ...]) -> tuple[str, ...]:
    """The lexemes of a word, and the very word, which has no place in rows but has postings."""
    return (*lexemes, lexemes[0] + lexemes[-1]) if lexemes else ()


def terms_in(
    texts: Iterable[str], tokens: Iterable[str], words: Words = PLAIN
) -> tuple[str, set[str]]:
    """A ``tsvector`` of these texts and the tokens beside them, and the noted lexemes that it has.

    It is in PostgreSQL's own notation, a lexeme at a place after the other, and taken by cast, unparsed;
    PostgreSQL brings a lexeme's places together.
    """
    parts: list[str] = []
    noted: set[str] = set()
    place = 0
    for text in texts:
        before: Before = ()
        for run in text.split():
            for lexemes, frequent, known, very in words[run]:
                place += 1
                at = str(place)
                parts += [lexeme + at for lexeme in lexemes]
                if known:
                    noted.update(known)
                if words.frequent:
                    if frequent:
                        for both in pairs(before, frequent, very):
                            parts.append(f"{quoted(both)}:{at}")
                            if both in words.noted:
                                noted.add(both)
                    before = ((frequent, very), *before[: WIDEST - 1])
        place += 10
    parts += [f"{quoted(token)}:{LAST_PLACE}" for token in tokens]
    return " ".join(parts), noted


def lexemes_in(texts: Iterable[str], frequent: frozenset[str]) -> set[str]:
    """Every lexeme that rows of these texts would have or note, the pairs of ``frequent`` terms too."""
    found: set[str] = set()
    for text in texts:
        before: Before = ()
        for lexemes in words_in(text):
            found.update(with_very_word(lexemes))
            now = tuple(lexeme for lexeme in lexemes if lexeme in frequent)
            very = very_word(lexemes, frequent)
            found.update(pairs(before, now, very))
            before = ((now, very), *before[: WIDEST - 1])
    return found


def very_word(lexemes: tuple[str, ...], frequent: frozenset[str]) -> str:
    return lexemes[0] + lexemes[-1] if lexemes and lexemes[0] in frequent else ""


def pairs(before: Before, now: tuple[str, ...], very: str) -> Iterator[str]:
    """The pairs that a word makes with those before it: of their frequent terms, and of the very words."""
    for gap, (earlier, very_one) in enumerate(before, 1):
        for one in earlier:
            for other in now:
                yield pair(one, other, gap)
        if very and very_one:
            yield pair(very_one, very, gap)
