"""Parts of years and spans of years: seasons, quarters, thirds, halves, decades, centuries.

Sources: ISO 8601-2:2019 § 4.8 for the codes of seasons, quarters and halves; meteorological seasons of the
northern hemisphere; Wright, "A Grammar of the Arabic Language" I § 328 and the usage of the press for the
Arabic names of decades and centuries.
"""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace

from statements.text import reckoning
from statements.text.absolute import CalendarDates
from statements.text.parts import (
    IMPOSSIBLE,
    YEARS,
    Part,
    Readings,
    century,
    checked,
    edtf,
    half_of_month,
    seven_days,
)
from statements.text.reckoning import FAR


class Periods(CalendarDates):
    """The rules for parts of years and for spans of years."""

    def part_of_year(self, at: int) -> Readings:
        """Seasons, quarters, thirds and halves; «الربع الثالث» alone is of the document's year."""
        at = self.skip_text(at, "the")
        place = self.skip_text(at, "فصل")
        shown = self.number(self.skip_text(place, "ال"), "season") or self.number(
            place, "the_season"
        )
        if shown:
            yield from self.season(place, *shown)
        if self.text(at) in ("q", "h") and self.glued(at + 1):
            number, base = self.figures(at + 1, 1, 1), 32 if self.text(at) == "q" else 39
            if number and number <= (4 if base == 32 else 2):
                yield Part(code=base + number), at + 2
                for year, end in self.year(self.skip_text(at + 2, "/", "-")):
                    yield checked(replace(year, code=base + number)), end
        year_number = self.figures(at, 4, 4)
        after = self.skip_text(at + 1, "-", "/")
        if year_number in YEARS and self.text(after) in ("q", "h") and self.glued(after + 1):
            number, base = self.figures(after + 1, 1, 1), 32 if self.text(after) == "q" else 39
            if number and number <= (4 if base == 32 else 2):
                yield checked(Part(year_number, code=base + number)), after + 2
        for kind, base, most in (("quarter", 32, 4), ("third", 36, 3), ("half", 39, 2)):
            named = self.ordered(at, kind, most)
            if named:
                alone = self.text(at) not in (
                    "الثلاثي",
                    "الفصل",
                )  # «الاجتماع الثلاثي الأول», «الفصل الأول من القانون»
                yield from self.numbered_part(base, most, *named, alone=alone)

    def week_of_month(self, at: int) -> Readings:
        """«الأسبوع الأول من أيار», "the last week of May": its days from the first, seven at a time, in running text.

        Nobody counts weeks of a month one way, so that what somebody types as a date is none.
        """
        start = self.skip_text(at, "the")
        named = self.word(start, "the_unit")
        if named and named[0] == "week":
            order = self.number(named[1], "ordinal") or self.number(named[1], "closing")
            end = order[1] if order else at
        else:
            order = self.number(start, "ordinal") or self.number(start, "closing")
            week = bool(order and self.text(order[1]) == "week")
            end = order[1] + 1 if order and week else at
        if not order or end == at or self.whole or self.text(end) not in ("من", "of"):
            return
        for part, after in itertools.chain(
            self.month_and_year(end + 1), self.calendar_unit(end + 1, "month")
        ):
            if part.impossible:
                yield part, after
            elif part.year and part.month and not part.hijri and order[0] <= 4:
                yield seven_days(part, order[0]), after

    def month_and_year(self, at: int) -> Readings:
        """A Gregorian month with its year, or that which is nearest to the document's day."""
        month = self.month(at)
        if month and not month[1]:
            for part, end in self.with_year(Part(month=month[0]), month[2], at):
                yield self.nearest(part), end

    def ordered(self, at: int, kind: str, most: int) -> tuple[int, int] | None:
        """«الربع الثالث», «الربع الأخير», "third quarter"."""
        word = self.word(at, kind)
        if word:
            order = self.number(word[1], "ordinal") or self.number(word[1], "closing")
            end = order[1] if order else at
        else:
            order = self.number(at, "ordinal") or self.number(at, "closing")
            word = self.word(order[1], kind) if order and self.text(order[1]).isascii() else None
            end = word[1] if word else at
        if not order or not word:
            return None
        number = most if order[0] == -1 else order[0]
        return (number, end) if number <= most else None

    def numbered_part(
        self, base: int, most: int, number: int, at: int, alone: bool = True
    ) -> Readings:
        for year, end in self.year(at):
            yield checked(replace(year, code=base + number)), end
        if most == 2:
            month = self.month(self.skip_text(at, "من", "of"))
            if month and not month[1]:
                for part, end in self.with_year(Part(month=month[0]), month[2], at):
                    yield half_of_month(part, number), end
            for part, end in self.calendar_unit(self.skip_text(at, "من", "of"), "month"):
                yield half_of_month(part, number), end
        if self.on and alone and base == 32 and self.text(at) not in ("من", "of", "ل"):
            yield checked(Part(self.on.year, code=base + number, relative=True)), at

    def season(self, at: int, code: int, end: int) -> Readings:
        for year, after in self.year(end):
            yield checked(replace(year, code=code)), after
            second = self.figures(after + 1, 2, 4)
            if code == 24 and year.year and second is not None and self.text(after) in ("-", "/"):
                if second % 100 == (year.year + 1) % 100:
                    yield checked(replace(year, code=code)), after + 2
                else:
                    yield IMPOSSIBLE, after + 2
        if (
            self.on
            and self.text(at - 1) == "the"
            and self.text(at - 2) == "in"
            and self.text(end) != "of"
        ):
            begun = reckoning.season(code, 0, self.on)
            if self.ahead(at):
                begun = reckoning.season(code, 1, self.on)
            elif begun.first and begun.first > self.on:
                begun = reckoning.season(code, -1, self.on)
            yield Part(value=begun, relative=True), end
        yield Part(code=code), end
        definite = self.word(at, "the_season")
        shift = self.number(end, "shift") if definite else None
        if shift and not self.text(end).isascii() and self.on:
            yield Part(value=reckoning.season(code, shift[0], self.on), relative=True), shift[1]

    def decade_or_century(self, at: int) -> Readings:
        the = self.text(at) == "the"
        place = at + the
        number = self.figures(place, 4, 4)
        if number is not None and number % 10 == 0 and (self.whole or number in YEARS):
            after = (
                place + 2 if self.text(place + 1) == "'" and self.glued(place + 1) else place + 1
            )
            if self.text(after) == "s" and self.glued(after):
                yield Part(value=edtf(f"{number // 10:03}X")), after + 1
        tens = place + 1 if self.text(place) == "'" else place
        short = self.figures(tens, 2, 2)
        plural = self.text(tens + 1) == "s" and self.glued(tens + 1)
        if short is not None and short % 10 == 0 and short >= 20 and the and plural:
            yield self.bare_decade(short // 10), tens + 2
        place = self.skip_text(place, "عقد")
        yield from self.decade_by_name(at, place, the)
        order = self.number(place, "ordinal")
        if order and self.text(order[1]) == "century":
            yield Part(value=century(order[0])), order[1] + 1
        elif (
            self.figures(place, 1, 3)
            and self.text(place + 2) == "century"
            and self.glued(place + 1)
        ):
            yield Part(value=century(int(self.text(place)))), place + 3
        yield from self.century_named(place)
        if self.text(at) == "العقد":
            order = self.number(at + 1, "ordinal") or self.number(at + 1, "closing")
            if order and self.text(order[1]) == "من":
                for part, end in self.century_named(order[1] + 1):
                    if part.value and part.value.endswith("XX"):
                        tenth = 9 if order[0] == -1 else order[0] - 1
                        stem = edtf(f"{part.value[:2]}{tenth}X") if tenth < 10 else None
                        yield (Part(value=stem) if stem else IMPOSSIBLE), end

    def decade_by_name(self, at: int, place: int, the: bool) -> Readings:
        """«تسعينيات القرن الماضي», «التسعينيات», "the nineties"; not the age of a person."""
        definite = self.number(place, "the_decade")
        named = definite or self.number(place, "decade")
        if not named or self.text(named[1]) == "من" and "عمر" in self.text(named[1] + 1):
            return
        after = self.skip_text(named[1], "من")
        of_century = [
            (part, end) for part, end in self.century_named(after) if part.value is not None
        ]
        for part, end in of_century:
            yield Part(value=edtf(f"{str(part.value)[:2]}{named[0]}X"), relative=part.relative), end
        if not of_century and (definite or the):
            yield self.bare_decade(named[0]), named[1]

    def century_by_number(self, at: int) -> Readings:
        """«القرن العشرين», «القرن الـ21», «القرن 19»."""
        if self.text(at) == "القرن":
            order = self.number(at + 1, "ordinal")
            figure = self.skip_text(at + 1, "ال")
            number = self.figures(figure, 1, 3)
            if order:
                yield Part(value=century(order[0])), order[1]
            elif number and (number <= 21 or self.whole):
                yield Part(value=century(number)), figure + 1

    def century_named(self, at: int) -> Readings:
        """A century by its number or, like «القرن الماضي», by the document's."""
        yield from self.century_by_number(at)
        if self.text(at) == "القرن" or self.text(at) == "هذا" and self.text(at + 1) == "القرن":
            if self.text(at) == "هذا" and self.on:
                yield reckoning.unit_value("century", 0, self.on), at + 2
            shift = self.number(at + 1, "shift")
            if shift:
                now = (self.on or datetime.date.today()).year // 100
                yield (
                    Part(value=edtf(f"{now + shift[0]:02}XX"), relative=self.on is not None),
                    shift[1],
                )

    def bare_decade(self, number: int) -> Part:
        """“The nineties” are of the last century; “the twenties” may be of this one."""
        value = edtf(f"19{number}X")
        if number == 2:
            other = edtf("202X")
            return Part(
                reason=FAR, alternatives=tuple(v for v in (value, other) if v), kind="vague"
            )
        return Part(value=value)
