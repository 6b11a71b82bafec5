"""Which earlier undertakings of the same dialogue a new one may follow up, by the words that they share."""

from __future__ import annotations

import datetime
import functools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from statements.models import PassageText, Undertaking
from statements.search.lexicon import KnownEvent
from statements.text.analysis import analyze
from statements.text.dates import EDTF, write
from statements.text.sentence import Sentence

#: Below this likeness two undertakings are about different things.
LIKELY = 0.2
#: Next to the best, others are shown when they come near it.
BESIDE = 0.7
SHOWN = 3
TOLD = 4  # shared words that the reason names
LOOKED_AT = 400  # undertakings of a dialogue, the newest


#: What every undertaking may say, whatever it is about: who promises, and the verbs of promising.
COMMON = """
both two sides side country countries delegation delegations government governments minister ministers united states iraq
iraqi american discuss discussed intend affirm reaffirm commit commitment agree decide importance continue
الجانبان الجانبين الطرفان البلدان البلدين الوفدان الوفود الحكومة الوزيران العراق العراقي العراقية الولايات المتحدة
الأمريكي الأمريكية ناقش ناقشت أكد أكدت جدد جددت شدد قرر قررا اتفق التزم التزام التزامهما اعتزم تعتزم أهمية استمرار مواصلة
"""


@functools.cache
def common() -> frozenset[str]:
    return frozenset(term.text for term in analyze(COMMON))


@functools.lru_cache(maxsize=4096)
def terms_of(text: str) -> dict[str, str]:
    """Term → the word as printed, of the words that tell what a text is about."""
    found = {term.text: text[term.start : term.end] for term in analyze(text[:2000])}
    return {term: word for term, word in found.items() if term not in common()}


@dataclass(frozen=True)
class Earlier:
    """An undertaking of an earlier round; ``texts`` are its summary and its passage, in the language that is read."""

    passage: str  # address: statement#pN
    texts: tuple[str, ...]
    day: datetime.date
    theme: str

    @cached_property
    def terms(self) -> list[frozenset[str]]:
        """The terms of each of its texts."""
        return [frozenset(terms_of(text)) for text in self.texts if text]


@dataclass(frozen=True)
class Likely:
    earlier: Earlier
    score: float
    shared: tuple[str, ...]

    @property
    def reason(self) -> Sentence:
        day = EDTF(self.earlier.day.isoformat())
        words = " · ".join(self.shared)
        return Sentence(
            f"An undertaking of an earlier round ({write(day, 'en')}) has these words too: “{words}”.",
            f"في تعهد من جولة سابقة ({write(day, 'ar')}) هذه الكلمات أيضًا: «{words}».",
        )

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "passage": self.earlier.passage,
            "theme": self.earlier.theme,
            "score": round(self.score, 2),
            "reason": self.reason.in_language(language),
        }


class Precedents:
    """Earlier undertakings with the weight of their words: the rarer a word among them, the more it tells."""

    def __init__(self, earlier: Sequence[Earlier]) -> None:
        texts = [(one, terms) for one in earlier for terms in one.terms]
        seen = Counter(term for _, terms in texts for term in terms)
        self.unseen = math.log((len(texts) + 1) / 0.5) ** 2
        self.weights = {term: math.log((len(texts) + 1) / (n + 0.5)) ** 2 for term, n in seen.items()}  # fmt: skip
        self.texts = [(one, terms, math.sqrt(sum(map(self.weights.__getitem__, terms)))) for one, terms in texts]  # fmt: skip

    def likely(self, words: str) -> list[Likely]:
        """The undertakings that the words may follow up, of the latest round and the likeliest first; a passage once."""
        own = terms_of(words)
        weights = self.weights
        length = math.sqrt(sum(weights.get(term, self.unseen) for term in own))
        found: dict[str, Likely] = {}
        for one, terms, size in self.texts:
            shared = own.keys() & terms
            if len(shared) < 2 or not size:
                continue
            score = sum(weights[term] for term in shared) / (size * length)
            best = found.get(one.passage)
            if score >= LIKELY and (best is None or score > best.score):
                rarest = sorted(shared, key=lambda term: (-weights[term], words.index(own[term])))
                found[one.passage] = Likely(one, score, tuple(own[term] for term in rarest[:TOLD]))
        most = max((one.score for one in found.values()), default=0.0)
        near = [one for one in found.values() if one.score >= BESIDE * most]
        return sorted(near, key=lambda one: (-one.earlier.day.toordinal(), -one.score, one.earlier.passage))[:SHOWN]  # fmt: skip


def earlier_rounds(event: str | None, dialogues: Mapping[str, Sequence[KnownEvent]]) -> list[str]:
    """The events before this one in the dialogues that it is a round of."""
    found: list[str] = []
    for rounds in dialogues.values():
        own = next((one for one in rounds if one.slug == event), None)
        if own and own.first:
            found += [one.slug for one in rounds if one.first and one.first < own.first]
    return sorted(set(found))


def undertakings_of(events: Sequence[str], language: str) -> list[Earlier]:
    """What the archive has of the undertakings that came out of these events, in a language; two queries."""
    if not events:
        return []
    promises = Undertaking.objects.filter(
        passage__statement__event__slug__in=events,
        passage__statement__date_first__isnull=False,
        passage__removed=False,
    )
    rows = list(
        promises.order_by(
            "-passage__statement__date_first", "passage__number", "number"
        ).values_list(
            "passage",
            "passage__statement__slug",
            "passage__number",
            "passage__statement__date_first",
            f"summary_{language}",
            "theme__slug",
        )[:LOOKED_AT]
    )
    if not rows:
        return []
    texts: dict[int, list[str]] = {}
    printed = PassageText.objects.filter(passage__in={row[0] for row in rows}, language=language)
    for passage, text, digest in printed.order_by("id").values_list("passage", "text", "digest"):
        texts.setdefault(passage, []).append((digest or text)[:1500])
    return [
        Earlier(f"{slug}#p{number}", (summary, *texts.get(passage, [])), first, theme or "")
        for passage, slug, number, first, summary, theme in rows
    ]
