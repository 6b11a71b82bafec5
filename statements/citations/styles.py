"""A work as a sentence: a note in the order of the Chicago Manual, and a plain line, each in English and Arabic."""

from __future__ import annotations

from statements.citations.work import Work
from statements.text.dates import EDTF, write


def chicago(work: Work) -> str:
    """A full note; the form that takes a place within the work, and in which names are not turned round.

    *The Chicago Manual of Style*, 17th edition: 14.19–14.23 (notes: parts between commas, author, title in
    quotation marks with the comma inside, facts of publication, place, full stop), 14.205–14.207 (web pages: the
    site, the day of access, the address last). Days are written day, month, year, which 6.38 permits. Arabic
    keeps the order, with Arabic commas, guillemets and the Arabic words for paragraph and access.
    """
    return arabic(work) if work.language == "ar" else english(work)


def english(work: Work) -> str:
    title = work.title.rstrip(" .").replace("“", "‘").replace("”", "’")
    authors = enumerated(work.authors)
    parts = [
        work.genre,
        work.container,
        write(work.date, "en") if work.date else "",
        f"para. {work.passage}" if work.passage else "",
        work.archive,
        f"accessed {accessed(work)}",
        work.address,
    ]
    return f"{authors}{', ' if authors else ''}“{title},” {', '.join(filter(None, parts))}."


def enumerated(names: tuple[str, ...]) -> str:
    """``A``; ``A and B``; ``A, B, and C``."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def arabic(work: Work) -> str:
    title = work.title.rstrip(" .").replace("«", "“").replace("»", "”")
    parts = [
        " و".join(work.authors),
        f"«{title}»",
        work.genre,
        work.container,
        write(work.date, "ar") if work.date else "",
        f"الفقرة {work.passage}" if work.passage else "",
        work.archive,
        f"شوهد في {accessed(work)}",
        f"في: {work.address}",
    ]
    return f"{'، '.join(filter(None, parts))}."


def plain(work: Work) -> str:
    """Title, date, passage; the archive; the address: what a message or a footnote without a style needs."""
    comma = "، " if work.language == "ar" else ", "
    date = write(work.date, work.language) if work.date else ""
    passage = f"¶ {work.passage}" if work.passage else ""
    first = comma.join(filter(None, (work.title.rstrip(" ."), date, passage)))
    return f"{first}. {work.archive}. {work.address}"


def accessed(work: Work) -> str:
    return write(EDTF(work.accessed.isoformat()), work.language)
