"""Whether the only official with a surname can be meant where nothing else in a text names him.

A surname alone is weak: “MR MILLER” of one year is not the Miller who held an office in another. It means him where
his office stands before it, or where he was in office then. Dates and titles tell persons of one name apart (RDA 9.3, 9.4).
"""

from __future__ import annotations

import datetime

from statements.ingest.knowledge import Knowledge
from statements.ingest.titles import ENGLISH_OFFICE, OFFICES, RANKS
from statements.search.lexicon import Token, tokens

#: How long before and after an office its holder is still called by his surname alone.
AROUND = datetime.timedelta(days=366)
#: How far from a day on which sources name him in an office, when its first and last day are not known.
TERM = datetime.timedelta(days=4 * 366)
#: Words in the titles of posts that officers hold.
COMMANDING = frozenset("commander chief chairman spokesman".split())
#: Words that head an office.
HEADS = ENGLISH_OFFICE | {office.removeprefix("ال") for office in OFFICES}
BARE_RANKS = frozenset(rank.removeprefix("ال") for rank in RANKS)

Days = tuple[datetime.date | None, datetime.date | None]


def can_be_meant(
    knowledge: Knowledge, official: str, days: Days, words: list[Token], place: int
) -> bool:
    """Whether an official can be meant by his surname at ``words[place]`` in a text of ``days``."""
    titles = titles_of(knowledge, official)
    before = {token.word.removeprefix("ال") for token in words[max(0, place - 3) : place]}
    if before & titles & HEADS:
        return True
    officer = bool(titles & COMMANDING)
    if before & BARE_RANKS and officer:
        return True
    low, high = days
    held = any(
        (first or last)
        and (first is None or high is None or first - AROUND <= high)
        and (last is None or low is None or last + AROUND >= low)
        for _, first, last in knowledge.lexicon.tenures.get(official, [])
    )
    if held or (before & BARE_RANKS and not officer):
        return held
    return any(
        (high is None or day - TERM <= high) and (low is None or day + TERM >= low)
        for day in knowledge.lexicon.attested.get(official, [])
    )


def titles_of(knowledge: Knowledge, official: str) -> set[str]:
    """The words of the titles of an official's posts, in both languages, folded and without the article."""
    return {
        token.word.removeprefix("ال")
        for post, _, _ in knowledge.lexicon.tenures.get(official, [])
        for title in knowledge.lexicon.words.get(("post", post), ())
        for token in tokens(title)
    }
