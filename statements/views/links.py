"""Records named on a page: light links that many relations bring in one query, and published ones only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from statements.models import Label, Name, OldAddress, Publishable, worded
from statements.models.base import address
from statements.models.documents import Source
from statements.models.prepared import prepared
from statements.text.dates import EDTF


@dataclass(frozen=True)
class Wanted:
    """The record that a page is about: the published one at an address, or for the desk any by its key."""

    model: type[Publishable]
    value: str | int

    @property
    def records(self) -> QuerySet[Any]:
        return records(self.value, model=self.model)

    def one(self, shaped: Callable[[QuerySet[Any]], QuerySet[Any]]) -> Any:
        """The record with what ``shaped`` brings along; raises Http404 when there is none."""
        found = wanted(self.value, model=self.model, shaped=shaped)
        if not found:
            raise Http404
        return found[0]


def records(value: str | int, *, model: type[Publishable]) -> QuerySet[Any]:
    if isinstance(value, str):
        return model.objects.published().filter(slug=value)
    return model._default_manager.filter(pk=value)


@prepared
def wanted(
    value: str | int,
    *,
    model: type[Publishable],
    shaped: Callable[[QuerySet[Any]], QuerySet[Any]],
) -> QuerySet[Any]:
    return shaped(records(value, model=model))[:1]


#: From the request and the record that is wanted: the template and everything the page shows.
PageBuilder = Callable[[HttpRequest, Wanted], tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class Link:
    """A record as a page names it: its words in the reader's language and its address."""

    kind: str
    slug: str
    label: Label
    other: Label
    date: EDTF | None
    extra: dict[str, Any]

    @property
    def url(self) -> str:
        return address(self.kind, self.slug)


def links_to(records: QuerySet, kind: str, *extra: str) -> ArraySubquery:
    """A subquery that brings the records of a relation as JSON inside the main query (see ``as_links``)."""
    fields = {field.name for field in records.model._meta.get_fields()}
    words = "name" if "name_en" in fields else "title"
    row = {"slug": F("slug"), "en": F(f"{words}_en"), "ar": F(f"{words}_ar")}
    if "date" in fields:
        row["date"] = F("date")
    if kind == "article":
        row |= {"title": F("title"), "language": F("language")}
    return ArraySubquery(
        records.values(json=JSONObject(**row, **{name: F(name) for name in extra}))
    )


def as_links(rows: list[dict[str, Any]] | None, kind: str) -> list[Link]:
    """What ``links_to`` brought, as links."""
    return [as_link(row, kind) for row in rows or []]


def as_link(row: dict[str, Any], kind: str) -> Link:
    known = {"slug", "en", "ar", "date", "title", "language"}
    english, arabic = row["en"], row["ar"]
    if "title" in row:
        english = english or (row["title"] if row["language"] == "en" else "")
        arabic = arabic or (row["title"] if row["language"] == "ar" else "")
    words = worded(english, arabic)
    other = Label(arabic, "ar", "rtl") if words.lang == "en" else Label(english, "en", "ltr")
    return Link(
        kind,
        row["slug"],
        words,
        other,
        EDTF(row["date"]) if row.get("date") else None,
        {key: value for key, value in row.items() if key not in known},
    )


def page(
    request: HttpRequest, model: type[Publishable], slug: str, build: PageBuilder
) -> HttpResponse:
    """The page of the published record at this address; a former address answers 301, any other 404."""
    try:
        return render(request, *build(request, Wanted(model, slug)))
    except Http404:
        target = moved(model, slug)
        if target is None:
            raise
        return permanently(request, reverse(model.page, kwargs={"slug": target}))


def moved(model: type[Publishable], slug: str) -> str | None:
    """Where a former address leads now; None when it leads to nothing that readers may see."""
    old = OldAddress.objects.filter(kind=model._meta.model_name, slug=slug).first()
    if old is None or not model.objects.published().filter(slug=old.target).exists():
        return None
    return old.target


def permanently(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """To another address for ever, with what was asked of this one."""
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))


def names_of(record: Publishable) -> list[Name]:
    """The forms in which a record is printed, each with its source."""
    return names(record.pk, kind=str(record._meta.model_name))


@prepared
def names(pk: int, *, kind: str) -> QuerySet[Name]:
    return Name.objects.filter(**{kind: pk}).select_related("source")


def sources_of(record: Any) -> list[Source]:
    return sources(record.pk, model=type(record))


@prepared
def sources(pk: int, *, model: Any) -> QuerySet[Source]:
    through = model.sources.through.objects.filter(**{model._meta.model_name: pk})
    return Source.objects.filter(pk__in=through.values("source"))


def one(records: QuerySet) -> Any:
    """The only record of a query; raises Http404 when there is none."""
    record = records.first()
    if record is None:
        raise Http404
    return record
