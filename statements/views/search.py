"""Searching everything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from statements.search.index import KINDS
from statements.search.request import clean
from statements.search.suggestions import suggest
from statements.views.listing import listing


def suggestions(request: HttpRequest) -> JsonResponse:
    """Names and titles while a reader types: label with its language and direction, kind, address."""
    rows = [
        {
            "label": found.label.text,
            "lang": found.label.lang,
            "dir": found.label.dir,
            "kind": str(KINDS[found.kind]._meta.verbose_name),
            "url": reverse(found.kind, kwargs={"slug": found.slug}),
        }
        for found in suggest(clean(request.GET.get("q", "")))
    ]
    return JsonResponse({"suggestions": rows})


def search_view(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request))
