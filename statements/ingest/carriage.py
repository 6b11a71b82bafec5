"""Statements of the archive that an article uses without printing them: carried in part, quoted, or reported."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from statements.ingest.mentioned import Mentioned
from statements.models import PassageText, Statement
from statements.text.arabic import fold
from statements.text.carried import Carried, carried, relation
from statements.text.sentence import Sentence

#: Words by which an article says that it speaks of a statement.
NAMED = re.compile(r"(?<!\w)(?:[وبل]?(?:ال)?(?:بيان|بلاغ)(?:ا|ين|ات)?)(?!\w)|\b(?:statements?|communiqu[eé]s?|readout)\b", re.IGNORECASE)  # fmt: skip
#: Days from a statement within which an article that speaks of its event means it.
RECENT = 31
LOOKED_AT = 8


@dataclass(frozen=True)
class Used:
    """An article of a draft (its number) and the statement of the archive that it uses."""

    document: int
    statement: str
    relation: str
    passages: tuple[Carried, ...]
    reason: Sentence

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "document": self.document,
            "statement": self.statement,
            "relation": self.relation,
            "passages": [one.as_json() for one in self.passages],
            "reason": self.reason.in_language(language),
        }


def used(
    document: int,
    passages: Sequence[str],
    events: Sequence[str],
    day: datetime.date | None,
) -> list[Used]:
    """What an article uses of the statements that came out of the events it names.

    Two queries. Passages are compared as far as the archive has the text in the article's words.
    """
    if not events or day is None or not NAMED.search(fold("\n".join(passages))):
        return []
    since = day - datetime.timedelta(RECENT)
    candidates = list(
        Statement.objects.filter(event__slug__in=events, date_first__range=(since, day)).order_by(
            "-date_first", "slug"
        )[:LOOKED_AT]
    )
    texts = texts_of([one.pk for one in candidates])
    found = []
    for statement in candidates:
        versions = texts.get(statement.pk, [])
        compared = [carried(passages, version) for version in versions]
        best = max(range(len(compared)), key=lambda n: sum(one.how != "absent" for one in compared[n]), default=None)  # fmt: skip
        how = "reports" if best is None else relation(passages, versions[best], compared[best])
        rows = tuple(compared[best]) if best is not None and how != "reports" else ()
        found.append(Used(document, statement.slug, how, rows, why(how, rows)))
    return found


def named_events(mentions: Sequence[Mentioned]) -> set[str]:
    """The events that a document surely names."""
    return {
        one.slug for one in mentions if one.type == "event" and one.outcome == "one" and one.slug
    }


def why(how: str, rows: Sequence[Carried]) -> Sentence:
    there = sum(one.how != "absent" for one in rows)
    if how == "reports":
        return Sentence(
            "The article speaks of a statement and of the event that this one came out of.",
            "يتحدث المقال عن بيان وعن الحدث الذي صدر عنه هذا البيان.",
        )
    if not there:
        return Sentence("Words in quotation marks stand in it.", "فيه كلمات يضعها المقال بين علامات اقتباس.")  # fmt: skip
    return Sentence(
        f"The article has words of {there} of its {len(rows)} passages.",
        f"في المقال كلمات من {there} من فقراته الـ{len(rows)}.",
    )


def texts_of(statements: Sequence[int]) -> dict[int, list[list[str]]]:
    """Statement → the passages of each of its versions whose text the archive has."""
    rows = (
        PassageText.objects.filter(passage__statement__in=statements, passage__removed=False)
        .exclude(text="")
        .order_by("passage__order", "passage__number")
        .values_list("passage__statement", "version", "text")
    )
    found: dict[int, dict[int | None, list[str]]] = {}
    for statement, version, text in rows:
        found.setdefault(statement, {}).setdefault(version, []).append(text)
    return {statement: list(versions.values()) for statement, versions in found.items()}
