"""Answers that are no pages: the way in by the reader's language, and what crawlers ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


def way_in(request: HttpRequest) -> HttpResponse:
    """``/`` goes by ``Accept-Language``."""
    return by_language(request, "")


def desk(request: HttpRequest) -> HttpResponse:
    return by_language(request, "admin/")


def by_language(request: HttpRequest, rest: str) -> HttpResponse:
    language = get_language_from_request(request)[:2]
    response = HttpResponseRedirect(f"/{language if language in ('en', 'ar') else 'en'}/{rest}")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def robots(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri("/sitemap.xml")
    lines = ["User-agent: *", "Disallow: /en/admin/", "Disallow: /ar/admin/", f"Sitemap: {address}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
