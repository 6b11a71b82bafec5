"""How articles used a statement: which of its passages each carries word for word, nearly or not at all, and in which of its own.

Read from the texts themselves, where the archive has both in one language; its digests are its own words and tell
nothing of that. Words are marked in what readers may see, and nowhere else (decision 0004).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from statements.compare import Part
from statements.models import Article, Carriage, PassageText, Statement, Version
from statements.text.align import word_changes, words_of
from statements.text.carried import ABSENT, MOST, NEAR, SAME, carried_words

#: Of how many articles a statement's page tells which of its passages they carry, and the other way round.
READ = 20


@dataclass
class Carried:
    """A passage of the statement, how the article has it, and in which of its passages."""

    part: Part
    how: str
    where: list[Part] = field(default_factory=list)


@dataclass
class Use:
    """What one article has of one statement, in the version nearest to it."""

    carriage: Carriage
    version: Version
    rows: list[Carried]
    #: the article's passages that carry nothing of it
    own: list[PassageText]

    @cached_property
    def figures(self) -> dict[str, int]:
        count = dict.fromkeys((SAME, NEAR, ABSENT), 0)
        for row in self.rows:
            count[row.how] += 1
        return {**count, "total": len(self.rows), "there": len(self.rows) - count[ABSENT]}

    @property
    def whole(self) -> bool:
        """The article prints the statement itself as well: the version was found in it."""
        return printed_whole(self.carriage.article, self.version)


def printed_whole(article: Article, version: Version) -> bool:
    return (article.capture_id is not None and article.capture_id == version.capture_id) or (
        article.source_id is not None and article.source_id == version.source_id
    )


def texts(condition: Q) -> list[PassageText]:
    """The texts that the archive has in the source's own words, in the order of their documents; one query."""
    return list(
        PassageText.objects.filter(condition, passage__removed=False)
        .exclude(text="")
        .select_related("passage", "version", "passage__article")
        .order_by("passage__order", "passage__number", "pk")
    )


class Readings:
    """Texts whose words are read once, however many others they are compared with."""

    def __init__(self) -> None:
        self.words: dict[int, list[str]] = {}

    def of(self, text: PassageText) -> list[str]:
        if text.pk not in self.words:
            self.words[text.pk] = words_of(text.text)
        return self.words[text.pk]

    def use(
        self, carriage: Carriage, article: Sequence[PassageText], statement: Sequence[PassageText]
    ) -> Use | None:
        """What the article has of that version of the statement of which it has most; None without a text of both."""
        article = [text for text in article if text.language == carriage.article.language][:MOST]
        versions: dict[Version, list[PassageText]] = {}
        for text in statement:
            if text.version and text.language == carriage.article.language:
                versions.setdefault(text.version, []).append(text)
        if not article or not versions:
            return None
        uses = [self.against(carriage, article, version, own[:MOST]) for version, own in versions.items()]  # fmt: skip
        return max(uses, key=lambda use: (use.figures["there"], use.figures[SAME]))

    def against(
        self,
        carriage: Carriage,
        article: Sequence[PassageText],
        version: Version,
        statement: Sequence[PassageText],
    ) -> Use:
        found = carried_words([self.of(text) for text in article], [self.of(text) for text in statement])  # fmt: skip
        rows = [
            Carried(
                Part(text, text.text),
                one.how,
                [Part(article[at - 1], article[at - 1].text) for at in one.where],
            )
            for text, one in zip(statement, found, strict=True)
        ]
        used = {part.text.pk for row in rows for part in row.where}
        return Use(carriage, version, rows, [text for text in article if text.pk not in used])


def marked(use: Use) -> Use:
    """The same with the words marked that a passage carried nearly has and the article has not, and the other way round."""
    for row in use.rows:
        if row.how != NEAR:
            continue
        for part in row.where:
            changes = word_changes(row.part.text.text, part.text.text)
            for one, spans in (
                (row.part, [change.left for change in changes]),
                (part, [change.right for change in changes]),
            ):
                if one.text.shown == one.text.text and not one.marks:
                    one.marks = [(start, end) for start, end in spans if start < end]
    return use


def uses_of(statement_texts: Iterable[PassageText], carriages: Sequence[Carriage]) -> list[Use]:
    """What each of the latest articles has of a statement whose texts are at hand; one query, none without articles."""
    latest = sorted(carriages, key=lambda one: str(one.article.date_first or ""), reverse=True)[:READ]  # fmt: skip
    own = [text for text in statement_texts if text.text and not text.passage.removed]
    if not latest or not own:
        return []
    by_article: dict[int, list[PassageText]] = {}
    for text in texts(Q(passage__article__in=[one.article_id for one in latest])):
        by_article.setdefault(text.passage.article_id, []).append(text)
    reading = Readings()
    found = [reading.use(one, by_article.get(one.article_id, []), own) for one in latest]
    return [use for use in found if use is not None]


def carriers(uses: Iterable[Use]) -> dict[int, list[tuple[Use, str]]]:
    """By passage of the statement the articles that carry it, and how."""
    found: dict[int, list[tuple[Use, str]]] = {}
    for use in uses:
        for row in use.rows:
            if row.how != ABSENT:
                found.setdefault(row.part.passage.pk, []).append((use, row.how))
    return found


def uses_by(article_texts: Iterable[PassageText], carriages: Sequence[Carriage]) -> list[Use]:
    """What an article whose texts are at hand has of each of the first statements it used; one query at most."""
    first = carriages[:READ]
    own = [text for text in article_texts if text.text and not text.passage.removed]
    if not first or not own:
        return []
    by_statement: dict[int, list[PassageText]] = {}
    for text in texts(Q(passage__statement__in=[one.statement_id for one in first])):
        by_statement.setdefault(text.passage.statement_id, []).append(text)
    reading = Readings()
    found = [reading.use(one, own, by_statement.get(one.statement_id, [])) for one in first]
    return [use for use in found if use is not None]


def use_of(carriage: Carriage) -> Use | None:
    """What one article has of one statement, with the words marked; one query."""
    found = texts(
        Q(passage__article=carriage.article_id) | Q(passage__statement=carriage.statement_id)
    )
    article = [text for text in found if text.passage.article_id is not None]
    statement = [text for text in found if text.passage.statement_id is not None]
    use = Readings().use(carriage, article, statement)
    return marked(use) if use else None


def carriage_of(article: str, statement: str) -> Carriage | None:
    """The carriage at these two addresses, where readers may see both."""
    return (
        Carriage.objects.filter(
            article__in=Article.objects.published().filter(slug=article),
            statement__in=Statement.objects.published().filter(slug=statement),
        )
        .select_related("article__outlet", "statement")
        .first()
    )
