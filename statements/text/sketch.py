"""How much two texts have in common, told from a few numbers kept of each: near-identical texts are found without reading all.

A text is the set of its runs of three words, spelling and punctuation aside; its sketch is the smallest
hashes of them (Broder's bottom-k sketch, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from statements.text.align import words_of
from statements.text.arabic import fold
from statements.text.calendars import HIJRI_MONTHS, MONTHS, ORDINALS, WEEKDAYS

SIZE = 128  # numbers of a sketch: the estimate errs by about .04 where copies and other texts part
PROBE = 12  # the first of them; a text that has none of these is no near copy
RUN = 3  # words
#: Share of common runs from which two texts are near copies: about one word in twelve may have changed. Other texts,
#: statements of one series among them, have hardly an eighth in common.
NEAR = 0.6
#: Share of figures, months and ordinals that near copies have in common; statements of a series share their
#: sentences but not these.
SAME_FIGURES = 0.75
ARTICLES = re.compile(r"^(?:[وفبلك]?ال|[وفبلك])")


def sketch(text: str) -> list[int]:
    """The sketch of a text, ascending, as signed numbers of 64 bits; empty when the text has no word."""
    words = words_of(text)
    runs = {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))} - {""}
    return sorted({number(run) for run in runs})[:SIZE]


def number(run: str) -> int:
    digest = hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def resemblance(one: list[int], other: list[int]) -> float:
    """The share of runs that two texts have in common, estimated from their sketches."""
    both = sorted({*one, *other})[:SIZE]
    common = set(one).intersection(other)
    return sum(value in common for value in both) / len(both) if both else 0.0


def figures(text: str) -> Counter[str]:
    """The figures, months, weekdays and ordinals of a text: what differs between statements of a series."""
    found: Counter[str] = Counter()
    for word in re.findall(r"\w+", fold(text)):
        if digits := re.sub(r"\D", "", word):
            found[digits.lstrip("0")] += 1
            continue
        for form in (word, ARTICLES.sub("", word), ARTICLES.sub("ال", word)):
            for table in (MONTHS, HIJRI_MONTHS, WEEKDAYS, ORDINALS):
                if form in table:
                    found[f"{id(table)} {table[form]}"] += 1
                    break
            else:
                continue
            break
    return found


def same_figures(one: str, other: str) -> bool:
    """Whether two texts agree in their figures, as copies do and statements of a series do not."""
    here, there = figures(one), figures(other)
    total = here.total() + there.total()
    return not total or 2 * (here & there).total() / total >= SAME_FIGURES
