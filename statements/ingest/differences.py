"""What two versions of a statement do not say alike: who, which body, number or date, how strongly, and what is left out.

Both are read as the archive reads any text, Arabic beside English too; what a person has decided of a mention
counts before what is read. What languages say in different ways (pronouns, offices for names, «الجانبان»)
is no difference by itself. For an editor to look at; nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from statements.ingest.knowledge import Knowledge
from statements.ingest.match import Matcher
from statements.ingest.told import PERSONS, WILL, Known, Thing, Told, joined, printed, said
from statements.models import Divergence
from statements.text.align import Pair, word_changes
from statements.text.analysis import analyze
from statements.text.arabic import fold, language_of
from statements.text.dates import EDTF
from statements.text.names import is_heard, same_sound
from statements.text.nations import nation
from statements.text.verbs import STRENGTHS

Kind = Divergence.Kind
#: English takes so many characters for one of Arabic; a text so long tells it as well as this does.
LONGER, USUAL = 1.35, 400
#: A rendering whose length is so many times that of the others leaves out or adds something …
LOPSIDED = 1.9
#: … when it is by so many characters, and in one language by so many words in a row.
CHARACTERS, WORDS = 90, 4


@dataclass(frozen=True)
class Difference:
    """Words as printed in the one version and in the other; either may be empty."""

    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.left, self.right

    @property
    def told(self) -> str:
        """What differs, in the reader's language."""
        return str(Kind(self.kind).label)


@dataclass
class Compared:
    """Paragraphs that render each other, by their places in either text, and how they differ."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    differences: list[Difference]


def compare(
    left: Sequence[str],
    right: Sequence[str],
    pairs: Sequence[Pair],
    knowledge: Knowledge,
    day: EDTF | None = None,
    decided: tuple[Sequence[Sequence[Known]], Sequence[Sequence[Known]]] | None = None,
) -> list[Compared]:
    """The differences pair by pair, for those pairs that have some. ``day`` is the statement's date."""
    matcher = Matcher(knowledge)
    known = decided or ([[]] * len(left), [[]] * len(right))
    one = [*said(left, matcher, day, known[0])]
    other = [*said(right, matcher, day, known[1])]
    sides = [
        (joined([one[i] for i in pair.left]), joined([other[j] for j in pair.right]))
        for pair in pairs
    ]
    judge = Judge(knowledge, day, sides)
    return [
        Compared(pair.left, pair.right, differences)
        for at, pair in enumerate(pairs)
        if (differences := judge.differences(at))
    ]


@dataclass
class Judge:
    """Tells real differences from other ways to say the same, pair by pair."""

    knowledge: Knowledge
    day: EDTF | None
    sides: list[tuple[Told, Told]]

    def __post_init__(self) -> None:
        pairs = [side for side in self.sides if side[0].text and side[1].text]
        sizes = [sum(len(side[n].text) for side in pairs) for n in (0, 1)]
        languages = [language_of(" ".join(side[n].text for side in pairs)) for n in (0, 1)]
        longer = {"ar en": LONGER, "en ar": 1 / LONGER}
        usual = longer.get(f"{languages[0]} {languages[1]}", 1.0)
        # What the two texts are to each other, and in a short one what the languages are.
        self.ratio = (sizes[1] + USUAL * usual) / (sizes[0] + USUAL)
        self.over = [self.unmatched(one, other) for one, other in self.sides]

    def differences(self, at: int) -> list[Difference]:
        one, other = self.sides[at]
        if not one.text or not other.text:
            return [Difference(Kind.LEFT_OUT, (one.text,) if one.text else (), (other.text,) if other.text else ())]  # fmt: skip
        return [
            *self.who(at),
            *self.plain(Kind.NUMBER, one, other, one.numbers, other.numbers, self.same_number),
            *self.plain(Kind.DATE, one, other, one.dates, other.dates, self.same_date),
            *self.force(one, other),
            *self.left_out(one, other),
        ]

    def unmatched(self, one: Told, other: Told) -> tuple[list[Thing], list[Thing]]:
        """Names of either side that the other has not, neither by a mention nor in words that were not read."""
        return self.missed(one, other), self.missed(other, one)

    def missed(self, one: Told, other: Told) -> list[Thing]:
        missed: list[Thing] = []
        found: list[Thing] = []
        for thing in one.names:
            there = any(self.alike(thing, twin) for twin in other.names) or self.is_worded(
                thing, other.rest
            )
            (found if there else missed).append(thing)
        # «رئيس جهاز مكافحة الإرهاب» is a post with a body in it, and one of the two is enough.
        return [thing for thing in missed if not any(thing.meets(twin) for twin in found)]

    def is_worded(self, thing: Thing, rest: str) -> bool:
        """Whether words that no mention has may be the name: the words of a form of it, or their sound."""
        if thing.kind == "stranger":
            return is_heard(thing.means, rest)
        if thing.kind == "official" and is_heard(thing.as_printed, rest):
            return True
        there = [term.text for term in analyze(rest)]
        forms = (words for slug in thing.means for words in self.forms.get((thing.kind, slug), ()))
        return any(stand_together(words, there) for words in forms)

    @cached_property
    def forms(self) -> dict[tuple[str, str], set[frozenset[str]]]:
        """The terms of each form of a record, without those of its country."""
        wanted = {
            (thing.kind, slug)
            for pair in self.sides
            for side in pair
            for thing in side.names
            if thing.kind != "stranger"
            for slug in thing.means
        }
        found: dict[tuple[str, str], set[frozenset[str]]] = {}
        countries = {fold(form.text) for form in self.knowledge.forms if form.kind == "country"} | {
            "u",
            "s",
        }
        for form in self.knowledge.forms:
            if (form.kind, form.slug) in wanted:
                words = [
                    word
                    for word in re.findall(r"\w+", form.text)
                    if not nation(fold(word)) and fold(word) not in countries
                ]
                if terms := frozenset(term.text for term in analyze(" ".join(words))):
                    found.setdefault((form.kind, form.slug), set()).add(terms)
        return found

    # Who

    def who(self, at: int) -> Iterator[Difference]:
        over = [
            [thing for thing in things if not self.is_next_door(at, thing, side)]
            for side, things in enumerate(self.over[at])
        ]
        # A post or a body that stands for a person or a body of the other text is told with it; alone it is
        # named in another way, or a pronoun stands for it.
        groups = {
            Kind.WHO: (*PERSONS, "stranger"),
            Kind.BODY: ("organization", "agreement", "dialogue"),
            Kind.PLACE: ("place",),
        }
        for kind, kinds in groups.items():
            left, right = ([t for t in side if t.kind in kinds] for side in over)
            both = bool(left) and bool(right)
            if not both:
                if kind == Kind.PLACE:
                    continue
                left = [thing for thing in left if self.is_told(at, thing, 0)]
                right = [thing for thing in right if self.is_told(at, thing, 1)]
            if left or right:
                yield Difference(kind, printed(left), printed(right))

    def is_next_door(self, at: int, thing: Thing, side: int) -> bool:
        """Whether the other text says it in the paragraph before or behind, where this text does not."""
        return any(
            self.alike(thing, other)
            for near in (at - 1, at + 1)
            if 0 <= near < len(self.over)
            for other in self.over[near][1 - side]
        )

    def is_told(self, at: int, thing: Thing, side: int) -> bool:
        """Whether it is missed in the other text: named outright, and not just before, where a pronoun means it."""
        if not thing.outright:
            return False
        before = [pair[1 - side] for pair in self.sides[max(0, at - 2) : at]]
        return not any(self.alike(thing, other) for near in before for other in near.names)

    def alike(self, one: Thing, other: Thing) -> bool:
        """Whether two mentions may mean the same, or one the office or body of the other."""
        if "stranger" in (one.kind, other.kind):
            names = [thing.means if thing.kind == "stranger" else thing.as_printed for thing in (one, other)]  # fmt: skip
            return same_sound(*names)
        if one.kind == other.kind:
            return bool(one.means & other.means)
        return self.stands_for(one, other) or self.stands_for(other, one)

    def stands_for(self, one: Thing, other: Thing) -> bool:
        """An official and his post, a post or an official and the body."""
        days = (self.day.first, self.day.last) if self.day else (None, None)
        if one.kind == "official" and other.kind == "post":
            return any(self.knowledge.held(who, post, days) for who in one.means for post in other.means)  # fmt: skip
        if one.kind == "post" and other.kind == "organization":
            return any(self.knowledge.bodies.get(post) in other.means for post in one.means)
        if one.kind == "official" and other.kind == "organization":
            return any(
                self.knowledge.bodies.get(post) in other.means
                and self.knowledge.held(who, post, days)
                for who in one.means
                for post, _first, _last in self.knowledge.lexicon.tenures.get(who, [])
            )
        return False

    # Numbers and dates

    def plain(
        self, kind: str, one: Told, other: Told, left: list[Thing], right: list[Thing], alike: Any
    ) -> Iterator[Difference]:
        years = [
            [*side.dates, *side.numbers] for side in (one, other)
        ]  # a year may be read as a number in one of them
        lost = [thing for thing in left if not any(alike(thing, twin) for twin in years[1])]
        added = [thing for thing in right if not any(alike(thing, twin) for twin in years[0])]
        if any(thing.outright for thing in [*lost, *added]):
            yield Difference(kind, printed(lost), printed(added))

    def same_number(self, one: Thing, other: Thing) -> bool:
        if other.kind == "date":
            return f"{one.means:g}" in re.findall(r"[1-9]\d*", str(other.means))
        return bool(one.means == other.means)

    def same_date(self, one: Thing, other: Thing) -> bool:
        if other.kind == "number":
            return f"{other.means:g}" in re.findall(r"[1-9]\d*", str(one.means))
        first, last = one.means.first, one.means.last
        begin, end = other.means.first, other.means.last
        return (first is None or end is None or first <= end) and (
            last is None or begin is None or begin <= last
        )

    # Force

    def force(self, one: Told, other: Told) -> Iterator[Difference]:
        left, right = ({thing.means for thing in side.force} for side in (one, other))
        lost, added = left - right, right - left
        # A verb too many is often a clause that the other puts without one; a weaker one in its place is not.
        if not (lost and added) and not (left and right and strongest(left) != strongest(right)):
            return
        weak, strong = sorted(strongest(side | {STRENGTHS[0]}) for side in (left, right))
        weaker = one if weak == strongest(left | {STRENGTHS[0]}) else other
        # "repeated that it would protect" is «جدد التزامه حماية».
        pledged = (STRENGTHS[weak], STRENGTHS[strong]) == ("affirmed", "committed")
        if WILL.search(fold(weaker.text)) and (pledged or not (lost and added)):
            return
        told = [
            [thing for thing in side.force if thing.means in means]
            for side, means in ((one, lost), (other, added))
        ]
        if any(thing.outright for side in told for thing in side):
            yield Difference(Kind.FORCE, printed(told[0]), printed(told[1]))

    # What is left out

    def left_out(self, one: Told, other: Told) -> Iterator[Difference]:
        if language_of(one.text) == language_of(other.text):
            for change in word_changes(one.text, other.text):
                words = one.text[slice(*change.left)], other.text[slice(*change.right)]
                sizes = [len(part.split()) for part in words]
                if max(sizes) >= WORDS and max(sizes) >= 3 * min(sizes):
                    kind = Kind.TEXT if all(words) else Kind.LEFT_OUT
                    yield Difference(kind, *((part,) if part else () for part in words))
            return
        size, twin = len(one.text) * self.ratio, len(other.text)
        if max(size, twin) > LOPSIDED * min(size, twin) and abs(size - twin) > CHARACTERS:
            shorter = size < twin
            yield Difference(
                Kind.LEFT_OUT, () if shorter else (one.text,), (other.text,) if shorter else ()
            )


def strongest(strengths: set[str]) -> int:
    return max(STRENGTHS.index(strength) for strength in strengths)


def stand_together(words: frozenset[str], text: Sequence[str]) -> bool:
    """Whether all words stand near each other in a text, in any order: "Department of State", "the State Department"."""
    reach = len(words) + 2
    return any(words <= set(text[at : at + reach]) for at in range(len(text)) if text[at] in words)
