"""Whether the only official with a surname can be meant where nothing else in a text names him.

A surname alone is weak: “MR MILLER” of one year is not the Miller who held an office in another. It means him where
his office stands before it, or where he was in office then. Dates and titles tell persons of one name apart (RDA 9.3, 9.4).
"""

from __future__ import annotations

import datetime

from statements.ingest.knowledge import Knowledge
from statements.ingest.titles import COURTESY, RANKS
from statements.search.lexicon import Token, tokens

#: How long before and after an office its holder is still called by his surname alone.
AROUND = datetime.timedelta(days=366)
#: Words in the titles of posts that officers with a rank hold.
COMMANDING = frozenset("commander chief chairman spokesman قايد رييس نايب الناطق المتحدث".split())

Days = tuple[datetime.date | None, datetime.date | None]


def can_be_meant(
    knowledge: Knowledge, official: str, days: Days, words: list[Token], place: int
) -> bool:
    """Whether an official can be meant by his surname at ``words[place]`` in a text of ``days``."""
    tenures = knowledge.lexicon.tenures.get(official, [])
    titles = {
        token.word.removeprefix("ال")
        for post, _, _ in tenures
        for title in knowledge.lexicon.words.get(("post", post), ())
        for token in tokens(title)
    }
    before = [token.word.removeprefix("ال") for token in words[max(0, place - 3) : place]]
    ranks = {rank.removeprefix("ال") for rank in RANKS}
    told = [word for word in before if word in ranks or word in titles]
    if any(word in titles and word not in COURTESY for word in told):
        return True
    if told and titles & COMMANDING:
        return True
    low, high = days
    return any(
        (first or last)
        and (first is None or high is None or first - AROUND <= high)
        and (last is None or low is None or last + AROUND >= low)
        for _, first, last in tenures
    )
