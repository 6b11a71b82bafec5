"""Lengths of time as dates: "two years ago", «بعد أسبوعين», «الأشهر الستة الماضية», «الذكرى العاشرة»."""

from __future__ import annotations

import datetime
from dataclasses import replace

from statements.text.parts import Part, Readings, edtf
from statements.text.reckoning import about_year, coming, counted, span
from statements.text.tense import Tense


def halved(unit: str, number: int, end: int) -> tuple[tuple[str, int, int] | None, bool]:
    """So many units and a half, in the unit below; None for those that are not halved so."""
    below = {"year": ("month", 12), "decade": ("year", 10), "week": ("day", 7)}.get(unit)
    if below is None:
        return None, False
    return (below[0], number * below[1] + below[1] // 2, end), True


class Lengths(Tense):
    """The rules for lengths of time that are counted from the document's day."""

    def counted(self, at: int) -> Readings:
        """«قبل ثلاثة أيام», "two years ago", «بعد أسبوعين», "in three days"; not “after three days of talks”."""
        on = self.on
        if on is None:
            return
        ahead, ago = self.word(at, "ahead"), self.word(at, "ago")
        if ahead or ago:
            about = self.word(at + 1, "about")
            length, half = self.with_a_half(about[1] if about else at + 1)
            if length and self.text(length[2]) not in ("من", "علي"):
                part = counted(length[0], (1 if ahead else -1) * length[1], on)
                yield replace(part, approximate=bool(about) or half), length[2]
        if self.text(at) == "in":
            length = self.length(at + 1)
            end = length[2] if length else at
            if self.text(end) == "'" and self.text(end + 1) == "time":
                end += 2  # "in two weeks' time"
            if length and self.text(end) not in ("of", "'") and self.text(at + 1).isascii():
                yield counted(length[0], length[1], on), end
        length, half = self.with_a_half(at)
        if length and self.text(length[2]) == "ago":
            part = counted(length[0], -length[1], on)
            yield replace(part, approximate=half), length[2] + 1

    def with_a_half(self, at: int) -> tuple[tuple[str, int, int] | None, bool]:
        """A length, and whether half a unit is added: «ثلاث سنوات ونصف السنة», "a year and a half", "two and a half years"."""
        count = self.number(at, "count")
        unit = self.word(count[1] + 3, "unit") if count else None
        if count and unit and self.texts[count[1] : count[1] + 3] == ["and", "a", "half"]:
            return halved(str(unit[0]), count[0], unit[1])
        length = self.length(at)
        if not length:
            return None, False
        end = length[2]
        if self.texts[end : end + 3] == ["and", "a", "half"]:
            return halved(length[0], length[1], end + 3)
        if self.text(end) == "ونصف":
            again = self.word(end + 1, "unit") or self.word(end + 1, "the_unit")
            return halved(length[0], length[1], again[1] if again else end + 1)
        return length, False

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
        few = self.skip_text(plural[1], "القليله", "المعدوده") if plural else at
        shift = self.number(few, "shift") if plural else None
        if plural and shift and shift[0] > 0:
            yield coming(str(plural[0]), on), shift[1]
        the = self.skip_text(at, "the")
        next_ = self.word(the, "coming")
        unit = self.word(next_[1], "unit") if next_ else None
        if unit and next_ and self.text(next_[1]).endswith("s"):
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
            if count and shift and abs(shift[0]) == 1:
                return str(plural[0]), count[0], shift[0], shift[1]
        count = self.number(at, "the_count") or self.number(at, "count")
        if count and not self.text(at).isascii():
            unit = self.word(count[1], "unit") or self.word(count[1], "the_units")
            shift = self.number(unit[1], "shift") if unit else None
            if unit and shift and abs(shift[0]) == 1:
                return str(unit[0]), count[0], shift[0], shift[1]
        dual = self.word(at, "the_dual")
        shift = self.number(dual[1], "shift") if dual else None
        if dual and shift and abs(shift[0]) == 1:
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
