"""Differences of versions proposed to an editor: those that nobody has confirmed or refused, each with a sentence in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from statements.ingest.differences import Difference
from statements.ingest.versions import Versions
from statements.models import Divergence, Language, Version
from statements.models.divergences import Side
from statements.text.sentence import Sentence

#: A run of words is proposed by its beginning when it has more than so many …
WORDS = 12
#: … and all words of a side, and what a sentence quotes of them, have at most so many characters.
CHARACTERS, QUOTED = 300, 150

Kind = Divergence.Kind
NAMES = Sentence("{One} names {words}, {other} {others}.", "تذكر {one} {words}، وتذكر {other} {others}.")  # fmt: skip
#: What differs, when both have words of their own for it.
BOTH = {
    Kind.WHO: NAMES,
    Kind.BODY: NAMES,
    Kind.PLACE: NAMES,
    Kind.NUMBER: Sentence(
        "The number is {words} in {one}, and {others} in {other}.",
        "العدد في {one} {words}، وفي {other} {others}.",
    ),
    Kind.DATE: Sentence(
        "The date is {words} in {one}, and {others} in {other}.",
        "التاريخ في {one} {words}، وفي {other} {others}.",
    ),
    Kind.FORCE: Sentence(
        "{One} says {words}, {other} {others}; the two do not bind equally.",
        "تقول {one} {words}، وتقول {other} {others}، والقولان لا يُلزمان بالقدر نفسه.",
    ),
    Kind.TEXT: Sentence(
        "{One} says {words}, {other} {others}.", "تقول {one} {words}، وتقول {other} {others}."
    ),
}
ALONE = Sentence("Only {one} names {words}.", "لا تذكر {words} إلا {one}.")
#: What one has, ``one``, and the other has no words for.
ONE = {
    Kind.WHO: ALONE,
    Kind.BODY: ALONE,
    Kind.PLACE: ALONE,
    Kind.NUMBER: Sentence("Only {one} gives the number {words}.", "لا تذكر العدد {words} إلا {one}."),
    Kind.DATE: Sentence("Only {one} gives the date {words}.", "لا تذكر التاريخ {words} إلا {one}."),
    Kind.FORCE: Sentence(
        "{One} says {words}; {other} has no verb as strong.",
        "تقول {one} {words}، وليس في {other} فعل بهذه القوة.",
    ),
    Kind.LEFT_OUT: Sentence("Only {one} says {words}.", "لا يرد {words} إلا في {one}."),
}  # fmt: skip
LANGUAGES = {
    Language.ENGLISH: Sentence("the English version", "النسخة الإنكليزية"),
    Language.ARABIC: Sentence("the Arabic version", "النسخة العربية"),
}


class Proposal(NamedTuple):
    """A difference that the archive has found; ``passage`` is the number of one, words as a ``Divergence`` keeps them."""

    passage: int
    kind: str
    left: Side
    right: Side
    sentence: Sentence


def proposed(compared: Iterable[Versions], kept: Sequence[Divergence]) -> Iterator[Proposal]:
    """What was found between versions of a statement and is not among the differences kept for it."""
    for versions in compared:
        assert versions.right is not None  # a draft has no passages yet
        for row in versions.rows:
            for found in row.differences:
                left = Side(versions.left, kept_words(found.left))
                right = Side(versions.right, kept_words(found.right))
                number = (row.left or row.right)[0]
                proposal = Proposal(number, found.kind, left, right, sentence(found, left, right))
                if not any(decides(one, proposal) for one in kept):
                    yield proposal


def kept_words(runs: Iterable[str]) -> str:
    """Runs of words, a line each; of a long one its beginning."""
    lines: list[str] = []
    for run in runs:
        words = run.split()
        line = " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")
        if len("\n".join([*lines, line])) <= CHARACTERS:
            lines.append(line)
    return "\n".join(lines) or next((run[: CHARACTERS - 1] + "…" for run in runs), "")


def decides(kept: Divergence, proposal: Proposal) -> bool:
    """Whether an editor has decided of this difference: in his words or the archive's, of the kind proposed or of another."""
    words = {side.version.pk: side for side in kept.sides}
    if kept.passage.number != proposal.passage or words.keys() != {
        side.version.pk for side in (proposal.left, proposal.right)
    }:
        return False
    pairs = [(words[side.version.pk], side) for side in (proposal.left, proposal.right)]
    if all(one.words == other.words for one, other in pairs):
        return True
    return kept.kind == proposal.kind and all(meet(one, other) for one, other in pairs)


def meet(one: Side, other: Side) -> bool:
    """Whether words of one are words of the other, or both have none."""
    if not (one.runs and other.runs):
        return not one.runs and not other.runs
    return any(a in b or b in a for a in one.runs for b in other.runs)


def sentence(found: Difference, left: Side, right: Side) -> Sentence:
    """What differs, for the editor to put better."""
    sides = (left, right) if left.words else (right, left)
    told = BOTH[Kind(found.kind)] if left.words and right.words else ONE[Kind(found.kind)]
    apart = left.version.language != right.version.language
    return Sentence(*(
        worded(told_in, language, [(called(side.version, language, apart), side) for side in sides])
        for language, told_in in (("en", told.en), ("ar", told.ar))
    ))  # fmt: skip


def worded(told: str, language: str, sides: list[tuple[str, Side]]) -> str:
    (one, side), (other, twin) = sides
    return told.format(
        One=one[0].upper() + one[1:],
        one=one,
        other=other,
        words=quoted(side, language),
        others=quoted(twin, language),
    )


def called(version: Version, language: str, by_language: bool) -> str:
    """By its language where that tells it from the other, else by who published it."""
    name = LANGUAGES[Language(version.language)] if by_language else Sentence(
        f"the version of {version.publisher}", f"نسخة {version.publisher}"
    )  # fmt: skip
    return name.en if language == "en" else name.ar


def quoted(side: Side, language: str) -> str:
    words = ", ".join(side.words.split("\n")) if language == "en" else "، ".join(side.words.split("\n"))  # fmt: skip
    if len(words) > QUOTED:
        words = words[:QUOTED].rpartition(" ")[0] + " …"
    return f"“{words}”" if language == "en" else f"«{words}»"
