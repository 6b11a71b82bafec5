"""What a paragraph says: whom and what it names, its numbers and dates, and how strongly it promises.

Read as the archive reads any text; what a person has decided of a mention counts before what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from statements.ingest.clauses import said_in
from statements.ingest.match import Matcher
from statements.ingest.relinking import mentions_in
from statements.text.arabic import fold
from statements.text.dates import EDTF, find
from statements.text.numbers import numbers
from statements.text.verbs import FUTURE

#: Kinds of records that are somebody, or something by name; places count only against another place, and
#: an event, which is told by its number and date, only holds the names in it.
PERSONS = ("official", "post")
NAMED = (*PERSONS, "organization", "agreement", "dialogue", "event", "place")
#: A body called by one common word, as one does who has named it: "the Coalition".
SHORT = re.compile(r"the \w+", re.IGNORECASE)
#: What promises without a verb of strength.
WILL = re.compile(
    rf"\b(?:will|would|shall|must|has to|have to)\b|(?<!\w)[وف]?(?:سوف\b|{FUTURE.pattern})"
)


class Known(NamedTuple):
    """What a person has decided of words of a paragraph: a record, or with ``slug`` None no record."""

    start: int
    end: int
    kind: str
    slug: str | None


@dataclass(frozen=True)
class Thing:
    """Something that a passage says: words as printed, what they mean, and whether they say it outright."""

    kind: str
    means: Any
    as_printed: str
    outright: bool = True
    #: paragraph, and where the words stand in it
    place: tuple[int, int, int] = (0, 0, 0)

    def meets(self, other: Thing) -> bool:
        return (
            self.place[0] == other.place[0]
            and self.place[1] < other.place[2]
            and other.place[1] < self.place[2]
        )


@dataclass
class Told:
    """What a paragraph, or several that render one, says; ``rest`` are its words that name nothing known."""

    text: str
    rest: str = ""
    names: list[Thing] = field(default_factory=list)
    numbers: list[Thing] = field(default_factory=list)
    dates: list[Thing] = field(default_factory=list)
    force: list[Thing] = field(default_factory=list)


def said(
    paragraphs: Sequence[str],
    matcher: Matcher,
    day: EDTF | None,
    decided: Sequence[Sequence[Known]],
) -> Iterator[Told]:
    """What each paragraph says in the light of the whole text."""
    reading = zip(paragraphs, mentions_in(paragraphs, day, matcher), decided, strict=True)
    for at, (text, found, known) in enumerate(reading):
        this = Told(text)
        for mark in known:
            if mark.slug is not None and mark.kind in NAMED:
                words = text[mark.start : mark.end]
                this.names.append(
                    Thing(mark.kind, {mark.slug}, words, True, (at, mark.start, mark.end))
                )
        for mention in found:
            if any(mention.meets(mark.start, mark.end) for mark in known):
                continue
            slugs = {mention.slug} if mention.slug else set(mention.candidates)
            place = at, mention.start, mention.end
            if slugs and mention.kind in NAMED:
                sure = (
                    mention.outcome == "one"
                    and not mention.unnamed
                    and not SHORT.fullmatch(mention.as_printed)
                )
                this.names.append(Thing(mention.kind, slugs, mention.as_printed, sure, place))
            elif mention.type == "official" and mention.name and not slugs:
                this.names.append(Thing("stranger", mention.name, mention.as_printed, True, place))
        this.rest = blanked(text, [thing.place[1:] for thing in this.names if thing.outright])
        inside: list[tuple[int, int]] = []
        for date in find(text, on=day.first if day else None):
            if date.edtf:
                inside.append((date.start, date.end))
                this.dates.append(
                    Thing("date", date.edtf, date.as_printed, date.kind == "absolute")
                )
        for number in numbers(text):
            if not any(number.start < end and start < number.end for start, end in inside):
                this.numbers.append(Thing("number", number.value, number.as_printed, number.counts))
        this.force = [*forces(text)]
        yield this


def forces(text: str) -> Iterator[Thing]:
    """The verbs of strength of a paragraph; outright those by which somebody promises, and not what is told of plans."""
    for sentence in said_in(text, [(0, len(text))]):
        for verb in sentence.governors:
            first, last = sentence.words[verb.first], sentence.words[verb.after - 1]
            words = sentence.part[first.start : last.end]
            if verb.noun is not None and verb.noun >= verb.after:
                noun = sentence.words[verb.noun]
                gap = " " if verb.noun == verb.after else " … "
                words += gap + sentence.part[noun.start : noun.end]
            planned = verb.reported or verb.subject in ("none", "thing") or WILL.match(fold(words))
            yield Thing("force", verb.strength, words, not planned)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "|" * (end - start) + text[end:]
    return text


def joined(parts: Sequence[Told]) -> Told:
    whole = Told(" ".join(part.text for part in parts), " ".join(part.rest for part in parts))
    for part in parts:
        for name in ("names", "numbers", "dates", "force"):
            getattr(whole, name).extend(getattr(part, name))
    return whole


def printed(things: Iterable[Thing]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(thing.as_printed for thing in things))
