"""A page or a passage as something to be cited: who, what, when, where; never the text itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import override

from statements.models import Article, Publishable, Statement, worded
from statements.text.dates import EDTF

#: How the archive is named in a citation.
ARCHIVE = {"en": "Hiwar", "ar": "حوار"}


@dataclass(frozen=True)
class Work:
    """A page in one language, or one passage of it.

    ``kind`` is a type of CSL (``report`` for statements, ``article-newspaper``, else ``webpage``), ``key`` an
    ASCII identifier, ``passage`` the number of a passage or empty. ``authors`` are bodies or one speaker, in the
    order in which they are named; ``container`` is the newspaper of an article.
    """

    kind: str
    key: str
    language: str
    title: str
    address: str
    accessed: datetime.date
    date: EDTF | None = None
    genre: str = ""
    authors: tuple[str, ...] = ()
    spoken: bool = False
    container: str = ""
    passage: str = ""

    def at(self, passage: str) -> Work:
        """The same work, cited at a passage: its number, and the address that leads to it."""
        return replace(
            self,
            key=f"{self.key}-p{passage}",
            passage=passage,
            address=f"{self.address}#p{passage}",
        )

    @property
    def archive(self) -> str:
        return ARCHIVE[self.language]


def of_page(
    title: str, language: str, address: str, accessed: datetime.date, name: str = "page"
) -> Work:
    """Any page of the archive, known by its title alone."""
    title = " ".join(title.split())
    return Work("webpage", f"hiwar-{name}", language, title, address, accessed)


def of_record(record: Publishable, language: str, address: str, accessed: datetime.date) -> Work:
    """A record's page, in the words that the archive has for it in the language, else in the other.

    Of a statement ``issuer_links`` are its published issuers as ``{"en", "ar"}``, as its page brings them along.
    """
    named: Any = record
    with override(language):
        title = named.label.text
    work = of_page(title, language, address, accessed, f"{record.page}-{record.slug}")
    if isinstance(record, Statement):
        speaker = record.speaker if record.speaker and record.speaker.is_public else None
        authors = (
            [worded(speaker.name_en, speaker.name_ar, language).text]
            if speaker
            else [
                worded(row["en"], row["ar"], language).text
                for row in getattr(record, "issuer_links", None) or ()
            ]
        )
        return replace(
            work,
            kind="report",
            date=record.date or None,
            genre=named.get_type_display(),
            authors=tuple(authors),
            spoken=speaker is not None,
        )
    if isinstance(record, Article):
        outlet = record.outlet
        return replace(
            work,
            kind="article-newspaper",
            date=record.date or None,
            container=worded(outlet.name_en, outlet.name_ar, language).text,
        )
    return work
