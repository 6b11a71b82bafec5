"""Dates by what was told before them: "the following day", «اليوم السابق», «من الشهر نفسه», "of the same year"."""

from __future__ import annotations

import datetime

from statements.text.edtf import EDTF
from statements.text.parts import IMPOSSIBLE, Part, Readings, edtf
from statements.text.tense import Tense

#: «نفسه», «ذاتها»: the same one as before (Wright, "A Grammar of the Arabic Language" II § 139).
SAME = frozenset("نفسه نفسها ذاته ذاتها عينه عينها".split())


class ToldBefore(Tense):
    """The rules for dates that are counted from another one of the text."""

    #: the day that was told last in the text
    told_last: datetime.date | None = None
    #: the date of any precision that was told last
    told_value: EDTF | None = None

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

    def same_unit(self, at: int, unit: str) -> tuple[Part, int] | None:
        """«العام نفسه», «ذات الشهر», "the same year", "that month": that of the date told last, and where the words end.

        ``IMPOSSIBLE`` where the text tells none before, so that nobody takes the nearest.
        """
        if self.text(at) in ("نفس", "ذات", "same", "that"):
            named = self.word(at + 1, "the_unit") or self.word(at + 1, "unit")
            end = named[1] if named else at
        elif self.text(at) == "the" and self.text(at + 1) == "same":
            named = self.word(at + 2, "unit")
            end = named[1] if named else at
        else:
            named = self.word(at, "the_unit")
            same = bool(named) and self.text(named[1] if named else at) in SAME
            end = named[1] + 1 if named and same else at
        if not named or named[0] != unit or end == at:
            return None
        value = self.told_value
        first, last = (value.first, value.last) if value else (None, None)
        if not first or not last or first.year != last.year:
            return IMPOSSIBLE, end
        if unit == "month":
            return (Part(first.year, first.month) if first.month == last.month else IMPOSSIBLE), end
        return Part(first.year), end
