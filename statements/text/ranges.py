"""Spans from one date to another, and several days or years in a row."""

from __future__ import annotations

from dataclasses import replace

from statements.text import reckoning
from statements.text.parts import (
    HIJRI,
    IMPOSSIBLE,
    WEEKDAY_DIFFERS,
    YEARS,
    Part,
    Readings,
    edtf,
    follows,
    parts_of,
    with_weekday,
)
from statements.text.qualified import Qualified
from statements.text.sentence import Sentence

SEPARATE = Sentence("Separate days or years, not a span.", "أيام أو سنوات متفرقة لا مدة متصلة.")


class Ranges(Qualified):
    """The rules for spans of dates."""

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
                if second.kind == "duration" or self.cuts_a_day_off(second, place, after):
                    continue
                by = True if self.ahead(at) else None
                part = self.range_of(first, second, exact=to is not None, by=by)
                if part is None or dash and not opened and first.relative:
                    continue
                yield part, after

    def cuts_a_day_off(self, part: Part, at: int, end: int) -> bool:
        """Whether an English month ends before its day: "to September" in "to September 5"."""
        alone = part.month and not part.day and not part.year and self.text(at).isascii()
        return bool(alone and self.figures(end, 1, 2) and self.text(end + 1) not in ("/", ":"))

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

    def range_of(
        self, first: Part, second: Part, exact: bool, by: bool | None = None
    ) -> Part | None:
        """One part of two; None when they do not belong together. ``by``: the words say that it is to come."""
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
                second = self.nearest(second, by)
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
        on = self.on
        if not first or not second or not on or not first[0] < second[0]:
            return
        spans = []
        for number in (-1, 0, 1):
            year, month = reckoning.months_from(on, number)
            value = edtf(f"{year}-{month:02}-{first[0]:02}/{year}-{month:02}-{second[0]:02}")
            spans += [Part(value=value, relative=True)] if value else []
        if spans:
            ahead = True if self.ahead(at) else None
            found = reckoning.nearest(spans, on, None, ahead)
            yield (
                found if found.value else min(spans, key=lambda one: reckoning.distance(one, on)),
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
