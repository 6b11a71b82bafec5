"""What a page says of itself to reference managers and search engines: ``citation_*`` and JSON-LD."""

from __future__ import annotations

from typing import Any

from statements.citations.files import year_month_day
from statements.citations.work import Work
from statements.models import Publishable

#: The item type that Zotero gives a page; without it every ``citation_title`` is a journal article.
ZOTERO = {"report": "report", "article-newspaper": "newspaperArticle", "webpage": "webpage"}
#: What a record's page is about, in the words of schema.org.
THINGS = {
    "statement": "Report",
    "article": "NewsArticle",
    "official": "Person",
    "organization": "Organization",
    "post": "Role",
    "dialogue": "EventSeries",
    "event": "Event",
    "agreement": "CreativeWork",
    "undertaking": "CreativeWork",
    "conflict": "Question",
}


def meta(work: Work) -> list[tuple[str, str]]:
    """(name, content) of each tag, as Google Scholar and Zotero's “Embedded Metadata” read them.

    Bodies are the institution and no authors: Zotero would take their last word for a surname.
    """
    tags = [("citation_title", work.title), ("z:itemType", ZOTERO[work.kind])]
    if work.kind == "report":
        tags.append(("citation_technical_report_institution", "; ".join(issuers(work))))
    tags += [("citation_author", author) for author in work.authors if work.spoken]
    parts = [f"{part:02}" for part in year_month_day(work.date)]
    tags += [
        ("citation_publication_date", "/".join(parts)),
        ("z:publicationTitle", work.container),
        ("citation_publisher", work.archive),
        ("citation_language", work.language),
        ("citation_public_url", work.address),
    ]
    return [(name, content) for name, content in tags if content]


def issuers(work: Work) -> tuple[str, ...]:
    """The bodies a statement is of; the archive when none is known."""
    return work.authors if work.authors and not work.spoken else (work.archive,)


def linked_data(work: Work, record: Publishable | None, home: str) -> dict[str, Any]:
    """The page, and the record it is about, in JSON-LD (schema.org); ``home`` is the archive's address."""
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": work.title,
        "url": work.address,
        "inLanguage": work.language,
        "isPartOf": {"@type": "WebSite", "name": work.archive, "url": home},
    }
    if record is None:
        return page
    about: dict[str, Any] = {"@type": THINGS[record.page], "name": work.title}
    begun = "-".join(f"{part:02}" for part in year_month_day(getattr(record, "date", None)))
    if record.page == "event" and begun:
        about["startDate"] = begun
    if work.date and begun:
        about["datePublished"] = begun
    if work.authors:
        kind = "Person" if work.spoken else "Organization"
        about["author"] = [{"@type": kind, "name": name} for name in work.authors]
    if work.container:
        about["publisher"] = {"@type": "Organization", "name": work.container}
    return page | {"mainEntity": about}
