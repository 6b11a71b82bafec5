"""What a record of each kind looks like in the portable format: the one list that reading, writing and the docs follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from statements import models as m
from statements.models.documents import Source
from statements.records.fields import (
    Children,
    Choice,
    Date,
    Dates,
    Field,
    Flag,
    LateRef,
    Number,
    Ref,
    Refs,
    Text,
)
from statements.records.passages import (
    ArticleMentions,
    ArticleTexts,
    Earlier,
    Evidence,
    Mentions,
    PassageRef,
    Passages,
    Ruling,
    VersionRef,
    VersionTexts,
)


@dataclass(frozen=True)
class Kind:
    """A kind of record: its word in the format, its file, its model and its fields in written order."""

    name: str
    file: str
    model: Any
    fields: list[Field]


def notes() -> list[Field]:
    return [Text("note_en"), Text("note_ar")]


def doubts() -> list[Field]:
    return [*notes(), Flag("doubtful")]


def names(parent: str) -> Children:
    return Children(
        "names",
        model=m.Name,
        parent=parent,
        fields=[
            Text("form"),
            Text("language"),
            Choice("role", choices=m.Name.Role, default="printed"),
            Flag("misleading"),
            *notes(),
            Ref("source", model=Source),
        ],
        identity=("form", "language"),
        sort=lambda row: (row.get("language", ""), row.get("form", "")),
    )


def state() -> Choice:
    return Choice("state", choices=m.State, default="draft")


def sources() -> Refs:
    return Refs("sources", model=Source)


UNDERTAKINGS = Children(
    "undertakings",
    model=m.Undertaking,
    parent="passage",
    fields=[
        Number("number"),
        Text("summary_en"),
        Text("summary_ar"),
        Refs("countries", model=m.Country),
        Choice("strength", choices=m.Undertaking.Strength),
        Ref("theme", model=m.Theme),
        Date("due"),
        PassageRef("follows"),
    ],
    identity=("number",),
)

COMPARISONS = Children(
    "comparisons",
    model=m.Comparison,
    parent="passage",
    fields=[
        Earlier("with", attr="earlier"),
        Choice("relation", choices=m.Comparison.Relation),
        *notes(),
    ],
    identity=("with",),
    phase=3,
)

DIVERGENCES = Children(
    "divergences",
    model=m.Divergence,
    parent="passage",
    fields=[
        Choice("kind", choices=m.Divergence.Kind),
        VersionRef("left"),
        Text("left_words"),
        VersionRef("right"),
        Text("right_words"),
        Text("sentence_en"),
        Text("sentence_ar"),
        Flag("refused"),
        sources(),
    ],
    identity=("kind", "left", "left_words", "right", "right_words"),
    sort=lambda row: [
        row.get(key, "") for key in ("kind", "left", "left_words", "right", "right_words")
    ],
    phase=3,
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "country",
        "countries",
        m.Country,
        [
            Text("slug"),
            Text("name_en"),
            Text("name_ar"),
            Text("official_en"),
            Text("official_ar"),
            Text("iso2"),
            Text("iso3"),
        ],
    ),
    Kind(
        "theme",
        "themes",
        m.Theme,
        [
            Text("slug"),
            Text("name_en"),
            Text("name_ar"),
            Text("description_en"),
            Text("description_ar"),
        ],
    ),
    Kind(
        "term",
        "glossary",
        m.Term,
        [
            Text("slug"),
            Text("name_en"),
            Text("name_ar"),
        ],
    ),
    Kind(
        "source",
        "sources",
        Source,
        [
            Text("slug"),
            Text("address"),
            Text("publisher"),
            Text("language"),
            Date("date"),
            Text("date_printed"),
            Choice("form", choices=Source.Form),
            Choice("reliability", choices=Source.Reliability),
            *notes(),
        ],
    ),
    Kind(
        "outlet",
        "outlets",
        m.Outlet,
        [Text("slug"), Text("name_en"), Text("name_ar"), Ref("country", model=m.Country)],
    ),
    Kind(
        "place",
        "places",
        m.Place,
        [Text("slug"), Text("name_en"), Text("name_ar"), Ref("country", model=m.Country)],
    ),
    Kind(
        "organization",
        "organizations",
        m.Organization,
        [
            Text("slug"),
            state(),
            Text("name_en"),
            Text("name_ar"),
            Choice("type", choices=m.Organization.Type),
            Ref("country", model=m.Country),
            LateRef("parent", model=m.Organization),
            names("organization"),
            *doubts(),
            sources(),
        ],
    ),
    Kind(
        "post",
        "posts",
        m.Post,
        [
            Text("slug"),
            state(),
            Text("title_en"),
            Text("title_ar"),
            Ref("organization", model=m.Organization),
            Flag("several_holders"),
            names("post"),
            *notes(),
        ],
    ),
    Kind(
        "official",
        "officials",
        m.Official,
        [
            Text("slug"),
            state(),
            Text("name_en"),
            Text("name_ar"),
            Ref("country", model=m.Country),
            Text("rank_en"),
            Text("rank_ar"),
            names("official"),
            Children(
                "tenures",
                model=m.Tenure,
                parent="official",
                fields=[
                    Ref("post", model=m.Post),
                    Date("start"),
                    Date("end"),
                    Choice("status", choices=m.Tenure.Status),
                    Flag("acting"),
                    Flag("disputed"),
                    Dates("attested"),
                    *notes(),
                    sources(),
                ],
                identity=("post", "start", "end", "acting", "status"),
                sort=lambda row: (row.get("start", ""), row.get("post", "")),
            ),
            *doubts(),
            sources(),
        ],
    ),
    Kind(
        "dialogue",
        "dialogues",
        m.Dialogue,
        [
            Text("slug"),
            state(),
            Text("name_en"),
            Text("name_ar"),
            Choice("level", choices=m.Dialogue.Level),
            Ref("body", model=m.Organization),
            Refs("countries", model=m.Country),
            names("dialogue"),
            Text("description_en"),
            Text("description_ar"),
            *notes(),
            sources(),
        ],
    ),
    Kind(
        "event",
        "events",
        m.Event,
        [
            Text("slug"),
            state(),
            Text("title_en"),
            Text("title_ar"),
            Choice("type", choices=m.Event.Type),
            Choice("mode", choices=m.Event.Mode),
            Date("date"),
            Text("date_printed"),
            Ref("place", model=m.Place),
            Ref("country", model=m.Country),
            LateRef("parent", model=m.Event),
            Children(
                "rounds",
                model=m.Round,
                parent="event",
                fields=[
                    Ref("dialogue", model=m.Dialogue),
                    Number("number"),
                    Flag("uncertain"),
                    *notes(),
                ],
                identity=("dialogue",),
                sort=lambda row: row.get("dialogue", ""),
            ),
            Refs("organizations", model=m.Organization),
            Refs("agreements", model=m.Agreement),
            Children(
                "participants",
                attr="participations",
                model=m.Participation,
                parent="event",
                numbered="order",
                fields=[
                    Ref("country", model=m.Country),
                    Ref("official", model=m.Official),
                    Ref("post", model=m.Post),
                    Choice("role", choices=m.Participation.Role),
                    Choice("standing", choices=m.Participation.Standing, default="confirmed"),
                    PassageRef("passage"),
                    *notes(),
                ],
                identity=("official", "post"),
            ),
            *doubts(),
            sources(),
        ],
    ),
    Kind(
        "agreement",
        "agreements",
        m.Agreement,
        [
            Text("slug"),
            state(),
            Text("title_en"),
            Text("title_ar"),
            Choice("type", choices=m.Agreement.Type),
            Refs("countries", model=m.Country),
            Refs("related", model=m.Agreement),
            names("agreement"),
            Children(
                "steps",
                model=m.AgreementStep,
                parent="agreement",
                numbered="order",
                fields=[
                    Date("date"),
                    Text("date_printed"),
                    Choice("status", choices=m.AgreementStep.Status),
                    Ref("event", model=m.Event),
                    *notes(),
                    Ref("source", model=Source),
                ],
                identity=("date", "status"),
            ),
            *doubts(),
            sources(),
        ],
    ),
    Kind(
        "statement",
        "statements",
        m.Statement,
        [
            Text("slug"),
            state(),
            Choice("type", choices=m.Statement.Type),
            Date("date"),
            Text("date_printed"),
            Text("title_en"),
            Text("title_ar"),
            Ref("event", model=m.Event),
            Refs("countries", model=m.Country),
            Refs("issuers", model=m.Organization),
            Ref("speaker", model=m.Official),
            Refs("events", model=m.Event),
            Refs("agreements", model=m.Agreement),
            Choice("original_language", choices=m.Language),
            *doubts(),
            sources(),
            Passages(
                "passages",
                model=m.Passage,
                parent="statement",
                numbered="order",
                retire="removed",
                fields=[
                    Number("number"),
                    Flag("removed"),
                    Refs("themes", model=m.Theme),
                    sources(),
                    *notes(),
                    COMPARISONS,
                    DIVERGENCES,
                    UNDERTAKINGS,
                ],
                identity=("number",),
            ),
            Children(
                "versions",
                model=m.Version,
                parent="statement",
                fields=[
                    Choice("language", choices=m.Language),
                    Text("title"),
                    Text("publisher"),
                    Choice("origin", choices=m.Version.Origin),
                    Choice("rights", choices=m.Rights),
                    Choice("extent", choices=m.Extent),
                    Date("date"),
                    Text("date_printed"),
                    Ref("source", model=Source),
                    *notes(),
                    VersionTexts("passages"),
                    Mentions("mentions"),
                ],
                identity=("language", "publisher"),
                sort=lambda row: (row.get("language", ""), row.get("publisher", "")),
            ),
        ],
    ),
    Kind(
        "article",
        "articles",
        m.Article,
        [
            Text("slug"),
            state(),
            Ref("outlet", model=m.Outlet),
            Text("title"),
            Flag("title_ours"),
            Text("title_en"),
            Text("title_ar"),
            Choice("language", choices=m.Language),
            Date("date"),
            Text("date_printed"),
            Text("address"),
            Choice("rights", choices=m.Rights),
            Ref("source", model=Source),
            *doubts(),
            sources(),
            Passages(
                "passages",
                model=m.Passage,
                parent="article",
                numbered="order",
                retire="removed",
                fields=[
                    Number("number"),
                    Flag("removed"),
                    ArticleTexts("text"),
                    ArticleTexts("en"),
                    ArticleTexts("ar"),
                ],
                identity=("number",),
            ),
            ArticleMentions("mentions"),
            Children(
                "statements",
                attr="carriages",
                model=m.Carriage,
                parent="article",
                fields=[
                    Ref("statement", model=m.Statement),
                    Choice("relation", choices=m.Carriage.Relation),
                    *notes(),
                ],
                identity=("statement",),
                sort=lambda row: row.get("statement", ""),
            ),
        ],
    ),
    Kind(
        "chain",
        "chains",
        m.Chain,
        [
            Text("slug"),
            state(),
            Text("title_en"),
            Text("title_ar"),
            Ref("theme", model=m.Theme),
            Choice("outcome", choices=m.Chain.Outcome),
            Date("as_of"),
            *notes(),
            Children(
                "steps",
                model=m.ChainStep,
                parent="chain",
                numbered="order",
                phase=3,
                fields=[
                    Date("date"),
                    Text("date_printed"),
                    Choice("status", choices=m.ChainStep.Status),
                    Evidence("ref", kinds=("statement", "event", "agreement"), passages=True),
                    *notes(),
                ],
                identity=("ref", "status"),
            ),
        ],
    ),
    Kind(
        "conflict",
        "conflicts",
        m.Conflict,
        [
            Text("slug"),
            state(),
            Evidence(
                "subject",
                kinds=("event", "official", "organization", "statement", "agreement", "dialogue"),
            ),
            Text("question_en"),
            Text("question_ar"),
            Ruling("ruling", phase=3),
            *notes(),
            Children(
                "claims",
                model=m.Claim,
                parent="conflict",
                numbered="number",
                fields=[Text("value_en"), Text("value_ar"), sources()],
                identity=(),
            ),
        ],
    ),
)

BY_NAME = {kind.name: kind for kind in KINDS}
BY_MODEL = {kind.model: kind for kind in KINDS}
