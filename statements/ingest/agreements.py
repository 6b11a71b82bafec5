"""Agreements meant by a class noun: «مذكرة تفاهم» without a name."""

from __future__ import annotations

import re

from statements.ingest.forms import Forms, Hit
from statements.ingest.knowledge import MADE
from statements.ingest.mentioned import Context, Mentioned
from statements.search.lexicon import Token
from statements.text.arabic import fold
from statements.text.sentence import Sentence

UNSAID = Sentence("The text does not say which agreement.", "لا يذكر النص أي اتفاق هو.")
OF_THAT_DAY = Sentence(
    "The only one that was made on the day which the sentence says.",
    "الوحيد الذي أُبرم في اليوم الذي تذكره الجملة.",
)
#: What says when an agreement was signed, right behind its name.
SIGNED = re.compile(
    r"[ \xa0]*[,،(]?[ \xa0]*(?:(?:الموقع|المبرم|الموقعة|المبرمة|التي وقعت|that was signed|which was signed|signed|concluded)\b[^.،,;؛\n]{0,30}?|of[ \xa0]|لعام[ \xa0]|لسنة[ \xa0])(\d{4})\b"
)
#: Words beside a class noun that say that the agreement is still to be made.
MAKING = r"العمل\s+على|البدء|صياغة|إعداد|التفاوض|إبرام|وضع|begin|work(?:ing)?\s+(?:on|toward)|negotiat\w+|draft\w*|develop\w*|conclude"
TO_COME = re.compile(
    r"\W+(?:[\w’'.-]+\W+){0,8}?(?:(?:will|to|would)\s+(?:be\s+)?(?:sign|conclude)(?:ed)?\b|س[يتن]وقع|المزمع|المقرر|المرتقب)",
    re.IGNORECASE,
)


class Agreements(Forms):
    """Decides which agreement is meant by a class noun."""

    def agreement(self, part: str, hit: Hit, context: Context) -> list[Mentioned]:
        """An agreement by its name; a class noun of one that is still to be made is none that was made long ago."""
        if self.of_another_year(part, hit):
            return []
        mentions = self.plain(part, hit)
        printed = part[hit.start : hit.end]
        noun = printed == printed.lower() and len(printed.split()) <= 2
        before = re.search(rf"(?:{MAKING})[^.،]{{0,40}}$", part[max(0, hit.start - 80) : hit.start], re.IGNORECASE)  # fmt: skip
        coming = before or TO_COME.match(part[hit.end : hit.end + 160])
        for mention in mentions:
            if mention.outcome == "several" and (slug := self.of_that_day(part, hit.start, mention.candidates, context)):  # fmt: skip
                mention.outcome, mention.slug, mention.reason = "one", slug, OF_THAT_DAY
            if noun and coming and mention.slug and not self.knowledge.planned(mention.slug, context.days[0]):  # fmt: skip
                mention.outcome, mention.candidates, mention.slug = "several", [mention.slug], None
                mention.reason = UNSAID
                mention.warning = None
        return mentions

    def of_another_year(self, part: str, hit: Hit) -> bool:
        """Whether the words say that it was signed in a year in which none of those with this form was made: «الاتفاقية الأمنية الموقعة عام 2019»."""
        said = SIGNED.match(part, hit.end)
        years = {first.year for slug in hit.slugs for first, step in self.knowledge.steps.get(slug, []) if first and step in MADE}  # fmt: skip
        return said is not None and bool(years) and int(fold(said[1])) not in years

    def of_that_day(
        self, part: str, start: int, candidates: list[str], context: Context
    ) -> str | None:
        """The only one of several agreements that was made on a day which its sentence says."""
        low = max((part.rfind(mark, 0, start) for mark in (". ", "؟ ", "! ")), default=-1) + 1
        high = min((at for mark in (". ", "؟ ", "! ") if (at := part.find(mark, start)) > 0), default=len(part))  # fmt: skip
        sentence = part[low:high]
        days = {
            one.edtf.first
            for one in context.dates
            if one.edtf and one.edtf.precision == "day" and not one.edtf.is_range and one.as_printed in sentence
        }  # fmt: skip
        made = {
            slug
            for slug in candidates
            for first, step in self.knowledge.steps.get(slug, [])
            if first in days and step in MADE
        }
        return made.pop() if len(made) == 1 else None

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
                rf"(?:{MAKING})[^.،]{{0,40}}$",
                part[max(0, match.start() - 80) : match.start()],
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
            elif slug := self.of_that_day(part, match.start(), known, context):
                mention.outcome, mention.slug, mention.reason = "one", slug, OF_THAT_DAY
            else:
                mention.candidates = known
                mention.reason = Sentence(
                    "The text does not say which memorandum.", "لا يذكر النص أي مذكرة هي."
                )
            results.append(mention)
        return results
