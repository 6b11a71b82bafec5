"""An EDTF value in words, to its precision, in English or Arabic; what is written here, ``dates.read`` reads.

Arabic gives both month names, as readers in Iraq meet both (CLDR ``ar-IQ`` and ``ar-EG``); English gives day,
month, year (CLDR ``en-GB``). Figures are Western in both languages.
"""

from __future__ import annotations

from statements.text.calendars import (
    ARABIC_DECADES,
    ARABIC_MONTHS,
    ARABIC_ORDINALS,
    ARABIC_SEASONS,
    ENGLISH_MONTHS,
    ENGLISH_SEASONS,
    english_ordinal,
)
from statements.text.edtf import EDTF, HALVES, POINT, QUARTERS, SEASONS, THIRDS
from statements.text.parts import YEARS

ENGLISH_ORDER = ["first", "second", "third", "fourth"]


def write(value: EDTF, language: str) -> str:
    """The date as a reader of ``ar`` or ``en`` would say it; empty for an empty value."""
    if not value:
        return ""
    arabic = language.startswith("ar")
    if not value.is_range:
        return point(value, arabic)
    first, last = value.split("/")
    if first in ("", ".."):
        unknown = "" if first else " (بدايته مجهولة)" if arabic else " (beginning unknown)"
        return (
            f"حتى {point(last, True)}{unknown}"
            if arabic
            else f"until {point(last, False)}{unknown}"
        )
    if last in ("", ".."):
        unknown = "" if last else " (نهايته مجهولة)" if arabic else " (end unknown)"
        return (
            f"منذ {point(first, True)}{unknown}"
            if arabic
            else f"since {point(first, False)}{unknown}"
        )
    return shortened(first, last, arabic) or (
        f"من {point(first, True)} إلى {point(last, True)}"
        if arabic
        else f"{point(first, False)} to {point(last, False)}"
    )


def shortened(first: str, last: str, arabic: bool) -> str:
    """Ranges that share their month or year: «22–23 July 2024», «2014–2024»; else empty."""
    a, b = POINT.fullmatch(first), POINT.fullmatch(last)
    if not a or not b or a[4] or b[4]:
        return ""
    if a[3] and b[3] and a[1] == b[1]:
        if a[2] == b[2]:
            return f"{int(a[3])}–{int(b[3])} {month(int(a[2]), arabic)} {a[1]}"
        if not arabic:
            return f"{int(a[3])} {month(int(a[2]), False)} to {int(b[3])} {month(int(b[2]), False)} {a[1]}"
        return ""
    if (
        not a[2]
        and not b[2]
        and "X" not in first + last
        and int(a[1]) in YEARS
        and int(b[1]) in YEARS
    ):
        return f"{a[1]}–{b[1]}"
    return ""


def point(text: str, arabic: bool) -> str:
    """One end of a value, with its marks of doubt in words."""
    match = POINT.fullmatch(text)
    assert match
    year, part, day, doubt = match.groups()
    if "X" in year:
        words = decade(year, arabic)
    elif not part:
        words = bare_year(year, arabic)
    elif day:
        words = f"{int(day)} {month(int(part), arabic)} {year}"
    else:
        words = part_of_year(int(part), year, arabic)
    if doubt in ("~", "%"):
        words = f"نحو {words}" if arabic else f"about {words}"
    if doubt in ("?", "%"):
        words = f"{words} (غير مؤكد)" if arabic else f"{words} (uncertain)"
    return words


def bare_year(year: str, arabic: bool) -> str:
    """A year; far from our time it says that it is one, and of which calendar."""
    if int(year) in YEARS:
        return year
    return f"عام {year}م" if arabic else f"the year {year} CE"


def month(number: int, arabic: bool) -> str:
    return ARABIC_MONTHS[number - 1] if arabic else ENGLISH_MONTHS[number - 1]


def part_of_year(part: int, year: str, arabic: bool) -> str:
    if part in SEASONS:
        return f"{ARABIC_SEASONS[part]} {year}" if arabic else f"{ENGLISH_SEASONS[part]} {year}"
    for parts, noun, name in (
        (QUARTERS, "الربع", "quarter"),
        (THIRDS, "الثلث", "third"),
        (HALVES, "النصف", "half"),
    ):
        if part in parts:
            at = part - min(parts)
            if arabic:
                return f"{noun} {ARABIC_ORDINALS[at + 1]} من {year}"
            return f"{ENGLISH_ORDER[at]} {name} of {year}"
    return f"{month(part, arabic)} {year}"


def decade(year: str, arabic: bool) -> str:
    """A century («20XX») or a decade («199X»)."""
    number = int(year[:2]) + 1
    century = f"القرن {ARABIC_ORDINALS.get(number, f'الـ{number}')}"
    if year.endswith("XX"):
        return century if arabic else f"the {english_ordinal(number)} century"
    if not arabic:
        return f"the {year[:3]}0s"
    tenth = int(year[2])
    if tenth in ARABIC_DECADES:
        return f"{ARABIC_DECADES[tenth]} {century}"
    return f"العقد {ARABIC_ORDINALS[tenth + 1]} من {century}"
