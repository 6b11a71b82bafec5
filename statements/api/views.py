"""Lists, records and search of the interface; errors are one sentence of JSON."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ParseError
from rest_framework.response import Response
from rest_framework.views import APIView

from statements.api import schema
from statements.api.representation import (
    REPRESENT,
    divergence,
    loaded,
    on_days,
    summary,
    undertaking,
)
from statements.citations.styles import plain
from statements.models import Statement
from statements.models.outcomes import Told, undertaken
from statements.quotation import Match, check
from statements.search.index import KINDS
from statements.search.request import SearchRequest, clean
from statements.search.results import PER_PAGE, Item, Results
from statements.views.compare import Elsewhere, as_json, comparing
from statements.views.links import moved, permanently
from statements.views.listing import Filters
from statements.views.promises import Asked, Day
from statements.views.quotation import passage_found


def paged(
    request: HttpRequest, count: int, number: int, rows: list[Any], extra: Any = None
) -> Response:
    last = max(1, -(-count // PER_PAGE))

    def address(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"

    return Response(
        {
            "count": count,
            "next": address(number + 1) if number < last else None,
            "previous": address(number - 1) if number > 1 else None,
            "results": rows,
            **(extra or {}),
        }
    )


def asked(request: HttpRequest, kind: str = "") -> Results:
    """The results of the request's parameters; a page behind the last is no address, an unread filter no answer."""
    filters = Filters(request.GET, kind=kind)
    refuse_unread(filters.wanted)
    results = filters.results
    if results.beyond:
        raise Http404
    return results


def refuse_unread(wanted: SearchRequest) -> None:
    if wanted.unread:
        raise ParseError(" ".join(problem.en for problem in wanted.problems))


def understood(request: SearchRequest) -> dict[str, Any]:
    return {
        "dates": {name: str(value) for name, value in request.dates.items()}
        | {c.typed: c.value for c in request.concepts if c.kind == "date"},
        "officials": [chosen.value for chosen in request.chosen if chosen.parameter == "official"]
        + [c.value for c in request.concepts if c.kind == "official" and c.value],
        "names": [
            {"kind": c.kind, "slug": c.value, "as_typed": c.typed}
            for c in request.concepts
            if c.label is not None and c.kind != "date"
        ],
        "problems": [problem.en for problem in request.problems],
    }


def facets(results: Results) -> dict[str, Any]:
    return {
        name: [
            {"value": value.value, "label": str(value.label), "count": value.count}
            for value in values
        ]
        for name, values in results.facets.items()
    }


def found(request: HttpRequest, item: Item) -> dict[str, Any]:
    row = summary(request, item.record)
    return {
        **row,
        "date": row.get("date"),
        "passages": [
            {
                "number": hit.number,
                "language": hit.language,
                "text": hit.text,
                "highlighted": hit.marked,
            }
            for hit in item.hits
        ],
    }


class Listed(APIView):
    """Published records of one kind, with the filters of the pages."""

    kind = ""

    @extend_schema(parameters=schema.PARAMETERS, responses=schema.LIST)
    def get(self, request: HttpRequest) -> Response:
        results = asked(request, self.kind)
        rows = [found(request, item) for item in results.items]
        extra = {"understood": understood(results.request)}
        return paged(request, results.count, results.page.number, rows, extra)


class Searched(APIView):
    """Everything at once, with the best passages, facets, and what was understood."""

    @extend_schema(parameters=schema.PARAMETERS, responses=schema.SEARCH)
    def get(self, request: HttpRequest) -> Response:
        results = asked(request)
        rows = [found(request, item) for item in results.items]
        extra = {
            "facets": facets(results),
            "understood": understood(results.request),
            "partial": results.partial,
        }
        return paged(request, results.count, results.page.number, rows, extra)


class Detail(APIView):
    """One published record; its former address answers 301. A post and an official tell with ``on`` who held what."""

    kind = ""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        model: Any = KINDS[self.kind]
        record = loaded(self.kind, model.objects.published().filter(slug=slug)).first()
        if record is None:
            target = moved(model, slug)
            if target is None:
                raise Http404
            return permanently(request, reverse(f"api-{self.kind}", kwargs={"slug": target}))
        found = REPRESENT[self.kind](request, record)
        if self.kind in HELD and clean(request.GET.get("on", "")):
            day = Day.asked(request.GET)
            if day.unread:
                raise ParseError(day.problems[0].en)
            found |= on_days(record, *day.days)
            found["problems"] = [problem.en for problem in day.problems]
        return Response(found)


#: kinds that are asked who held what on a day
HELD = ("official", "post")


def told_by(row: Any, told: Told) -> dict[str, Any]:
    """How an undertaking stands, since when, and the chains that follow it."""
    outcome = told.of(row)
    return {
        "status": str(outcome.status),
        "since": outcome.since.isoformat() if outcome.since else None,
        "chains": [told.slugs[pk] for pk in told.chains.get(row.pk, ())],
    }


def named(rows: Any) -> Any:
    """Undertakings with all that their representation reads."""
    return rows.select_related(
        "passage__statement", "theme", "follows__statement", "follows__article"
    ).prefetch_related("countries")


class Undertakings(APIView):
    """What published passages commit to, and how each promise stands as of a day: the filters of the page of promises."""

    @extend_schema(parameters=schema.OF_UNDERTAKINGS, responses=schema.UNDERTAKINGS)
    def get(self, request: HttpRequest) -> Response:
        wanted = Asked(request.GET)
        if wanted.unread:
            raise ParseError(" ".join(problem.en for problem in wanted.problems))
        if wanted.beyond:
            raise Http404
        rows = list(named(wanted.rows))
        found = [undertaking(request, row) | told_by(row, wanted.told) for row in rows]
        extra = {
            "on": wanted.day.day.isoformat(),
            "statuses": {str(status): n for status, n in wanted.counts.items()},
            "understood": understood(wanted.wanted),
        }
        return paged(request, wanted.count, wanted.wanted.page, found, extra)


class OneUndertaking(APIView):
    """One undertaking, at ``<statement>.p<passage>.u<number>``; 301 from a former address of its statement."""

    @extend_schema(parameters=[schema.ON], responses=schema.ONE_UNDERTAKING)
    def get(self, request: HttpRequest, statement: str, passage: int, number: int) -> HttpResponse:
        day = Day.asked(request.GET)
        if day.unread:
            raise ParseError(day.problems[0].en)
        row = (
            named(undertaken(day.day))
            .filter(passage__statement__slug=statement, passage__number=passage, number=number)
            .first()
        )
        if row is None:
            target = moved(Statement, statement)
            if target is None:
                raise Http404
            where = {"statement": target, "passage": passage, "number": number}
            return permanently(request, reverse("api-undertaking", kwargs=where))
        told = Told.by(day.day, [row.passage_id])
        stands = told_by(row, told)
        return Response(undertaking(request, row) | stands | {"on": day.day.isoformat()})


class CheckedQuotation(APIView):
    """Whether a quotation (``q``) stands in the archive: ``exact``, ``altered`` or ``not_found``, with the passages found or the nearest."""

    @extend_schema(parameters=[schema.QUOTATION], responses=schema.CHECKED)
    def get(self, request: HttpRequest) -> Response:
        checked = check(clean(request.GET.get("q", "")))
        if checked.problem:
            raise ParseError(checked.problem.en)
        return Response(
            {
                "verdict": checked.verdict,
                "quotation": checked.quotation,
                "matches": [quoted_passage(request, match) for match in checked.matches],
            }
        )


def quoted_passage(request: HttpRequest, match: Match) -> dict[str, Any]:
    version = match.text.version
    return {
        **summary(request, match.document),
        "passage": match.passage.number,
        "how": match.how,
        "share": round(match.share, 3),
        "language": match.text.language,
        "printed_by": version.publisher if version else str(match.document.outlet),
        "digest": match.digest,
        "highlighted": match.shown,
        "citation": plain(passage_found(request, match)),
    }


class ComparedStatements(APIView):
    """Two statements of a series, or one with itself by its versions, passage by passage; 301 from former addresses."""

    @extend_schema(parameters=[schema.IN_LANGUAGE], responses=schema.COMPARED)
    def get(self, request: HttpRequest, earlier: str, later: str) -> HttpResponse:
        try:
            it = comparing(request.GET.dict(), earlier, later)
        except Elsewhere as other:
            address = reverse("api-compare", args=other.slugs)
            if other.permanently:
                return permanently(request, address)
            query = request.GET.urlencode()
            return HttpResponseRedirect(address + (f"?{query}" if query else ""))
        if it.problem or it.result is None:
            return Response({"error": it.problem.en if it.problem else ""}, status=404)
        return Response(
            {
                "left": summary(request, it.left),
                "right": summary(request, it.right),
                "language": it.result.right.language,
                "texts_compared": it.result.by_text,
                "figures": it.result.figures,
                "rows": [
                    as_json(row) | {"divergences": [divergence(one) for one in row.divergences]}
                    for row in it.result.rows
                ],
            }
        )


class Addresses(APIView):
    """The addresses of the interface."""

    @extend_schema(responses=schema.ADDRESSES)
    def get(self, request: HttpRequest) -> Response:
        lists = [
            *(f"{kind}s" for kind in REPRESENT),
            "undertakings",
            "search",
            "check-quotation",
            "schema",
        ]
        return Response(
            {name: request.build_absolute_uri(reverse(f"api-{name}")) for name in lists}
        )


def of_kind(view: Any, kind: str, verb: str) -> Any:
    """The view for one kind, under a name of its own in the description of the interface."""
    named = type(f"{verb}_{kind}", (view,), {"kind": kind})
    described: dict[str, Any] = {"operation_id": f"{verb}_{kind}"}
    if verb == "get":
        described |= {"responses": schema.HELD_BY if kind in HELD else schema.ONE}
        described |= {"parameters": [schema.HELD_ON] if kind in HELD else []}
    operation = extend_schema(**described)
    return extend_schema_view(get=operation)(named).as_view()
