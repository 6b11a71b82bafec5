"""An EDTF value in words, to its precision, in English or Arabic; what is written here, ``dates.read`` reads.

Arabic gives both month names, as readers in Iraq meet both; figures are Western in both languages.
"""

from __future__ import annotations

from statements.text.calendars import (
    ARABIC_MONTHS,
    ARABIC_SEASONS,
    ENGLISH_MONTHS,
    ENGLISH_SEASONS,
)
from statements.text.edtf import EDTF, HALVES, POINT, QUARTERS, SEASONS

ENGLISH_ORDER = ["first", "second", "third", "fourth"]
ARABIC_ORDER = ["الأول", "الثاني", "الثالث", "الرابع"]
ARABIC_DECADES = {
    "2": "عشرينيات",
    "3": "ثلاثينيات",
    "4": "أربعينيات",
    "5": "خمسينيات",
    "6": "ستينيات",
    "7": "سبعينيات",
    "8": "ثمانينيات",
    "9": "تسعينيات",
}


def write(value: EDTF, language: str) -> str:
    """The date as a reader of ``ar`` or ``en`` would say it; empty for an empty value."""
    if not value:
        return ""
    arabic = language.startswith("ar")
    if not value.is_range:
        return point(value, arabic)
    first, last = value.split("/")
    if first in ("", ".."):
        return f"حتى {point(last, True)}" if arabic else f"until {point(last, False)}"
    if last in ("", ".."):
        return f"منذ {point(first, True)}" if arabic else f"since {point(first, False)}"
    return shortened(first, last, arabic) or (
        f"من {point(first, True)} إلى {point(last, True)}"
        if arabic
        else f"{point(first, False)} to {point(last, False)}"
    )


def shortened(first: str, last: str, arabic: bool) -> str:
    """Ranges that share their month or year: «22–23 July 2024», «May–July 2024», «2014–2024»."""
    a, b = POINT.fullmatch(first), POINT.fullmatch(last)
    if not a or not b or a[4] or b[4]:
        return ""
    if a[3] and b[3] and a[1] == b[1]:
        if a[2] == b[2]:
            return f"{int(a[3])}–{int(b[3])} {month(int(a[2]), arabic)} {a[1]}"
        if not arabic:
            return f"{int(a[3])} {month(int(a[2]), False)} to {int(b[3])} {month(int(b[2]), False)} {a[1]}"
        return ""
    if not a[2] and not b[2] and "X" not in first + last:
        return f"{a[1]}–{b[1]}"
    return ""


def point(text: str, arabic: bool) -> str:
    match = POINT.fullmatch(text)
    assert match
    year, part, day, doubt = match.groups()
    if "X" in year:
        words = decade(year, arabic)
    elif not part:
        words = year
    elif day:
        words = f"{int(day)} {month(int(part), arabic)} {year}"
    else:
        words = part_of_year(int(part), year, arabic)
    if doubt in ("~", "%"):
        words = f"نحو {words}" if arabic else f"about {words}"
    if doubt in ("?", "%"):
        words = f"{words} (غير مؤكد)" if arabic else f"{words} (uncertain)"
    return words


def month(number: int, arabic: bool) -> str:
    return ARABIC_MONTHS[number - 1] if arabic else ENGLISH_MONTHS[number - 1]


def part_of_year(part: int, year: str, arabic: bool) -> str:
    if part in SEASONS:
        return f"{ARABIC_SEASONS[part]} {year}" if arabic else f"{ENGLISH_SEASONS[part]} {year}"
    if part in QUARTERS:
        at = part - 33
        return (
            f"الربع {ARABIC_ORDER[at]} من {year}"
            if arabic
            else f"{ENGLISH_ORDER[at]} quarter of {year}"
        )
    if part in HALVES:
        at = part - 40
        return (
            f"النصف {ARABIC_ORDER[at]} من {year}"
            if arabic
            else f"{ENGLISH_ORDER[at]} half of {year}"
        )
    return f"{month(part, arabic)} {year}"


def decade(year: str, arabic: bool) -> str:
    if year.endswith("XX"):
        late = year.startswith("20")
        if arabic:
            return "القرن الحادي والعشرين" if late else "القرن العشرين"
        return "the 21st century" if late else "the 20th century"
    if not arabic:
        return f"the {year[:3]}0s"
    century = {"19": "القرن العشرين", "20": "القرن الحادي والعشرين"}.get(year[:2])
    name = ARABIC_DECADES.get(year[2])
    if century and name:
        return f"{name} {century}"
    return f"عقد {year[:3]}0"
