"""The analyzer: text to terms with offsets, the same for the index, the query and the highlight.

Arabic words are folded, spelled one way, freed of particles and endings by the light stem of Larkey
et al. (light10), kept from growing too short: وزير must not become زير, nor بيان meet بين. English
words take the Snowball stem. A term knows where its word stands as printed, so that a hit can be
marked there whatever folding found it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import snowballstemmer

from statements.text.arabic import ARABIC, fold_with_offsets, spelling

WORD = re.compile(r"[^\W_]+")
STOP = frozenset(
    # Arabic, folded
    "في من الي علي عن مع ان انه انها كما التي الذي الذين هذا هذه ذلك تلك وقد قد كل اي او ثم بعد قبل "
    "حول خلال بين ضمن ايضا لم لن لا ما هو هي كان كانت يكون تكون و حيث اذ اذا "
    # English
    "a an and are as at be been by for from had has have he her his in into is it its of on or she "
    "that the their them they this to was were which will with al el".split()
)
PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و")
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
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


@dataclass(frozen=True)
class Term:
    """A searchable word: its term, other terms that may stand for it, its place as printed and in order."""

    text: str
    start: int
    end: int
    position: int
    variants: tuple[str, ...] = ()


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The term of a folded word."""
    if not ARABIC.search(word):
        return str(_english.stemWord(word)) if word.isascii() and not word.isdigit() else word
    word = spelling(word)
    if word not in WHOLE:
        for prefix in PREFIXES:
            rest = word[len(prefix) :]
            if word.startswith(prefix) and len(rest) >= (
                3 if len(prefix) > 1 else 4 if rest not in WHOLE else 3
            ):
                word = rest
                break
        for particle in "بلكف":
            # A single particle only before a word known whole: بوزير, لوزارة.
            if word[0] == particle and word[1:] in WHOLE:
                word = word[1:]
    word = spelling(word)
    if word in WHOLE:
        word = {"وزراء": "وزير", "وثاءق": "وثيقه"}.get(word, word)
        return word[:-1] if word.endswith("ه") and len(word) > 4 else word
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word


def analyze(text: str, language: str | None = None) -> list[Term]:
    """The terms of a text in order; stop words are left out but counted in the positions."""
    folded = fold_with_offsets(text)
    terms = []
    for position, match in enumerate(WORD.finditer(folded.text), 1):
        word = match[0]
        if word in STOP or len(word) > 100:
            continue
        start, end = folded.original_span(match.start(), match.end())
        terms.append(Term(stem(word), start, end, position))
    return terms
