"""Posts by their titles: with their country or without, with the official who holds them or for one who is not named."""

from __future__ import annotations

import re

from statements.ingest.arabic_titles import behind_office
from statements.ingest.forms import ONLY, WHERE, Forms, Hit, nationless, side_before
from statements.ingest.mentioned import Context, Mentioned
from statements.ingest.titles import OFFICES, RANKS, TITLES
from statements.search.lexicon import Token, Tree, starts, tokens
from statements.text.arabic import fold
from statements.text.nations import COUNTRY_WORDS
from statements.text.sentence import Sentence

#: Words before an office that make another one of it.
LOWER = {
    fold(word)
    for word in "نائب نائبة وكيل وكيلة مساعد مساعدة معاون معاونة deputy assistant under vice".split()
}
#: Who works in somebody's office, beside the offices of ``strangers``.
STAFF = {
    fold(word) for word in "مكتب سكرتير office adviser advisor spokesman spokesperson aide".split()
}
HOLDER = Sentence(
    "The official named beside it held this post on that day.",
    "المسؤول المذكور معه كان في هذا المنصب في ذلك اليوم.",
)


#: What may stand between an English office and its holder beside ranks: other fields, and the country.
REST = re.compile(r"\s+(?:and|of)\s(?:[\s,]|\b(?:and|of|the)\b|[A-Z][\w.’'-]*)*")


class Posts(Forms):
    """Decides which post a title means."""

    def post(
        self, part: str, words: list[Token], hit: Hit, found: list[Mentioned], context: Context
    ) -> list[Mentioned]:
        mention = Mentioned(hit.start, hit.end, part[hit.start : hit.end], "post", "post")
        if another_office(part, words, hit.first) or self.another_nation(part, words, hit):
            return []
        if not_yet_held(part, words, hit):
            return []
        officials = [one for one in found if one.type == "official"]
        holder = self.beside(part, hit.start, hit.end, officials) or self.behind_the_rest(part, words, hit, officials)  # fmt: skip
        if sent_elsewhere(part, words, hit, self.tree):
            return []
        plain = nationless(words, hit)
        known = holder is not None and holder.slug is not None
        if plain and not known and not self.is_of_the_page(hit, hit.slugs, context):
            return []
        if not known and self.is_elsewhere(words, hit, context):
            return []
        strange = plain and holder is not None and not known
        slugs = hit.slugs if holder else self.of_that_nation(words, hit, mention, part)
        if not slugs:
            return []
        reason: Sentence | None = ONLY if hit.sure and len(slugs) == 1 and not strange else None
        if reason is None and holder and holder.slug:
            held = [
                slug for slug in slugs if self.knowledge.held(holder.slug, slug, context.days)
            ] or [
                slug
                for slug in slugs
                if self.knowledge.nations.get(("post", slug))
                == self.knowledge.nations.get(("official", holder.slug), "-")
            ]
            if len(held) == 1:
                slugs, reason = held, HOLDER
        if len(tokens(mention.as_printed)) == 1 and reason is not HOLDER:
            return []
        if reason is None and qualified_behind(part, words, hit.after):
            return []
        foreign = tuple(token.word for token in words[hit.first : hit.after]) in context.foreign
        side = side_before(words, hit.first)
        of_side = [slug for slug in slugs if self.knowledge.nations.get(("post", slug)) == side]
        if reason is None and holder is None and (foreign or (side and not of_side)):
            if side and not of_side:
                return []
            if not side:
                mention.candidates, mention.reason = slugs, WHERE
                return [mention]
        if reason is None and holder is None:
            slugs, reason = self.in_context(words, hit, slugs, context)
        if (
            reason is None
            and len(slugs) == 1
            and (not strange or self.is_of_the_voice(slugs[0], context))
        ):
            reason = ONLY
        if reason is None:
            if any(one.meets(mention.start, mention.end) for one in officials):
                return []
            mention.candidates, mention.reason = slugs, WHERE
            return [mention]
        self.linked(mention, hit, slugs[0], reason)
        if holder and holder.slug:
            context.holders[slugs[0]] = holder.slug
            return [mention]
        if (
            holder
            or slugs[0] not in context.holders
            or self.within_a_body(words, hit)
            or of_an_office(part, words, hit.first)
        ):
            return [mention]
        meant = Mentioned(
            mention.start, mention.end, mention.as_printed, "official", "official", "one",
            Sentence(
                "The official named with this post above in the text.",
                "المسؤول الذي ورد اسمه مع هذا المنصب قبل ذلك في النص.",
            ),
            context.holders[slugs[0]], unnamed=True,
        )  # fmt: skip
        return [mention, meant]

    def behind_the_rest(
        self, part: str, words: list[Token], hit: Hit, officials: list[Mentioned]
    ) -> Mentioned | None:
        """The official behind what else an office is for: «وزير الخارجية ‹وشؤون المغتربين› أيمن …», "Minister of Defence ‹and Military Production of Egypt›, General …"."""
        if part[hit.start].isascii():
            behind = next((one for one in officials if one.start > hit.end), None)
            gap = part[hit.end : behind.start] if behind else ""
            return behind if behind and len(gap) < 80 and REST.fullmatch(gap) else None
        place = behind_office(part, words, hit.first)
        if not place or place < hit.after:
            return None
        begin = words[place].start
        for one in officials:
            if one.start <= begin < one.end or (one.start > begin and between(part[begin : one.start])):  # fmt: skip
                return one
        return None

    def is_elsewhere(self, words: list[Token], hit: Hit, context: Context) -> bool:
        """Whether an ambassador whose host is not printed is one to a country of which the page names nothing: «السفيرة الأميركية» in Beirut."""
        envoy = any(word in ENVOYS for token in words[hit.first : hit.after] for _, word in starts(token.word))  # fmt: skip
        if not envoy or any(token.word in ("لدي", "to") for token in words[hit.first : hit.after + 1]):  # fmt: skip
            return False
        hosts = {
            code
            for slug in hit.slugs
            for title in self.knowledge.lexicon.words.get(("post", slug), ())
            for token in tokens(title)
            if (code := COUNTRY_WORDS.get(token.word))
        } - {self.knowledge.nations.get(("post", slug), "") for slug in hit.slugs}
        return bool(hosts) and not hosts & self.nations_of(context)

    def is_of_the_voice(self, slug: str, context: Context) -> bool:
        """Whether a post is of the country that the document speaks for."""
        return self.knowledge.nations.get(("post", slug)) == context.voice

    def within_a_body(self, words: list[Token], hit: Hit) -> bool:
        """Whether the office is part of a body's name: «مكتب رئيس الوزراء»."""
        return hit.first > 0 and any(
            after >= hit.after
            for _, after, forms in self.tree.at(words, hit.first - 1)
            if any(form.kind == "organization" for form in forms)
        )

    def beside(
        self, part: str, start: int, end: int, officials: list[Mentioned]
    ) -> Mentioned | None:
        """The official printed right behind a post, or right before it with a comma."""
        for one in officials:
            if one.start >= end and between(part[end : one.start]):
                return one
        for one in officials:
            gap = part[one.end : start]
            if one.end <= start and re.fullmatch(r"\s*[,،(]\s*(?:the\s+)?", gap):
                return one
        return None


def another_office(part: str, words: list[Token], first: int) -> bool:
    """Whether the word before makes it another office: «نائب وزير الدفاع», "Deputy National Security Adviser"."""
    if not first or part[words[first - 1].end : words[first].start].strip(" \xa0"):
        return False
    return any(word in LOWER for _, word in starts(words[first - 1].word))


def not_yet_held(part: str, words: list[Token], hit: Hit) -> bool:
    """Whether an office is one still to be taken up: «الرئيس ‹المنتخب›», "President-elect"."""
    if hit.after >= len(words) or part[hit.end : words[hit.after].start].strip(" \xa0-‑"):
        return False
    return words[hit.after].word in ("المنتخب", "المنتخبه", "المكلف", "المكلفه", "elect", "designate", "nominee")  # fmt: skip


def of_an_office(part: str, words: list[Token], first: int) -> bool:
    """Whether it only says whose office another one is: «مدير مكتب وزير الدفاع», "adviser to the Prime Minister"."""
    before = words[max(0, first - 3) : first]
    between_ = part[before[0].start : words[first].start] if before else ""
    if re.search(r"[.!؟?،,;؛:]", between_):
        return False
    return any(word in OFFICES | STAFF for token in before for _, word in starts(token.word))


def between(gap: str) -> bool:
    """Whether only titles, commas and brackets stand between a post and its holder."""
    if re.search(
        r"[.!؟?;؛:\n](?!\w)", re.sub(r"\b(?:Gen|Lt|Maj|Adm|Col|Brig|Mr|Mrs|Ms|Dr|د)\.", "", gap)
    ):
        return False
    return all(token.word in RANKS | TITLES for token in tokens(gap))


def qualified_behind(part: str, words: list[Token], after: int) -> bool:
    """Whether "of …" with a name follows, which the form at hand does not have."""
    if after + 1 >= len(words) or words[after].word != "of":
        return False
    behind = words[after + 1 : after + 3]
    return any(part[token.start : token.end][:1].isupper() for token in behind)


def sent_elsewhere(part: str, words: list[Token], hit: Hit, tree: Tree) -> bool:
    """Whether an envoy is one to another place than those that the archive knows: «السفير الأمريكي ‹لدى القاهرة›»."""
    envoy = any(word in ENVOYS for token in words[hit.first : hit.after] for _, word in starts(token.word))  # fmt: skip
    if (
        not envoy
        or hit.after + 1 >= len(words)
        or words[hit.after].word not in ("لدي", "في", "to", "in")
    ):
        return False
    if part[hit.end : words[hit.after].start].strip(" \xa0"):
        return False
    place = hit.after + 1 + (words[hit.after + 1].word == "the")
    if place >= len(words) or (
        part[words[place].start].isascii() and not part[words[place].start].isupper()
    ):
        return False
    return not any(form.kind in ("place", "country") for *_, forms in tree.at(words, place) for form in forms)  # fmt: skip


ENVOYS = {"سفير", "السفير", "ambassador", "قنصل", "القنصل", "consul"}
