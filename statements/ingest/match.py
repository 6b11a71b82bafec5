"""Whom and what a text names: each printed form is one record, several, or none, with the reason in a sentence.

Matching is by whole words, folded and spelled one way, through a tree of all known forms; one-letter
particles before a form are not part of it. What is sure by itself is decided first, then offices and
bodies printed without their country, in the light of what the document says. A lookup never writes,
and nothing is one record unless exactly one fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from statements.ingest.agreements import Agreements
from statements.ingest.forms import nationless
from statements.ingest.mentioned import Context, Mentioned, Page
from statements.ingest.officials import Officials, introduce
from statements.ingest.organizations import Organizations
from statements.ingest.posts import Posts
from statements.ingest.references import references
from statements.ingest.rounds import Rounds
from statements.ingest.unknown_bodies import of_class_nouns, unknown_bodies
from statements.ingest.unknown_posts import unknown_posts
from statements.search.lexicon import tokens
from statements.text.nations import COUNTRY_WORDS, nation

ORDER = ("official", "post", "event", "agreement", "organization", "dialogue", "place", "country")


@dataclass
class Matcher(Officials, Posts, Organizations, Agreements):
    """Matches texts against what the archive knows."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rounds = Rounds(self.knowledge)

    def survey(self, text: str, start: int, end: int, page: Page) -> None:
        """Learn from a part whom and what the page names in full, for the reading that follows."""
        part = text[start:end]
        words = tokens(part)
        hits = self.hits(part, words)
        page.parts[start, end] = words, hits
        for hit in hits:
            plain = nationless(words, hit)
            if len(hit.sure) == 1 and not (hit.kind == "post" and plain):
                page.named.setdefault(hit.kind, set()).add(hit.sure[0])
                if not (plain and of_class_nouns(words, hit)):
                    page.telling.add((hit.kind, hit.sure[0]))
            elif hit.kind == "post" and not hit.sure and self.another_nation(part, words, hit):
                page.foreign.add(tuple(token.word for token in words[hit.first : hit.after]))
        for token in words:
            code = nation(token.word) or COUNTRY_WORDS.get(token.word.removeprefix("و"))
            if code:
                page.adjectives.add(code)
        persons = page.persons[start, end] = self.persons(part, words, hits)
        for hit in (hit for hit in hits if hit.kind == "post"):
            holder = self.beside(part, hit.start, hit.end, persons)
            if holder:
                title = tuple(token.word for token in words[hit.first : hit.after])
                page.holders.setdefault(title, set()).add(holder.slug)
        for mention in persons:
            if mention.slug:
                page.named.setdefault("official", set()).add(mention.slug)
            introduce(part, mention, page)
        page.named.setdefault("dialogue", set()).update(self.rounds.dialogues_in(words))

    def mentions(self, text: str, start: int, end: int, context: Context) -> list[Mentioned]:
        """Mentions in ``text[start:end]``, with offsets into ``text``; the context grows by what is read.

        The part has been surveyed for the page of the context.
        """
        part = text[start:end]
        words, hits = context.page.parts[start, end]
        found = [replace(mention) for mention in context.page.persons[start, end]]
        found += self.partly_named(part, words, hits, found, context)
        for hit in (hit for hit in hits if hit.kind == "post"):
            found += self.post(part, words, hit, found, context)
        bodies = [hit for hit in hits if hit.kind == "organization"]
        for hit in bodies:
            found += self.body(part, words, hit, bodies, found, context)
        found += self.two_ministries(part, words)
        for hit in hits:
            if hit.kind == "agreement":
                found += self.agreement(part, hit, context)
            elif hit.kind not in ("official", "post", "organization"):
                found += self.plain(part, hit)
        found += self.memoranda(part, words, found, context)
        for mention in sorted(found, key=lambda one: one.start):
            context.note(mention)
        found += references(part, words, found, context, self.knowledge)
        found += unknown_posts(part, words, found)
        found += unknown_bodies(part, words, found)
        found += self.rounds.read(part, words, found, context, start)
        for mention in found:
            mention.start += start
            mention.end += start
        return tidy(found)


#: Types of which none stands inside another.
SINGLE = ("event", "agreement", "official", "place")


def tidy(mentions: list[Mentioned]) -> list[Mentioned]:
    """One mention of a type for the same words; a dialogue that was found as a round is that round; by place."""
    rank = {kind: at for at, kind in enumerate(ORDER)}
    rounds = [(m.start, m.end) for m in mentions if m.type == "event"]
    kept: dict[tuple[int, int, str], Mentioned] = {}
    for mention in sorted(
        mentions, key=lambda m: (m.outcome == "none", rank.get(m.kind or m.type, 9))
    ):
        if mention.kind == "dialogue" and mention.warning is None and any(
            a < mention.end and mention.start < b for a, b in rounds
        ):  # fmt: skip
            continue
        kept.setdefault((mention.start, mention.end, mention.type), mention)
    ordered = sorted(kept.values(), key=lambda m: (m.start, -m.end, rank.get(m.type, 9)))
    return list(outermost_of_their_like(ordered))


def outermost_of_their_like(ordered: list[Mentioned]) -> Iterator[Mentioned]:
    """Without what stands inside a longer mention of its type, for types that do not nest; by place, the longer first."""
    reached: dict[str, int] = {}
    for mention in ordered:
        if mention.type not in SINGLE or mention.end > reached.get(mention.type, 0):
            reached[mention.type] = max(mention.end, reached.get(mention.type, 0))
            yield mention
