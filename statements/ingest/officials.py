"""Officials and strangers by name: any printed form, a form spelled otherwise, a surname or royal first name after a full name."""

from __future__ import annotations

import re

from statements.ingest.bearers import can_be_meant
from statements.ingest.forms import ONLY, Forms, Hit
from statements.ingest.mentioned import Context, Mentioned, Page, Person, covered
from statements.ingest.strangers import proposed, strangers
from statements.ingest.surnames import (
    AFTER_NAME,
    alone,
    definite,
    described,
    is_headline,
    is_title,
    names_only,
    near,
    tail_of_another,
    titled_before,
    with_article,
    with_titles,
)
from statements.ingest.titled import unheard_of
from statements.ingest.titles import (
    COURTESY,
    LATIN_PARTICLES,
    NOT_NAMES,
    RANKS,
    ROYAL,
    TITLES,
    VERBS,
)
from statements.search.lexicon import Token, starts, tokens, words_of
from statements.text.given import FAMILY_FIRST
from statements.text.nations import nation
from statements.text.sentence import Sentence

IN_FULL = Sentence(
    "Named in full in this text, and the only one with this surname in it.",
    "ورد اسمه كاملًا في هذا النص، ولا يحمل هذا اللقب فيه غيره.",
)
INTRODUCED = Sentence(
    "The only one with this surname who was named in full before.",
    "لم يرد قبله اسم كامل بهذا اللقب سواه.",
)
TOLD_BEFORE = Sentence(
    "Told of before in this text, and the only one with this surname in it.",
    "ورد قبل ذلك في هذا النص، ولا يحمل هذا اللقب فيه غيره.",
)
NOT_THEN = Sentence(
    "The only official with this surname was not in office then.",
    "المسؤول الوحيد بهذا اللقب لم يكن في منصبه حينها.",
)
SEVERAL = Sentence(
    "Several persons have this surname in this text.", "يحمل هذا اللقب في هذا النص عدة أشخاص."
)


#: Between an office and a surname with its article or without.
BESIDE = re.compile(r"[ \xa0.]*(?:\w{2,3}[-‑ ])?")


class Officials(Forms):
    """Decides which official a name means."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.names = self.names_in_two()

    def names_in_two(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """First name → (words of the family name, official): between the two a text may print more."""
        families: dict[str, list[tuple[str, ...]]] = {}
        for form in self.knowledge.forms:
            if form.kind == "official" and form.bare and not form.misleading:
                families.setdefault(form.slug, []).append(words_of(form.text))
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for form in self.knowledge.forms:
            if form.kind != "official" or form.bare or form.misleading:
                continue
            words = words_of(form.text)
            for family in families.get(form.slug, []):
                pair = (family, form.slug)
                if len(words) > len(family) and pair not in found.setdefault(words[0], []):
                    found[words[0]].append(pair)
        return found

    # Names in full

    def persons(self, part: str, words: list[Token], hits: list[Hit]) -> list[Mentioned]:
        """Everybody named in full in a part, with a record or without."""
        found: list[Mentioned] = []
        for hit in hits:
            if hit.kind == "official" and len(hit.sure) == 1 and not self.is_partial(hit):
                if tail_of_another(part, words, hit):
                    continue
                mention = Mentioned(
                    hit.start, hit.end, part[hit.start : hit.end], "official", "official"
                )
                with_titles(part, words, hit.first, hit.after, mention)
                found.append(self.linked(mention, hit, hit.sure[0], ONLY))
        found += self.gapped(part, words, found)
        others = [hit for hit in hits if hit.kind in ("organization", "agreement") and hit.sure]
        found += strangers(
            part, words, found, self.knowledge, [(hit.start, hit.end) for hit in others]
        )
        return found

    def is_partial(self, hit: Hit) -> bool:
        """Whether the forms are one word of a name only."""
        return all(form.bare or len(words_of(form.text)) == 1 for form in hit.forms)

    def gapped(self, part: str, words: list[Token], found: list[Mentioned]) -> list[Mentioned]:
        """A first and a family name with other names between them: «ثابت محمد سعيد العباسي»."""
        results: list[Mentioned] = []
        for place in range(len(words)):
            for shift, first in starts(words[place].word):
                for gap in (1, 2, 3):
                    slugs, after = set(), 0
                    for family, slug in self.names.get(first, []):
                        begin = place + 1 + gap
                        if (
                            tuple(token.word for token in words[begin : begin + len(family)])
                            == family
                        ):
                            slugs.add(slug)
                            after = begin + len(family)
                    if len(slugs) != 1 or not names_only(part, words, place, place + 1 + gap):
                        continue
                    mention = Mentioned(
                        words[place].start + shift, words[after - 1].end,
                        part[words[place].start + shift : words[after - 1].end], "official", "official",
                    )  # fmt: skip
                    covering = [m for m in found if m.start < mention.end and mention.start < m.end]
                    if any(m.outcome == "one" and m.slug not in slugs for m in covering):
                        continue
                    for other in covering:
                        found.remove(other)
                    with_titles(part, words, place, after, mention)
                    mention.outcome, mention.slug = "one", slugs.pop()
                    mention.reason = Sentence(
                        "The only official with this first name and surname.",
                        "المسؤول الوحيد بهذا الاسم الأول واللقب.",
                    )
                    results.append(mention)
        return results

    # Names in part

    def partly_named(
        self, part: str, words: list[Token], hits: list[Hit], found: list[Mentioned], context: Context
    ) -> list[Mentioned]:  # fmt: skip
        """Surnames alone, first names of royals, and forms that several officials have, in the light of who is named in full."""
        results: list[Mentioned] = []
        at = {hit.first: hit for hit in hits if hit.kind == "official"}
        full = {one.end: one for one in found}
        taken = covered(part, found)
        headed = is_headline(part)
        reached = 0
        for place, token in enumerate(words):
            one = full.get(token.end)
            if one is not None:
                context.introduced.update(persons_of(one))
            if place < reached or any(taken[token.start : token.end]):
                continue
            mention = self.partial(part, words, place, at.get(place), context, headed)
            if mention:
                results.append(mention)
                if mention.outcome in ("none", "one"):
                    introduce_in_part(mention, context.page)
                reached = next((k for k in range(place, len(words)) if words[k].start >= mention.end), len(words))  # fmt: skip
        return results

    def partial(
        self, part: str, words: list[Token], place: int, hit: Hit | None, context: Context, headed: bool
    ) -> Mentioned | None:  # fmt: skip
        token = words[place]
        if hit is not None and hit.sure and not self.is_partial(hit):
            return self.shared(part, words, hit, context)
        royal = place > 0 and words[place - 1].word in ROYAL and near(part, words, place - 1)
        known: set[Person] = set()
        shift = 0
        for cut, word in starts(token.word):
            known = context.page.surnames.get(word, set()) or (
                context.page.firsts.get(word, set()) if royal else set()
            )
            if known:
                shift = cut
                break
        after = hit.after if hit and (not known or hit.after > place + 1) else place + 1
        if known and after < len(words) and words[after].word == "الله" and near(part, words, after - 1):  # fmt: skip
            after += 1
        if not known and hit is None:
            return unheard_of(part, words, place, royal, headed, self.tree)
        start = hit.start if hit and not known else token.start + shift
        titled = titled_before(words, place)
        if token.word in VERBS and not titled:
            return None
        if not alone(part, words, place, after, headed, joined=start > token.start):
            return None
        slugs = hit.slugs if hit else []
        if self.is_of_a_nation(part, words, place, after, [*slugs, *(slug for slug, _ in known if slug)], bool(known), start):  # fmt: skip
            return None
        mention = Mentioned(start, words[after - 1].end, "", "official", "official")
        mention.start = with_article(part, words, place, start)
        with_titles(part, words, place, after, mention)
        if not known:
            named = [slug for slug in slugs if slug in context.named.get("official", set())]
            known = {(slug, "") for slug in named}
        if not known and len(slugs) == 1 and not can_be_meant(self.knowledge, slugs[0], context.days, words, place):  # fmt: skip
            if titled or royal or mention.start < start:
                return proposed(mention, part[start : mention.end], slugs)
            mention.candidates, mention.reason = slugs, NOT_THEN
            return mention
        return self.meant(mention, known, slugs, hit, titled or royal, context)

    def meant(
        self, mention: Mentioned, known: set[Person], slugs: list[str], hit: Hit | None, titled: bool, context: Context
    ) -> Mentioned | None:  # fmt: skip
        """Whom a surname means: the only bearer on the page, the only one named so far, or the only one there is."""
        reason = IN_FULL
        if len(known) > 1:
            before = known & context.introduced
            known, reason = (before, INTRODUCED) if len(before) == 1 else (known, SEVERAL)
        if len(known) > 1:
            mention.candidates = sorted({slug for slug, _ in known if slug})
            mention.reason = reason
            return mention
        if known:
            [(slug, name)] = known
            if slug and slug not in context.named.get("official", ()):
                reason = TOLD_BEFORE
            if slug is None:
                near_ = proposed(mention, name, slugs)
                near_.name = name
                return near_
            if hit and slug in hit.slugs:
                return self.linked(mention, hit, slug, reason)
            mention.outcome, mention.slug, mention.reason = "one", slug, reason
            return mention
        if len(slugs) == 1 and hit and (titled or hit.end - hit.start >= 5):
            reason = Sentence(
                "The only official in the archive with this surname.",
                "المسؤول الوحيد في الأرشيف بهذا اللقب.",
            )
            return self.linked(mention, hit, slugs[0], reason)
        mention.candidates = slugs
        mention.reason = Sentence(
            "Several officials have this surname.", "يحمل هذا اللقب عدة مسؤولين."
        )
        return mention

    def shared(self, part: str, words: list[Token], hit: Hit, context: Context) -> Mentioned | None:
        """A full form that several officials have."""
        if tail_of_another(part, words, hit):
            return None
        mention = Mentioned(hit.start, hit.end, part[hit.start : hit.end], "official", "official")
        with_titles(part, words, hit.first, hit.after, mention)
        named = [slug for slug in hit.slugs if slug in context.officials]
        if len(named) == 1:
            return self.linked(mention, hit, named[0], ONLY)
        return self.plain(part, hit)[0]

    def is_of_a_nation(
        self, part: str, words: list[Token], place: int, after: int, slugs: list[str], known: bool, start: int
    ) -> bool:  # fmt: skip
        """Whether a word such as «السوداني» means a nation here and not the man.

        It is an adjective behind a definite noun, an office too («للجيش السوداني», «وزير الدفاع السوداني»): Wright,
        "A Grammar of the Arabic Language" II § 136. Behind a courtesy or an office that he held it is the man.
        """
        word = words[place].word
        if not nation(word) or after > place + 1 or self.is_titled_so(part, words, place, slugs):
            return False
        if not known or not definite(word):
            return True
        return bool(re.search(r"(?:^|\s)[^\W\d_]+\s+$", part[:start])) and described(words, place)

    def is_titled_so(self, part: str, words: list[Token], place: int, slugs: list[str]) -> bool:
        """Whether a courtesy, or an office that one of the officials held, stands right before a word."""
        before = place - 1
        if before >= 0 and words[before].word in LATIN_PARTICLES:
            before -= 1
        if before < 0 or not BESIDE.fullmatch(part[words[before].end : words[place].start]):
            return False
        if any(rest in COURTESY for _, rest in starts(words[before].word)):
            return True
        held = {post for slug in slugs for post, _, _ in self.knowledge.lexicon.tenures.get(slug, [])}  # fmt: skip
        return any(
            after == before + 1 and form.kind == "post" and form.slug in held
            for first in range(max(0, before - 5), before + 1)
            for _, after, forms in self.tree.at(words, first)
            for form in forms
        )


def introduce(part: str, mention: Mentioned, page: Page) -> None:
    """Remember by which words of his name a person may be called later."""
    words = [token for token in tokens(mention.as_printed) if token.word not in AFTER_NAME]
    if len(words) < 2:
        return
    people = persons_of(mention)
    last = words[-2 if words[-1].word == "الله" else -1].word  # «يار الله»
    if len(last) >= 3 and last not in NOT_NAMES and not is_title(last):
        page.surnames.setdefault(last, set()).update(people)
    names = [token.word for token in words if token.word not in RANKS | TITLES]
    before = [token.word for token in tokens(part[max(0, mention.start - 30) : mention.start])]
    noble = {"بن", "بنت", "bin", "bint"} & set(names) or set(before[-1:]) & ROYAL
    if noble and names:
        page.firsts.setdefault(names[0], set()).update(people)
    if names and names[0] in FAMILY_FIRST and mention.as_printed.isascii():
        page.surnames.setdefault(names[0], set()).update(people)


def introduce_in_part(mention: Mentioned, page: Page) -> None:
    """Remember somebody of whom only one name is printed: "Minister Shoukry" is "Shoukry" later, "Secretary Kerry" Kerry."""
    last = tokens(mention.as_printed)[-1].word
    if last not in page.surnames and last not in page.firsts:
        page.surnames[last] = persons_of(mention)


def persons_of(mention: Mentioned) -> set[Person]:
    if mention.outcome == "several":
        return set()
    return {(mention.slug, "" if mention.slug else mention.name or "")}
