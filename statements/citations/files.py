"""A work as the files that reference managers read: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from statements.citations.work import Work
from statements.text.dates import EDTF

#: Signs that TeX reads as commands; BibTeX counts braces even behind a stroke. An address is left as it is.
TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "#$%&_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True)
class Format:
    """A file format: how it is called, its media type, and the work written in it."""

    name: str
    media_type: str
    write: Callable[[Work], str]


def year_month_day(date: EDTF | None) -> list[int]:
    """The certain beginning of a date: ``[2024, 7, 24]``, ``[2024, 7]`` or ``[2024]``; of a span that of its first day.

    A season, a quarter or a half is known by its year alone; of a decade, a century or an open beginning
    nothing is.
    """
    begun = re.match(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?![\dX])", date or "")
    return [int(part) for part in begun.groups() if part] if begun else []


def date_parts(date: EDTF) -> list[list[int]]:
    """One date or the two ends of a span, as CSL writes them; empty when there is no certain year."""
    ends = [year_month_day(EDTF(end)) for end in date.split("/") if end not in ("", "..")]
    return [end for end in ends if end] if not date.startswith(("/", "..")) else []


def note(work: Work) -> str:
    """The passage, in the words of the language: no format has a field for a place within a work."""
    if not work.passage:
        return ""
    return f"الفقرة {work.passage}" if work.language == "ar" else f"para. {work.passage}"


def bibtex(work: Work) -> str:
    """One entry; bodies and speakers in braces of their own, so that no program turns their names round.

    Fields as in the manual of BibTeX (Patashnik, *BibTeXing*, 1988), with ``url``, ``urldate`` and ``langid``
    as biblatex names them.
    """
    date = dict(zip(("year", "month", "day"), year_month_day(work.date), strict=False))
    fields: dict[str, Any] = {
        "author": " and ".join(f"{{{author.translate(TEX)}}}" for author in work.authors),
        "title": f"{{{work.title.translate(TEX)}}}",
        "journal": work.container.translate(TEX),
        "type": work.genre.translate(TEX),
        **date,
        "howpublished": work.archive,
        "note": note(work),
        "url": work.address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "urldate": work.accessed.isoformat(),
        "langid": "arabic" if work.language == "ar" else "english",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "article" if work.container else "misc"
    return "\n".join([f"@{kind}{{{work.key},", *lines, "}", ""])


def ris(work: Work) -> str:
    """One record, a tag a line, as the RIS specification (Research Information Systems, 2011) asks."""
    kind = {"report": "RPRT", "article-newspaper": "NEWS"}.get(work.kind, "ELEC")
    lines = [("TY", kind), ("TI", work.title)]
    lines += [("AU", author if work.spoken else f"{author},") for author in work.authors]
    parts = year_month_day(work.date)
    if parts:
        lines += [("PY", str(parts[0])), ("DA", slashed(parts))]
    lines += [
        ("T2", work.container),
        ("M3", work.genre),
        ("DP", work.archive),
        ("N1", note(work)),
        ("LA", work.language),
        ("UR", work.address),
        ("Y2", slashed([work.accessed.year, work.accessed.month, work.accessed.day])),
        ("ID", work.key),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def slashed(parts: list[int]) -> str:
    """``2024/07/24/``; what is not known stays empty between its strokes."""
    year, month, day = [*(f"{part:02}" for part in parts), "", "", ""][:3]
    return f"{year}/{month}/{day}/"


def item(work: Work) -> dict[str, Any]:
    """The work as an item of CSL-JSON (Citation Style Language 1.0.2, csl-data.json)."""
    found: dict[str, Any] = {
        "id": work.key,
        "type": work.kind,
        "title": work.title,
        "author": [{"literal": author} for author in work.authors],
        "container-title": work.container or (work.archive if work.kind == "webpage" else ""),
        "genre": work.genre,
        "archive": work.archive,
        "note": note(work),
        "language": work.language,
        "URL": work.address,
        "accessed": {"date-parts": [[work.accessed.year, work.accessed.month, work.accessed.day]]},
    }
    parts = date_parts(work.date) if work.date else []
    if work.date and parts:
        doubt = work.date.approximate or work.date.uncertain
        found["issued"] = {"date-parts": parts} | ({"circa": True} if doubt else {})
    return {name: value for name, value in found.items() if value}


def csl_json(work: Work) -> str:
    return json.dumps([item(work)], ensure_ascii=False) + "\n"


#: By the ending of the file's name.
FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex", bibtex),
    "ris": Format("RIS", "application/x-research-info-systems", ris),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}
