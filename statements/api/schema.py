"""The interface described: the shapes of its answers, for its OpenAPI document."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from statements.models import Language
from statements.views.listing import MODELS, SORT_NAMES, Filters
from statements.views.promises import ASKED_FOR, STRENGTHS

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
NULLABLE = {"type": "string", "nullable": True}
BOTH = {"type": "object", "properties": {"en": TEXT, "ar": TEXT}, "required": ["en", "ar"]}


def record(**properties: Any) -> dict[str, Any]:
    """An object with at least these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def rows(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


ERROR = record(error=TEXT)
SUMMARY = {"kind": TEXT, "slug": TEXT, "title": BOTH, "url": BOTH}
HIT = record(number=NUMBER, language=TEXT, text=TEXT, highlighted=TEXT)
FOUND = record(**SUMMARY, date=NULLABLE, passages=rows(HIT))
UNDERSTOOD = record(
    dates={"type": "object", "additionalProperties": TEXT},
    officials=rows(TEXT),
    names=rows(record(kind=TEXT, slug=TEXT, as_typed=TEXT)),
    problems=rows(TEXT),
)
FACETS = {
    "type": "object",
    "additionalProperties": rows(record(value=TEXT, label=TEXT, count=NUMBER)),
}
UNDERTAKING = record(
    slug=TEXT, summary=BOTH, statement=TEXT, passage=NUMBER, date=NULLABLE, countries=rows(TEXT),
    strength=TEXT, theme=NULLABLE, due=NULLABLE, follows=NULLABLE, url=BOTH,
    status=TEXT, since=NULLABLE, chains=rows(TEXT),
)  # fmt: skip
STATUS_COUNTS = {"type": "object", "additionalProperties": NUMBER}


def paged(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return record(count=NUMBER, next=NULLABLE, previous=NULLABLE, results=rows(item), **more)


#: Answers by status.
ERRORS = {400: ERROR, 404: ERROR}
LIST = {200: paged(FOUND, understood=UNDERSTOOD), **ERRORS}
SEARCH = {
    200: paged(FOUND, facets=FACETS, understood=UNDERSTOOD, partial={"type": "boolean"}),
    **ERRORS,
}
MOVED = OpenApiResponse(description="The record has another address now, the one in Location.")
ONE = {200: record(**SUMMARY), 301: MOVED, 404: ERROR}
HELD_BY = {200: record(**SUMMARY), 301: MOVED, **ERRORS}
UNDERTAKINGS = {
    200: paged(UNDERTAKING, on=TEXT, statuses=STATUS_COUNTS, understood=UNDERSTOOD),
    **ERRORS,
}
ONE_UNDERTAKING = {200: UNDERTAKING, 301: MOVED, **ERRORS}
ADDRESSES = {200: {"type": "object", "additionalProperties": TEXT}}

CHECKED = {
    200: record(
        verdict={"type": "string", "enum": ["exact", "altered", "not_found"]},
        quotation=TEXT,
        matches=rows(
            record(
                **SUMMARY, passage=NUMBER, how=TEXT, share={"type": "number"}, language=TEXT,
                printed_by=TEXT, digest={"type": "boolean"}, highlighted=TEXT, citation=TEXT,
            )
        ),
    ),
    400: ERROR,
}  # fmt: skip
SIDE = rows(record(number=NUMBER, text=TEXT, changed=rows(rows(NUMBER))))
VERSION_WORDS = record(language=TEXT, publisher=TEXT, words=rows(TEXT))
DIVERGENCE = record(
    kind=TEXT, left=VERSION_WORDS, right=VERSION_WORDS, sentence=BOTH, sources=rows(TEXT)
)
COMPARED = {
    200: record(
        left=record(**SUMMARY),
        right=record(**SUMMARY),
        language=TEXT,
        texts_compared={"type": "boolean"},
        figures={"type": "object", "additionalProperties": NUMBER},
        rows=rows(
            record(
                relation=TEXT,
                editors=rows(TEXT),
                changed_words=NUMBER,
                left=SIDE,
                right=SIDE,
                divergences=rows(DIVERGENCE),
            )
        ),
    ),
    301: MOVED,
    404: ERROR,
}
QUOTATION = OpenApiParameter("q", OpenApiTypes.STR, required=True, description="The quotation.")
IN_LANGUAGE = OpenApiParameter("lang", OpenApiTypes.STR, enum=list(Language.values), description="The language compared.")  # fmt: skip
PAGE = OpenApiParameter(
    "page", {"type": "integer", "minimum": 1, "maximum": 999_999}, description="From 1."
)
VALUES: dict[str, list[str]] = {
    "kind": [str(kind) for kind in MODELS],
    "language": list(Language.values),
    "sort": list(SORT_NAMES),
}
PARAMETERS = [
    OpenApiParameter(name, OpenApiTypes.STR, description=str(declared.label), enum=VALUES.get(name))
    for name, declared in Filters.base_filters.items()
] + [PAGE]
ON = OpenApiParameter(
    "on",
    OpenApiTypes.STR,
    description="As of this day, any date expression; today when it is left out.",
)
HELD_ON = OpenApiParameter(
    "on",
    OpenApiTypes.STR,
    description="Who held what on this day, or in this month or year: any date expression. Answers with `on` and `held`.",
)
OF_UNDERTAKINGS = [
    *PARAMETERS,
    ON,
    OpenApiParameter(
        "status",
        OpenApiTypes.STR,
        enum=list(ASKED_FOR),
        description="How it stands; ``pending`` is whatever has not come to its end.",
    ),
    OpenApiParameter("strength", OpenApiTypes.STR, enum=list(STRENGTHS), description="Strength"),
]
