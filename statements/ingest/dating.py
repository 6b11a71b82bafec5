"""The day of each document of a page: its date line, its dateline, the sender's figures, else what its words say."""

from __future__ import annotations

import contextlib
import datetime
import re
from typing import TYPE_CHECKING

from statements.text.arabic import fold
from statements.text.calendars import MONTHS, WEEKDAYS
from statements.text.dates import EDTF, Found, find, read
from statements.text.lines import Span
from statements.text.sentence import Sentence

if TYPE_CHECKING:
    from statements.ingest.parse import Document


def date_documents(documents: list[Document], text: str) -> None:
    """The date of each document: its date line, its dateline, else what its words say in the light of the others."""
    for document in documents:
        line = document.block.done or document.block.date_line
        if line:
            document.date = day_of(line, text)
            document.date_reason = Sentence("Its own date line.", "سطر تاريخه.")
    for document in documents:
        dateline(document, text)
        if document.date is None:
            close(document, documents, text)
        if document.date is None:
            sent(document, text)
        if document.date is None:
            tells_today(document, text)
    for document in documents:
        if document.date is None:
            dateline_without_year(document, text)
    page_day = next((document.date for document in documents if document.date), None)
    for document in documents:
        if document.date is None and page_day and page_day.first:
            opens_with_a_day(document, text, page_day.first)


#: Characters of a first paragraph that are read for the day of a document.
OPENING = 600


def tells_today(document: Document, text: str) -> None:
    """«اليوم الثلاثاء 21 نوفمبر 2023» in the first paragraph: the day of the report."""
    words = document.block.paragraphs[0].of(text)[:OPENING]
    for found in find(words):
        beside = fold(words[max(0, found.start - 8) : found.end])
        if found.edtf and found.edtf.precision == "day" and TODAY.search(beside):
            document.date = found.edtf
            document.date_reason = Sentence(
                "It says which day “today” is.", "يذكر أي يوم هو «اليوم»."
            )
            return


#: The group of day, hour and month with which agencies sign what they send: «311842 جمت يول 23», "311842 GMT JUL 23".
SENT_AT = re.compile(r"(?<!\d)(\d{2})\d{4}\s*(?:جمت|GMT|UTC|Z)\s*([^\W\d_]{3,5})\s*(\d{2})(?!\d)")
SHORT_MONTHS = dict(zip("ينا فبر مار ابر ماي يون يول اغس سبت اكت نوف ديس".split(), range(1, 13), strict=True))  # fmt: skip


def sent(document: Document, text: str) -> None:
    """The day of the group of figures that an agency signs with (ACP 121, date–time group)."""
    found = SENT_AT.search(text, document.block.start)
    if not found:
        return
    name = fold(found[2])
    month = SHORT_MONTHS.get(name) or MONTHS.get(name)
    try:
        day = datetime.date(2000 + int(found[3]), month or 0, int(found[1]))
    except ValueError:
        return
    document.date = EDTF(day.isoformat())
    document.date_reason = Sentence("When the agency sent it.", "وقت إرسال الوكالة له.")


#: Days before a page within which what it prints whole was issued.
ISSUED = 4


def opens_with_a_day(document: Document, text: str, page_day: datetime.date) -> None:
    """A text printed whole that says in its first paragraph of which day it is: «عُقد بتاريخ 14 آذار 2024 …»."""
    for found in find(document.block.paragraphs[0].of(text)[:OPENING], on=page_day):
        day = found.edtf.first if found.edtf and not found.edtf.is_range else None
        exact = found.edtf is not None and found.edtf.precision == "day"
        if day and exact and 0 <= (page_day - day).days <= ISSUED:
            document.date = found.edtf
            document.date_reason = Sentence(
                "The day that its first paragraph tells of.", "اليوم الذي تتحدث عنه فقرته الأولى."
            )
            return


def day_of(span: Span, text: str) -> EDTF | None:
    for found in find(span.of(text)):
        if found.edtf and found.edtf.precision == "day":
            return found.edtf
    ranges = [one.edtf for one in find(span.of(text)) if one.edtf and one.edtf.is_range]
    if ranges:
        return ranges[0]
    reading = read(span.of(text))
    return reading.edtf if reading else None


DATELINE = Sentence("The dateline it opens with.", "سطر التاريخ الذي يبدأ به.")
#: What stands behind the date of a dateline: who sends it, and a dash.
SENT = re.compile(
    r"\s*(?:[(\[/]\s*([^()\[\]/]{2,40})\s*[)\]/]\s*(?:[–—-]+|:|\.\.)?|[–—-]+|:|\.\.|\.(?=\s+[A-Z]))\s"
)


#: «لندن - 12 - 2 (كونا) --»: the sender behind a place, with a day and month in figures or without.
UNDATED = re.compile(r"[^.()\d]{2,30}(?:-\s*\d{1,2}\s*-\s*\d{1,2}\s*)?\(([^()\d]{2,40})\)\s*[-–—:]")


def dateline(document: Document, text: str) -> None:
    """«بغداد - 2 سبتمبر 2025 (وكالة) -- …»: the place, day and agency that open an agency's report."""
    words = document.block.paragraphs[0].of(text)
    unsaid = UNDATED.match(words)
    if unsaid:
        document.outlet = document.outlet or unsaid[1]
    day = document.date.first if document.date else None
    for found in find(words[:120], on=day):
        sent = SENT.match(words, found.end)
        placed = words[: found.start].rstrip().endswith((",", "،"))
        if (
            sent
            and (placed or not sent[0].lstrip().startswith(". "))
            and found.edtf
            and found.edtf.precision == "day"
            and len(words[: found.start].split()) <= 5
        ):
            if document.date is None:
                document.date = found.edtf
                document.date_reason = DATELINE
            document.outlet = document.outlet or sent[1]
        return


#: How far from a dateline without a year a full date may lie that tells its year, in days.
AROUND = 31
DATELINE_ALONE = Sentence(
    "The dateline it opens with; the year is that of the dates near it.",
    "سطر التاريخ الذي يبدأ به، وسنته من التواريخ القريبة منه.",
)


def dateline_without_year(document: Document, text: str) -> None:
    """«تونس، 5 نوفمبر (وات) - …» of a page that says its year nowhere: the year in which a full date of the text lies near."""
    words = document.block.paragraphs[0].of(text)
    match = SHORT_DATELINE.match(words)
    if not match or not (month := MONTHS.get(fold(match[2]).strip("."))):
        return
    body = " ".join(span.of(text) for span in document.block.paragraphs)
    full = [
        datetime.date.fromisoformat(day)
        for one in find(body)
        for day in re.findall(r"\d{4}-\d\d-\d\d", one.edtf or "")
    ]
    days = []
    for near in full:
        for year in (near.year - 1, near.year, near.year + 1):
            with contextlib.suppress(ValueError):
                day = datetime.date(year, month, int(match[1]))
                days.append((abs((day - near).days), day))
    apart, day = min(days, default=(AROUND + 1, datetime.date.min))
    if apart <= AROUND:
        document.date, document.date_reason = EDTF(day.isoformat()), DATELINE_ALONE
        document.outlet = document.outlet or match[3].strip()


#: Place, day and month, and who sends it: «تونس، 5 نوفمبر (وات) -».
SHORT_DATELINE = re.compile(
    r"[^.()\d]{2,30}[،,]?\s+(\d{1,2})\s+([^\W\d_]{3,12}\.?)\s*[(/]\s*([^()\d/]{2,40})[)/]\s*[-–—:]"
)
CLOSING = re.compile(r"(?:توج|اختتم|ختام|capped|concluded|wrapped up|culminat)")
TODAY = re.compile(r"(?<!\w)(?:اليوم|today)(?!\w)")


def close(document: Document, documents: list[Document], text: str) -> None:
    """A text without a date that says "today" of the meeting that closed an event: the event's last day."""
    body = fold(" ".join(span.of(text) for span in document.block.paragraphs))
    if not TODAY.search(body):
        return
    ranges = [
        found.edtf
        for other in documents
        for span in other.block.paragraphs
        for found in find(span.of(text))
        if found.edtf and found.edtf.is_range and found.edtf.last and found.edtf.first
        and (found.edtf.last - found.edtf.first).days < 10
    ]  # fmt: skip
    if CLOSING.search(body) and ranges and ranges[0].last:
        document.date = EDTF(ranges[0].last.isoformat())
        document.date_reason = Sentence(
            "It says “today” of the meeting that closed the event.",
            "يقول «اليوم» عن الاجتماع الذي اختُتم به الحدث.",
        )


def anchor(document: Document, text: str, page_day: EDTF | None) -> EDTF | None:
    """The day from which relative dates of a document count: its own, else the page's, else that which its first paragraph tells of."""
    if document.date or page_day:
        return document.date or page_day
    told = (found for found in find(document.block.paragraphs[0].of(text)[:OPENING]))
    return next((found.edtf for found in told if found.edtf and on_a_weekday(found)), None)


def on_a_weekday(found: Found) -> bool:
    """Whether a day is printed with its weekday, as news print the day of what they report: «الأربعاء 21 أيلول 2022»."""
    exact = found.edtf is not None and found.edtf.precision == "day" and not found.edtf.is_range
    return exact and any(word in WEEKDAYS for word in re.findall(r"\w+", fold(found.as_printed)))


#: «لندن - 12 - 2 (كونا) --»: day and month in figures between the place and the agency.
IN_FIGURES = re.compile(
    r"[^.()\d]{2,30}-\s*((\d{1,2})\s*-\s*(\d{1,2}))\s*\([^()\d]{2,40}\)\s*[-–—]"
)


def day_in_figures(document: Document, text: str, day: EDTF | None) -> Found | None:
    """The day and month of a dateline, when they are those of the document's day."""
    opening = document.block.paragraphs[0]
    found = IN_FIGURES.match(opening.of(text)[:OPENING])
    first = day.first if day else None
    if not found or not first or (first.day, first.month) != (int(found[2]), int(found[3])):
        return None
    start, end = opening.start + found.start(1), opening.start + found.end(1)
    return Found(start, end, text[start:end], day, DATELINE, "relative")
