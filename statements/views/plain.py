"""Answers that are no pages: the way in by the reader's language, and what crawlers ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request

from statements.text.dates import read, write


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


def read_date(request: HttpRequest) -> HttpResponse:
    """What the archive understands of a date expression, for the fields that show it."""
    language = get_language() or "en"
    reading = read(request.GET.get("q", "")[:200])
    if reading is None or reading.edtf is None:
        return JsonResponse({"edtf": None, "words": ""})
    words = f"= {write(reading.edtf, language)} ({reading.edtf})"
    for other in reading.alternatives:
        words += f" / {write(other, language)}?"
    return JsonResponse({"edtf": reading.edtf, "words": words})
