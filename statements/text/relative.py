"""Dates counted from a document's day: "last summer", «قبل ثلاثة أيام», «آذار الماضي».

Weeks run from Monday to Sunday (ISO 8601-1:2019, 3.1.1.23); a weekday alone in a report means the
latest one not after the report, as agencies date their news by it (Associated Press and Reuters style). A month
or season “last” or «الماضي» is the latest that ended before, “next” the first that begins after. A
value is as exact as the unit that is counted in.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from statements.text.edtf import EDTF
from statements.text.parts import WEEKDAY_DIFFERS, Part, Readings, checked, edtf, with_weekday
from statements.text.sentence import Sentence
from statements.text.tense import DUE, TOLD, Tense

#: How far a date without a year may lie before or after the document's day and still be sure: what
#: is reported lies behind more often than ahead.
BEHIND, AHEAD = 183, 92

FAR = Sentence("The year is not said and not sure.", "السنة لم تُذكر وليست مؤكدة.")
GARBLED = Sentence(
    "The words contradict themselves; only an approximate value is safe.",
    "العبارة تناقض نفسها، ولا يؤمن منها إلا تاريخ تقريبي.",
)


def weekday(number: int, shift: int, on: datetime.date) -> datetime.date:
    """The latest such day not after ``on`` (0), before it (-1), or the first after it (1)."""
    if shift > 0:
        return on + datetime.timedelta(days=(number - on.weekday() - 1) % 7 + 1)
    back = (on.weekday() - number) % 7
    return on - datetime.timedelta(days=back or (7 if shift else 0))


def season(code: int, shift: int, on: datetime.date) -> EDTF:
    """The season that ended before (-1), holds (0) or begins after ``on`` (1)."""
    candidates = [EDTF(f"{on.year + years}-{code}") for years in range(-2, 3)]
    if shift < 0:
        return max(value for value in candidates if value.last and value.last < on)
    if shift > 0:
        return min(value for value in candidates if value.first and value.first > on)
    for value in candidates:
        if value.first and value.last and value.first <= on <= value.last:
            return value
    return EDTF(f"{on.year}-{code}")


def year_of_month(month: int, shift: int, on: datetime.date) -> int:
    """The year of «آذار الماضي», «آذار الجاري» or «آذار المقبل»."""
    if shift < 0:
        return on.year - (month >= on.month)
    if shift > 0:
        return on.year + (month <= on.month)
    return on.year


def months_from(on: datetime.date, number: int) -> tuple[int, int]:
    index = on.year * 12 + on.month - 1 + number
    return index // 12, index % 12 + 1


def unit_value(name: str, shift: int, on: datetime.date) -> Part:
    """The day, week, month, year, decade or century before (-1), at (0) or after ``on`` (1)."""
    if name == "day":
        return Part(value=EDTF(on.isoformat()), relative=True)
    if name == "week":
        monday = on - datetime.timedelta(days=on.weekday()) + datetime.timedelta(weeks=shift)
        sunday = monday + datetime.timedelta(days=6)
        return Part(value=EDTF(f"{monday.isoformat()}/{sunday.isoformat()}"), relative=True)
    if name == "month":
        year, month = months_from(on, shift)
        return Part(year, month, relative=True)
    if name == "year":
        return Part(on.year + shift, relative=True)
    if name == "decade":
        if shift < 0:  # the press means the ten years up to now
            return span("decade", 1, -1, on)
        return Part(value=EDTF(f"{on.year // 10 + shift}X"), relative=True)
    return Part(value=EDTF(f"{on.year // 100 + shift}XX"), relative=True)


def counted(name: str, number: int, on: datetime.date) -> Part:
    """«قبل ثلاثة أشهر»: the day, about the day for weeks, the month, the year so far away."""
    if name == "day":
        return Part(value=EDTF((on + datetime.timedelta(days=number)).isoformat()), relative=True)
    if name == "week":
        day = on + datetime.timedelta(weeks=number)
        return Part(value=EDTF(f"{day.isoformat()}~"), relative=True)
    if name == "month":
        year, month = months_from(on, number)
        return Part(value=EDTF(f"{year:04}-{month:02}"), relative=True)
    years = number * 10 if name == "decade" else number
    return Part(value=EDTF(f"{on.year + years:04}"), relative=True)


def span(name: str, number: int, shift: int, on: datetime.date) -> Part:
    """«الأشهر الستة الماضية»: about the time from then to ``on``, or from ``on`` to then."""
    if name in ("year", "decade"):
        here = f"{on.year}"
        there = f"{on.year + shift * number * (10 if name == 'decade' else 1):04}"
    elif name == "month":
        here = "-".join(f"{part:02}" for part in months_from(on, 0))
        there = "-".join(f"{part:02}" for part in months_from(on, shift * number))
    else:
        days = number * (7 if name == "week" else 1)
        here = on.isoformat()
        there = (on + shift * datetime.timedelta(days=days)).isoformat()
    first, last = (there, here) if shift < 0 else (here, there)
    return Part(value=EDTF(f"{first}~/{last}~"), relative=True)


def coming(name: str, on: datetime.date) -> Part:
    """«السنوات القادمة»: from now on, without an end."""
    start = {"month": f"{on.year}-{on.month:02}", "year": f"{on.year}", "decade": f"{on.year}"}
    value = EDTF(f"{start.get(name, on.isoformat())}/..")
    return Part(value=value, relative=True, kind="vague")


def about_year(on: datetime.date) -> Part:
    return Part(value=EDTF(f"{on.year}~"), relative=True)


def nearest(
    candidates: list[Part], on: datetime.date, weekday: int | None, ahead_of: bool | None = None
) -> Part:
    """Of one date in several years the one near enough to be meant; else all of them, and none chosen.

    A printed weekday tells the year; one that fits no year leaves the date uncertain. ``ahead_of``: the words
    say that it is not over on the day ("by March"), or that it has begun ("since October").
    """
    if ahead_of is not None:
        fitting = [
            one for one in candidates if (ahead(one, on) >= 0 if ahead_of else ahead(one, on) <= 0)
        ]
        if fitting:
            return min(fitting, key=lambda one: distance(one, on))
    if weekday is not None:
        fitting = [
            one
            for one in candidates
            if one.value and one.value.first and one.value.first.weekday() == weekday
        ]
        if fitting:
            return replace(min(fitting, key=lambda one: distance(one, on)), weekday=None)
    near = [one for one in candidates if -BEHIND <= ahead(one, on) <= AHEAD]
    if len(near) == 1:
        if weekday is not None:
            return replace(near[0], uncertain=True, weekday=None, warnings=(WEEKDAY_DIFFERS,))
        return near[0]
    values = tuple(
        one.value for one in sorted(candidates, key=lambda one: distance(one, on))[:2] if one.value
    )
    return Part(relative=True, alternatives=values, reason=FAR, kind="vague")


def ahead(part: Part, on: datetime.date) -> int:
    """Days from ``on`` to a date: 0 while it lasts, negative when it is over."""
    first = part.value.first if part.value else None
    last = part.value.last if part.value else None
    if last and last < on:
        return (last - on).days
    return max((first - on).days, 0) if first else 0


def distance(part: Part, on: datetime.date) -> int:
    return abs(ahead(part, on))


class RelativeDates(Tense):
    """The rules for dates that are counted from the document's day."""

    #: the day that was told last in the text
    told_last: datetime.date | None = None

    def nearest(self, part: Part, ahead: bool | None = None) -> Part:
        """A month or season without a year, when its year is sure from the day of the document; ``ahead`` of it, or not."""
        if part.value or part.year or not self.on or part.hijri or not (part.month or part.code):
            return part
        candidates = [
            checked(replace(part, year=year, relative=True))
            for year in (self.on.year - 1, self.on.year, self.on.year + 1)
        ]
        return nearest([one for one in candidates if one.value], self.on, part.weekday, ahead)

    def other_day(self, at: int) -> Readings:
        """ "the previous day", «اليوم التالي»: beside the day told last; before the document's."""
        found = self.number(at, "other_day")
        arabic = not self.text(at).isascii()
        day = self.told_last or (self.on if found and found[0] < 0 and not arabic else None)
        if (
            not found
            or not day
            or self.text(found[1]) in ("the", "his", "her", "their", "a", "of", "من")
        ):
            return
        value = edtf((day + datetime.timedelta(days=found[0])).isoformat())
        yield Part(value=value, relative=True), found[1]

    def relative_day(self, at: int) -> Readings:
        """«مساء أمس», "yesterday evening", «أمس الأربعاء», «يوم الاثنين», "last Monday"."""
        yield from self.other_day(at)
        place = self.skip(at, "hour")
        place = self.skip_text(place, "يوم")
        some = self.word(at, "sometime")
        if some and self.number(some[1], "day_word") in ((0, some[1] + 1),):
            place = some[1]  # «في وقت سابق اليوم»
        found = self.number(place, "day_word")
        if found and (self.on or found[0] < 0):
            shift, end = found
            if shift == 0 and self.text(place) == "اليوم" and self.another_day(end):
                return
            if self.text(place) == "امس" and self.text(end) == "قبل":
                garbled = self.few_days(end)
                if garbled and self.on:
                    yield replace(garbled[0], warnings=(GARBLED,), kind="relative"), garbled[1]
                    return
            if self.on:
                value = edtf((self.on + datetime.timedelta(days=shift)).isoformat())
                part = Part(value=value, relative=True)
                after = self.skip(end, "hour") if self.text(end).isascii() or shift else end
                yield part, after
                named = self.number(self.skip_text(after, "،", ","), "weekday")
                if named:
                    yield with_weekday(part, named[0]), named[1]
        if self.on:
            yield from self.relative_weekday(at, self.on)
            garbled = self.few_days(at)
            if garbled:
                yield garbled

    def another_day(self, at: int) -> bool:
        """«اليوم الثاني», «اليوم العالمي», «اليوم نفسه», «اليوم الذي»: a day, not today."""
        text = self.text(at)
        if self.word(at, "weekday"):
            return False
        return (
            bool(self.word(at, "ordinal"))
            or text in ("نفسه", "ذاته", "التالي", "السابق", "الذي", "الواحد")
            or (text.startswith("ال") and text.endswith("ي") and len(text) > 5)
        )

    def few_days(self, at: int) -> tuple[Part, int] | None:
        """«قبل أيام», "a few days ago": about three days, as two and one have their own words."""
        end = None
        if self.text(at) == "قبل":
            if self.text(at + 1) in ("ايام", "يومين"):
                end = self.skip_text(at + 2, "قليله", "معدوده")
            elif (self.word(at + 1, "count") or self.figures(at + 1, 1, 2)) and self.text(
                at + 2
            ) == "ايام":
                end = at + 3 if self.text(at - 1) == "امس" else None
            if self.text(at + 1) == "يومين" and self.text(at - 1) != "امس":
                end = None
        else:
            few = self.word(at, "few")
            if few and self.text(few[1]) == "days" and self.text(few[1] + 1) == "ago":
                end = few[1] + 2
        if end is None or not self.on or self.text(end) in ("من", "of", "from"):
            return None
        value = edtf((self.on - datetime.timedelta(days=3)).isoformat())
        return Part(value=value, approximate=True, relative=True, kind="vague"), end

    def relative_weekday(self, at: int, on: datetime.date) -> Readings:
        hour = self.skip(at, "hour")
        late = self.text(at) in ("late", "early") and bool(self.word(at + 1, "weekday"))
        place = at + 1 if late else self.skip_text(hour, "يوم", "on")
        first = self.number(place, "weekday")
        if first and (len(self.text(place)) > 4):
            shift = self.number(first[1], "shift")
            if shift and not self.text(first[1]).isascii():
                value = weekday(first[0], shift[0], on)
                yield Part(value=edtf(value.isoformat()), relative=True), shift[1]
            elif place > at or self.text(place).isascii() or self.whole or self.told(at, first[1]):
                ahead_of = self.ahead(at) or self.text(at - 1) in DUE
                value = weekday(first[0], 1 if ahead_of else 0, on)
                other = edtf(weekday(first[0], 0 if ahead_of else 1, on).isoformat())
                yield (
                    Part(
                        value=edtf(value.isoformat()),
                        relative=True,
                        alternatives=(other,) if other else (),
                    ),
                    first[1],
                )
        english = self.number(at, "shift")
        if english and english[0] and self.text(at).isascii() and self.text(at) != "past":
            named = self.number(english[1], "weekday")
            if named and len(self.text(english[1])) > 4:
                value = weekday(named[0], english[0], on)
                yield Part(value=edtf(value.isoformat()), relative=True), named[1]
        yield from self.two_weekdays(at, on)
        yield from self.weekend(at, on)

    def weekend(self, at: int, on: datetime.date) -> Readings:
        """ "over the weekend": Saturday and Sunday (ISO 8601-1:2019 has both at a week's end), the last ones begun unless they are to come."""
        found = self.number(at, "weekend")
        if not found:
            return
        shift = found[0] or (1 if self.text(at) == "this" or self.ahead(at) else 0)
        saturday = weekday(5, shift, on)
        if shift > 0 and on.weekday() == 6 and not found[0]:
            saturday = weekday(5, 0, on)
        sunday = saturday + datetime.timedelta(days=1)
        value = edtf(f"{saturday.isoformat()}/{sunday.isoformat()}")
        yield Part(value=value, relative=True), found[1]

    def told(self, at: int, end: int) -> bool:
        """Whether a verb stands before a weekday alone, and behind it no adjective («الأحد الدامي») and no date."""
        after = self.text(end)
        if self.text(at - 1) in (",", "،") and after in (",", "،") and not self.text(at).isascii():
            return True  # «أعلنت الوزارة، الخميس، أن …»
        before = self.text(at - 1)
        return (
            (before in TOLD or before in DUE)
            and not after.startswith("ال")
            and after not in (":", "/")
        )

    def two_weekdays(self, at: int, on: datetime.date) -> Readings:
        """«يومي الاثنين والثلاثاء», «الماضيين», "on Monday and Tuesday"."""
        if self.text(at) not in ("يومي", "on"):
            return
        first = self.number(at + 1, "weekday")
        joined = self.word(first[1], "and") if first else None
        second = self.number(joined[1], "weekday") if joined else None
        if not first or not second or (first[0] + 1) % 7 != second[0]:
            return
        shift = self.number(second[1], "shift")
        end = shift[1] if shift else second[1]
        last = weekday(second[0], shift[0] if shift else 0, on)
        if shift and shift[0] > 0:
            last = weekday(first[0], 1, on) + datetime.timedelta(days=1)
        value = edtf(f"{(last - datetime.timedelta(days=1)).isoformat()}/{last.isoformat()}")
        week = datetime.timedelta(days=7)
        other = edtf(
            f"{(last + week - datetime.timedelta(days=1)).isoformat()}/{(last + week).isoformat()}"
        )
        yield (
            Part(value=value, relative=True, alternatives=() if shift or not other else (other,)),
            end,
        )

    def calendar_units(self, at: int) -> Readings:
        for unit in ("day", "week", "month", "year", "decade", "century"):
            yield from self.calendar_unit(at, unit)

    def calendar_unit(self, at: int, unit: str) -> Readings:
        """«الشهر الماضي», «هذا العام», "next week", «العقد الحالي», "last March", "this summer"."""
        on = self.on
        if on is None:
            return
        some = self.word(at, "sometime")
        start = some[1] if some else at
        kind = self.word(start, "the_unit")
        found: tuple[int, int] | None = None
        if kind and kind[0] == unit:
            shift = self.number(kind[1], "shift")
            if shift and not self.text(kind[1]).isascii():
                found = shift
            elif self.opens_edge(at) and unit != "day":
                found = 0, kind[1]
        demonstrative = self.word(start, "demonstrative")
        if demonstrative:
            kind = self.word(demonstrative[1], "the_unit")
            if kind and kind[0] == unit:
                found = 0, kind[1]
        shift = self.number(start, "shift")
        if shift and self.text(start).isascii() and self.text(start) != "past":
            kind = self.word(shift[1], "unit")
            if kind and kind[0] == unit and not self.text(shift[1]).endswith("s"):
                found = shift[0], kind[1]
        if self.text(start) == "the" and self.text(start + 1) == unit and self.opens_edge(at):
            found = 0, start + 2
        if found and not (unit == "day" and found[0]):
            yield unit_value(unit, found[0], on), found[1]
        if unit != "month" or some:
            return
        if shift and self.text(start).isascii() and self.text(start) != "past":
            named = self.number(shift[1], "month")
            if named:
                year = year_of_month(named[0], shift[0], on)
                yield checked(Part(year, named[0], relative=True)), named[1]
            named = self.number(shift[1], "season")
            if named:
                yield Part(value=season(named[0], shift[0], on), relative=True), named[1]
        if demonstrative:
            named = self.number(demonstrative[1], "the_season")
            if named:
                yield Part(value=season(named[0], 0, on), relative=True), named[1]

    def opens_edge(self, at: int) -> bool:
        """What stands before is “the end of”, so that «العام» is this year."""
        return self.text(at - 1) in ("نهايه", "مطلع", "بدايه", "منتصف", "اواخر", "اوايل") or (
            self.text(at - 1) == "of"
            and self.text(at - 2) in ("end", "beginning", "start", "middle")
        )

    def counted(self, at: int) -> Readings:
        """«قبل ثلاثة أيام», "two years ago", «بعد أسبوعين», "in three days"; not “after three days of talks”."""
        on = self.on
        if on is None:
            return
        ahead, ago = self.word(at, "ahead"), self.word(at, "ago")
        if ahead or ago:
            about = self.word(at + 1, "about")
            length = self.length(about[1] if about else at + 1)
            if length and self.text(length[2]) not in ("من", "علي"):
                part = counted(length[0], (1 if ahead else -1) * length[1], on)
                yield replace(part, approximate=bool(about)), length[2]
        if self.text(at) == "in":
            length = self.length(at + 1)
            if length and self.text(length[2]) not in ("of", "'") and self.text(at + 1).isascii():
                yield counted(length[0], length[1], on), length[2]
        length = self.length(at)
        if length and self.text(length[2]) == "ago":
            yield counted(length[0], -length[1], on), length[2] + 1

    def length(self, at: int) -> tuple[str, int, int] | None:
        """A length of time: unit, how many, end."""
        dual = self.word(at, "dual")
        if dual:
            return str(dual[0]), 2, dual[1]
        count = self.number(at, "count")
        number = self.figures(at, 1, 3)
        if number is not None:
            count = number, at + 1
        unit = self.word(count[1] if count else at, "unit")
        if not unit:
            return None
        if count:
            return str(unit[0]), count[0], unit[1]
        single = self.text(at) in ("يوم", "اسبوع", "شهر", "عام", "سنه", "عقد")
        return (str(unit[0]), 1, unit[1]) if single else None

    def spans(self, at: int) -> Readings:
        """«الأشهر الستة الماضية», "the past six months", «السنوات القادمة», «أكثر من عقد», «الذكرى العاشرة»."""
        on = self.on
        more = self.word(at, "more") or self.word(at, "lasting")
        length = self.length(more[1]) if more else None
        if length:
            yield Part(kind="duration"), length[2]
        dual = self.word(at, "dual")
        if dual:
            yield Part(kind="duration"), dual[1]
        if on is None:
            return
        found = self.span_length(at)
        if found:
            yield span(found[0], found[1], found[2], on), found[3]
        plural = self.word(at, "the_units")
        shift = self.number(plural[1], "shift") if plural else None
        if plural and shift and shift[0] > 0:
            yield coming(str(plural[0]), on), shift[1]
        the = self.skip_text(at, "the")
        few = self.word(the, "coming")
        unit = self.word(few[1], "unit") if few else None
        if unit and few and self.text(few[1]).endswith("s"):
            yield coming(str(unit[0]), on), unit[1]
        shortly = self.word(at, "shortly")
        if shortly:
            yield Part(value=edtf(f"{on.isoformat()}/.."), relative=True, kind="vague"), shortly[1]
        yield from self.anniversary(at, on)

    def span_length(self, at: int) -> tuple[str, int, int, int] | None:
        """Unit, how many, direction and end of «الأشهر الستة الماضية» and its like."""
        plural = self.word(at, "the_units")
        if plural:
            count = self.number(plural[1], "the_count")
            shift = self.number(count[1], "shift") if count else None
            if count and shift and shift[0]:
                return str(plural[0]), count[0], shift[0], shift[1]
        count = self.number(at, "the_count") or self.number(at, "count")
        if count and not self.text(at).isascii():
            unit = self.word(count[1], "unit") or self.word(count[1], "the_units")
            shift = self.number(unit[1], "shift") if unit else None
            if unit and shift and shift[0]:
                return str(unit[0]), count[0], shift[0], shift[1]
        dual = self.word(at, "the_dual")
        shift = self.number(dual[1], "shift") if dual else None
        if dual and shift and shift[0]:
            return str(dual[0]), 2, shift[0], shift[1]
        the = self.skip_text(at, "the")
        direction = self.number(the, "shift")
        if direction and direction[0] and self.text(the).isascii():
            if self.text(direction[1]) == "decade" and direction[0] < 0:
                return "decade", 1, -1, direction[1] + 1
            length = self.length(direction[1])
            if length:
                return length[0], length[1], direction[0], length[2]
        if self.text(at) == "العقد":
            shift = self.number(at + 1, "shift")
            if shift and shift[0] < 0:
                return "decade", 1, -1, shift[1]
        return None

    def anniversary(self, at: int, on: datetime.date) -> Readings:
        """An anniversary that is spoken of falls in about the document's year."""
        named = self.word(at, "anniversary")
        if named and not self.text(at).isascii():
            order = self.number(named[1], "ordinal")
            if order:
                shift = self.number(order[1], "shift")
                yield about_year(on), shift[1] if shift else order[1]
        the = self.skip_text(at, "the")
        place = self.skip_text(the, "upcoming", "coming")
        order = self.number(place, "ordinal")
        figure = self.figures(place, 1, 3)
        end = order[1] if order else place + 2 if figure and self.word(place + 1, "th") else None
        if end is not None and self.text(end) == "anniversary":
            yield about_year(on), end + 1
