"""How words of dates combine into one date expression, in Arabic and English: the grammar.

``Grammar`` reads tokens (see ``wording``) from a place on and yields what they can mean with where
that ends. Each rule looks ahead a fixed number of tokens, so a text is read in time that grows with
its length. Precision follows the words and no guess is made: a range that ends before it begins, a
month by two different names, the 31st of April are no dates.

Sources: ISO 8601-2:2019 (EDTF) for the values; The Chicago Manual of Style (17th ed.) §§ 6.38–6.39, 9.29–9.36
and the UN Editorial Manual ("dates") for English forms; Wright, "A Grammar of the Arabic Language"
I §§ 318–328 and the usage of the press for Arabic forms; Umm al-Qura (``hijridate``) for Hijri dates.
"""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace

from statements.text import relative
from statements.text.edtf import EDTF
from statements.text.parts import (
    HIJRI,
    IMPOSSIBLE,
    WEEKDAY_DIFFERS,
    YEARS,
    Part,
    Readings,
    complete,
    edtf,
    follows,
    parts_of,
    with_weekday,
)
from statements.text.periods import Periods
from statements.text.sentence import Sentence
from statements.text.wording import LEXICON, Token

#: Dates in two calendars that differ by more than this many days contradict each other; the sighting of
#: the moon moves a Hijri date by one.
SIGHTING = 1
CALENDARS_DIFFER = Sentence(
    "The Hijri and the Gregorian date are not the same day.",
    "التاريخان الهجري والميلادي ليسا يومًا واحدًا.",
)
SEPARATE = Sentence("Separate days or years, not a span.", "أيام أو سنوات متفرقة لا مدة متصلة.")


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


SEVERAL_DAYS = words_of("days_word weekday ordinal first_day") | {"the", "ال"}
#: Words behind which a month alone is a date.
BY = frozenset("by before بحلول قبل لغايه".split())
MONTH_BEHIND = frozenset("in during after في خلال بعد شهر".split()) | BY
MONTHS_FIRST = words_of("month hijri_month weekday month_word from") | {"on"}


def opening(text: str) -> tuple[str, ...]:
    """The rules that a word may open."""
    return OPENED_BY_NUMBER if text.isdigit() else OPENED.get(text, ())


class Grammar(Periods):
    """Reads ``words``; ``on`` anchors relative dates, and without it they have none.

    ``whole`` says that somebody typed the expression as a date, so that looser forms are dates too.
    """

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
        for part, end in itertools.chain(self.early_or_late(place), self.simple(place)):
            if about and part.kind == "duration":
                continue
            found = replace(part, approximate=True, bare=False) if about else part
            yield found, end
            doubt = self.word(end, "doubtful")
            if doubt:
                yield replace(found, uncertain=True), doubt[1]

    def early_or_late(self, at: int) -> Readings:
        """«مطلع عام 2023», “mid-July 2024”: about the whole, as EDTF has no word for its part."""
        word = self.skip_text(at, "the")
        early = self.word(at, "early") or self.word(word, "early")
        if not early:
            return
        if self.word(early[1], "weekday"):
            return  # "late Wednesday" is an hour
        place = self.skip_text(early[1], "-")
        place = self.skip_text(place, "من") if early[0] != "end" else place
        edge = edge_of(self, at, str(early[0]))
        for part, end in self.simple(place):
            if part.kind != "duration" and (not part.day or part.relative):
                by = True if self.text(at - 1) in BY or self.ahead(at) else None
                yield replace(self.nearest(part, by), approximate=True, edge=edge, bare=False), end

    def after_in(self, at: int) -> bool:
        """Whether «في» or "in" stands before a month alone, which makes it one: "in May", «في تموز»."""
        return self.text(at - 1) in MONTH_BEHIND and at > 0

    def expression(self, at: int) -> Readings:
        """Everything that an expression beginning here can mean, in no order."""
        singles = list(self.qualified(at))
        for part, end in singles:
            if (
                part.value is None
                and part.month
                and not part.year
                and (part.day or self.after_in(at))
            ):
                by = True if self.ahead(at) or not part.day and self.text(at - 1) in BY else None
                near = self.nearest(part, ahead=by)
                if near.value is None and near.year is None and self.behind(at):
                    near = self.nearest(part, ahead=False)
                yield near, end
            else:
                yield part, end
            yield from self.other_calendar(part, end)
            yield from self.onwards(part, end)
        text = self.text(at)
        yield from self.open_range(at)
        yield from self.ranges(at, singles)
        if text.isdigit() or text in SEVERAL_DAYS:
            yield from self.several_days(at)
        if text.isascii() and text in MONTHS_FIRST:
            yield from self.months_first(at)
        yield from self.year_lists(at)
        if text in ("from", "between"):
            yield from self.days_of_the_month(at)

    def other_calendar(self, part: Part, at: int) -> Readings:
        """«18 محرم 1446هـ الموافق 24 يوليو 2024م»: one day in two calendars; the Gregorian stands."""
        if part.value is None or part.value.is_range or part.value.precision != "day":
            return
        opened = self.text(at) == "("
        agreeing = self.word(at, "agreeing")
        place = agreeing[1] if agreeing else self.skip_text(at, "،", ",", "(", "/", "-")
        place = self.skip(self.skip_text(place, "ل"), "agreeing")
        if not (part.hijri or agreeing or self.may_be_hijri(place)):
            return
        for other, end in [*self.calendar_date(place), *self.numeric(place)]:
            if other.value is None or other.hijri == part.hijri or other.value.precision != "day":
                continue
            if opened and self.text(end) == ")":
                end += 1
            hijri, gregorian = (part, other) if part.hijri else (other, part)
            if not (
                hijri.value and hijri.value.first and gregorian.value and gregorian.value.first
            ):
                continue
            apart = abs((hijri.value.first - gregorian.value.first).days)
            if apart > 2 and not (agreeing or opened):
                continue
            doubt = gregorian.uncertain or apart > SIGHTING
            if part.weekday is not None and gregorian.value.first.weekday() != part.weekday:
                doubt = True
            yield (
                replace(
                    gregorian,
                    uncertain=doubt,
                    alternatives=(hijri.value,) if apart > SIGHTING else (),
                    warnings=(*gregorian.warnings, CALENDARS_DIFFER)
                    if apart > SIGHTING
                    else gregorian.warnings,
                ),
                end,
            )

    def may_be_hijri(self, at: int) -> bool:
        """Whether a Hijri month or year stands in the few words from here."""
        near = range(at, at + 6)
        return any(self.word(k, "hijri_month") or self.text(k)[:2] in ("13", "14") for k in near)

    def onwards(self, part: Part, at: int) -> Readings:
        after = self.word(at, "onwards")
        value = self.finished(part) if after else None
        if after and value and not value.is_range:
            yield self.with_value(part, f"{value}/.."), after[1]

    def open_range(self, at: int) -> Readings:
        """«منذ 2014», "until the end of September 2025", «اعتبارا من …», "from 2014 onwards"."""
        for kind, shape, unknown, other in (
            ("since", "{}/..", "unknown_end", "{}/"),
            ("starting", "{}/..", "unknown_end", "{}/"),
            ("until", "../{}", "unknown_start", "/{}"),
        ):
            word = self.word(at, kind)
            if not word:
                continue
            for part, end in self.qualified(word[1]):
                if part.month and (not part.day or kind == "since"):
                    part = self.nearest(part, ahead=kind == "until")
                elif part.month:
                    near = self.nearest(part)
                    part = near if near.value or near.year else self.nearest(part, ahead=True)
                part = self.at_edge(part, "start" if kind != "until" else "end")
                value = self.finished(part)
                if part.kind == "duration" or value is None or value.is_range:
                    yield (
                        IMPOSSIBLE if part.impossible else replace(part, value=None, kind="vague"),
                        end,
                    )
                    continue
                yield self.with_value(part, shape.format(value)), end
                mark = self.word(end, unknown)
                if mark:
                    yield self.with_value(part, other.format(value)), mark[1]
        if self.word(at, "from"):
            for part, end in self.qualified(self.skip(at, "from")):
                yield from self.onwards(part, end)

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

    def ranges(self, at: int, singles: list[tuple[Part, int]]) -> Readings:
        """«من 30 تموز إلى 2 آب 2024», «بين عامي 2014 و2017», "July–September 2024"."""
        start, between, opened = self.range_opening(at)
        firsts = singles if start == at else list(self.qualified(start))
        firsts = [*firsts, *self.day_alone(start)]
        for first, end in firsts:
            if first.kind == "duration" or first.impossible:
                continue
            if self.text(end) in (",", "،") and self.word(end + 1, "to"):
                end += 1
            to, joined = self.word(end, "to"), self.word(end, "and")
            if first.day and not first.month and self.text(end) == "/":
                joined = 1, end + 1  # «7/8 آب 2023»
            if between and joined:
                to = joined
            elif first.value and self.text(end) == "/" and self.words[end - 1].text.isdigit():
                to = 1, end + 1
            if to is None and not joined:
                continue
            word = to or joined
            assert word
            dash = self.text(end) == "-"
            place = self.skip_text(word[1], "من", "يوم")
            for second, after in [*self.qualified(place), *self.short_year(first, end, place)]:
                if second.kind == "duration":
                    continue
                part = self.range_of(first, second, exact=to is not None)
                if part is None or dash and not opened and first.relative:
                    continue
                yield part, after

    def range_opening(self, at: int) -> tuple[int, bool, bool]:
        """Behind «في الفترة من», «بين», "from"; whether between two; whether anything opened."""
        place = self.skip(at, "period")
        period = place > at
        if period:
            place = self.skip_text(place, "الممتده", "الواقعه")
        opening = self.word(place, "from")
        between = bool(opening and opening[0] == 2)
        place = opening[1] if opening else place
        if not opening and not period and self.text(at) == "منذ":
            place, opening = at + 1, (1, at + 1)
        place = self.skip(place, "days_word", "years_word", "months_word", "hour")
        return place, between, period or opening is not None

    def day_alone(self, at: int) -> Readings:
        start, weekday = self.weekday(at)
        day = self.day(start if weekday is not None else at)
        if day and 1 <= day[0] <= 31:
            yield Part(day=day[0], weekday=weekday), day[1]

    def short_year(self, first: Part, end: int, at: int) -> Readings:
        """«2014–17»."""
        number = self.figures(at, 2, 2)
        if first.bare and first.year and number is not None and self.text(end) in ("-", "/"):
            year = first.year // 100 * 100 + number
            if year > first.year:
                yield Part(year=year), at + 1

    def range_of(self, first: Part, second: Part, exact: bool) -> Part | None:
        """One part of two; None when they do not belong together."""
        if second.impossible:
            return IMPOSSIBLE
        if (first.bare and first.year not in YEARS) or (second.bare and second.year not in YEARS):
            return None
        if second.bare and second.year and not (first.year and not first.month or first.value):
            return None
        if first.day and not first.month and not (second.day and second.month):
            return None
        if first.month and not first.day and second.day and not first.year:
            return None
        if second.value is None and second.year is None:
            if first.year is None and first.value is None:
                second = self.nearest(second)
                if second.value is None:
                    return None
            elif first.year and second.month:
                second = replace(second, year=first.year)
        year, month, _ = parts_of(second)
        if first.value is None:
            borrowed = first
            if borrowed.month is None and borrowed.day:
                borrowed = replace(borrowed, month=second.month or month, hijri=second.hijri)
            if borrowed.year is None:
                known = second.year or year
                if known is None:
                    return None
                here = borrowed.month or 0
                there = second.month or month or 0
                if borrowed.month and there and here > there:
                    if here - there < 8 and borrowed.day is None:
                        return IMPOSSIBLE
                    known -= 1
                borrowed = replace(borrowed, year=known, hijri=borrowed.hijri or second.hijri)
            first = borrowed
        low, high = (
            self.finished(self.at_edge(first, "start")),
            self.finished(self.at_edge(second, "end")),
        )
        if low is None or high is None:
            return IMPOSSIBLE
        if low.is_range and first.hijri:
            low = edtf(low.split("/")[0])
        if high.is_range and second.hijri:
            high = edtf(high.split("/")[1])
        if low is None or high is None or low.is_range or high.is_range:
            return None
        parts = replace(
            first, value=None, relative=first.relative or second.relative,
            warnings=first.warnings + second.warnings, reason=HIJRI if first.hijri else None,
            alternatives=(), weekday=None,
        )  # fmt: skip
        if not exact and not follows(low, high):
            return (
                None
                if low.precision != high.precision
                else replace(Part(reason=SEPARATE, kind="vague"), alternatives=(low, high))
            )
        if low == high and first.hijri != second.hijri:
            return None
        value = edtf(f"{low}/{high}")
        return self.with_value(parts, value) if value else IMPOSSIBLE

    def several_days(self, at: int) -> Readings:
        """«أيام 22 و23 و24 تموز 2024», «يومي الثلاثاء والأربعاء 23 و24 تموز 2024», "22, 23 and 24 July 2024"."""
        place = self.skip(at, "days_word")
        weekdays: list[int] = []
        while True:
            named = self.number(place, "weekday")
            if not named or len(weekdays) > 7:
                break
            weekdays.append(named[0])
            place = self.skip_text(named[1], "و", "،", ",", "and")
        days, end = [], place
        while len(days) < 8:
            day = self.day(end)
            if not day:
                break
            days.append(day[0])
            end = day[1]
            month = self.month(self.skip_text(end, "من", "of"))
            if month:
                break
            end = self.skip_text(end, "و", "،", ",", "and", "&", "-")
        else:
            return
        if len(days) < 2 or len(days) == 2 and not weekdays:
            return
        month = self.month(self.skip_text(end, "من", "of"))
        if not month:
            return
        for part, after in self.with_year(Part(month=month[0], hijri=month[1]), month[2], at):
            if part.month is None or part.impossible:
                continue
            ends = [
                self.finished(replace(part, value=None, day=day)) if part.year else None
                for day in (days[0], days[-1])
            ]
            low, high = ends
            if low is None or high is None:
                continue
            if len(days) > 2 and days != list(range(days[0], days[0] + len(days))):
                yield Part(reason=SEPARATE, kind="vague", alternatives=(low, high)), after
                continue
            result = self.with_value(
                replace(part, reason=HIJRI if part.hijri else None), f"{low}/{high}"
            )
            if len(weekdays) == len(days) == 2 and low.first and high.first:
                result = with_weekday(result, weekdays[0])
                if (weekdays[0] + (days[1] - days[0])) % 7 != weekdays[1]:
                    result = replace(result, uncertain=True, warnings=(WEEKDAY_DIFFERS,))
            yield result, after

    def months_first(self, at: int) -> Readings:
        """ "July 22–23, 2024", "July 22 and 23, 2024", "from May 22 to 24, 2012"."""
        place = self.skip(at, "from")
        place = self.skip_text(place, "on")
        first_weekday = self.number(place, "weekday")
        joined_weekday = self.word(first_weekday[1], "and") if first_weekday else None
        second_weekday = self.number(joined_weekday[1], "weekday") if joined_weekday else None
        place = self.skip_text(second_weekday[1], ",") if second_weekday else place
        between = self.text(at) == "between"
        if not self.text(place).isascii():
            return
        month = self.month(place)
        first = self.day(month[2]) if month else None
        joined = None
        if first:
            joined = self.word(first[1], "to") or self.word(first[1], "and")
        second = self.day(joined[1]) if joined else None
        if not month or not first or not joined or not second:
            return
        exact = between or bool(self.word(first[1], "to"))
        for part, end in self.with_year(Part(month=month[0], day=second[0]), second[1], at):
            part = self.nearest(part) if not part.year else part
            year = parts_of(part)[0]
            if year is None:
                continue
            found = self.range_of(Part(year, month[0], first[0]), part, exact)
            if found and first_weekday and second_weekday:
                found = with_weekday(found, first_weekday[0])
            if found:
                yield found, end

    def days_of_the_month(self, at: int) -> Readings:
        """ "from the 18th through the 20th": of the month in which that is nearest to the document's day, or first to come."""
        first = self.ordinal_day(at + 1)
        joined = (self.word(first[1], "to") or self.word(first[1], "and")) if first else None
        second = self.ordinal_day(joined[1]) if joined else None
        if not first or not second or not self.on or not first[0] < second[0]:
            return
        spans = []
        for number in (-1, 0, 1):
            year, month = relative.months_from(self.on, number)
            value = edtf(f"{year}-{month:02}-{first[0]:02}/{year}-{month:02}-{second[0]:02}")
            spans += [Part(value=value, relative=True)] if value else []
        if spans:
            ahead = True if self.ahead(at) else None
            found = relative.nearest(spans, self.on, None, ahead)
            yield (
                found
                if found.value
                else min(spans, key=lambda one: relative.distance(one, self.on)),
                second[1],
            )

    def ordinal_day(self, at: int) -> tuple[int, int] | None:
        """ "the 18th"."""
        day = self.day(at) if self.text(at) == "the" else None
        return day if day and self.text(day[1] - 1) in ("st", "nd", "rd", "th") else None

    def year_lists(self, at: int) -> Readings:
        """«عامي 2023 و2024», «الأعوام 2014-2017»."""
        plural = self.word(at, "years_word")
        if not plural:
            return
        for first, end in self.year(plural[1]):
            to, joined = self.word(end, "to"), self.word(end, "and")
            word = to or joined
            if not word or first.relative:
                continue
            for second, after in self.year(word[1]):
                if second.relative:
                    continue
                found = self.range_of(
                    replace(first, bare=False), replace(second, bare=False), bool(to)
                )
                if found:
                    yield found, after


def edge_of(grammar: Grammar, at: int, name: str) -> str:
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
