"""How passages, their texts and the mentions in them stand in a portable record.

A version writes its passages as a plain list in the order of the statement; only what readers may
read is written, so a version held as excerpts leaves the archive as its digest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from statements.models import (
    MENTIONED,
    Article,
    Layer,
    Mention,
    Passage,
    PassageText,
    Rights,
    Statement,
    Version,
)
from statements.records.fields import (
    Children,
    Field,
    Index,
    Number,
    Problem,
    Text,
    apply_fields,
    forget,
    found,
    is_new,
    save,
)

#: A passage as others refer to it: ``slug#p4``.
ADDRESS = re.compile(r"([-\w]+)#p([1-9]\d{0,4})", re.ASCII)
TARGETS: dict[str, Any] = {
    name: Mention._meta.get_field(name).remote_field.model for name in MENTIONED
}


def layer_of(rights: str) -> Layer:
    return Layer.TEXT if rights == Rights.FULL else Layer.DIGEST


def passage_at(index: Index, reference: str) -> Passage:
    """The passage a reference such as ``slug#p4`` names; raises Problem."""
    slug, _, number = reference.partition("#p")
    statement = found(index, Statement, slug)
    passage = Passage.objects.filter(statement=statement, number=number).first()
    if passage is None:
        raise Problem(f"the statement “{slug}” has no passage “{number}”")
    return passage


def reference_to(passage: Passage) -> str:
    return f"{passage.document.slug}#p{passage.number}"


@dataclass
class PassageRef(Text):
    """A reference to a statement's passage, applied in the third pass."""

    phase: int = 3

    def check(self, value: Any) -> str:
        reference = super().check(value)
        if not ADDRESS.fullmatch(reference):
            raise Problem(f"{value!r} names no passage; write e.g. “its-slug#p4”")
        return reference

    def write(self, record: models.Model) -> Any:
        passage = getattr(record, self.attr)
        return reference_to(passage) if passage else None

    def apply(self, record: models.Model, value: Any, index: Index) -> None:
        passage = passage_at(index, value) if value else None
        if getattr(record, f"{self.attr}_id") != (passage.pk if passage else None):
            setattr(record, self.attr, passage)
            record.save()

    def blank(self) -> Any:
        return None

    def prefetch(self) -> Iterator[str]:
        yield f"{self.attr}__statement"


@dataclass
class Earlier(Text):
    """What a passage is compared with: an earlier passage, or an earlier statement as a whole."""

    @property
    def hint(self) -> str:
        return "write e.g. “its-slug#p4” or “its-slug”"

    def needed(self, model: Any) -> bool:
        return True

    def check(self, value: Any) -> str:
        reference = super().check(value)
        if "#" in reference and not ADDRESS.fullmatch(reference):
            raise Problem(f"{value!r} names no passage; {self.hint}")
        return reference

    def write(self, record: Any) -> Any:
        return (
            record.earlier_statement.slug
            if record.earlier_statement
            else reference_to(record.earlier)
        )

    def apply(self, record: Any, value: Any, index: Index) -> None:
        record.earlier = passage_at(index, value) if "#p" in value else None
        record.earlier_statement = None if "#p" in value else found(index, Statement, value)

    def prefetch(self) -> Iterator[str]:
        yield "earlier__statement"
        yield "earlier_statement"


@dataclass
class VersionRef(Text):
    """One of the versions of the statement that a row of a passage belongs to: ``en:Mirage News``."""

    @property
    def hint(self) -> str:
        return "write e.g. “en:Mirage News”"

    def needed(self, model: Any) -> bool:
        return True

    def write(self, record: Any) -> str:
        version = getattr(record, self.attr)
        return f"{version.language}:{version.publisher}"

    def apply(self, record: Any, value: Any, index: Index) -> None:
        language, _, publisher = value.partition(":")
        versions = Version.objects.filter(statement=record.passage.statement)
        version = versions.filter(language=language, publisher=publisher).first()
        if version is None:
            raise Problem(f"the statement has no version “{value}”; {self.hint}")
        setattr(record, self.attr, version)

    def prefetch(self) -> Iterator[str]:
        yield self.attr


@dataclass
class Evidence(Text):
    """What shows a step of a promise or stands in question: ``event:slug``, ``statement:slug#p4`` …"""

    kinds: tuple[str, ...] = ()
    #: whether it may be a passage of a statement
    passages: bool = False

    @property
    def hint(self) -> str:
        return f"write e.g. “{self.kinds[0]}:its-slug”"

    def needed(self, model: Any) -> bool:
        return True

    def write(self, record: Any) -> Any:
        if getattr(record, "passage_id", None):
            return f"statement:{reference_to(record.passage)}"
        kind = next(kind for kind in self.kinds if getattr(record, f"{kind}_id"))
        return f"{kind}:{getattr(record, kind).slug}"

    def check(self, value: Any) -> str:
        kind, _, slug = super().check(value).partition(":")
        if kind not in self.kinds or not slug:
            raise Problem(
                f"{value!r} does not begin with one of: {', '.join(k + ':' for k in self.kinds)}"
            )
        if "#" in slug and (
            not self.passages or kind != "statement" or not ADDRESS.fullmatch(slug)
        ):
            right = "statement:its-slug#p4" if self.passages else f"{kind}:its-slug"
            raise Problem(f"{value!r} is not understood; write e.g. “{right}”")
        return str(value)

    def apply(self, record: Any, value: Any, index: Index) -> None:
        kind, _, slug = value.partition(":")
        for other in self.kinds:
            setattr(record, other, None)
        if "#p" in slug:
            record.passage = passage_at(index, slug)
        else:
            record.passage = None
            setattr(record, kind, found(index, TARGETS.get(kind, Statement), slug))

    def prefetch(self) -> Iterator[str]:
        yield from self.kinds


@dataclass
class Ruling(Number):
    """The number of the claim that the archive follows; applied when the claims are there."""

    def apply(self, record: Any, value: Any, index: Index) -> None:
        if value and not record.claims.filter(number=value).exists():
            raise Problem(f"there is no claim {value}; the claims are counted from 1")
        if record.ruling != value:
            record.ruling = value
            record.save()


@dataclass
class Passages(Children):
    """Passages are added in the order of their numbers, which only grow, and kept when they are gone."""

    def apply(self, record: models.Model, value: Any, index: Index) -> None:
        if is_new(record):
            for row in sorted(value, key=lambda row: row["number"]):
                save(Passage(**{self.parent: record}, number=row["number"], order=row["number"]))
            record.new_to_archive = False  # type: ignore[attr-defined]
            super().apply(record, value, index)
            record.new_to_archive = True  # type: ignore[attr-defined]
            return
        known = {passage.number for passage in self.rows(record)}
        for row in sorted(value, key=lambda row: row["number"]):
            if row["number"] not in known:
                save(Passage(**{self.parent: record}, number=row["number"], order=row["number"]))
        forget(record, self.attr)
        super().apply(record, value, index)

    def prefetch(self) -> Iterator[str]:
        yield from super().prefetch()


@dataclass
class VersionTexts(Field):
    """The readable text of each passage in one version, in the statement's order; null where it has none."""

    phase: int = 2

    def write(self, record: Any) -> list[str | None]:
        shown = {
            text.passage_id: (text.text if record.rights == Rights.FULL else text.digest) or None
            for text in record.texts.all()
        }
        written = [shown.get(passage.pk) for passage in record.statement.passages.all()]
        return written if any(written) else []

    def check(self, value: Any) -> list[str | None]:
        if not isinstance(value, list):
            raise Problem("this is a list of passages")
        for number, text in enumerate(value):
            if text is not None and (not isinstance(text, str) or not text.strip()):
                raise Problem(f"{text!r} is neither text nor null", f"[{number}]")
        return value

    def apply(self, record: Any, value: Any, index: Index) -> None:
        if not value and is_new(record):
            return
        passages = list(record.statement.passages.order_by("order", "number"))
        if value and len(value) != len(passages):
            raise Problem(
                f"{len(value)} passages, but the statement has {len(passages)}; write null where this version has none"
            )
        write_texts(
            [
                (
                    passage,
                    {"version": record, "language": record.language},
                    layer_of(record.rights),
                    text,
                )
                for passage, text in zip(passages, value or [None] * len(passages), strict=True)
            ]
        )
        if record.rights == Rights.DIGEST:
            keep_digests_alone(PassageText.objects.filter(version=record))

    def blank(self) -> Any:
        return []

    def prefetch(self) -> Iterator[str]:
        yield "texts__passage"


def write_texts(
    wanted: list[tuple[Passage, dict[str, Any], Layer, str | None]],
) -> None:
    """Make each passage's text in the given layer what it should be, touching only what differs."""
    for passage, where, layer, words in wanted:
        existing = PassageText.objects.filter(passage=passage, **where).first()
        if existing is None:
            if words:
                save(PassageText(passage=passage, **where, **{layer.value: words}))
        elif getattr(existing, layer.value) != (words or ""):
            setattr(existing, layer.value, words or "")
            if existing.text or existing.digest:
                save(existing)
            else:
                existing.delete()


def keep_digests_alone(texts: models.QuerySet[PassageText]) -> None:
    """Let go of the source's words when the rights have become those of a digest."""
    for text in texts.exclude(text=""):
        text.mentions.filter(layer=Layer.TEXT).delete()
        text.text = ""
        if text.digest:
            text.save()
        else:
            text.delete()


@dataclass
class ArticleTexts(Field):
    """An article passage: its digest in one language, or its text in the article's own."""

    phase: int = 2

    def write(self, record: Any) -> str | None:
        for text in record.texts.all():
            full = record.article.rights == Rights.FULL
            if self.key == "text" and full and text.language == record.article.language:
                return text.text or None
            if self.key == text.language and not (full and text.text):
                return text.digest or None
        return None

    def check(self, value: Any) -> str:
        return Text(self.key).check(value)

    def apply(self, record: Any, value: Any, index: Index) -> None:
        if self.key == "text" and record.article.rights == Rights.DIGEST and not is_new(record):
            keep_digests_alone(record.texts.all())
        if self.key == "text" and not value:
            return
        language = record.article.language if self.key == "text" else self.key
        layer = Layer.TEXT if self.key == "text" else Layer.DIGEST
        write_texts([(record, {"version": None, "language": language}, layer, value or None)])

    def blank(self) -> Any:
        return None

    def prefetch(self) -> Iterator[str]:
        yield "texts"


@dataclass
class Mentions(Field):
    """The mentions in the words that readers may read, of one version or of an article."""

    phase: int = 2

    def texts(self, record: Version | Article) -> list[PassageText]:
        """The texts of the record with the numbers of their passages, by passage and language."""
        if isinstance(record, Version):
            return sorted(record.texts.all(), key=lambda text: text.passage.number)
        return [
            text
            for passage in sorted(record.passages.all(), key=lambda passage: passage.number)
            for text in sorted(passage.texts.all(), key=lambda text: text.language)
        ]

    def write(self, record: Any) -> list[dict[str, Any]]:
        layer = layer_of(record.rights)
        written = []
        for text in self.texts(record):
            for mention in sorted(
                text.mentions.all(), key=lambda mention: (mention.start, mention.end)
            ):
                if mention.layer != layer:
                    continue
                row: dict[str, Any] = {"passage": text.passage.number}
                if isinstance(record, Article):
                    row["language"] = text.language
                row |= {
                    "start": mention.start,
                    "end": mention.end,
                    "as_printed": mention.as_printed,
                }
                if mention.outcome == Mention.Outcome.ONE:
                    kind = next(name for name in MENTIONED if getattr(mention, f"{name}_id"))
                    row[kind] = getattr(mention, kind).slug
                else:
                    row |= {"outcome": mention.outcome, "type": mention.type}
                    if mention.candidates:
                        row["candidates"] = mention.candidates
                for reason in ("reason_en", "reason_ar"):
                    if getattr(mention, reason):
                        row[reason] = getattr(mention, reason)
                written.append(row)
        return written

    def check(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise Problem("this is a list of mentions")
        allowed = {"passage", "language", "start", "end", "as_printed", "outcome", "type"}
        allowed |= {"candidates", "reason_en", "reason_ar", *MENTIONED}
        words = {"as_printed", "language", "type", "reason_en", "reason_ar", *MENTIONED}
        for number, row in enumerate(value):
            where = f"[{number}]"
            if not isinstance(row, dict):
                raise Problem(f"{row!r} is not an object in braces", where)
            for key in row:
                if key not in allowed:
                    raise Problem(
                        f"unknown field; known are: {', '.join(sorted(allowed))}", f"{where}.{key}"
                    )
                if key in words:
                    try:
                        Text(key).check(row[key])
                    except Problem as problem:
                        raise Problem(problem.message, f"{where}.{key}") from None
            candidates = row.get("candidates", [])
            if not isinstance(candidates, list) or not all(isinstance(c, str) for c in candidates):
                raise Problem("this is a list of slugs", f"{where}.candidates")
            for key in ("passage", "start", "end"):
                if not isinstance(row.get(key), int) or isinstance(row.get(key), bool):
                    raise Problem("a whole number is missing here", f"{where}.{key}")
            targets = [name for name in MENTIONED if row.get(name)]
            outcome = row.get("outcome", "one")
            if outcome not in Mention.Outcome.values:
                raise Problem(f"{outcome!r} is not one of: one, several, none", f"{where}.outcome")
            if (outcome == "one") != (len(targets) == 1):
                raise Problem(
                    f"a mention with the outcome “{outcome}” names {'exactly one record' if outcome == 'one' else 'no record'}",
                    where,
                )
            if outcome != "one" and row.get("type") not in Mention.Type.values:
                raise Problem(
                    f"the type is one of: {', '.join(Mention.Type.values)}", f"{where}.type"
                )
        return value

    def apply(self, record: Any, value: Any, index: Index) -> None:
        if not value and is_new(record):
            return
        layer = layer_of(record.rights)
        texts = {
            (text.passage.number, text.language): text
            for text in PassageText.objects.filter(
                **(
                    {"version": record}
                    if isinstance(record, Version)
                    else {"passage__article": record}
                )
            ).select_related("passage")
        }
        new = []
        for number, row in enumerate(value):
            try:
                new.append(self.mention(row, texts, record, layer, index))
            except Problem as problem:
                raise problem.inside(f"[{number}]") from None
        if not is_new(record):
            Mention.objects.filter(text__in=texts.values(), layer=layer).delete()
        Mention.objects.bulk_create(new)

    def mention(
        self, row: dict[str, Any], texts: Any, record: Any, layer: Layer, index: Index
    ) -> Mention:
        text = texts.get((row["passage"], row.get("language") or record.language))
        if text is None:
            raise Problem(f"there is no text for passage {row['passage']}", "passage")
        words = getattr(text, layer.value)[row["start"] : row["end"]]
        if words != row.get("as_printed") or row["start"] < 0:
            raise Problem(
                f"the passage has “{words}” at {row['start']}–{row['end']}, not “{row.get('as_printed')}”",
                "as_printed",
            )
        mention = Mention(
            text=text,
            layer=layer,
            start=row["start"],
            end=row["end"],
            as_printed=words,
            outcome=row.get("outcome", "one"),
            type=row.get("type", ""),
            candidates=row.get("candidates", []),
            reason_en=row.get("reason_en", ""),
            reason_ar=row.get("reason_ar", ""),
            decided=True,
        )
        for name in MENTIONED:
            if row.get(name):
                setattr(mention, name, found(index, TARGETS[name], row[name]))
                mention.type = "place" if name == "country" else name
        return mention

    def blank(self) -> Any:
        return []

    def prefetch(self) -> Iterator[str]:
        for name in MENTIONED:
            yield f"texts__mentions__{name}"


@dataclass
class ArticleMentions(Mentions):
    def prefetch(self) -> Iterator[str]:
        for name in MENTIONED:
            yield f"passages__texts__mentions__{name}"


__all__ = [
    "ArticleMentions",
    "ArticleTexts",
    "Earlier",
    "Evidence",
    "Mentions",
    "PassageRef",
    "Passages",
    "Ruling",
    "VersionRef",
    "VersionTexts",
    "apply_fields",
]
