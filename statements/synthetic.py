"""A synthetic archive of any size, for measurements: deterministic by seed, loaded by COPY.

Words follow Zipf's law over a vocabulary that begins with the words of the genre and goes on with
invented ones; officials and dates are linked as real ones are. The settled part of the index is made in
the same pass as the texts, by the index's own terms; what the archive held before stands fresh beside it.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from statements.models import (
    Country,
    Dialogue,
    Event,
    Mention,
    Official,
    Participation,
    Passage,
    PassageText,
    Round,
    SearchDocument,
    SearchPassage,
    SearchProgress,
    State,
    Statement,
    Term,
    Version,
)
from statements.search.index import (
    KINDS,
    IndexedPassage,
    lock,
    write,
)
from statements.search.settling import Settling
from statements.search.terms import Words, lexemes_in, terms_in
from statements.search.understanding import mention_token, tokens_said
from statements.text.analysis import STOP
from statements.text.arabic import fold
from statements.text.edtf import EDTF
from statements.text.plurals import SINGULAR

OFFICIALS = 2000
#: Whatever the size, one official is named in a thousand statements, twice in each, and one dialogue has sixty rounds.
NAMED_IN, ROUNDS = 1000, 60
PASSAGE = 45  # words, about
VOCABULARY = 30_000
FIRST, LAST = datetime.date(1990, 1, 1), datetime.date(2025, 12, 31)
SYLLABLES_AR = [
    "با",
    "تر",
    "جي",
    "دو",
    "را",
    "سل",
    "شم",
    "طو",
    "فر",
    "قا",
    "كي",
    "لم",
    "مو",
    "نا",
    "هد",
    "وي",
]
SYLLABLES_EN = [
    "ba",
    "ter",
    "ji",
    "do",
    "ra",
    "sel",
    "shem",
    "to",
    "far",
    "ka",
    "ki",
    "lam",
    "mo",
    "na",
    "hed",
    "vi",
]
GIVEN = [("أحمد", "Ahmed"), ("خالد", "Khaled"), ("سعد", "Saad"), ("John", "John"), ("علي", "Ali"), ("ماري", "Mary"), ("حسن", "Hassan"), ("بيتر", "Peter")]  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """Words of one language with their cumulated frequencies."""

    words: list[str]
    weights: list[float]


class Copy:
    """Rows for a table by COPY; columns that are not given take the model's defaults."""

    def __init__(self, model: type[models.Model], *given: str) -> None:
        fields = {field.column: field for field in model._meta.local_concrete_fields}
        self.table = model._meta.db_table
        self.given = given
        others = {
            column: field.get_db_prep_save(field.get_default(), connection)
            for column, field in fields.items()
            if column not in given and not field.generated
        }
        self.rest = tuple(
            [] if value is None and "Array" in type(fields[column]).__name__ else value
            for column, value in others.items()
        )
        self.columns = ", ".join(f'"{column}"' for column in (*given, *others))
        self.rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        self.rows.append((*values, *self.rest))

    def flush(self) -> None:
        with connection.cursor() as cursor:
            raw = cursor.cursor  # psycopg's own
            with raw.copy(f"COPY {self.table} ({self.columns}) FROM STDIN") as copy:
                for row in self.rows:
                    copy.write_row(row)
        self.rows.clear()


def vocabulary(language: str, chance: random.Random) -> Vocabulary:
    field = "name_ar" if language == "ar" else "name_en"
    known = [word for name in Term.objects.values_list(field, flat=True) for word in name.split()]
    if language == "ar":
        known += sorted({*SINGULAR, *SINGULAR.values()})
    known = [word for word in dict.fromkeys(known) if fold(word) not in STOP and len(word) > 1]
    syllables = SYLLABLES_AR if language == "ar" else SYLLABLES_EN
    made = (
        "".join(parts) for size in (2, 3, 4) for parts in itertools.product(syllables, repeat=size)
    )
    words = list(dict.fromkeys([*known, *itertools.islice(made, VOCABULARY)]))[:VOCABULARY]
    head = words[:400]
    chance.shuffle(head)
    words[:400] = head
    cumulated = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(1, len(words) + 1)))
    return Vocabulary(words, cumulated)


def generate(
    statements: int,
    seed: int = 1,
    words: tuple[int, int] = (400, 1200),
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Add ``statements`` published statements of that many words a language; the index is up to date afterwards."""
    chance = random.Random(seed)
    before = {kind: published(kind) for kind in KINDS}
    known = {language: vocabulary(language, chance) for language in ("ar", "en")}

    def sample(frequent: frozenset[str]) -> Iterator[set[str]]:
        drawn = random.Random(seed)
        for language in ("ar", "en") * 4000:
            chosen = draw(known[language], PASSAGE, drawn)
            yield lexemes_in([" ".join(known[language].words[word] for word in chosen)], frequent)

    with connection.cursor() as cursor:
        # History and rules are for what people enter; this needs a server of one's own.
        cursor.execute("SET session_replication_role = replica")
    try:
        with Settling() as settling:
            settling.watch(sample, 2 * statements * sum(words) // 2 // PASSAGE)
            officials = people(seed, chance)
            batches(statements, seed, words, chance, officials, known, settling, progress)
            dialogue(seed, statements, officials, before)
            for number, arabic, english in officials:
                settling.add(*official_row(number, arabic, english, seed, settling.words))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = origin")
    with transaction.atomic():
        lock()
        for kind, pks in before.items():
            write(kind, pks)
        SearchProgress.objects.update(written=SearchProgress.moment())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_archiverevision SET number = number + 1")
        cursor.execute("ANALYZE")


def published(kind: str) -> list[int]:
    return list(KINDS[kind].objects.published().values_list("pk", flat=True))  # type: ignore[attr-defined]


def people(seed: int, chance: random.Random) -> list[tuple[int, str, str]]:
    """(number, Arabic name, English name) of the officials."""
    country, _ = Country.objects.get_or_create(
        slug="zz-synthetic",
        defaults={"name_en": "Synthetia", "name_ar": "سنثيتيا", "iso2": "ZZ", "iso3": "ZZZ"},
    )
    copy = Copy(Official, "id", "slug", "name_en", "name_ar", "state", "country_id")
    found = []
    for n, number in enumerate(range(following(Official), following(Official) + OFFICIALS)):
        given, family = chance.choice(GIVEN), chance.choices(range(len(SYLLABLES_AR)), k=3)
        arabic = f"{given[0]} ال{''.join(SYLLABLES_AR[part] for part in family)}ي"
        english = f"{given[1]} al-{''.join(SYLLABLES_EN[part] for part in family).capitalize()}i"
        copy.add(number, f"synthetic-{seed}-{n}", english, arabic, State.PUBLISHED, country.pk)
        found.append((number, arabic, english))
    copy.flush()
    reset(Official)
    return found


def official_row(
    number: int, arabic: str, english: str, seed: int, words: Words
) -> tuple[SearchDocument, list[IndexedPassage]]:
    terms = terms_in([english, arabic], [mention_token("official", number)], words)
    row = SearchDocument(
        kind="official", record_id=number, slug=f"synthetic-{seed}-{number}", officials=[number],
        sort_en=english.lower(), sort_ar=arabic,
    )  # fmt: skip
    return row, [IndexedPassage(None, SearchPassage.NAMES, *terms)]


def batches(
    statements: int, seed: int, words: tuple[int, int], chance: random.Random,
    officials: list[tuple[int, str, str]], known: dict[str, Vocabulary], settling: Settling,
    progress: Callable[[int], None],
) -> None:  # fmt: skip
    tables = (
        Copy(Statement, "id", "slug", "title_en", "title_ar", "state", "published_at", "date", "date_first", "date_last", "type", "last_number"),
        Copy(Version, "id", "statement_id", "language", "title", "publisher", "rights"),
        Copy(Passage, "id", "statement_id", "number", "order"),
        Copy(PassageText, "id", "passage_id", "version_id", "language", "text"),
        Copy(Mention, "id", "text_id", "layer", "start", "end", "as_printed", "type", "outcome", "official_id", "decided"),
    )  # fmt: skip
    numbered = (Statement, Version, Passage, PassageText, Mention)
    count: dict[Any, Iterator[int]] = {
        model: itertools.count(following(model)) for model in numbered
    }
    now = timezone.now()
    busy, *officials = officials
    every = max(1, statements // NAMED_IN)
    popular = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(officials))))
    span = (LAST - FIRST).days
    days = sorted((chance.randrange(span) for _ in range(statements)), reverse=True)
    for n, day in enumerate(days):
        date = FIRST + datetime.timedelta(days=day)
        present = chance.choices(officials, cum_weights=popular, k=3)
        if n % every == 0 and n // every < NAMED_IN:
            present[0] = busy
        one(n, seed, date, words, chance, present, known, settling, tables, count, now)
        if n % 500 == 499 or n == statements - 1:
            for table in tables:
                table.flush()
            settling.flush()
            progress(n + 1)
    reset(*numbered)


def dialogue(
    seed: int, statements: int, officials: list[tuple[int, str, str]], before: dict[str, list[int]]
) -> None:  # fmt: skip
    """A dialogue whose rounds lie through the years, each with a statement and two officials; they join those to be indexed."""
    made = Dialogue.objects.create(
        slug=f"synthetic-{seed}", name_en="Synthetic Dialogue", name_ar="الحوار السنثيتي", state=State.PUBLISHED
    )  # fmt: skip
    before["dialogue"].append(made.pk)
    slugs = [f"synthetic-{seed}-{n}" for n in range(0, statements, max(1, statements // ROUNDS))]
    chosen = Statement.objects.filter(slug__in=slugs).order_by("date_first")[:ROUNDS]
    for number, statement in enumerate(chosen, start=1):
        event = Event.objects.create(
            slug=f"synthetic-{seed}-{number}", title_en=f"Round {number}", title_ar=f"الجولة {number}", date=statement.date,
            type=Event.Type.ROUND, state=State.PUBLISHED,
        )  # fmt: skip
        Round.objects.create(dialogue=made, event=event, number=number)
        event.statements.add(statement)
        for person, _arabic, _english in officials[number : number + 2]:
            Participation.objects.create(event=event, official_id=person)
        before["event"].append(event.pk)
        before["statement"].append(statement.pk)


def draw(vocabulary: Vocabulary, number: int, chance: random.Random) -> list[int]:
    return chance.choices(range(len(vocabulary.words)), cum_weights=vocabulary.weights, k=number)


def one(
    n: int, seed: int, date: datetime.date, words: tuple[int, int], chance: random.Random,
    present: list[tuple[int, str, str]], known: dict[str, Vocabulary], settling: Settling,
    tables: tuple[Copy, ...], count: dict[Any, Iterator[int]], now: datetime.datetime,
) -> None:  # fmt: skip
    statement, version, passage, text, mention = tables
    pk = next(count[Statement])
    slug, type_ = f"synthetic-{seed}-{n}", Statement.Type.values[n % len(Statement.Type.values)]
    numbers = max(1, chance.randint(*words) // PASSAGE)
    titles, rows = {}, []
    passages = [(next(count[Passage]), number) for number in range(1, numbers + 1)]
    for passage_pk, number in passages:
        passage.add(passage_pk, pk, number, number)
    for language, vocabulary_ in known.items():
        version_pk = next(count[Version])
        drawn = draw(vocabulary_, numbers * PASSAGE + 6, chance)
        titles[language] = " ".join(vocabulary_.words[word] for word in drawn[-6:])
        version.add(version_pk, pk, language, titles[language], "Synthetic", "full")
        for passage_pk, number in passages:
            chosen = drawn[(number - 1) * PASSAGE : number * PASSAGE]
            body = " ".join(vocabulary_.words[word] for word in chosen)
            text_pk = next(count[PassageText])
            tokens = []
            if number <= len(present):
                person, arabic, english = present[number - 1]
                name = arabic if language == "ar" else english
                start = len(body) + 1
                mention.add(
                    next(count[Mention]), text_pk, "text", start, start + len(name), name, "official", "one",
                    person, True,
                )  # fmt: skip
                body = f"{body} {name}"
                tokens = [mention_token("official", person)]
            terms = terms_in([body], tokens, settling.words)
            text.add(text_pk, passage_pk, version_pk, language, body)
            rows.append(IndexedPassage(text_pk, number, *terms))
    names = terms_in(
        titles.values(),
        [mention_token("statement", pk), *tokens_said(EDTF(date.isoformat()))],
        settling.words,
    )
    statement.add(
        pk,
        slug,
        titles["en"],
        titles["ar"],
        State.PUBLISHED,
        now,
        date.isoformat(),
        date,
        date,
        type_,
        numbers,
    )
    document = SearchDocument(
        kind="statement", record_id=pk, slug=slug, type=type_, sort_en=titles["en"], sort_ar=titles["ar"],
        languages=["ar", "en"], date_first=date, date_last=date,
        officials=sorted({person for person, _, _ in present}),
    )  # fmt: skip
    settling.add(document, [IndexedPassage(None, SearchPassage.NAMES, *names), *rows])


def following(model: type[models.Model]) -> int:
    return (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def reset(*tables: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), (SELECT max(id) FROM {model._meta.db_table}))"  # nosec B608
            )
