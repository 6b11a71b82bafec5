"""One date of any kind with the words that qualify it: “early”, “about”, «منتصف», and the value of it with its marks of doubt."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace

from statements.text import reckoning
from statements.text.edtf import EDTF
from statements.text.parts import IMPOSSIBLE, Part, Readings, complete, edtf
from statements.text.periods import Periods
from statements.text.wording import LEXICON, Token

#: The rules for one date: the kinds of words it may begin with, other words, whether a number may.
RULES: dict[str, tuple[str, str, bool]] = {
    "numeric": ("", "", True),
    "calendar_date": (
        "hour weekday ordinal first_day month hijri_month month_word",
        "يوم the ال",
        True,
    ),
    "part_of_year": (
        "season the_season quarter third half ordinal closing",
        "the فصل ال q h",
        True,
    ),
    "decade_or_century": ("decade the_decade ordinal", "the عقد العقد القرن هذا", True),
    "relative_day": (
        "hour day_word other_day weekday shift few sometime weekend",
        "يوم يومي on قبل the a one late early this next",
        False,
    ),
    "calendar_units": ("the_unit demonstrative shift sometime", "the", False),
    "week_of_month": ("the_unit ordinal closing", "the", False),
    "counted": ("ahead ago count dual unit", "in", True),
    "spans": (
        "more lasting dual the_dual the_unit the_units the_count count shift coming shortly anniversary ordinal",
        "the upcoming",
        True,
    ),
    "year_alone": ("year_word the_unit demonstrative shift sometime", "ال", True),
}
#: How many places a grammar remembers before it forgets them, so that a long text takes little memory.
REMEMBERED = 500


def words_of(kinds: str) -> frozenset[str]:
    wanted = kinds.split()
    return frozenset(
        word for word, entries in LEXICON.items() if any(entry.kind in wanted for entry in entries)
    )


def rules_by_word() -> dict[str, tuple[str, ...]]:
    """First word → the rules that it may open."""
    found: dict[str, list[str]] = {}
    for rule, (kinds, others, _) in RULES.items():
        for word in words_of(kinds) | set(others.split()):
            found.setdefault(word, []).append(rule)
    return {word: tuple(rules) for word, rules in found.items()}


OPENED = rules_by_word()
OPENED_BY_NUMBER = tuple(rule for rule, (_, _, number) in RULES.items() if number)


#: Words behind which a month alone is a date.
BY = frozenset("by before بحلول قبل لغايه".split())
MONTH_BEHIND = frozenset("in during after في خلال بعد شهر".split()) | BY


def opening(text: str) -> tuple[str, ...]:
    """The rules that a word may open."""
    return OPENED_BY_NUMBER if text.isdigit() else OPENED.get(text, ())


class Qualified(Periods):
    """The rules for one date with what qualifies it."""

    def __init__(self, words: list[Token], on: datetime.date | None, whole: bool = False) -> None:
        super().__init__(words, on, whole)
        self.dates: dict[int, list[tuple[Part, int]]] = {}

    def simple(self, at: int) -> Readings:
        """One date of any kind, without words such as “early”, “since” or “to”."""
        for rule in opening(self.text(at)):
            yield from getattr(self, rule)(at)

    def qualified(self, at: int) -> list[tuple[Part, int]]:
        """What ``dates_with_qualifiers`` finds here, kept for the rules that ask again."""
        found = self.dates.get(at)
        if found is None:
            if len(self.dates) > REMEMBERED:
                self.dates.clear()
                self.meanings.clear()
            found = self.dates[at] = list(self.dates_with_qualifiers(at))
        return found

    def dates_with_qualifiers(self, at: int) -> Readings:
        """A date with “early”, “about”, «منتصف» before it, and what doubts it behind."""
        about = self.word(at, "about")
        place = about[1] if about else at
        found = itertools.chain(
            self.early_or_late(place), self.years_end(place), self.simple(place)
        )
        for part, end in found:
            if about and part.kind == "duration":
                continue
            one = replace(part, approximate=True, bare=False) if about else part
            yield one, end
            doubt = self.word(end, "doubtful")
            if doubt:
                yield replace(one, uncertain=True), doubt[1]

    def early_or_late(self, at: int) -> Readings:
        """«مطلع عام 2023», “mid-July 2024”: about the whole, as EDTF has no word for its part."""
        word = self.skip_text(at, "the")
        early = self.word(at, "early") or self.word(word, "early")
        if not early:
            return
        if self.word(self.skip_text(early[1], "on"), "weekday"):
            return  # "late Wednesday", "early on Tuesday" are hours
        place = self.skip_text(early[1], "-")
        place = self.skip_text(place, "من") if early[0] != "end" else place
        edge = edge_of(self, at, str(early[0]))
        for part, end in self.simple(place):
            if part.kind != "duration" and (not part.day or part.relative):
                by = True if self.text(at - 1) in BY or self.ahead(at) else None
                yield replace(self.nearest(part, by), approximate=True, edge=edge, bare=False), end

    def years_end(self, at: int) -> Readings:
        """ "by year's end", "before year-end": of the document's year."""
        if self.text(at) != "year" or self.text(at - 1) not in (
            "by",
            "before",
            "until",
            "at",
            "the",
        ):
            return
        end = at + 3 if self.text(at + 1) == "'" and self.text(at + 2) == "s" else at + 2
        joined = end == at + 3 or self.text(at + 1) == "-"
        if self.on and joined and self.text(end) == "end":
            yield (
                replace(reckoning.unit_value("year", 0, self.on), approximate=True, edge="end"),
                end + 1,
            )

    def after_in(self, at: int) -> bool:
        """Whether «في» or "in" stands before a month alone, which makes it one: "in May", «في تموز»."""
        return self.text(at - 1) in MONTH_BEHIND and at > 0

    def at_edge(self, part: Part, edge: str) -> Part:
        """“Until the end of 2025” is exact; “until late 2025” is not."""
        return replace(part, approximate=False) if part.edge == edge else part

    def finished(self, part: Part) -> EDTF | None:
        """The value of a part with its marks of doubt."""
        value = part.value or complete(part)
        if value is None or part.impossible:
            return None
        mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get(
            (part.approximate, part.uncertain), ""
        )
        if not mark:
            return value
        marked = "/".join(
            end if end in ("", "..") else f"{end.rstrip('?~%')}{mark}" for end in value.split("/")
        )
        return edtf(marked)

    def with_value(self, part: Part, text: str) -> Part:
        value = edtf(text)
        if value is None:
            return IMPOSSIBLE
        return replace(
            part, value=value, year=None, month=None, day=None, code=None,
            approximate=False, uncertain=False, bare=False, alternatives=(),
        )  # fmt: skip


def edge_of(grammar: Qualified, at: int, name: str) -> str:
    """Only words for the very beginning or end are an edge; «أواخر», “late”, “early” are not."""
    exact = (
        "نهايه",
        "نهايات",
        "موفي",
        "ختام",
        "اخر",
        "مطلع",
        "بدايه",
        "مستهل",
        "end",
        "beginning",
        "start",
        "the",
    )
    return name if grammar.text(at) in exact else ""
