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

from dataclasses import replace

from statements.text.parts import IMPOSSIBLE, Part, Readings
from statements.text.qualified import BY, words_of
from statements.text.ranges import Ranges
from statements.text.sentence import Sentence

#: Dates in two calendars that differ by more than this many days contradict each other; the sighting of
#: the moon moves a Hijri date by one.
SIGHTING = 1
CALENDARS_DIFFER = Sentence(
    "The Hijri and the Gregorian date are not the same day.",
    "التاريخان الهجري والميلادي ليسا يومًا واحدًا.",
)
SEVERAL_DAYS = words_of("days_word weekday ordinal first_day") | {"the", "ال"}
MONTHS_FIRST = words_of("month hijri_month weekday month_word from") | {"on"}


class Grammar(Ranges):
    """Reads ``words``; ``on`` anchors relative dates, and without it they have none.

    ``whole`` says that somebody typed the expression as a date, so that looser forms are dates too.
    """

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
                if part.month and (not part.day or self.text(at) in ("since", "منذ")):
                    part = self.nearest(part, ahead=kind == "until")
                elif part.month:
                    near = self.nearest(part)
                    coming = kind == "until" or self.ahead(at)
                    part = near if near.value or near.year else self.nearest(part, ahead=coming)
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
