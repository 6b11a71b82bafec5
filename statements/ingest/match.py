"""Whom and what a text names: each printed form is one record, several, or none, with the reason in a sentence.

Matching is by whole words, folded and spelled one way, through a tree of all known forms; one-letter
particles before a form are not part of it. What is sure by itself is decided first, then offices and
bodies printed without their country, in the light of what the document says. A lookup never writes,
and nothing is one record unless exactly one fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from statements.ingest.knowledge import Knowledge
from statements.ingest.mentioned import Context, Mentioned, covered
from statements.ingest.references import references
from statements.ingest.rounds import Rounds
from statements.ingest.strangers import (
    NOT_NAMES,
    OFFICES,
    RANKS,
    TITLES,
    given,
    proposed,
    strangers,
)
from statements.search.lexicon import Form, Token, Tree, starts, tokens, words_of
from statements.text.arabic import fold
from statements.text.nations import nation
from statements.text.sentence import Sentence

AFTER_NAME = {"الثالث", "الثاني", "الابن", "jr", "sr", "iii", "ii", "iv"}
ORDER = ("official", "post", "event", "agreement", "organization", "dialogue", "place", "country")
#: Words before an office that make another one of it.
LOWER = {
    fold(word) for word in "نائب نائبة وكيل وكيلة مساعد مساعدة deputy assistant under vice".split()
}
#: Who works in somebody's office, beside the offices of ``strangers``.
STAFF = {
    fold(word) for word in "مكتب سكرتير office adviser advisor spokesman spokesperson aide".split()
}
#: Capitalised words before an English office that name a part of a country.
REGIONS = {"region", "kurdistan", "province", "governorate", "state", "krg"}
#: Where one sentence or clause ends: no name goes across it.
BREAK = re.compile(r"[!؟?;؛:]|(?<=[^\W\d_]{4})[\"”»]?\.(?=\s)")
ONLY = Sentence("The only record with this form.", "السجل الوحيد بهذه الصيغة.")
WHERE = Sentence("The text does not say of which country.", "لا يذكر النص لأي بلد هو.")
HOLDER = Sentence(
    "The official named beside it held this post on that day.",
    "المسؤول المذكور معه كان في هذا المنصب في ذلك اليوم.",
)


@dataclass
class Hit:
    """Known forms of one kind at ``words[first:after]``, and where they stand in the part."""

    kind: str
    first: int
    after: int
    forms: list[Form]
    start: int
    end: int

    @property
    def sure(self) -> list[str]:
        """Records by forms that need no context; a form that misleads counts only where no other has it."""
        certain = [form for form in self.forms if not form.bare]
        plain = [form for form in certain if not form.misleading]
        return sorted({form.slug for form in plain or certain})

    @property
    def slugs(self) -> list[str]:
        return self.sure or sorted({form.slug for form in self.forms})


@dataclass
class Matcher:
    """Matches texts against what the archive knows; its tree is built once."""

    knowledge: Knowledge
    tree: Tree = field(init=False)

    def __post_init__(self) -> None:
        self.tree = Tree(self.knowledge.forms)
        self.rounds = Rounds(self.knowledge)
        self.names = self.names_in_two()
        self.countries = {
            words_of(form.text): self.knowledge.nations.get(("country", form.slug))
            for form in self.knowledge.forms
            if form.kind == "country"
        }
        self.parts_of: dict[str, set[str]] = {}
        for form in self.knowledge.forms:
            if form.kind == "official":
                self.parts_of.setdefault(form.slug, set()).update(words_of(form.text))

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

    def survey(self, text: str, start: int, end: int, context: Context) -> None:
        """Learn from a part whom and what the page names in full, for the reading that follows."""
        part = text[start:end]
        words = tokens(part)
        for hit in self.hits(part, words):
            if len(hit.sure) == 1:
                context.named.setdefault(hit.kind, set()).add(hit.sure[0])
            elif hit.kind == "post" and not hit.sure and self.another_nation(part, words, hit):
                context.foreign.add(tuple(token.word for token in words[hit.first : hit.after]))
        for mention in self.gapped(part, words, []):
            context.named.setdefault("official", set()).add(mention.slug or "")
        context.named.setdefault("dialogue", set()).update(self.rounds.dialogues_in(words))

    def mentions(self, text: str, start: int, end: int, context: Context) -> list[Mentioned]:
        """Mentions in ``text[start:end]``, with offsets into ``text``; the context grows by what is read."""
        part = text[start:end]
        words = tokens(part)
        hits = self.hits(part, words)
        found: list[Mentioned] = []
        for hit in (hit for hit in hits if hit.kind == "official"):
            found += self.official(part, words, hit, context)
        found += self.gapped(part, words, found)
        for hit in (hit for hit in hits if hit.kind == "post"):
            found += self.post(part, words, hit, found, context)
        bodies = [hit for hit in hits if hit.kind == "organization"]
        for hit in bodies:
            found += self.body(part, words, hit, bodies, found, context)
        found += self.two_ministries(part, words)
        for hit in hits:
            if hit.kind == "agreement" or hit.kind not in ("official", "post", "organization"):
                found += self.plain(part, hit)
        found += self.memoranda(part, words, found, context)
        found += strangers(part, words, found, self.knowledge)
        found += by_surname(part, words, found, context)
        for mention in sorted(found, key=lambda one: one.start):
            context.note(mention)
        found += references(part, words, found, context, self.knowledge)
        found += self.rounds.read(part, words, found, context, start)
        for mention in found:
            mention.start += start
            mention.end += start
        return tidy(found)

    # Known forms

    def hits(self, part: str, words: list[Token]) -> list[Hit]:
        """The longest match of each kind at each place, none inside a longer one of its kind."""
        found: list[Hit] = []
        covered: dict[str, int] = {}
        for place in range(len(words)):
            best: dict[str, tuple[int, int, list[Form]]] = {}
            for shift, after, forms in self.tree.at(words, place):
                for kind in {form.kind for form in forms}:
                    of_kind = [form for form in forms if form.kind == kind]
                    known = best.get(kind)
                    if known is None or (after, -shift) > (known[1], -known[0]):
                        best[kind] = (shift, after, of_kind)
            for kind, (shift, after, of_kind) in sorted(best.items()):
                start, end = words[place].start + shift, words[after - 1].end
                of_kind = [form for form in of_kind if printed_so(form, part[start:end])]
                if (
                    covered.get(kind, 0) > place
                    or not of_kind
                    or BREAK.search(part[start : end - 1])
                ):
                    continue
                covered[kind] = after
                found.append(Hit(kind, place, after, of_kind, start, end))
        return found

    def plain(self, part: str, hit: Hit) -> list[Mentioned]:
        """A form that needs no context: one record, or several."""
        kind = "place" if hit.kind == "country" else hit.kind
        mention = Mentioned(hit.start, hit.end, part[hit.start : hit.end], kind, hit.kind)
        if len(hit.slugs) == 1:
            return [self.linked(mention, hit, hit.slugs[0], ONLY)]
        mention.candidates = hit.slugs
        mention.reason = Sentence(
            f"{len(hit.slugs)} records have this form.", f"لهذه الصيغة {len(hit.slugs)} سجلات."
        )
        return [mention]

    def linked(self, mention: Mentioned, hit: Hit, slug: str, reason: Sentence) -> Mentioned:
        """The mention as one record, with a warning when every form that says so misleads."""
        mention.outcome, mention.slug, mention.reason = "one", slug, reason
        forms = [form for form in hit.forms if form.slug == slug]
        if forms and all(form.misleading for form in forms):
            label = self.knowledge.lexicon.labels.get((hit.kind, slug), slug)
            mention.warning = Sentence(
                f"“{mention.as_printed}” is a form that misleads; the archive knows it for {label}. A person should confirm.",
                f"«{mention.as_printed}» صيغة مضللة يعرفها الأرشيف لـ {label}، فليؤكدها محرر.",
            )
        return mention

    # Officials

    def official(
        self, part: str, words: list[Token], hit: Hit, context: Context
    ) -> list[Mentioned]:
        mention = Mentioned(hit.start, hit.end, part[hit.start : hit.end], "official", "official")
        if not hit.sure or all(form.bare or len(words_of(form.text)) == 1 for form in hit.forms):
            return self.family_name(part, words, hit, mention, context)
        with_titles(part, words, hit.first, hit.after, mention)
        if len(hit.slugs) == 1:
            return [self.linked(mention, hit, hit.slugs[0], ONLY)]
        named = [slug for slug in hit.slugs if slug in context.officials]
        if len(named) == 1:
            return [self.linked(mention, hit, named[0], ONLY)]
        return self.plain(part, hit)

    def family_name(
        self, part: str, words: list[Token], hit: Hit, mention: Mentioned, context: Context
    ) -> list[Mentioned]:
        """A surname alone: whoever is named in full on the page, or the only one, and never a nation's name by itself."""
        before = words[hit.first - 1] if hit.first else None
        adjacent = (
            before is not None and part[before.end : words[hit.first].start].strip(" \xa0") == ""
        )
        if adjacent and before and other_person(part, words, hit.first, self.parts_of, hit.slugs):
            mention.start = before.start
            while mention.start and part[mention.start] in "وف" and not given(before.word):
                mention.start += 1
            mention.as_printed = part[mention.start : mention.end]
            return [proposed(mention, mention.as_printed, hit.slugs)]
        titled = titled_before(words, hit.first)
        if nation(words[hit.first].word) and not titled and hit.first + 1 == hit.after:
            if not (set(hit.slugs) & context.named.get("official", set())) or not definite(words[hit.first].word):  # fmt: skip
                return []
            if re.search(r"(?:^|\s)(?:ال)?[^\W\d_]+\s+$", part[: hit.start]) and described(words, hit.first):  # fmt: skip
                return []
        with_titles(part, words, hit.first, hit.after, mention)
        known = [slug for slug in hit.slugs if slug in context.named.get("official", set())]
        before_here = context.surnames.get(words[hit.after - 1].word, set())
        strangers_ = [name for slug, name in before_here if slug is None]
        if strangers_ and len(before_here) == 1:
            return [proposed(mention, strangers_[0], hit.slugs)]
        if strangers_:
            mention.candidates = hit.slugs
            mention.reason = Sentence(
                "Several persons have this surname in this text.",
                "يحمل هذا اللقب في هذا النص عدة أشخاص.",
            )
            return [mention]
        if len(known) == 1:
            reason = Sentence(
                "Named in full in this text, and the only one with this surname in it.",
                "ورد اسمه كاملًا في هذا النص، ولا يحمل هذا اللقب فيه غيره.",
            )
            return [self.linked(mention, hit, known[0], reason)]
        if not known and len(hit.slugs) == 1 and (titled or hit.end - hit.start >= 5):
            reason = Sentence(
                "The only official in the archive with this surname.",
                "المسؤول الوحيد في الأرشيف بهذا اللقب.",
            )
            return [self.linked(mention, hit, hit.slugs[0], reason)]
        mention.candidates = known or hit.slugs
        mention.reason = Sentence(
            "Several officials have this surname.", "يحمل هذا اللقب عدة مسؤولين."
        )
        return [mention]

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

    # Posts

    def post(
        self, part: str, words: list[Token], hit: Hit, found: list[Mentioned], context: Context
    ) -> list[Mentioned]:
        mention = Mentioned(hit.start, hit.end, part[hit.start : hit.end], "post", "post")
        if another_office(part, words, hit.first) or self.another_nation(part, words, hit):
            return []
        officials = [one for one in found if one.type == "official"]
        holder = self.beside(part, mention, officials)
        slugs = hit.slugs if holder else self.of_that_nation(words, hit, mention, part)
        if not slugs:
            return []
        reason: Sentence | None = ONLY if hit.sure and len(slugs) == 1 else None
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
        if reason is None and len(slugs) == 1:
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

    def another_nation(self, part: str, words: list[Token], hit: Hit) -> bool:
        """Whether a country beside an office without one is none of those that the archive has it for.

        «وزير الدفاع السعودي», "Britain's interior minister", "Saudi Defence Minister", "Kurdistan Region Interior Minister".
        """
        if hit.sure:
            return False
        own = {self.knowledge.nations.get((hit.kind, slug), "") for slug in hit.slugs}
        behind = None
        if hit.after < len(words) and not part[hit.end : words[hit.after].start].strip():
            behind = nation(words[hit.after].word)
        if behind and not words[hit.after].word.startswith("و"):
            name = any(
                f.kind == "official" for *_, forms in self.tree.at(words, hit.after) for f in forms
            )
            return behind not in own and not name  # «رئيس الوزراء السوداني», the man
        if not part[hit.start].isascii() or not hit.first:
            return False
        before = part[: hit.start]
        owner = re.search(r"((?:[A-Z][\w.]*\s+){0,2}[A-Z][\w.]*)['’]s?\s+$", before)
        if owner:
            codes = {self.countries.get(words_of(owner[1])), nation(words_of(owner[1])[-1])} - {
                None
            }
            return bool(codes) and not codes & own
        token = words[hit.first - 1]
        if part[token.end : hit.start].strip(" \xa0"):
            return False
        code = nation(token.word)
        if code:
            return code not in own
        return token.word in REGIONS and part[token.start].isupper()

    def of_that_nation(
        self, words: list[Token], hit: Hit, mention: Mentioned, part: str
    ) -> list[str]:
        """The records of a form that the adjective behind it allows: «وزير الدفاع المصري» is none of Iraq's."""
        if hit.after >= len(words) or part[hit.end : words[hit.after].start].strip():
            return hit.slugs
        code = nation(words[hit.after].word)
        if (
            code is None
            or words[hit.after].word.startswith("و")
            or nation(words[hit.after - 1].word)
        ):
            return hit.slugs
        own = {slug: self.knowledge.nations.get((hit.kind, slug), "") for slug in hit.slugs}
        allowed = [slug for slug in hit.slugs if own[slug] in ("", code)]
        if not hit.sure and len(allowed) == 1 and own[allowed[0]] == code:
            mention.end = words[hit.after].end
            mention.as_printed = part[mention.start : mention.end]
        return allowed

    def within_a_body(self, words: list[Token], hit: Hit) -> bool:
        """Whether the office is part of a body's name: «مكتب رئيس الوزراء»."""
        return hit.first > 0 and any(
            after >= hit.after
            for _, after, forms in self.tree.at(words, hit.first - 1)
            if any(form.kind == "organization" for form in forms)
        )

    def beside(self, part: str, post: Mentioned, officials: list[Mentioned]) -> Mentioned | None:
        """The official printed right behind a post, or right before it with a comma."""
        for one in officials:
            if one.start >= post.end and between(part[post.end : one.start]):
                return one
        for one in officials:
            gap = part[one.end : post.start]
            if one.end <= post.start and re.fullmatch(r"\s*[,،(]\s*(?:the\s+)?", gap):
                return one
        return None

    def in_context(
        self, words: list[Token], hit: Hit, slugs: list[str], context: Context
    ) -> tuple[list[str], Sentence | None]:
        """An office or body without its country: by the delegation it leads, what was named before, or who speaks."""
        own = {slug: self.knowledge.nations.get((hit.kind, slug), "") for slug in slugs}
        side = side_before(words, hit.first)
        if side:
            of_side = [slug for slug in slugs if own[slug] == side]
            if len(of_side) == 1:
                return of_side, Sentence(
                    "The delegation named before it is of this country.",
                    "الوفد المذكور قبله من هذا البلد.",
                )
        seen = [slug for slug in slugs if slug in context.seen.get(hit.kind, ())]
        if len(seen) == 1:
            return seen, Sentence(
                "Named with its country before in this text.", "ورد مع بلده قبل ذلك في النص."
            )
        if hit.kind == "post":
            held = [
                slug
                for slug in slugs
                if any(self.knowledge.held(one, slug, context.days) for one in context.officials)
            ]
            if len(held) == 1 and not seen:
                return held, Sentence(
                    "Only its holder is named in this text.", "لم يرد في النص إلا صاحب هذا المنصب."
                )
        if hit.kind == "organization":
            led = [slug for slug in slugs if slug in {self.knowledge.bodies.get(post) for post in context.seen.get("post", ())}]  # fmt: skip
            if len(led) == 1:
                return led, Sentence(
                    "The body of an office that this text names.", "جهة منصب يذكره النص."
                )
        spoken = [slug for slug in slugs if context.voice and own[slug] == context.voice]
        if len(spoken) == 1:
            return spoken, Sentence(
                "The document speaks for this country.", "الوثيقة تتكلم باسم هذا البلد."
            )
        return slugs, None

    # Organizations

    def body(
        self, part: str, words: list[Token], hit: Hit, hits: list[Hit], found: list[Mentioned], context: Context
    ) -> list[Mentioned]:  # fmt: skip
        mention = Mentioned(
            hit.start, hit.end, part[hit.start : hit.end], "organization", "organization"
        )
        slugs = self.of_that_nation(words, hit, mention, part)
        if not slugs:
            return []
        if hit.sure and len(slugs) == 1:
            return [self.linked(mention, hit, slugs[0], ONLY)]
        if not hit.sure:
            listed = self.listed(part, hit, slugs, hits)
            if listed:
                reason = Sentence(
                    "It stands among bodies of this country.", "ورد بين جهات من هذا البلد."
                )
                return [self.linked(mention, hit, listed, reason)]
            slugs, reason_ = self.in_context(words, hit, slugs, context)
            if reason_:
                return [self.linked(mention, hit, slugs[0], reason_)]
            if len(slugs) == 1:
                return [self.linked(mention, hit, slugs[0], ONLY)]
        mention.candidates, mention.reason = slugs, WHERE
        return [mention]

    def listed(self, part: str, hit: Hit, slugs: list[str], hits: list[Hit]) -> str | None:
        """The record of the country whose bodies stand next before and behind in the same list."""
        near = []
        for side in (-1, 1):
            others = [
                (abs(other.first - hit.first), other)
                for other in hits
                if other.sure and len(other.sure) == 1 and side * (other.first - hit.first) > 0
                and self.knowledge.nations.get(("organization", other.sure[0]))
            ]  # fmt: skip
            if others:
                distance, other = min(others, key=lambda pair: pair[0])
                low, high = sorted((hit.start, other.start))
                if distance <= 6 and not re.search(r"[.!؟?;؛:\n]", part[low:high]):
                    near.append(self.knowledge.nations["organization", other.sure[0]])
        own = [slug for slug in slugs if near and self.knowledge.nations.get(("organization", slug)) == near[0]]  # fmt: skip
        return own[0] if len(set(near)) == 1 and len(own) == 1 else None

    def two_ministries(self, part: str, words: list[Token]) -> list[Mentioned]:
        """«وزارتي الدفاع العراقية والأميركية», «وزارتي الدفاع والخارجية الأمريكيتين»: two bodies in one phrase."""
        found: list[Mentioned] = []
        for place, token in enumerate(words):
            head = re.fullmatch(r"[وف]?[بل]?وزارت(?:ي|ا)", token.word)
            if not head or place + 3 >= len(words):
                continue
            subject, second, third = words[place + 1 : place + 4]
            start = token.end - len("وزارتي")
            one, two = nation(second.word), nation(third.word)
            if one and two and third.word.startswith("و"):
                pairs = [(subject.word, one, start, second.end), (subject.word, two, third.start + 1, third.end)]  # fmt: skip
            elif two and second.word.startswith("و"):
                pairs = [(subject.word, two, start, subject.end), (second.word[1:], two, second.start + 1, third.end)]  # fmt: skip
            else:
                continue
            for field_, code, low, high in pairs:
                slug = self.ministry(field_, code)
                if slug:
                    found.append(
                        Mentioned(low, high, part[low:high], "organization", "organization", "one", ONLY, slug)
                    )  # fmt: skip
        return found

    def ministry(self, subject: str, code: str) -> str | None:
        slugs = {
            form.slug
            for _, _, forms in self.tree.at(tokens(f"وزارة {subject}"), 0)
            for form in forms
            if form.kind == "organization" and self.knowledge.nations.get(("organization", form.slug)) == code
        }  # fmt: skip
        return slugs.pop() if len(slugs) == 1 else None

    # Agreements

    def memoranda(
        self, part: str, words: list[Token], found: list[Mentioned], context: Context
    ) -> list[Mentioned]:
        """«مذكرة تفاهم» by itself: the one still to be made, when the words speak of making it; else several."""
        results: list[Mentioned] = []
        known = self.knowledge.memoranda
        for match in re.finditer(
            r"مذكرة\s+(?:ال)?تفاهم|(?i:memorandum\s+of\s+understanding)", part
        ):
            if not known or any(m.type == "agreement" and m.start < match.end() and match.start() < m.end for m in found):  # fmt: skip
                continue
            mention = Mentioned(match.start(), match.end(), match[0], "agreement", "agreement")
            making = re.search(
                r"(?:العمل\s+على|البدء|صياغة|إعداد|التفاوض|إبرام|وضع|begin|work(?:ing)?\s+(?:on|toward)|negotiat\w+|draft\w*|develop\w*|conclude)[^.،]{0,40}$",
                part[: match.start()],
                re.IGNORECASE,
            )
            first = context.days[0]
            planned = [slug for slug in known if self.knowledge.planned(slug, first)]
            if making and len(planned) == 1:
                mention.outcome, mention.slug = "one", planned[0]
                mention.reason = Sentence(
                    "The only memorandum that was still to be made then.",
                    "المذكرة الوحيدة التي كانت لا تزال قيد الإعداد حينها.",
                )
            else:
                mention.candidates = known
                mention.reason = Sentence(
                    "The text does not say which memorandum.", "لا يذكر النص أي مذكرة هي."
                )
            results.append(mention)
        return results


def by_surname(
    part: str, words: list[Token], found: list[Mentioned], context: Context
) -> list[Mentioned]:
    """The last word of a name that stood in full before, alone: «شورش إسماعيل … وشدد إسماعيل», "Rebar Ahmed … Ahmed's office"."""
    results: list[Mentioned] = []
    ends = {one.end: one for one in found if one.type == "official" and not one.unnamed}
    taken = covered(part, found)
    for place, token in enumerate(words):
        for shift, word in starts(token.word):
            known = context.surnames.get(word, set())
            if len(known) != 1 or any(taken[token.start : token.end]):
                continue
            start, end = token.start + shift, token.end
            if not alone(part, words, place):
                continue
            [(slug, name)] = known
            mention = Mentioned(start, end, part[start:end], "official", "official")
            mention.reason = Sentence(
                "The only person with this surname in this text.",
                "الشخص الوحيد بهذا اللقب في هذا النص.",
            )
            if slug:
                mention.outcome, mention.slug = "one", slug
            else:
                mention.outcome, mention.name = "none", name
            results.append(mention)
            break
        full = ends.get(token.end)
        whole = full is not None and full.outcome != "several" and len(tokens(full.as_printed)) > 1
        if full and whole and len(token.word) >= 3 and token.word not in NOT_NAMES | AFTER_NAME:
            one = (full.slug, "" if full.slug else full.name or "")
            context.surnames.setdefault(token.word, set()).add(one)
    return results


def alone(part: str, words: list[Token], place: int) -> bool:
    """Whether a surname stands without another name beside it, capitalised where letters can be."""
    token = words[place]
    if part[token.start].isascii():
        if not part[token.start].isupper():
            return False
        for other in words[max(0, place - 1) : place] + words[place + 1 : place + 2]:
            gap = part[min(token.end, other.end) : max(token.start, other.start)]
            if (
                not gap.strip(" \xa0")
                and part[other.start].isupper()
                and other.word not in TITLES | RANKS | NOT_NAMES
            ):
                return False
        return True
    for other in words[max(0, place - 1) : place] + words[place + 1 : place + 2]:
        gap = part[min(token.end, other.end) : max(token.start, other.start)]
        preposition = part[other.start : other.end] == "على"
        if not gap.strip(" \xa0") and given(other.word) and not preposition:
            return False
    return True


def another_office(part: str, words: list[Token], first: int) -> bool:
    """Whether the word before makes it another office: «نائب وزير الدفاع», "Deputy National Security Adviser"."""
    if not first or part[words[first - 1].end : words[first].start].strip(" \xa0"):
        return False
    return any(word in LOWER for _, word in starts(words[first - 1].word))


def of_an_office(part: str, words: list[Token], first: int) -> bool:
    """Whether it only says whose office another one is: «مدير مكتب وزير الدفاع», "adviser to the Prime Minister"."""
    before = words[max(0, first - 3) : first]
    between_ = part[before[0].start : words[first].start] if before else ""
    if re.search(r"[.!؟?،,;؛:]", between_):
        return False
    return any(word in OFFICES | STAFF for token in before for _, word in starts(token.word))


def printed_so(form: Form, printed: str) -> bool:
    """Short capitals are printed in capitals: "US" is not "us"."""
    return not (form.text.isascii() and form.text.isupper() and len(form.text) <= 6) or printed.upper() == printed  # fmt: skip


def with_titles(part: str, words: list[Token], first: int, after: int, mention: Mentioned) -> None:
    """Ranks before a name and «الثالث» behind it belong to it as printed."""
    before = first
    while before > 0 and words[before - 1].word in RANKS and re.fullmatch(r"[.\s]*", part[words[before - 1].end : words[before].start]):  # fmt: skip
        before -= 1
    if before < first:
        mention.start = words[before].start
    if (
        after < len(words)
        and words[after].word in AFTER_NAME
        and part[words[after - 1].end : words[after].start].strip(" ,.") == ""
    ):
        mention.end = words[after].end + (part[words[after].end : words[after].end + 1] == "." and words[after].word in ("jr", "sr"))  # fmt: skip
    mention.as_printed = part[mention.start : mention.end]


def other_person(
    part: str, words: list[Token], first: int, parts_of: dict[str, set[str]], slugs: list[str]
) -> bool:
    """Whether the word before a surname is another given name than those of its bearers: "Masrour Barzani"."""
    before = words[first - 1]
    printed = part[before.start : before.end]
    if any(before.word in parts_of.get(slug, ()) for slug in slugs):
        return False
    if not printed.isascii():
        return given(before.word)
    if not printed[:1].isupper() or len(printed) < 3 or before.word in TITLES | NOT_NAMES | RANKS:
        return False
    opens = (
        not part[: before.start].rstrip(" \"'“«(") or part[: before.start].rstrip()[-1:] in ".!?:\n"
    )
    return not opens or given(before.word)


def definite(word: str) -> bool:
    return word.startswith(("ال", "al"))


def described(words: list[Token], first: int) -> bool:
    """Whether an adjective's noun stands before it: «الوفد السوداني», «الجانب العراقي»."""
    return first > 0 and words[first - 1].word.removeprefix("و").startswith("ال") and not titled_before(words, first)  # fmt: skip


def titled_before(words: list[Token], first: int) -> bool:
    """Whether an office or title stands close before the word."""
    before = " ".join(token.word for token in words[max(0, first - 4) : first])
    return bool(
        re.search(r"(?:رييس|وزير|قايد|السيد|minister|secretary|president|general|\bmr\b)", before)
    )


def names_only(part: str, words: list[Token], first: int, last: int) -> bool:
    """Whether nothing but names and initials stands from one word to another."""
    for place in range(first, last):
        printed = part[words[place].start : words[place].end]
        gap = part[words[place].end : words[place + 1].start]
        if re.search(r"[^\s.\"“”'’\-–]", gap) or BREAK.search(gap):
            return False
        if place > first and (
            words[place].word in NOT_NAMES
            or (printed.isascii() and not printed[:1].isupper() and words[place].word not in ("al", "bin", "q"))
            or (not printed.isascii() and printed.startswith("ال"))
        ):  # fmt: skip
            return False
    return True


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


def side_before(words: list[Token], first: int) -> str | None:
    """The country of the delegation or side named in the few words before: «الوفد العراقي برئاسة …»."""
    window = words[max(0, first - 6) : first]
    for place in range(len(window) - 1, -1, -1):
        word = window[place].word.removeprefix("و").removeprefix("ال")
        if word in ("وفد", "جانب", "وفدا"):
            return next(
                (code for token in window[place + 1 :] if (code := nation(token.word))), None
            )
        if word in ("delegation", "side", "team"):
            return next(
                (code for token in reversed(window[:place]) if (code := nation(token.word))), None
            )
    return None


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
