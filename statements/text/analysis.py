"""The analyzer: text to terms with offsets, the same for the index, the query and the highlight.

Arabic words are folded, spelled one way, freed of particles and endings by the light stem of Larkey
et al. (light10), kept from growing too short: وزير must not become زير, nor بيان meet بين. Broken
plurals go by their singular (see ``plurals``). A particle of one letter written onto a word without
the article («بحماية») cannot be told from a letter of the word («بيان») by form, so such a word has
both terms. English words take the Snowball stem. A term knows where its word stands as printed, so that a hit can be
marked there whatever folding found it. Beside its terms each word has an *ending*: what is written about
its term (“security” is ``secur`` and ``~-ity``), so that term and ending together tell the very word.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import snowballstemmer

from statements.text.arabic import ARABIC, fold_with_offsets, spelling
from statements.text.plurals import SINGULARS, singular

WORD = re.compile(r"[^\W_]+")
STOP = frozenset(
    # Arabic, folded
    "في من الي علي عن مع ان انه انها كما التي الذي الذين هذا هذه ذلك تلك وقد قد كل اي او ثم بعد قبل "
    "حول خلال بين ضمن ايضا لم لن لا ما هو هي كان كانت يكون تكون و حيث اذ اذا "
    # English
    "a an and are as at be been by for from had has have he her his in into is it its of on or she "
    "that the their them they this to was were which will with al el".split()
)
PREFIXES = (
    "وبال", "فبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال", "و",
)  # fmt: skip
SUFFIXES = ("يين", "يون", "يات", "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
#: Words that begin with the letter of a particle and are not to lose it.
WHOLE = frozenset(
    [
        "وزير",
        "وزاره",
        "وزراء",
        "وفد",
        "وفود",
        "واشنطن",
        "وكاله",
        "وكيل",
        "وطن",
        "وطني",
        "وقت",
        "وقف",
        "وسط",
        "وحده",
        "وحدات",
        "وصل",
        "وجود",
        "وثيقه",
        "وثاءق",
        "ورشه",
        "ولايه",
        "ولايات",
        "والي",
        "والد",
        "وعد",
        "وعود",
        "واحد",
        "وادي",
        "واقع",
        "واجب",
        "وساطه",
        "وسيط",
        "ورق",
        "ورقه",
        "وضع",
        "وظيفه",
        "وصول",
    ]
)
_english = snowballstemmer.stemmer("english")
_stemming = threading.Lock()  # the stemmer keeps the word at hand in itself


class Term(NamedTuple):
    """A searchable word: its term, other terms that may stand for it, its place as printed and in order, its ending."""

    text: str
    start: int
    end: int
    position: int
    variants: tuple[str, ...] = ()
    ending: str = ""

    @property
    def exact(self) -> str:
        """The word itself, but for spelling: its term with its ending."""
        return self.text + self.ending


#: Pronouns and the dual as they are written onto a noun, the feminine ending opened before them.
PRONOUNS = (
    "اتهما",
    "اتها",
    "اتهم",
    "اتنا",
    "اته",
    "تهما",
    "تها",
    "تهم",
    "تنا",
    "ته",
    "تين",
    "تان",
    "تي",
    "هما",
    "هم",
    "نا",
)
#: Particles of one letter; before a word without the article only the dictionary could tell them from its own letters.
PARTICLES = "بلكف"
ENDING = "~"  # what every ending begins with, and no word


@functools.lru_cache(maxsize=200_000)
def terms_of(word: str) -> tuple[str, ...]:
    """The term of a folded word, and the terms it would have if its first letter were a particle."""
    if not ARABIC.search(word):
        if not word.isascii() or word.isdigit():
            return (word,)
        with _stemming:
            return (str(_english.stemWord(word)),)
    whole, word = word, without_article(spelling(word))
    found = [noun(word)]
    if word.endswith("ي") and len(word) > 3 and whole != word and ("ال" in whole or "لل" in whole):
        found.append("=" + word)  # «السوداني» may be a man's name: kept apart from his country
    bare = [word]
    if word not in WHOLE and word[0] in PARTICLES and len(word) >= 5 and singular(word) is None:
        rest = word[1:]
        if rest.startswith("ل") and word[0] == "ل" and len(rest) > 4:
            rest = rest[1:]
        bare.append(spelling(rest))
        found.append(noun(bare[1]))
    for form in bare:
        for ending in PRONOUNS:
            # «سيادته» is سيادة with a pronoun, «ثابته» is the feminine of ثابت: by form nobody knows.
            if form.endswith(ending) and len(form) - len(ending) >= 3 and form not in WHOLE:
                found.append(noun(form[: -len(ending)]))
                break
    return tuple(dict.fromkeys(found))


@functools.lru_cache(maxsize=200_000)
def lexemes_of(word: str) -> tuple[str, ...]:
    """All that the index has of a folded word: its terms, and last its ending."""
    terms = terms_of(word)
    return (*terms, ending(spelling(word), terms))


def ending(word: str, terms: tuple[str, ...]) -> str:
    """What is written about the term of a word, the term as a dash; of a word with several terms, or without its term in it, the word."""
    if len(terms) == 1 and terms[0] in word:
        return ENDING + word.replace(terms[0], "-", 1)
    return ENDING + word


def with_particles(word: str) -> list[str]:
    """A folded Arabic word by itself and behind the particles that are written onto it: «والحوار», «للحوار»."""
    if not ARABIC.search(word):
        return [word]
    found = [word]
    for particle in PARTICLES:
        if particle == "ل" and word.startswith("ال"):
            found.append("ل" + word[2:] if word.startswith("الل") else "لل" + word[2:])
        elif particle != "ف":
            found.append(particle + word)
    found += [joined + form for joined in "وف" for form in found]
    return [form for form in found if form == word or form not in WHOLE]


def stem(word: str) -> str:
    """The term of a folded word."""
    return terms_of(word)[0]


def without_article(word: str) -> str:
    """The word without the article, «and», and the particles written before the article."""
    if word in WHOLE or singular(word) is not None:
        return word
    for prefix in PREFIXES:
        rest = word[len(prefix) :]
        if not word.startswith(prefix):
            continue
        known = rest in WHOLE or rest in SINGULARS or singular(rest) is not None
        if known or len(rest) >= (3 if len(prefix) > 1 else 4):
            return spelling(rest)
    return word


def noun(word: str) -> str:
    """A noun without article: its singular, then without the endings of gender, number, nisba and possession."""
    word = singular(word) or word
    if word in WHOLE:
        return word[:-1] if word.endswith("ه") and len(word) > 4 else word
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if word.endswith("ء") and len(word) > 3 else word


def analyze(text: str) -> list[Term]:
    """The terms of a text in order; stop words are left out but counted in the positions."""
    terms = []
    position = 0
    for run in RUN.finditer(text):
        start = run.start()
        for found, begin, end in read(run[0]):
            position += 1
            if found:
                terms.append(
                    Term(found[0], start + begin, start + end, position, found[1:-1], found[-1])
                )
    return terms


def words_in(text: str) -> Iterator[tuple[str, ...]]:
    """The lexemes of each word in order, none for a stop word: what ``analyze`` gives, without the places as printed."""
    for run in text.split():
        for lexemes, _, _ in read(run):
            yield lexemes


#: Letters between white space; folding works letter by letter, so that each run can be read by itself.
RUN = re.compile(r"\S+")


def read(run: str) -> Iterable[tuple[tuple[str, ...], int, int]]:
    """The words of a run of letters: (lexemes, none for a stop word; start; end); kept, for texts repeat their words."""
    return words_of(run) if len(run) <= 40 else read_run(run)


@functools.lru_cache(maxsize=100_000)
def words_of(run: str) -> tuple[tuple[tuple[str, ...], int, int], ...]:
    return tuple(read_run(run))


def read_run(run: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    folded = fold_with_offsets(run)
    for match in WORD.finditer(folded.text):
        word = match[0]
        lexemes = () if word in STOP or len(word) > 100 else lexemes_of(word)
        yield lexemes, *folded.original_span(*match.span())
