"""How each page, and each passage on it, is cited: shown on the page itself, and given as a file by ``?cite=``."""

from __future__ import annotations

import datetime
import html
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from statements.citations.files import FORMATS
from statements.citations.markup import linked_data, meta
from statements.citations.styles import accessed, chicago, plain
from statements.citations.work import Work, of_page, of_record
from statements.models import Article, Publishable, Statement

#: Parameters that say how a page is shown or cited, and not what is on it.
OURS = ("cite", "passage", "lang", "page")
#: A longer query, as of a pasted quotation, is left out of the address: signs.
LONGEST = 300
#: Written into an address that a browser fills with a number.
ANY = "{n}"


@dataclass(frozen=True)
class Cited:
    """A page that can be cited: ``works`` by language, the page's own first; empty when it cannot."""

    title: str
    works: dict[str, Work] = field(default_factory=dict)
    record: Publishable | None = None
    passage: str = ""
    numbers: frozenset[str] = frozenset()
    home: str = ""
    query: Any = None

    @property
    def unknown(self) -> bool:
        """A passage was asked for that the text does not have."""
        return bool(self.numbers and self.passage and self.passage not in self.numbers)

    @cached_property
    def work(self) -> Work:
        """What is cited, in the page's language."""
        return self.at(next(iter(self.works.values())))

    def at(self, work: Work) -> Work:
        return work.at(self.passage) if self.passage else work

    @property
    def sentences(self) -> list[dict[str, str]]:
        """The citation in each style and language."""
        return [
            {
                "style": style,
                "language": language,
                "dir": "rtl" if language == "ar" else "ltr",
                "text": write(self.at(work)),
            }
            for style, write in (("Chicago", chicago), ("", plain))
            for language, work in self.works.items()
        ]

    @property
    def files(self) -> list[dict[str, str]]:
        """The citation in each format, with the address that gives it as a file."""
        found = []
        for ending, form in FORMATS.items():
            query = self.query.copy()
            query["cite"] = ending
            found.append(
                {
                    "name": form.name,
                    "ending": ending,
                    "text": form.write(self.work),
                    "href": f"?{query.urlencode()}",
                }
            )
        return found

    @property
    def note(self) -> str:
        return chicago(self.work)

    @property
    def made(self) -> str:
        """The day of access, written out: the archive's day on which the page was made."""
        return accessed(self.work)

    @property
    def until(self) -> str:
        """The moment at which that day ends, in ISO 8601; from then on the page's script asks for the citations anew."""
        day = self.work.accessed + datetime.timedelta(days=1)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min)).isoformat()

    @property
    def any_passage(self) -> str:
        """The note for a passage, its number left open."""
        return chicago(next(iter(self.works.values())).at(ANY))

    @property
    def meta(self) -> list[tuple[str, str]]:
        return meta(next(iter(self.works.values())))

    @property
    def linked_data(self) -> SafeString:
        data = linked_data(next(iter(self.works.values())), self.record, self.home)
        text = json.dumps(data, ensure_ascii=False)
        for sign in "<>&":  # nothing may end the script element
            text = text.replace(sign, f"\\u{ord(sign):04X}")
        return mark_safe(text)  # nosec B308 B703  # the signs of HTML are written as escapes


def cited(request: HttpRequest, context: Any, title: str) -> Cited:
    """The page that is being drawn, as something to be cited; ``title`` is HTML, and the rest is in the context.

    A record's page is cited in both languages by the record's own words, any other in its own language by its
    title. An answer to an error and the desk's preview are not cited.
    """
    title = " ".join(html.unescape(title).split())
    site = context["site"]
    if not site["canonical"] or context.get("preview") or isinstance(context.get("status"), int):
        return Cited(title)
    query = request.GET.copy()
    for name in OURS:
        query.pop(name, None)
    asked = query.urlencode()
    if len(asked) > LONGEST:
        asked = ""
    addresses = {
        code: address + (("&" if "?" in address else "?") + asked if asked else "")
        for code, address in site["alternates"]
        if code in ("en", "ar")
    }
    today = timezone.localdate()
    own = site["language"]
    record = context.get("record")
    name = request.resolver_match.url_name or "page" if request.resolver_match else "page"
    if not isinstance(record, Publishable) or record.page != name:
        record = None
    works = {}
    for code in (own, site["other_language"]) if record else (own,):
        with translation.override(code):
            works[code] = (
                of_record(record, code, addresses[code], today)
                if record
                else of_page(title, code, addresses[code], today, name)
            )
    numbers = numbers_of(record, context)
    made = Cited(
        title,
        works,
        record,
        request.GET.get("passage", "") if numbers else "",
        numbers,
        request.build_absolute_uri(f"/{own}/"),
        request.GET,
    )
    request.cited = made  # type: ignore[attr-defined]  # for the file, when one is asked for
    return made


def numbers_of(record: Publishable | None, context: Any) -> frozenset[str]:
    """The numbers of the passages on a text's page."""
    if not isinstance(record, Statement | Article):
        return frozenset()
    passages = [row["passage"] if isinstance(row, dict) else row[0] for row in context["rows"]]
    return frozenset(str(passage.number) for passage in passages)


class CitationMiddleware:
    """Any page with ``?cite=bib``, ``ris`` or ``json`` answers with its citation as a file.

    What is cited is known when the page has been drawn: its title, its record, its passages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        page: Cited | None = getattr(request, "cited", None)
        if page is None or response.status_code != 200:
            return response
        if page.unknown:
            return refused(request, _("This text has no passage with that number."), 404)
        ending = request.GET.get("cite")
        if ending is None:
            return response
        form = FORMATS.get(ending)
        if form is None:
            return refused(request, _("A citation is given as bib, ris or json."), 400)
        return HttpResponse(
            form.write(page.work),
            content_type=f"{form.media_type}; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{page.work.key}.{ending}"',
                "X-Robots-Tag": "noindex",
            },
        )


def refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    words = {"status": status, "sentence": sentence, "advice": _("The page itself is there:")}
    return render(
        request, "errors/answer.html", words | {"way_on": escape(request.path)}, status=status
    )
