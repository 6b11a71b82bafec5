"""Agreements meant by a class noun: «مذكرة تفاهم» without a name."""

from __future__ import annotations

import re

from statements.ingest.forms import Forms
from statements.ingest.mentioned import Context, Mentioned
from statements.search.lexicon import Token
from statements.text.sentence import Sentence


class Agreements(Forms):
    """Decides which memorandum is meant."""

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
