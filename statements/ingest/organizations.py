"""Organizations by name: with their country or in the light of what the document says, and two in one phrase."""

from __future__ import annotations

import re

from statements.ingest.forms import ONLY, WHERE, Forms, Hit, nationless
from statements.ingest.mentioned import Context, Mentioned
from statements.search.lexicon import Token, tokens
from statements.text.nations import nation
from statements.text.sentence import Sentence


class Organizations(Forms):
    """Decides which body a name means."""

    def body(
        self, part: str, words: list[Token], hit: Hit, hits: list[Hit], found: list[Mentioned], context: Context
    ) -> list[Mentioned]:  # fmt: skip
        mention = Mentioned(
            hit.start, hit.end, part[hit.start : hit.end], "organization", "organization"
        )
        if (
            self.another_nation(part, words, hit)
            or is_common_noun(part, hit)
            or goes_on(part, words, hit)
        ):
            return []
        if nationless(words, hit) and (
            self.of_somebody_elses_post(hit, found)
            or not self.is_of_the_page(hit, hit.slugs, context)
        ):
            return []
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

    def of_somebody_elses_post(self, hit: Hit, found: list[Mentioned]) -> bool:
        """Whether the words belong to the office of another country's body, or to that of an official of another country."""
        own = {self.knowledge.nations.get(("organization", slug), "") for slug in hit.slugs} - {""}
        for one in found:
            if one.outcome != "one" or not one.slug or not own:
                continue
            code = self.knowledge.nations.get((one.type, one.slug), "")
            around = one.type == "post" and one.start <= hit.start and hit.end <= one.end
            before = one.type == "official" and 0 <= hit.start - one.end <= 3
            if (around or before) and code and code not in own:
                return True
        return False

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


def is_common_noun(part: str, hit: Hit) -> bool:
    """Whether a body's name without its country is printed as a common noun: "the two armed forces"."""
    printed = part[hit.start : hit.end]
    return not hit.sure and printed.isascii() and printed == printed.lower()


def goes_on(part: str, words: list[Token], hit: Hit) -> bool:
    """Whether a body printed without its country goes on with an adjective that makes it another: «القوات المسلحة ‹الملكية›»."""
    if hit.sure or hit.after >= len(words) or part[hit.end : words[hit.after].start].strip(" \xa0"):
        return False
    word = words[hit.after].word
    return (
        word.startswith("ال")
        and word.endswith(("ه", "ي"))
        and not nation(word)
        and word not in ("الاخري", "التي", "الذي", "الحالي", "الجديد")
    )
