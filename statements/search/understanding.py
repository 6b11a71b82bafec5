"""What a query means: its words, and the names, terms and dates recognised in them.

A query becomes concepts. Each is a set of alternatives in PostgreSQL's own query notation: the words
as typed, every printed form of the record they name in either script, its mentions, the glossary's
term in the other language, or the days they say. What was recognised can be taken back by the reader.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from babel import Locale
from rapidfuzz.distance import DamerauLevenshtein

from statements.models import Label, Term, reading, worded
from statements.search.columns import Index
from statements.search.lexicon import Form, Lexicon, load
from statements.search.notation import all_of, quoted, sequence, very_words
from statements.text.analysis import STOP, WORD, analyze, without_article
from statements.text.analysis import Term as Word
from statements.text.arabic import ARABIC, fold_with_offsets, spelling
from statements.text.dates import find, write
from statements.text.edtf import EDTF
from statements.text.names import comparison_key

#: Kinds that are told to the reader; places, countries and terms only widen the search.
TOLD = ("official", "post", "organization", "agreement", "dialogue")
ORDER = (*TOLD, "term", "place", "country")
ARTICLES = {"al", "el", "ul", "ال"}
#: Days that a query seldom means: «روسيا اليوم» is a newspaper, "today" nearly always a word.
TODAY = {"today", "yesterday", "tomorrow", "now", "اليوم", "امس", "غدا", "الان", "يوم"}
#: A name is near another when so much of its letters is the same.
NEAR = 0.78


@dataclass(frozen=True)
class Concept:
    """One thing asked for. ``literal`` and ``any`` are queries in PostgreSQL's notation."""

    typed: str
    kind: str
    literal: str
    any: str
    #: sequences of terms to mark in a text, each with the terms that may stand at each place
    patterns: tuple[tuple[frozenset[str], ...], ...]
    label: Label | None = None
    value: str = ""
    records: tuple[tuple[str, int], ...] = ()
    #: other dates that the words may mean
    alternatives: tuple[EDTF, ...] = ()
    without: bool = False
    #: of a phrase, how far each of its words stands behind the first
    offsets: tuple[int, ...] = ()
    #: the same in any form of its words, for when nothing has it
    looser: Concept | None = None


@dataclass
class Known:
    """The lexicon of what readers may see, ready for queries; made once a revision."""

    index: Index
    lexicon: Lexicon
    tree: dict[str, Any] = field(default_factory=dict)
    forms: dict[tuple[str, str], list[Form]] = field(default_factory=dict)
    #: (kind, words) → whom or what of that kind they name
    owners: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    @cached_property
    def name_words(self) -> dict[str, set[str]]:
        """Each word of an official's names, without article, and whose it is."""
        found: dict[str, set[str]] = {}
        for form in self.lexicon.forms:
            if form.kind == "official":
                for word, _, _ in pieces(form.text):
                    if len(word) > 2:
                        found.setdefault(word, set()).add(form.slug)
        return found

    @cached_property
    def name_keys(self) -> dict[str, set[str]]:
        """The same by comparison key, which is one for both scripts."""
        found: dict[str, set[str]] = {}
        for word in self.name_words:
            key = comparison_key(word)
            if len(key) > 1:
                found.setdefault(key, set()).add(word)
        return found

    @cached_property
    def by_initial(self) -> dict[str, list[tuple[str, str]]]:
        """The words of names, each with its comparison key, by the first letter of the key; all under none."""
        found: dict[str, list[tuple[str, str]]] = {"": []}
        for word in self.name_words:
            key = comparison_key(word)
            found[""].append((word, key))
            if key:
                found.setdefault(key[0], []).append((word, key))
        return found


_known: Known | None = None


def known(index: Index) -> Known:
    """What the archive knows at the revision of an index."""
    global _known
    if _known is None or _known.index is not index:
        lexicon = of_readers()
        made = Known(index, lexicon)
        for form in lexicon.forms:
            made.forms.setdefault((form.kind, form.slug), []).append(form)
            words = [word for word, _, _ in pieces(form.text)]
            made.owners.setdefault((form.kind, " ".join(words)), set()).add(form.slug)
            node = made.tree
            for word in words:
                node = node.setdefault(word, {})
            if node is not made.tree:
                node.setdefault("", []).append(form)
        _known = made
    return _known


def of_readers() -> Lexicon:
    """What readers may see, with the terms of the glossary."""
    lexicon = load(public=True)
    for slug, english, arabic in Term.objects.values_list("slug", "name_en", "name_ar"):
        lexicon.forms += [Form("term", slug, form) for form in (english, arabic) if form]
    return lexicon


def names_in_order() -> set[str]:
    """The queries for each name and term of more than one word, its words one after another."""
    words = [looked_for(form) for form in of_readers().forms]
    return {sequence(terms) for terms in words if len(terms) > 1}


def pieces(text: str) -> list[tuple[str, int, int]]:
    """Words compared with names: folded, spelled one way, without article; with their place as typed."""
    folded = fold_with_offsets(text)
    return [
        (without_article(spelling(match[0])), *folded.original_span(*match.span()))
        for match in WORD.finditer(folded.text)
        if match[0] not in ARTICLES
    ]


# Reading


def understand(
    text: str, names: Known, literal: Iterable[str] = (), on: datetime.date | None = None
) -> list[Concept]:
    """The concepts of plain words, in order. What ``literal`` names is left as words."""
    taken_back = set(literal)
    found: list[tuple[int, Concept]] = []
    covered: list[tuple[int, int]] = []
    for date in find(text, on=on or datetime.date.today()):
        value = date.edtf
        if value is None or date.as_printed in taken_back or not means_a_date(date, text):
            continue
        found.append((date.start, dated(date.as_printed, EDTF(value), date.alternatives)))
        covered.append((date.start, date.end))
    held = [(text.find(part), text.find(part) + len(part)) for part in taken_back if part in text]
    folded = fold_with_offsets(text)
    for match in re.finditer(r"(?<![\w/.-])(?:1[89]|2[01])\d\d(?![\w/.-])", folded.text):
        start, end = folded.original_span(*match.span())
        if not inside(start, covered) and not inside(start, held):
            found.append((start, dated(text[start:end], EDTF(match[0]))))
            covered.append((start, end))
    words = [piece for piece in pieces(text) if not inside(piece[1], covered)]
    at = 0
    while at < len(words):
        after, forms = longest(names, words, at)
        typed = text[words[at][1] : words[after - 1][2]]
        if forms and typed not in taken_back:
            before = at
            concept = named(names, typed, forms)
            while (
                before > 0
                and found
                and concept.kind == "official"
                and absorbs(names, forms, words[before - 1][0], found[-1], words[before - 1][1])
            ):
                before -= 1
                found.pop()
                concept = named(names, text[words[before][1] : words[after - 1][2]], forms)
            found.append((words[before][1], concept))
        else:
            after = at + 1
            typed = text[words[at][1] : words[at][2]]
            if words[at][0] not in STOP:
                word = plain(typed)
                if word is not None:
                    found.append((words[at][1], word))
        at = after
    found.sort(key=lambda pair: pair[0])
    return with_near_names(names, [concept for _, concept in found], taken_back)


def means_a_date(date: Any, text: str) -> bool:
    """Whether a date found in a query is one: bare «اليوم» or "May" are more often words."""
    if date.kind not in ("absolute", "relative"):
        return False
    words = {piece[0] for piece in pieces(date.as_printed)} | set(date.as_printed.lower().split())
    return not words <= TODAY and (len(words) > 1 or any(c.isdigit() for c in date.as_printed))


def inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def longest(names: Known, words: list[tuple[str, int, int]], at: int) -> tuple[int, list[Form]]:
    """(index behind the last word, forms) of the longest name or term that begins here."""
    node: dict[str, Any] | None = names.tree
    best: tuple[int, list[Form]] = (at + 1, [])
    for after in range(at, len(words)):
        node = node.get(words[after][0]) if node is not None else None
        if node is None:
            break
        if "" in node:
            best = (after + 1, node[""])
    return best


def absorbs(
    names: Known, forms: list[Form], word: str, previous: tuple[int, Concept], start: int
) -> bool:
    """Whether the word before a family name belongs to it: the archive has seen it among this person's names."""
    place, concept = previous
    if place != start or concept.kind not in ("words", "term"):
        return False
    key = comparison_key(word)
    owners = {
        slug for known_word in names.name_keys.get(key, ()) for slug in names.name_words[known_word]
    }
    return bool(key) and bool(owners & {form.slug for form in forms if form.kind == "official"})


# Concepts


def plain(typed: str) -> Concept | None:
    """A word, or a run of them that must all be there."""
    terms = analyze(typed)
    if not terms:
        return None
    query = all_of(terms)
    return Concept(typed, "words", query, query, tuple((forms(term),) for term in terms))


def phrase(typed: str) -> Concept | None:
    """Words in quotation marks: in this order, exact but for spelling, and for a particle on the first."""
    terms = analyze(typed)
    if not terms:
        return None
    offsets = tuple(term.position - terms[0].position for term in terms)
    loose, patterns = sequence(terms), tuple(forms(term) for term in terms)
    looser = Concept(typed, "phrase", loose, loose, (patterns,), offsets=offsets)
    query, exact = very_words(terms)
    return Concept(typed, "phrase", query, query, (exact,), offsets=offsets, looser=looser)


def dated(typed: str, value: EDTF, alternatives: tuple[EDTF, ...] = ()) -> Concept:
    """Passages that say a day of these, or the same words."""
    terms = analyze(typed)
    days = " | ".join(quoted(token) for token in tokens_asked(value))
    literal = sequence(terms) if terms else days
    label = worded(write(value, "en"), write(value, "ar"))
    patterns = (tuple(forms(term) for term in terms),) if terms else ()
    both = f"({days} | {literal})" if terms else f"({days})"
    return Concept(
        typed, "date", literal, both, patterns, label, str(value), alternatives=alternatives
    )


def named(names: Known, typed: str, matched: list[Form]) -> Concept:
    """A record, or several of one kind, that these words name: all their forms, in both scripts."""
    kind = min((form.kind for form in matched), key=ORDER.index)
    slugs = list(dict.fromkeys(form.slug for form in matched if form.kind == kind))
    sure = list(dict.fromkeys(form.slug for form in matched if form.kind == kind and not form.bare))
    slugs = (sure or slugs)[:6]
    # A term beside a name («وزير» is both) widens as well.
    others = [form.slug for form in matched if form.kind == "term" and kind != "term"]
    terms = analyze(typed)
    exact = [
        Word(name_form(term), term.start, term.end, term.position) if kind == "official" else term
        for term in terms
    ]
    literal = all_of(exact) if exact else quoted(typed)
    alternatives = [literal]
    patterns: list[tuple[frozenset[str], ...]] = (
        [(forms(term),) for term in exact] if kind in ("term", "words") else []
    )
    patterns.append(tuple(forms(term) for term in exact))
    wanted = [(kind, slug) for slug in slugs] + [("term", slug) for slug in others]
    for key in wanted:
        for form in names.forms.get(key, ()):
            owners = names.owners.get(
                (form.kind, " ".join(word for word, _, _ in pieces(form.text))), set()
            )
            if len(owners) > len(slugs) and form.kind != "term":
                continue  # words that others are called by too say nothing of this one
            if (
                form.bare
                and kind == "official"
                and len(names.name_words.get(last(form.text), ())) > len(slugs)
            ):
                continue
            words = looked_for(form)
            if words:
                alternatives.append(sequence(words))
                patterns.append(tuple(forms(word) for word in words))
    records = tuple(
        (kind, names.lexicon.ids[kind, slug]) for slug in slugs if (kind, slug) in names.lexicon.ids
    )
    alternatives += [quoted(mention_token(*record)) for record in records]
    label = None
    if kind in TOLD:
        label = label_of(names, kind, slugs[0])
    every = "(" + " | ".join(dict.fromkeys(alternatives)) + ")"
    return Concept(
        typed, kind, literal, every, tuple(dict.fromkeys(patterns)), label, slugs[0] if len(slugs) == 1 else "", records
    )  # fmt: skip


def last(text: str) -> str:
    found = pieces(text)
    return found[-1][0] if found else ""


def name_form(term: Word) -> str:
    """The exact form of a family name in «ال…ي», so that السوداني does not find the Sudan."""
    return next((variant for variant in term.variants if variant.startswith("=")), term.text)


def looked_for(form: Form) -> list[Word]:
    """The terms of a name as texts are searched for them."""
    terms = analyze(form.text)
    if form.kind != "official":
        return terms
    return [Word(name_form(term), term.start, term.end, term.position) for term in terms]


def forms(term: Word) -> frozenset[str]:
    return frozenset((term.text, *term.variants))


# Near names


def with_near_names(names: Known, concepts: list[Concept], taken_back: set[str]) -> list[Concept]:
    """Words that stand nowhere in the archive and are nearly somebody's name become that name."""
    whose = {
        at: owners
        for at, concept in enumerate(concepts)
        if concept.kind == "words" and concept.typed not in taken_back
        if (owners := near(names, concept.typed))
    }
    absent = not_in_index(names, [concepts[at] for at in whose])
    result: list[Concept] = []
    for at, concept in enumerate(concepts):
        owners = whose[at] if at in whose and concept in absent else set()
        before = result[-1] if result else None
        if (
            before is not None
            and before.kind == "official"
            and before.value
            and (before.value in owners or (before.value in name_owners(names, concept.typed)))
        ):
            result[-1] = named(
                names, f"{before.typed} {concept.typed}", [Form("official", before.value, "")]
            )
        elif owners:
            typed = concept.typed
            if (
                before is not None
                and before.kind == "words"
                and (both := name_owners(names, before.typed) & owners)
            ):
                owners, typed = both, f"{result.pop().typed} {typed}"
            matched = [Form("official", slug, "") for slug in sorted(owners)]
            result.append(named(names, typed, matched))
        else:
            result.append(concept)
    return result


def name_owners(names: Known, typed: str) -> set[str]:
    return {
        slug
        for word, _, _ in pieces(typed)
        for known_word in names.name_keys.get(comparison_key(word), ())
        for slug in names.name_words[known_word]
    }


def not_in_index(names: Known, concepts: list[Concept]) -> list[Concept]:
    """Those whose words no text has (a record's own list of names does not count); one query."""
    asked = [
        concept
        for concept in concepts
        if not any(pattern[0] & names.index.part.coverage.common for pattern in concept.patterns)
    ]
    if not asked:
        return []
    # All of them are looked at, though one would do: for one the database goes through the rows without its index.
    have = "SELECT bool_or(number > 0) FROM statements_searchpassage WHERE place IS {} AND terms @@ %s::tsquery"
    either = f"({have.format('NULL')}) IS TRUE OR ({have.format('NOT NULL')}) IS TRUE"
    with reading().cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join([either] * len(asked)),
            [concept.literal for concept in asked for _ in range(2)],
        )
        there = cursor.fetchone()
    return [concept for concept, has in zip(asked, there, strict=True) if not has]


def near(names: Known, typed: str) -> set[str]:
    """Officials whose name the word nearly is: by letters in its own script, by key in the other."""
    found = pieces(typed)
    if len(found) != 1 or len(found[0][0]) < 4:
        return set()
    word, key = found[0][0], comparison_key(typed)
    if word in territories():
        return set()
    arabic = bool(ARABIC.search(word))
    best, owners = NEAR, set[str]()
    for other, its_key in names.by_initial.get(key[:1], ()):
        if bool(ARABIC.search(other)) == arabic:
            # سودان is not سوداني: an ending makes another word, not another spelling.
            if arabic and (
                word.rstrip("يه") == other.rstrip("يه") or abs(len(word) - len(other)) > 1
            ):
                continue
            alike = DamerauLevenshtein.normalized_similarity(word, other)
            if arabic and alike < 0.8:
                continue
        else:
            alike = 0.8 if len(key) > 2 and key == its_key else 0.0
        if alike > best:
            best, owners = alike, set(names.name_words[other])
        elif alike == best:
            owners |= names.name_words[other]
    return owners if len(owners) <= 3 else set()


@functools.cache
def territories() -> frozenset[str]:
    """The words of all countries' names in both languages (CLDR): السودان is no misspelt name, nor is روسيا."""
    names = [name for code in ("ar", "en") for name in Locale(code).territories.values()]
    return frozenset(word for name in names for word, _, _ in pieces(name))


def nearest(names: Known, typed: str, most: int = 5) -> list[tuple[str, str, Label]]:
    """Records whose names are nearest to what was typed, for a page that found nothing: (kind, address, label)."""
    words = [(word, comparison_key(word)) for word, _, _ in pieces(typed) if len(word) > 2]
    scored: dict[tuple[str, str], float] = {}
    for form in names.lexicon.forms:
        if form.kind not in TOLD:
            continue
        parts = [word for word, _, _ in pieces(form.text)]
        for word, sound in words:
            for part in parts:
                alike = DamerauLevenshtein.normalized_similarity(word, part)
                if len(sound) > 2 and sound == comparison_key(
                    part
                ):  # two letters sound like too much
                    alike = max(alike, 0.7)
                key = (form.kind, form.slug)
                if alike >= 0.62 and alike > scored.get(key, 0):
                    scored[key] = alike
    best = sorted(scored, key=lambda key: (-scored[key], key))[:most]
    return [(kind, slug, label_of(names, kind, slug)) for kind, slug in best]


def label_of(names: Known, kind: str, slug: str) -> Label:
    return worded(*names.lexicon.words[kind, slug])


def mention_token(kind: str, pk: int) -> str:
    return f"@{kind}{pk}"


# Days as lexemes: a day, its month, its season, its year


def tokens_said(value: EDTF) -> set[str]:
    """Lexemes for a date that a text says. What is vague, open or longer than its unit says only the larger unit."""
    first, final = value.first, value.last
    if first is None or final is None or (final - first).days > 366 * 3:
        return set()
    found = {f"d{year}" for year in range(first.year, final.year + 1)}
    if "~" in value or "%" in value or "?" in value:
        if (first.year, first.month) == (final.year, final.month):
            found.add(f"d{first:%Y-%m}")
        return found if first.year == final.year else set()
    days = (final - first).days + 1
    if re.fullmatch(r"\d{4}-2[1-4]", value):
        return {f"d{value[:4]}", f"s{value}"}
    if days <= 45:
        found |= {f"d{first:%Y-%m}", f"d{final:%Y-%m}"}
    if days <= 16:
        found |= {f"d{first + datetime.timedelta(n):%Y-%m-%d}" for n in range(days)}
    return found


SEASONS = {"21": (3, 4, 5), "22": (6, 7, 8), "23": (9, 10, 11), "24": (12, 1, 2)}


def tokens_asked(value: EDTF) -> list[str]:
    """Lexemes that answer a date asked for: any date inside it."""
    season = re.fullmatch(r"(\d{4})-(2[1-4])", value)
    if season:
        return [f"s{value}", *(f"d{season[1]}-{month:02}" for month in SEASONS[season[2]])]
    first, final = value.first, value.last
    if first is None or final is None:
        edge = first or final
        return [f"d{edge.year}"] if edge else ["d0"]
    days = (final - first).days + 1
    if days <= 16:
        return [f"d{first + datetime.timedelta(n):%Y-%m-%d}" for n in range(days)]
    months = (final.year - first.year) * 12 + final.month - first.month + 1
    if months <= 11 or (first.month, first.day, final.month, final.day) != (1, 1, 12, 31):
        return [
            f"d{first.year + (first.month - 1 + n) // 12}-{(first.month - 1 + n) % 12 + 1:02}"
            for n in range(min(months, 60))
        ]
    return [f"d{year}" for year in range(first.year, min(final.year, first.year + 60) + 1)]
