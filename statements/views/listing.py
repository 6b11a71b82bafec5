"""Lists with filters, facets and pages: one way for every kind, over the search index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import django_filters
from django.db import OperationalError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from psycopg.errors import QueryCanceled

from statements.models import PUBLIC_KINDS, Dialogue, Language, SearchDocument
from statements.search.request import SearchRequest, clean, told
from statements.search.results import Results, search
from statements.search.understanding import known, nearest
from statements.text.sentence import Sentence
from statements.views.lanes import LANES, Drawing
from statements.views.rounds import strips

MODELS = {model._meta.model_name: model for model in PUBLIC_KINDS}
#: Facets that make sense for a kind; the first ones are shown open.
FACETS = {
    "statement": ("official", "dialogue", "theme", "organization", "country", "type", "language"),
    "article": ("official", "organization", "theme", "language"),
    "official": ("country", "organization"),
    "organization": ("country", "type"),
    "post": ("country", "organization"),
    "dialogue": ("country", "type"),
    "event": ("official", "dialogue", "organization", "country", "type"),
    "agreement": ("country", "type"),
    "": ("kind", "official", "organization", "country", "dialogue", "theme", "language"),
}
FACET_NAMES = {
    "kind": _("Kind"),
    "official": _("Official"),
    "organization": _("Organization"),
    "country": _("Country"),
    "dialogue": _("Dialogue"),
    "theme": _("Theme"),
    "type": _("Type"),
    "language": _("Language"),
}
TITLES = {
    "statement": _("Statements"),
    "article": _("Articles"),
    "official": _("Officials"),
    "organization": _("Organizations"),
    "post": _("Posts"),
    "dialogue": _("Dialogues"),
    "event": _("Events"),
    "agreement": _("Agreements"),
    "": _("Search"),
}
#: what the parameters with fixed values are called in an Arabic sentence
FIELD_AR = {"kind": "الفئة", "type": "الصنف", "language": "اللغة", "sort": "الترتيب"}
#: more years than these are drawn as decades
BARS = 60
SORT_NAMES = {"relevance": _("relevance"), "newest": _("newest first"), "oldest": _("oldest first")}


class Filters(django_filters.FilterSet):
    """The filters of every list, page and interface alike; it reads the parameters and asks the one search."""

    q = django_filters.CharFilter(label=_("Words, a name or a date"), method="asked")
    kind = django_filters.CharFilter(label=_("Kind"), method="asked")
    official = django_filters.CharFilter(label=_("Official"), method="asked")
    organization = django_filters.CharFilter(label=_("Organization"), method="asked")
    country = django_filters.CharFilter(label=_("Country"), method="asked")
    dialogue = django_filters.CharFilter(label=_("Dialogue"), method="asked")
    event = django_filters.CharFilter(label=_("Event"), method="asked")
    agreement = django_filters.CharFilter(label=_("Agreement"), method="asked")
    theme = django_filters.CharFilter(label=_("Theme"), method="asked")
    type = django_filters.CharFilter(label=_("Type"), method="asked")
    language = django_filters.CharFilter(label=_("Language"), method="asked")
    to = django_filters.CharFilter(label=_("To"), method="asked")
    sort = django_filters.CharFilter(label=_("Order"), method="asked")

    class Meta:
        model = SearchDocument
        fields: list[str] = []

    def __init__(self, data: Any = None, *, kind: str = "") -> None:
        super().__init__(data, SearchDocument.objects.none())
        self.of_kind = kind

    def asked(self, documents: Any, name: str, value: str) -> Any:
        """Each filter is a part of one request; ``results`` asks it whole."""
        return documents

    @cached_property
    def wanted(self) -> SearchRequest:
        """What is asked, with a sentence for each value that could not be read."""
        request = SearchRequest.from_query(self.data or {}, self.of_kind)
        self.check(request)
        return request

    @property
    def results(self) -> Results:
        return search(self.wanted)

    def check(self, request: SearchRequest) -> None:
        """Say in a sentence which of the other values the archive does not know."""
        types = [str(value) for _name, value in choices_of(request.kind)]
        known: dict[str, Any] = {
            "kind": MODELS,
            "type": types,
            "language": Language.values,
            "sort": SORT_NAMES,
        }
        for name, values in known.items():
            asked = clean((self.data or {}).get(name, ""))
            if asked and asked not in values:
                request.unread = True
                request.problems.append(
                    Sentence(
                        f"The archive knows no {name} “{asked[:60]}”.",
                        f"لا يعرف الأرشيف «{asked[:60]}» قيمةً لـ«{FIELD_AR[name]}».",
                    )
                )
                if name != "sort":
                    setattr(request, name, self.of_kind if name == "kind" else "")
        page = clean((self.data or {}).get("page", ""))
        if page and not re.fullmatch(r"[1-9]\d{0,5}", page):
            request.unread = True
            request.problems.append(
                Sentence(
                    f"“{page[:60]}” is no number of a page.",
                    f"«{page[:60]}» ليس رقم صفحة.",
                )
            )


def choices_of(kind: str) -> Iterator[tuple[str, str]]:
    """(words, value) of each type that records of a kind, or of all kinds, may have."""
    for key, model in MODELS.items():
        choices = getattr(model, "Type", None) or getattr(model, "Level", None)
        if choices and kind in ("", key):
            for value, words in choices.choices:
                yield words, value


# ``from`` is a word of Python and cannot be declared like the others.
Filters.base_filters["from"] = django_filters.CharFilter(label=_("From"), method="asked")


def listing(request: HttpRequest, kind: str = "") -> dict[str, Any]:
    """The context of a list: results, facets with names, chips, pages."""
    filters = Filters(request.GET, kind=kind)
    try:
        results = filters.results
        evaluate(results)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        results = too_long(filters.results)
        request.META["hiwar.of_the_moment"] = True  # asked again it may be quick
    asked = results.request
    language = (get_language() or "en")[:2]
    shown = [
        {
            "name": name,
            "label": FACET_NAMES[name],
            "values": named(name, results.facets.get(name, []), kind),
        }
        for name in FACETS[kind]
        if results.facets.get(name)
    ]
    years = results.facets["year"]
    return {
        "kind": kind,
        "filters": filters,
        "results": results,
        "asked": asked,
        "facets": shown,
        "years": bars(years),
        "chips": asked.chosen,
        "understood": understood(asked),
        "nearest": nearest_names(asked) if asked.concepts and not results.count else [],
        "dates": asked.dates,
        "problems": told(asked.problems, asked.unread, language),
        "sorts": [
            (value, SORT_NAMES[value])
            for value in SORT_NAMES
            if value != "relevance" or asked.concepts
        ],
        "title": TITLES[kind],
        "dated": kind in ("", "statement", "article", "event"),
        "mixed": not kind,
        "asked_from": request.GET.get("from", "")[:100],
        "asked_to": request.GET.get("to", "")[:100],
        "strips": strips_on(results) if kind == "dialogue" else None,
        "pages": results.page.paginator.get_elided_page_range(
            results.page.number, on_each_side=2, on_ends=1
        ),
    }


def strips_on(results: Results) -> Drawing | None:
    """The rounds of the dialogues of this page of a list."""
    shown = [item.record.pk for item in results.items]
    return strips(Dialogue.objects.filter(pk__in=shown), LANES) if shown else None


def evaluate(results: Results) -> None:
    """Ask the database now, so that an answer that takes too long is noticed here."""
    for name in ("facets", "count", "items"):
        getattr(results, name)


def too_long(results: Results) -> Results:
    """What to show when the database took longer than it may: nothing, and a sentence."""
    results.request.problems.append(
        Sentence(
            "This search took too long and was stopped. A rarer word, a name or a span of dates makes it quick.",
            "استغرق هذا البحث وقتًا أطول من المسموح فأُوقف. كلمة أندر أو اسم أو مدة تجعله سريعًا.",
        )
    )
    results.request.impossible = True
    return search(results.request)


def understood(asked: SearchRequest) -> list[dict[str, Any]]:
    """What was recognised in the words: its name, and the value of ``literal`` that takes it back."""
    return [
        {
            "label": concept.label,
            "typed": concept.typed,
            "literal": "|".join(part for part in (*asked.literal, concept.typed) if part),
        }
        for concept in asked.concepts
        if concept.label is not None
    ]


def nearest_names(asked: SearchRequest) -> list[dict[str, Any]]:
    """Records whose names are nearest to a query that found nothing."""
    return [
        {"label": label, "url": reverse(kind, kwargs={"slug": slug})}
        for kind, slug, label in nearest(known(asked.index), asked.q)
    ]


def named(name: str, values: list[Any], kind: str) -> list[dict[str, Any]]:
    """Facet values with the words a reader knows them by."""
    words: dict[str, Any] = {}
    if name == "kind":
        words = {key: model._meta.verbose_name_plural for key, model in MODELS.items()}
    elif name == "language":
        words = {"en": _("English"), "ar": _("Arabic")}
    elif name == "type":
        words = {value: label for label, value in choices_of(kind)}
    return [
        {
            "value": value.value,
            "label": words.get(value.value, value.label),
            "count": value.count,
            "chosen": value.chosen,
            "change": {name: None if value.chosen else value.value},
        }
        for value in values
    ]


def bars(years: list[Any]) -> list[dict[str, Any]]:
    """A bar for each year from first to last, twelve at the least, with its height in percent; for each decade when years are many."""
    count = {int(value.value): value.count for value in years}
    if len(count) < 2:
        return []  # one bar says nothing
    first, last = min(count), max(count)
    step = 1 if last - first < BARS else 10
    first = min(first, last - 11) if step == 1 else first // 10 * 10
    spans = [range(begin, begin + step) for begin in range(first, last + 1, step)]
    found = [sum(count.get(year, 0) for year in span) for span in spans]
    most = max(found)
    return [
        {
            "first": span[0],
            "last": span[-1],
            "name": str(span[0]) if step == 1 else f"{span[0]}–{span[-1]}",
            "count": n,
            # what there is at all is seen
            "height": (height := max(round(100 * n / most), 3 if n else 0)),
            "top": 100 - height,
        }
        for span, n in zip(spans, found, strict=True)
    ]
