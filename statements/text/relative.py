"""Dates counted from a document's day: "last summer", «مساء أمس», «آذار الماضي», "over the weekend".

A weekday alone in a report means the latest one not after the report, as agencies date their news by it
(Associated Press and Reuters style).
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from statements.text.anaphora import ToldBefore
from statements.text.lengths import Lengths
from statements.text.parts import Part, Readings, checked, edtf, with_weekday
from statements.text.reckoning import nearest, season, unit_value, weekday, year_of_month
from statements.text.sentence import Sentence
from statements.text.tense import DUE, TOLD

GARBLED = Sentence(
    "The words contradict themselves; only an approximate value is safe.",
    "العبارة تناقض نفسها، ولا يؤمن منها إلا تاريخ تقريبي.",
)


class RelativeDates(Lengths, ToldBefore):
    """The rules for dates that are counted from the document's day."""

    def nearest(self, part: Part, ahead: bool | None = None) -> Part:
        """A month or season without a year, when its year is sure from the day of the document; ``ahead`` of it, or not."""
        if part.value or part.year or not self.on or part.hijri or not (part.month or part.code):
            return part
        candidates = [
            checked(replace(part, year=year, relative=True))
            for year in (self.on.year - 1, self.on.year, self.on.year + 1)
        ]
        return nearest([one for one in candidates if one.value], self.on, part.weekday, ahead)

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
        behind = self.skip_text(at + 1, "on")
        late = self.text(at) in ("late", "early") and bool(self.word(behind, "weekday"))
        place = behind if late else self.skip_text(hour, "يوم", "on")
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
        named = self.number(at + 1, "weekday") if self.text(at) == "the" else None
        if named and self.before_last(named[1]):
            value = weekday(named[0], -2, on)
            yield Part(value=edtf(value.isoformat()), relative=True), named[1] + 2
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
        if (
            self.text(start) == "the"
            and self.text(start + 1) == unit
            and self.before_last(start + 2)
        ):
            found = -2, start + 4
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

    def before_last(self, at: int) -> bool:
        """ "the week before last", "the Thursday before last"."""
        return self.text(at) == "before" and self.text(at + 1) == "last"

    def opens_edge(self, at: int) -> bool:
        """What stands before is “the end of”, so that «العام» is this year."""
        return self.text(at - 1) in ("نهايه", "مطلع", "بدايه", "منتصف", "اواخر", "اوايل") or (
            self.text(at - 1) == "of"
            and self.text(at - 2) in ("end", "beginning", "start", "middle")
        )
