"""Calendar dates in words and figures: a day, month and year in the orders and systems that are printed.

Sources: The Chicago Manual of Style (17th ed.) §§ 6.38, 9.31–9.36 and ISO 8601-1:2019 for English and figures;
CLDR ``ar`` and the usage of the press for Arabic; Wright, "A Grammar of the Arabic Language" I §§ 318–328 for
numerals; Umm al-Qura (``hijridate``) for Hijri dates.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from hijridate import Gregorian

from statements.text import reckoning
from statements.text.edtf import EDTF
from statements.text.parts import (
    HIJRI,
    IMPOSSIBLE,
    YEARS,
    Part,
    Readings,
    checked,
    complete,
    edtf,
    with_weekday,
)
from statements.text.relative import RelativeDates
from statements.text.sentence import Sentence

#: Years that are of the Hijri calendar when nothing says so; the calendar's tables hold no others.
HIJRI_YEARS = range(1343, 1501)

DAY_FIRST = Sentence("Numbers are read with the day first.", "تُقرأ الأرقام واليوم أولها.")


class CalendarDates(RelativeDates):
    """The rules for dates by the calendar."""

    def year(self, at: int) -> Readings:
        """A year: «2024», «عام 2024م», «من العام الماضي», "of this year", «1445هـ»."""
        start = self.skip(at, "of")
        marked = self.word(start, "year_word") or self.word(
            self.skip_text(start, "ال"), "year_word"
        )
        place = marked[1] if marked else start
        if self.text(start - 1) in ("fiscal", "financial"):
            return  # it begins in another month, which one hangs on the country
        calendar = self.word(place, "of_era") if marked else None
        place = calendar[1] if calendar else place
        number = self.figures(place, 4, 4)
        shift = self.number(place, "shift") if calendar and calendar[0] == "hijri" else None
        if shift and self.on:  # «العام الهجري الماضي»
            today = Gregorian(self.on.year, self.on.month, self.on.day).to_hijri()
            yield Part(year=today.year + shift[0], hijri=True, relative=True), shift[1]
        if number is None and marked:
            spelled = self.spelled_year(place)
            if spelled:
                yield Part(year=spelled[0]), spelled[1]
        if number is not None and (self.whole or 1000 <= number < 3000):
            after = place + 1
            era = self.word(after, "era")
            if era and (era[0] == "hijri" or self.text(after) != "م" or self.era_ends(after)):
                yield Part(year=number, hijri=era[0] == "hijri"), era[1]
            hijri = bool(calendar and calendar[0] == "hijri")
            yield Part(year=number, hijri=hijri, bare=not marked), after
        yield from (
            reading for reading in self.calendar_unit(start, "year") if reading[0].year is not None
        )

    def year_alone(self, at: int) -> Readings:
        if not self.word(at, "of"):
            yield from self.year(at)

    def era_ends(self, at: int) -> bool:
        return not self.glued(at + 1) or not self.text(at + 1).isalpha()

    def spelled_year(self, at: int) -> tuple[int, int] | None:
        """«ألف وتسعمئة وتسعين», «ألفين وأربعة وعشرين»."""
        total, place = 0, at
        for kinds in (("thousand",), ("hundred",), ("teen", "one"), ("ten",)):
            step = self.skip_text(place, "و") if total else place
            for kind in kinds:
                found = self.number(step, kind)
                if found:
                    total, place = total + found[0], found[1]
                    break
            if not total:
                return None
        return (total, place) if total >= 1000 else None

    def month(self, at: int) -> tuple[int, bool, int] | None:
        """A month, also by two names: number, whether Hijri, end. The number is 0 when two names disagree."""
        start = self.skip(at, "month_word")
        hijri = self.number(start, "hijri_month")
        gregorian = self.number(start, "month")
        if hijri and (not gregorian or hijri[1] > gregorian[1]):
            return hijri[0], True, hijri[1]
        if not gregorian:
            return None
        number, end = gregorian
        if self.text(start).isascii():
            return number, False, self.skip_text(end, ".")
        sign = self.text(end)
        second = self.number(end + 1 if sign in ("/", "(", "-") else end, "month")
        if not second:
            return number, False, end
        if second[0] == number:
            return number, False, self.skip_text(second[1], ")") if sign == "(" else second[1]
        if sign in ("/", "("):
            return 0, False, self.skip_text(second[1], ")") if sign == "(" else second[1]
        return number, False, end

    def day(self, at: int) -> tuple[int, int] | None:
        """A day of a month, in figures or as an ordinal."""
        at = self.skip_text(at, "the")
        at = at + 1 if self.text(at) == "ال" and self.figures(at + 1, 1, 2) else at
        number = self.figures(at, 1, 2)
        if number is not None:
            ending = self.word(at + 1, "th") if self.glued(at + 1) else None
            return number, ending[1] if ending else at + 1
        return self.number(at, "ordinal") or self.number(at, "first_day")

    def numeric(self, at: int) -> Readings:
        """«24/7/2024», «2024-07-24», «24/7/24», «7/2024», «20240724»."""
        first = self.figures(at, 1, 8)
        if first is None:
            return
        text, sign = self.text(at), self.text(at + 1)
        if len(text) == 8 and int(text[:4]) in YEARS:
            yield checked(Part(int(text[:4]), int(text[4:6]), int(text[6:]))), at + 1
        second, spaced = self.figures(at + 2, 1, 4), not self.glued(at + 1)
        if second is None or sign not in ("/", "-", ".") or spaced != (not self.glued(at + 2)):
            return
        third = self.figures(at + 4, 1, 4) if self.text(at + 3) == sign else None
        if third is not None and spaced == (not self.glued(at + 3)) == (not self.glued(at + 4)):
            yield from self.three_numbers(at, first, second, third, sign, spaced)
        elif spaced or self.text(at + 3) == sign and self.glued(at + 3):
            return
        elif sign == "-" and len(text) == 4 and len(self.text(at + 2)) == 2 and first in YEARS:
            if second <= 12 or self.text(at + 2) in ("21", "22", "23", "24"):
                others = self.years_apart(first, second)
                value = edtf(f"{first}-{second:02}")
                yield Part(value=value, alternatives=others), at + 3
        elif sign == "/" and len(self.text(at + 2)) == 4 and first <= 12 and second in YEARS:
            yield checked(Part(second, first)), at + 3

    def years_apart(self, first: int, second: int) -> tuple[EDTF, ...]:
        """«2011-12» may also be two years."""
        end = first // 100 * 100 + second
        other = edtf(f"{first}/{end}") if first < end else None
        return (other,) if other else ()

    def three_numbers(
        self, at: int, first: int, second: int, third: int, sign: str, spaced: bool
    ) -> Readings:
        sizes = [len(self.text(at + step)) for step in (0, 2, 4)]
        after = at + 5
        era = self.word(after, "era")
        hijri = bool(era and era[0] == "hijri")
        end = era[1] if era and (hijri or self.era_ends(after)) else after
        if sizes[0] == 4 and sizes[1] <= 2 and sizes[2] <= 2 and first >= 1000:
            hijri = hijri or first in HIJRI_YEARS
            yield checked(Part(first, second, third, hijri=hijri)), end
        elif sizes[2] == 4 and sizes[0] <= 2 and sizes[1] <= 2 and third >= 1000:
            hijri = hijri or third in HIJRI_YEARS
            yield self.day_first(first, second, third, hijri), end
        elif sizes[2] == 2 and sizes[0] <= 2 and sizes[1] <= 2 and sign == "/" and not spaced:
            now = (self.on or datetime.date.today()).year
            near = min(
                (third + century for century in (1900, 2000)),
                key=lambda y: (y > now + 10, abs(y - now)),
            )
            far = 3900 + 2 * third - near
            reading = self.day_first(first, second, near, False)
            other = self.day_first(first, second, far, False)
            if reading.value and other.value:
                reading = replace(reading, alternatives=(*reading.alternatives, other.value))
            yield reading, end

    def day_first(self, first: int, second: int, year: int, hijri: bool) -> Part:
        """Day and month in figures: the day first, unless that is no date and the other order is."""
        part = checked(Part(year, second, first, hijri=hijri))
        if hijri:
            return part
        other = edtf(f"{year:04}-{first:02}-{second:02}")
        if part.value is None:
            return part if other is None else Part(value=other, reason=DAY_FIRST)
        others = (other,) if other and other != part.value else ()
        return replace(part, reason=DAY_FIRST, alternatives=others)

    def calendar_date(self, at: int) -> Readings:
        """A weekday, a day, a month and a year, as many as are there, in the orders that are used."""
        start, weekday = self.weekday(at)
        opened = self.text(start) == "(" and weekday is not None
        place = start + opened
        place = self.skip(place, "hour") if self.word(place, "hour") else place
        for part, end in self.day_and_month(place):
            if opened:
                if self.text(end) != ")":
                    continue
                end += 1
            yield with_weekday(part, weekday), end
        if weekday is not None:
            for part, end in self.numeric(place):
                if opened and self.text(end) != ")":
                    continue
                yield with_weekday(part, weekday), end + opened

    def weekday(self, at: int) -> tuple[int, int | None]:
        """Behind a weekday and what stands around it, and its number."""
        place = self.skip(at, "hour")
        if self.text(place) == "يوم":
            place += 1
        found = self.number(place, "weekday")
        if not found:
            return at, None
        place = self.skip_text(found[1], ".")
        place = self.skip_text(place, "،", ",", *(":" if self.whole else ""))
        place = self.skip(place, "agreeing")
        return self.skip_text(place, "يوم", "ل"), found[0]

    def day_and_month(self, at: int) -> Readings:
        day = self.day(at)
        if day:
            place = day[1]
            if self.text(place) in ("-", "/") and self.glued(place):
                place += 1  # «24-Jul-2024», «24/تموز/2024»
            place = self.skip_text(place, "من", "of")
            month = self.month(place)
            if month:
                part = Part(day=day[0], month=month[0], hijri=month[1])
                yield from self.with_year(part, month[2], at)
            yield from self.day_of_its_month(day[0], day[1])
            for part, end in self.calendar_unit(place, "month"):
                if part.month:
                    yield checked(replace(part, day=day[0])), end
            same = self.same_unit(place, "month")
            if same:
                yield (
                    same[0] if same[0].impossible else checked(replace(same[0], day=day[0])),
                    same[1],
                )
        month = self.month(at)
        if month:
            yield from self.with_year(Part(month=month[0], hijri=month[1]), month[2], at)
            if self.text(at).isascii():
                day = self.day(month[2])
                if day and self.text(day[1]) != ":" and self.text(month[2]) != "the":
                    yield from self.with_year(
                        Part(month=month[0], day=day[0], hijri=month[1]), day[1], at
                    )
        year = self.figures(at, 4, 4)
        if year in YEARS:  # «2024 July 24»
            month = self.month(at + 1)
            if month and self.text(at + 1).isascii():
                day = self.day(month[2])
                if day:
                    yield checked(Part(year, month[0], day[0])), day[1]

    def day_of_its_month(self, day: int, at: int) -> Readings:
        """«26 الجاري», «12 منه»: a day of the document's month, or of that told last."""
        on = {"الجاري": self.on, "منه": self.told_last}.get(self.text(at))
        if on and 1 <= day <= 31 and self.text(at - 1).isdigit():
            yield checked(Part(on.year, on.month, day, relative=True)), at + 1

    def with_year(self, part: Part, at: int, start: int) -> Readings:
        """The part without a year, and with the one that follows; also «آذار الماضي», "last March"."""
        yield part, at
        sign = self.text(at)
        place = at + 1 if sign in ("،", ",") or sign in ("-", "/") and self.glued(at) else at
        for year, end in self.year(place):
            hijri = part.hijri or year.hijri
            if (
                part.hijri
                and year.year
                and not year.hijri
                and (year.relative or year.year in YEARS)
            ):
                yield self.hijri_in_gregorian(replace(part, year=year.year)), end
            elif hijri and not part.hijri:
                yield IMPOSSIBLE, end
            else:
                yield (
                    checked(replace(part, year=year.year, relative=year.relative)),
                    end,
                )
        same = self.same_unit(self.skip(at, "of"), "year")
        if same and not part.hijri:
            known = not same[0].impossible
            yield checked(replace(part, year=same[0].year)) if known else IMPOSSIBLE, same[1]
        shift = self.number(at, "shift")
        british = self.text(at) == "last" and bool(part.day) and not self.counts(at + 1)
        told = shift and (british or not self.text(at).isascii())
        if shift and told and part.month and self.on:
            of_month = reckoning.hijri_year_of_month if part.hijri else reckoning.year_of_month
            year_number = of_month(part.month, shift[0], self.on)
            yield checked(replace(part, year=year_number, relative=True)), shift[1]

    def counts(self, at: int) -> bool:
        """Whether a unit, month or weekday stands here, which "last" then belongs to: "30 August last year"."""
        return any(self.word(at, kind) for kind in ("unit", "month", "weekday", "season"))

    def hijri_in_gregorian(self, part: Part) -> Part:
        """«رمضان 2024»: the Hijri month that begins in a Gregorian year, when there is one."""
        assert part.year
        around = Gregorian(part.year, 1, 1).to_hijri().year
        found = []
        for year in (around, around + 1, around + 2):
            value = complete(replace(part, year=year))
            if value and value.first and value.first.year == part.year:
                found.append(value)
        return Part(value=found[0], hijri=True, reason=HIJRI) if len(found) == 1 else IMPOSSIBLE
