"""The names the archive knows, ready for matching: read once from the records, then plain values."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from statements.models import (
    Agreement,
    Country,
    Dialogue,
    Event,
    Name,
    Official,
    Organization,
    Place,
    Post,
    Round,
    Tenure,
)
from statements.models.base import PublicationQuerySet
from statements.text.arabic import fold, fold_with_offsets, spelling
from statements.text.edtf import EDTF
from statements.text.names import surname


@dataclass(frozen=True)
class Form:
    """A printed form and the record it names. ``bare``: a surname or an office without its country, sure only in context."""

    kind: str
    slug: str
    text: str
    bare: bool = False
    misleading: bool = False


@dataclass(frozen=True)
class KnownEvent:
    slug: str
    first: datetime.date | None
    last: datetime.date | None


@dataclass
class Lexicon:
    forms: list[Form] = field(default_factory=list)
    #: official → days on which sources name him in an office
    attested: dict[str, list[datetime.date]] = field(default_factory=dict)
    #: official → (post, first day, last day) for choosing by date
    tenures: dict[str, list[tuple[str, datetime.date | None, datetime.date | None]]] = field(
        default_factory=dict
    )
    #: dialogue → round number → event
    rounds: dict[str, dict[int, KnownEvent]] = field(default_factory=dict)
    dialogues: dict[str, list[KnownEvent]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    #: (kind, address) → its names, English and Arabic
    words: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    #: (kind, address) → number of the record in its table
    ids: dict[tuple[str, str], int] = field(default_factory=dict)


#: Nouns that say what a body is and may be left out: «تنظيم داعش», «داعش».
CLASS_NOUNS = {"تنظيم", "منظمه", "جماعه", "حركه"}
#: What stands behind a family name and is none.
SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "الثالث", "الثاني", "الابن"}
NATIONS = {"عراقي", "عراقيه", "امريكي", "امريكيه", "اميركي", "اميركيه", "بريطاني", "بريطانيه"}


def load(public: bool = False) -> Lexicon:
    """Everything the archive can recognise. For the desk drafts are known at once; readers know what is published."""
    lexicon = Lexicon()

    def shown(records: Any) -> Any:
        return (
            records.published() if public and isinstance(records, PublicationQuerySet) else records
        )

    named: tuple[tuple[str, Any], ...] = (
        ("official", Official),
        ("organization", Organization),
        ("dialogue", Dialogue),
        ("place", Place),
        ("country", Country),
    )
    for kind, model in named:
        rows = shown(model.objects.all()).values_list("pk", "slug", "name_en", "name_ar")
        for pk, slug, english, arabic in rows:
            lexicon.ids[kind, slug] = pk
            add(lexicon, kind, slug, english, arabic)
    for slug, *official in Country.objects.values_list("slug", "official_en", "official_ar"):
        lexicon.forms += [Form("country", slug, form) for form in official if form]
    titled: tuple[tuple[str, Any], ...] = (("post", Post), ("agreement", Agreement))
    for kind, model in titled:
        rows = shown(model.objects.all()).values_list("pk", "slug", "title_en", "title_ar")
        for pk, slug, english, arabic in rows:
            lexicon.ids[kind, slug] = pk
            add(lexicon, kind, slug, english, arabic)
    for owner in ("official", "organization", "post", "agreement", "dialogue"):
        for slug, form, misleading in Name.objects.filter(
            **{f"{owner}__isnull": False}
        ).values_list(f"{owner}__slug", "form", "misleading"):
            if (owner, slug) not in lexicon.ids:
                continue
            form = form.split(" (")[0]
            lexicon.forms.append(Form(owner, slug, form, bare_form(owner, form), misleading))
    for official, post, first, last, printed in Tenure.objects.values_list(
        "official__slug", "post__slug", "start_first", "end_last", "attested"
    ):
        lexicon.tenures.setdefault(official, []).append((post, first, last))
        seen = [day for one in printed for day in (EDTF(one).first,) if day]
        lexicon.attested.setdefault(official, []).extend(seen)
    for dialogue, number, slug, first, last in Round.objects.order_by(
        "event__date_first"
    ).values_list(
        "dialogue__slug", "number", "event__slug", "event__date_first", "event__date_last"
    ):
        event = KnownEvent(slug, first, last)
        lexicon.dialogues.setdefault(dialogue, []).append(event)
        if number:
            lexicon.rounds.setdefault(dialogue, {})[number] = event
    for slug, english, arabic in Event.objects.values_list("slug", "title_en", "title_ar"):
        lexicon.labels["event", slug] = english or arabic
    return lexicon


def bare_form(kind: str, form: str) -> bool:
    """One word of a person's name is sure only in context."""
    return kind == "official" and len(form.replace("-", " ").split()) <= (
        2 if form.lower().startswith("al") else 1
    )


def add(lexicon: Lexicon, kind: str, slug: str, english: str, arabic: str) -> None:
    lexicon.labels[kind, slug] = english or arabic
    lexicon.words[kind, slug] = english, arabic
    for form in (english, arabic):
        if not form:
            continue
        lexicon.forms.append(Form(kind, slug, form))
        words = [word for word in form.split() if fold(word).strip(".,") not in SUFFIXES]
        if kind == "official" and len(words) > 1:
            family = family_name(words) if surname(form) else ""
            if len(fold(family)) >= 4:
                lexicon.forms.append(Form(kind, slug, family, bare=True))
            if len(words) > 2:  # first and last name without what stands between
                first = " ".join(words[: 2 if fold(words[0]) in ("عبد", "ابو") else 1])
                if not (family or words[-1]).startswith(first):
                    lexicon.forms.append(Form(kind, slug, f"{first} {family or words[-1]}"))
        if (
            kind == "organization"
            and len(form.split()) > 1
            and fold(form.split()[0]) in CLASS_NOUNS
        ):
            lexicon.forms.append(Form(kind, slug, " ".join(form.split()[1:])))
        if kind in ("post", "organization"):
            for variant in unqualified(form):
                lexicon.forms.append(Form(kind, slug, variant, bare=True))
        if kind == "post" and "رئيس مجلس الوزراء" in form:
            lexicon.forms.append(
                Form(kind, slug, form.replace("رئيس مجلس الوزراء", "رئيس الوزراء"))
            )


def family_name(words: list[str]) -> str:
    """The last word of a name, with what is never said without it: «يار الله», «عبد الله»."""
    compound = len(words) > 2 and (
        fold(words[-1]) == "الله" or fold(words[-2]) in ("عبد", "ابو", "abu")
    )
    return " ".join(words[-2:]) if compound else words[-1]


def unqualified(form: str) -> list[str]:
    """An office or body without its nation: «وزير الدفاع» of «وزير الدفاع العراقي»."""
    words = form.split()
    if len(words) > 2 and fold(words[-1]).removeprefix("ال") in NATIONS:
        return [" ".join(words[:-1])]
    for tail in (" of Iraq", " of the United States", " of the United Kingdom"):
        if form.endswith(tail) and len(form.removesuffix(tail).split()) > 1:
            return [form.removesuffix(tail)]
    return []


# Matching words with forms

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Token:
    word: str
    start: int
    end: int


#: Words that stand for one another in names of offices and agreements.
SAME = {"defence": "defense", "programme": "program", "اتفاق": "اتفاقيه", "الاتفاق": "الاتفاقيه"}
#: Offices held by a woman, by the form that titles of posts have.
HELD_BY_HER = {
    fold(f"{office}ة"): fold(office)
    for office in ["وزير", "رئيس", "نائب", "مساعد", "سفير", "مستشار", "وكيل", "مدير", "قائد", "متحدث", "ناطق", "المتحدث", "الناطق", "الوزير", "الرئيس", "السفير"]
}  # fmt: skip


def held_by_her(word: str) -> str:
    """«والسفيرة» as «والسفير»."""
    bare = word[1:]
    return word[0] + HELD_BY_HER[bare] if word[:1] in ("و", "ف") and bare in HELD_BY_HER else word


@functools.lru_cache(maxsize=50_000)
def words_of(form: str) -> tuple[str, ...]:
    """The words of a form as matching compares them."""
    return tuple(token.word for token in tokens(form))


def tokens(text: str) -> list[Token]:
    """The words of a text, folded and spelled one way, with their places in it."""
    folded = fold_with_offsets(text)
    found = []
    for match in WORD.finditer(folded.text):
        start, end = folded.original_span(*match.span())
        word = SAME.get(match[0]) or spelling(match[0])
        if "ة" in text[start:end]:
            word = HELD_BY_HER.get(word) or held_by_her(word)
        found.append(Token(word, start, end))
    return found


class Tree:
    """All forms of a lexicon, word by word."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.root: dict[str, Any] = {}
        for form in forms:
            node = self.root
            for word in words_of(form.text):
                node = node.setdefault(word, {})
            if node is not self.root:
                node.setdefault("", []).append(form)

    def at(self, words: list[Token], place: int) -> Iterator[tuple[int, int, list[Form]]]:
        """(shift of the start in characters, index behind the last word, forms) of every match here."""
        for shift, first in starts(words[place].word):
            node = self.root.get(first)
            if node is None:
                continue
            after = place + 1
            if "" in node:
                yield shift, after, node[""]
            while after < len(words) and (node := node.get(words[after].word)) is not None:
                after += 1
                if "" in node:
                    yield shift, after, node[""]


@functools.lru_cache(maxsize=50_000)
def starts(word: str) -> tuple[tuple[int, str], ...]:
    """A word with and without the particles written onto it, with the number of letters taken off."""
    found = [(0, word)]
    rest, cut = word, 0
    if rest[:1] in ("و", "ف") and len(rest) > 3:
        rest, cut = rest[1:], 1
        found.append((cut, spelled(rest)))
    if rest.startswith("لل") and len(rest) > 4:
        found += [(cut + 1, spelled("ال" + rest[2:])), (cut + 1, spelled("الل" + rest[2:]))]
    elif rest[:1] in ("ب", "ل", "ك") and len(rest) > 3:
        found.append((cut + 1, spelled(rest[1:])))
    return tuple(found)


def spelled(word: str) -> str:
    """A word without its particles, in the spelling that forms have;"""
    return SAME.get(word) or spelling(word)
