"""How well promises are read, against the undertakings that people wrote down of the demo archive's statements.

The archive has the statements in its own words, in both languages, so each is read twice. A promise read
in a passage counts as found for one written down there; then its strength and its parties are compared.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from statements.ingest import undertakings
from statements.ingest.clauses import said_in
from statements.ingest.knowledge import Knowledge
from statements.ingest.match import Matcher
from statements.ingest.mentioned import Context, Page
from statements.ingest.subjects import speakers_of
from statements.text.dates import EDTF, find

STATEMENTS = Path(__file__).parents[2] / "fixtures" / "statements.jsonl"
BETWEEN = "\n\n"


@dataclass
class Read:
    """Promises written down, read, found, and of those found how many have the strength and the parties."""

    wanted: int = 0
    proposed: int = 0
    found: int = 0
    strength: int = 0
    parties: int = 0

    @property
    def precision(self) -> float:
        return self.found / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def strength_right(self) -> float:
        return self.strength / self.found if self.found else 1.0

    @property
    def parties_right(self) -> float:
        return self.parties / self.found if self.found else 1.0


def statements() -> Iterator[dict[str, Any]]:
    """The statements of the demo archive of which undertakings are written down."""
    for line in STATEMENTS.read_text("utf-8").splitlines():
        statement = json.loads(line)
        if any(passage.get("undertakings") for passage in statement.get("passages", [])):
            yield statement


def measure() -> dict[str, Read]:
    """By language."""
    knowledge = Knowledge.of_the_archive()
    matcher = Matcher(knowledge)
    scores = {"ar": Read(), "en": Read()}
    for statement in statements():
        for language, score in scores.items():
            versions = [v for v in statement["versions"] if v["language"] == language]
            version = max(versions, key=lambda v: sum(bool(p) for p in v.get("passages", [])))
            passages = [words or "" for words in version["passages"]]
            compare(statement, passages, score, knowledge, matcher)
    return scores


def compare(
    statement: dict[str, Any],
    passages: list[str],
    score: Read,
    knowledge: Knowledge,
    matcher: Matcher,
) -> None:
    text, spans = BETWEEN.join(passages), []
    for words in passages:
        start = spans[-1][1] + len(BETWEEN) if spans else 0
        spans.append((start, start + len(words)))
    day, page = EDTF(statement["date"]), Page()
    for start, end in spans:
        matcher.survey(text, start, end, page)
    dates = [
        replace(found, start=found.start + start, end=found.end + start)
        for start, end in spans
        for found in find(text[start:end], on=day.first)
    ]
    context = Context(day, dates, page)
    mentions = [one for start, end in spans for one in matcher.mentions(text, start, end, context)]
    parties = statement["countries"]
    voice = parties[0].upper() if len(parties) == 1 else None
    speakers = speakers_of(statement.get("event"), mentions, voice, knowledge)
    said = said_in(text, spans)
    read = undertakings.read(text, said, mentions, dates, day.first, speakers, knowledge)
    for number, passage in enumerate(statement["passages"], 1):
        wanted = passage.get("undertakings", [])
        here = [one for one in read if one.passage == number]
        score.wanted += len(wanted)
        score.proposed += len(here)
        score.found += min(len(wanted), len(here))
        strengths = Counter(one["strength"] for one in wanted)
        score.strength += (strengths & Counter(one.strength for one in here)).total()
        sides = Counter(" ".join(sorted(one["countries"])) for one in wanted)
        score.parties += (sides & Counter(" ".join(sorted(one.countries)) for one in here)).total()


def table() -> None:
    """Print the measures."""
    print(f"\n{'undertakings':22} {'gold':>5} {'precision':>9} {'recall':>7} {'strength':>9} {'parties':>8}")  # fmt: skip
    for language, score in measure().items():
        print(f"{language:22} {score.wanted:5} {score.precision:9.2f} {score.recall:7.2f} {score.strength_right:9.2f} {score.parties_right:8.2f}")  # fmt: skip
