"""What every page needs to know about itself: language, direction, section, and its addresses in both languages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language

SECTIONS = {
    "statement": "statements",
    "article": "articles",
    "official": "officials",
    "organization": "organizations",
    "post": "organizations",
    "posts": "organizations",
    "dialogue": "dialogues",
    "event": "events",
    "agreement": "agreements",
}


def site(request: HttpRequest) -> dict[str, Any]:
    """``site`` for templates. The canonical address leaves out the query but for ``page`` and ``q``."""
    language = (get_language() or "en")[:2]
    other = "ar" if language == "en" else "en"
    path = request.path
    query = request.META.get("QUERY_STRING", "")
    addresses = {code: translate_url(path, code) for code in ("en", "ar")}
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        name = ""
        addresses = {code: f"/{code}/" for code in ("en", "ar")}
    origin = f"{request.scheme}://{request.get_host()}"
    return {
        "site": {
            "language": language,
            "direction": "rtl" if language == "ar" else "ltr",
            "other_language": other,
            "other_url": addresses[other] + (f"?{query}" if query else ""),
            "alternates": [(code, origin + address) for code, address in addresses.items()],
            "canonical": origin + addresses[language],
            "section": SECTIONS.get(name, name),
            "home": reverse("home"),
        }
    }
