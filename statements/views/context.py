"""What every page needs to know about itself: language, direction, section, and its addresses in both languages."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language

SECTIONS = {
    "statement": "statements",
    "article": "articles",
    "official": "officials",
    "official-briefing": "officials",
    "meetings": "officials",
    "organization": "organizations",
    "post": "organizations",
    "posts": "organizations",
    "dialogue": "dialogues",
    "dialogue-briefing": "dialogues",
    "ledger": "dialogues",
    "undertaking": "undertakings",
    "event": "events",
    "event-briefing": "events",
    "agreement": "agreements",
    "conflict": "conflicts",
}


def site(request: HttpRequest) -> dict[str, Any]:
    """``site`` for templates: language, section, and the page's addresses in both languages.

    The canonical address keeps the number of a list's page and leaves out the rest of the query. Searches and
    filtered lists (``unlisted``) are for readers, not for crawlers; an address with nothing at it has no other.
    """
    language = (get_language() or "en")[:2]
    other = "ar" if language == "en" else "en"
    query = request.GET.urlencode()
    try:
        name = resolve(request.path).url_name or ""
        addresses = {code: translate_url(request.path, code) for code in ("en", "ar")}
    except Resolver404:
        name = ""
        addresses = {code: f"/{code}/" for code in ("en", "ar")}
    try:
        origin = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:  # this very page may be the answer to it
        name = origin = ""
    number = request.GET.get("page", "")
    page = f"?page={number}" if re.fullmatch(r"[1-9]\d{0,5}", number) and number != "1" else ""
    full = {code: origin + address + page for code, address in addresses.items()}
    return {
        "site": {
            "language": language,
            "direction": "rtl" if language == "ar" else "ltr",
            "other_language": other,
            "other_url": addresses[other] + (f"?{query}" if query else ""),
            "alternates": [*full.items(), ("x-default", full["en"])],
            "canonical": full[language] if name else "",
            "address": full[language] if name else origin,
            "unlisted": not name or bool(request.GET.keys() - {"page", "lang"}),
            "section": SECTIONS.get(name, name),
        }
    }
