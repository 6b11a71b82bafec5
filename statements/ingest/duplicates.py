"""The same source twice: by its bytes, by its address, or by nearly the same text, among pastes and published records.

What is near is shown to the editor, who goes on or not; only the very same text is never drafted twice.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.db.models.expressions import RawSQL

from statements.models import Article, Capture, PassageText, Paste, SearchPassage, Statement
from statements.search.index import catch_up
from statements.search.notation import quoted
from statements.text.analysis import analyze
from statements.text.sketch import NEAR, PROBE, resemblance, same_figures, sketch

#: Parameters that say who sent the reader, not which page is meant.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|ref|ref_src|cmpid|ocid|s_kwcid|amp", re.IGNORECASE)  # fmt: skip
LOOKED_AT = 12  # candidates whose texts are compared
PROBED = 8  # paragraphs of a text that are looked for in the index, the longest
WORDS = 4  # of each, together


class Resembling(NamedTuple):
    """A paste or record that a new source may be. ``why``: its address or its text; ``share`` of the text, 0 to 1."""

    kind: str  # paste, article or statement
    pk: int
    why: str
    share: float


def plain_address(address: str) -> str:
    """An address without what does not tell pages apart: scheme, «www.», fragment, tracking parameters, last slash."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
        port = parts.port
    except ValueError:
        return address
    kept = sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(name))  # fmt: skip
    shown = f"{host}:{port}" if port and port not in (80, 443) else host
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{shown}{unquote(parts.path).rstrip('/')}{query}"


def resembling(text: str, documents: list[dict[str, Any]], address: str = "") -> list[Resembling]:
    """Pastes and records that this source may be already, surest first; bounded queries, nothing written."""
    found = [*of_this_address(address), *near_pastes(text)]
    for document in documents:
        found += near_records("\n".join(part["text"] for part in document["passages"]))
    best: dict[tuple[str, int], Resembling] = {}
    for one in sorted(found, key=lambda one: -one.share):
        best.setdefault((one.kind, one.pk), one)
    return sorted(best.values(), key=lambda one: (-one.share, one.kind, one.pk))


def of_this_address(address: str) -> list[Resembling]:
    wanted = plain_address(address)
    host = wanted.partition("/")[0]
    if not host:
        return []

    def same(rows: Any) -> list[int]:
        here = rows.filter(address__icontains=host).values_list("pk", "address")
        return [pk for pk, known in here if plain_address(known) == wanted]

    captures = same(Capture.objects.order_by("-pk"))
    pastes = Paste.objects.exclude(state=Paste.State.DISCARDED).filter(capture__in=captures)
    return [
        *(Resembling("paste", pk, "address", 1.0) for pk in pastes.values_list("pk", flat=True)),
        *(Resembling("article", pk, "address", 1.0) for pk in same(Article.objects.all())),
    ]


def near_pastes(text: str) -> list[Resembling]:
    """Pastes, not discarded, whose text is nearly this one."""
    own = sketch(text)
    rows = (
        Paste.objects.exclude(state=Paste.State.DISCARDED)
        .filter(sketch__overlap=own[:PROBE])
        .values_list("pk", "sketch")
    )
    shares = {pk: resemblance(own, other) for pk, other in rows}
    near = sorted((pk for pk in shares if shares[pk] >= NEAR), key=lambda pk: -shares[pk])
    texts = Paste.objects.filter(pk__in=near[:LOOKED_AT]).values_list("pk", "text")
    return [
        Resembling("paste", pk, "text", shares[pk])
        for pk, other in texts
        if same_figures(text, other)
    ]


def near_records(text: str) -> list[Resembling]:
    """Published statements and articles one of whose texts is nearly this one; found by the words of its longest paragraphs."""
    query = probe(text)
    if not query:
        return []
    catch_up()
    hits = (
        SearchPassage.objects.filter(number__gt=0, document__kind__in=("statement", "article"))
        .annotate(has=RawSQL("terms @@ %s::tsquery", [query]))
        .filter(has=True)
        .values_list("document__kind", "document__record_id")[:2000]
    )
    own = sketch(text)
    found = []
    for (kind, pk), _hits in Counter(hits).most_common(LOOKED_AT):
        texts = texts_of(kind, pk)
        share, nearest = max(
            ((resemblance(own, sketch(other)), other) for other in texts), default=(0.0, "")
        )
        if share >= NEAR and same_figures(text, nearest):
            found.append(Resembling(kind, pk, "text", share))
    return found


def probe(text: str) -> str:
    """A query for passages that have the longest words of one of the longest paragraphs, in PostgreSQL's notation."""
    paragraphs = sorted(
        {part for part in text.splitlines() if part.strip()}, key=lambda part: (-len(part), part)
    )
    ways = []
    for paragraph in paragraphs[:PROBED]:
        words = sorted(
            {term.text for term in analyze(paragraph[:4000])}, key=lambda word: (-len(word), word)
        )
        if len(words) >= WORDS:
            ways.append("(" + " & ".join(quoted(word) for word in words[:WORDS]) + ")")
    return " | ".join(ways)


def texts_of(kind: str, pk: int) -> list[str]:
    """The texts of a record, one a version, as far as the archive has them."""
    rows = (
        PassageText.objects.filter(**{f"passage__{kind}": pk}, passage__removed=False)
        .exclude(text="")
        .order_by("passage__order", "passage__number")
        .values_list("version", "text")
    )
    versions: dict[int | None, list[str]] = {}
    for version, words in rows:
        versions.setdefault(version, []).append(words)
    return ["\n".join(words) for words in versions.values()]


def records(found: list[Any]) -> list[tuple[str, Any, float]]:
    """(why, the paste or record, share) for what ``resembling`` found and is still there."""
    models: dict[str, Any] = {"paste": Paste, "article": Article, "statement": Statement}
    shown = []
    for kind, pk, why, share in found:
        record = models[kind]._default_manager.filter(pk=pk).first()
        if record:
            shown.append((why, record, share))
    return shown
