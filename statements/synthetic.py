"""A synthetic archive of any size, for measurements: deterministic by seed, loaded by COPY.

Words follow Zipf's law over a vocabulary that begins with the words of the genre and goes on with
invented ones; officials, organizations and dates are linked as real ones are. The index rows are
made in the same pass as the texts, by the index's own terms.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from statements.models import (
    Country,
    Mention,
    Official,
    Passage,
    PassageText,
    SearchDocument,
    SearchPassage,
    State,
    Statement,
    Term,
    Version,
)
from statements.search.index import rebuild
from statements.search.understanding import mention_token, quoted, tokens_said
from statements.text.analysis import STOP, terms_of
from statements.text.arabic import fold
from statements.text.edtf import EDTF
from statements.text.plurals import SINGULAR

OFFICIALS = 2000
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
    """Words of one language with their cumulated frequencies and index terms."""

    words: list[str]
    weights: list[float]
    terms: list[tuple[str, ...]]


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
    return Vocabulary(
        words, cumulated, [tuple(quoted(term) for term in terms_of(fold(word))) for word in words]
    )


def generate(
    statements: int,
    seed: int = 1,
    words: tuple[int, int] = (400, 1200),
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Add ``statements`` published statements of that many words a language; the index is up to date afterwards."""
    chance = random.Random(seed)
    with transaction.atomic():
        rebuild()
    with connection.cursor() as cursor:
        # History and rules are for what people enter; needs a server of one's own.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '512MB'")
    indexes = [
        (model, index) for model in (SearchDocument, SearchPassage) for index in model._meta.indexes
    ]
    try:
        with connection.schema_editor() as editor:
            for model, index in indexes:
                editor.remove_index(model, index)
        officials = people(seed, chance)
        known = {language: vocabulary(language, chance) for language in ("ar", "en")}
        batches(statements, seed, words, chance, officials, known, progress)
        with connection.schema_editor() as editor:
            for model, index in indexes:
                editor.add_index(model, index)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = origin")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_archiverevision SET number = number + 1")
        cursor.execute("ANALYZE")


def people(seed: int, chance: random.Random) -> list[tuple[int, str, str]]:
    """(number, Arabic name, English name) of the officials, made when they are not there yet."""
    country, _ = Country.objects.get_or_create(
        slug="zz-synthetic",
        defaults={"name_en": "Synthetia", "name_ar": "سنثيتيا", "iso2": "ZZ", "iso3": "ZZZ"},
    )
    copy, document = (
        Copy(Official, "id", "slug", "name_en", "name_ar", "state", "country_id"),
        documents(),
    )
    number, row = following(Official), following(SearchDocument)
    found = []
    for n in range(OFFICIALS):
        given, family = chance.choice(GIVEN), chance.choices(range(len(SYLLABLES_AR)), k=3)
        arabic = f"{given[0]} ال{''.join(SYLLABLES_AR[part] for part in family)}ي"
        english = f"{given[1]} al-{''.join(SYLLABLES_EN[part] for part in family).capitalize()}i"
        slug = f"synthetic-{seed}-{n}"
        copy.add(number, slug, english, arabic, State.PUBLISHED, country.pk)
        vector = " ".join(
            f"{quoted(lexeme)}:1A"
            for lexeme in {*lexemes(english), *lexemes(arabic), mention_token("official", number)}
        )
        document.add(
            row,
            "official",
            number,
            slug,
            "",
            english.lower(),
            arabic,
            [],
            None,
            None,
            vector,
            [number],
            [country.pk],
        )
        found.append((number, arabic, english))
        number, row = number + 1, row + 1
    copy.flush()
    document.flush()
    reset(Official, SearchDocument)
    return found


def lexemes(name: str) -> Iterator[str]:
    for word in fold(name).replace("-", " ").split():
        if word not in STOP:
            yield from terms_of(word)


def documents() -> Copy:
    return Copy(
        SearchDocument, "id", "kind", "record_id", "slug", "type", "sort_en", "sort_ar", "languages",
        "date_first", "date_last", "terms", "officials", "countries",
    )  # fmt: skip


def batches(
    statements: int, seed: int, words: tuple[int, int], chance: random.Random,
    officials: list[tuple[int, str, str]], known: dict[str, Vocabulary], progress: Callable[[int], None],
) -> None:  # fmt: skip
    tables = (
        Copy(Statement, "id", "slug", "title_en", "title_ar", "state", "published_at", "date", "date_first", "date_last", "type", "last_number"),
        Copy(Version, "id", "statement_id", "language", "title", "publisher", "rights"),
        Copy(Passage, "id", "statement_id", "number", "order"),
        Copy(PassageText, "id", "passage_id", "version_id", "language", "text"),
        Copy(Mention, "id", "text_id", "layer", "start", "end", "as_printed", "type", "outcome", "official_id", "decided"),
        documents(),
        Copy(SearchPassage, "id", "document_id", "text_id", "number", "language", "terms"),
    )  # fmt: skip
    count = {
        model: itertools.count(following(model))
        for model in (
            Statement,
            Version,
            Passage,
            PassageText,
            Mention,
            SearchDocument,
            SearchPassage,
        )
    }
    now = timezone.now()
    types = Statement.Type.values
    popular = [1 / (rank + 5) for rank in range(len(officials))]
    for n in range(statements):
        one(n, seed, words, chance, officials, popular, known, tables, count, now, types)
        if n % 500 == 499 or n == statements - 1:
            for table in tables:
                table.flush()
            progress(n + 1)
    reset(*count)


def one(
    n: int, seed: int, words: tuple[int, int], chance: random.Random, officials: list[tuple[int, str, str]],
    popular: list[float], known: dict[str, Vocabulary], tables: tuple[Copy, ...], count: dict[Any, Iterator[int]],
    now: datetime.datetime, types: list[str],
) -> None:  # fmt: skip
    statement, version, passage, text, mention, document, searched = tables
    pk, row = next(count[Statement]), next(count[SearchDocument])
    day = FIRST + datetime.timedelta(days=chance.randrange((LAST - FIRST).days))
    slug, kind = f"synthetic-{seed}-{n}", types[n % len(types)]
    numbers = max(1, chance.randint(*words) // PASSAGE)
    present = chance.choices(officials, popular, k=3)
    titles = {}
    places: dict[str, list[int]] = defaultdict(list)
    offset = 10
    passages = [(next(count[Passage]), number) for number in range(1, numbers + 1)]
    for passage_pk, number in passages:
        passage.add(passage_pk, pk, number, number)
    for language, vocabulary_ in known.items():
        version_pk = next(count[Version])
        size = numbers * PASSAGE
        drawn = chance.choices(
            range(len(vocabulary_.words)), cum_weights=vocabulary_.weights, k=size + 6
        )
        titles[language] = " ".join(vocabulary_.words[w] for w in drawn[size:])
        for w in drawn[size:]:
            for lexeme in vocabulary_.terms[w]:
                places[lexeme].append(-1)
        version.add(version_pk, pk, language, titles[language], "Synthetic", "full")
        for passage_pk, number in passages:
            chosen = drawn[(number - 1) * PASSAGE : number * PASSAGE]
            body = " ".join(vocabulary_.words[w] for w in chosen)
            own: dict[str, list[int]] = defaultdict(list)
            for place, w in enumerate(chosen, 1):
                for lexeme in vocabulary_.terms[w]:
                    own[lexeme].append(place)
            text_pk = next(count[PassageText])
            tokens = []
            if number <= len(present):
                person, arabic, english = present[number - 1]
                name = arabic if language == "ar" else english
                mention.add(
                    next(count[Mention]),
                    text_pk,
                    "text",
                    len(body) + 1,
                    len(body) + 1 + len(name),
                    name,
                    "official",
                    "one",
                    person,
                    True,
                )
                body = f"{body} {name}"
                for lexeme in lexemes(name):
                    own[quoted(lexeme)].append(len(chosen) + 1)
                tokens.append(quoted(mention_token("official", person)))
            text.add(text_pk, passage_pk, version_pk, language, body)
            for lexeme, at in own.items():
                if len(places[lexeme]) < 250:
                    places[lexeme] += [min(offset + place, 16383) for place in at]
            for token in tokens:
                own[token], places[token] = [16383], [16383]
            offset += len(chosen) + 10
            searched.add(next(count[SearchPassage]), row, text_pk, number, language, vector(own))
    for token in [mention_token("statement", pk), *tokens_said(EDTF(day.isoformat()))]:
        places[quoted(token)].append(-1)
    statement.add(
        pk,
        slug,
        titles["en"],
        titles["ar"],
        State.PUBLISHED,
        now,
        day.isoformat(),
        day,
        day,
        kind,
        numbers,
    )
    document.add(
        row, "statement", pk, slug, kind, titles["en"], titles["ar"], ["ar", "en"], day, day, vector(places),
        sorted({person for person, _, _ in present}), [],
    )  # fmt: skip


def vector(places: dict[str, list[int]]) -> str:
    """A ``tsvector`` in its own notation; -1 stands for a word of the title."""
    return " ".join(
        f"{lexeme}:{','.join('1A' if place < 0 else str(place) for place in at[:250])}"
        for lexeme, at in places.items()
    )


def following(model: type[models.Model]) -> int:
    return (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def reset(*tables: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), (SELECT max(id) FROM {model._meta.db_table}))"  # nosec B608
            )
