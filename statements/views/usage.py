"""How one article used one statement: its passages against the statement's."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from statements.models import Article, Statement
from statements.usage import carriage_of, use_of
from statements.views.links import moved, permanently


def usage(request: HttpRequest, slug: str, statement: str) -> HttpResponse:
    """The page; a former address of either answers 301."""
    carriage = carriage_of(slug, statement)
    if carriage is None:
        now = [moved(Article, slug) or slug, moved(Statement, statement) or statement]
        if now == [slug, statement] or carriage_of(*now) is None:
            raise Http404
        return permanently(request, reverse("usage", args=now))
    return render(request, "articles/usage.html", {"carriage": carriage, "use": use_of(carriage)})
