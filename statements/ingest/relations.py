"""What else a draft proposes, beside who is named: undertakings, delegates, statements of the archive that an article uses.

What is decided of them is kept as ``{"relations": {key: {"decision": …, "fields": {name: text}}}}`` beside the other
decisions (see ``decisions``). An undertaking is an editor's judgement and so never certain; nor is a use of a statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from statements.ingest.decisions import OPEN, REFUSE
from statements.models import Carriage, Participation, Paste, Undertaking

ACCEPT = "accept"
UNDERTAKING, DELEGATE, USED = "undertaking", "delegate", "used"
#: The fields of each kind, with the longest value that is kept.
FIELDS = {
    UNDERTAKING: {"strength": 20, "countries": 200, "due": 60, "theme": 100, "follows": 200, "summary_en": 500, "summary_ar": 500},
    DELEGATE: {"role": 20},
    USED: {"relation": 20},
}  # fmt: skip
SUMMARY = 300  # characters of the printed words that are offered as a summary


@dataclass
class Relation:
    """One proposal. ``fields`` are what it proposes, ``mark`` the words of the text that say so (start, end)."""

    key: str
    kind: str
    document: int
    passage: int
    printed: str
    reason: str
    certain: bool
    fields: dict[str, str]
    mark: tuple[int, int] | None
    #: of a delegate: his mention, his post, the country he is of; of an undertaking: earlier ones, with the reason
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """What an editor decided of a relation, and what he changed of what was proposed."""

    decision: str = OPEN
    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Choice:
        return cls(kept.get("decision", OPEN), dict(kept.get("fields", {})))

    @property
    def mark(self) -> str:
        """What tells it from another choice."""
        fields = self.fields if self.decision == ACCEPT else {}
        return json.dumps([self.decision, sorted(fields.items())], ensure_ascii=False)

    def as_json(self) -> dict[str, Any]:
        return {"decision": self.decision, "fields": dict(self.fields)}


def relations(draft: dict[str, Any]) -> list[Relation]:
    """The proposals of a draft in the order of the text, kind by kind; drafts made before there were any have none."""
    found: list[Relation] = []
    delegates: dict[str, Relation] = {}
    for n, document in enumerate(draft["documents"]):
        found += [undertaking(n, document, one) for one in document.get("undertakings", [])]
        for one in document.get("delegates", []):
            relation = delegate(n, document, one)
            known = delegates.get(relation.key)
            if known is None or rank(document, one) > known.about["rank"]:
                delegates[relation.key] = relation
    found += delegates.values()
    for one in draft.get("used", []):
        key = f"{USED}:{one['document']}:{one['statement']}"
        about = {"statement": one["statement"], "passages": one["passages"]}
        found.append(Relation(key, USED, one["document"], 0, "", one["reason"], False, {"relation": one["relation"]}, None, about))  # fmt: skip
    return found


def undertaking(n: int, document: dict[str, Any], one: dict[str, Any]) -> Relation:
    printed = " ".join(one["as_printed"].split())
    language = "en" if document["language"] == "en" else "ar"
    first = one["follows"][0] if one["follows"] else {}
    fields = {
        "strength": one["strength"],
        "countries": " ".join(sorted(one["countries"])),
        "due": one["due"] or "",
        "theme": first.get("theme", ""),
        "follows": first.get("passage", ""),
        "summary_en": "",
        "summary_ar": "",
        f"summary_{language}": shortened(printed),
    }
    return Relation(
        f"{UNDERTAKING}:{n}:{one['start']}", UNDERTAKING, n, one["passage"], printed, one["reason"], False,
        fields, tuple(one["verb"]), {"follows": one["follows"]},
    )  # fmt: skip


def shortened(words: str) -> str:
    """The beginning of words that are longer than a summary, up to a space."""
    if len(words) <= SUMMARY:
        return words
    return f"{words[:SUMMARY].rpartition(' ')[0] or words[:SUMMARY]} …"


def rank(document: dict[str, Any], one: dict[str, Any]) -> tuple[bool, bool]:
    """Which of two places that name a delegate counts: where he heads, and the statement before the press."""
    return one["role"] == Participation.Role.HEAD, document["kind"] == "statement"


def delegate(n: int, document: dict[str, Any], one: dict[str, Any]) -> Relation:
    mention = document["mentions"][one["mention"]]
    who = mention["slug"] or mention["name"] or mention["as_printed"]
    about = {
        "mention": one["mention"],
        "post": one["post"],
        "party": one["party"],
        "rank": rank(document, one),
        "record": f"{mention['kind']}/{mention['slug']}" if mention["slug"] else "",
        "reported": document["kind"] == "article",
    }
    return Relation(
        f"{DELEGATE}:{one['party']}:{who}"[:300], DELEGATE, n, one["passage"], one["as_printed"], one["reason"],
        one["certain"], {"role": one["role"]}, tuple(one["cue"]), about,
    )  # fmt: skip


def choices(paste: Paste) -> dict[str, Choice]:
    """What is decided so far, by the key of the relation."""
    kept = paste.corrections.get("relations", {})
    return {key: Choice.of(value) for key, value in kept.items()}


def read_choice(relation: Relation, decision: str, sent: Mapping[str, str]) -> Choice:
    """A choice as a form sends it; what is no value of its field leaves what was proposed."""
    if decision not in (ACCEPT, REFUSE):
        decision = OPEN
    fields = dict(relation.fields)
    for name, longest in FIELDS[relation.kind].items():
        if name in sent:
            fields[name] = sent[name].replace("\x00", "").strip()[:longest]
    allowed: dict[str, Iterable[str]] = {
        "strength": Undertaking.Strength.values,
        "role": Participation.Role.values,
        "relation": Carriage.Relation.values,
    }
    for name, values in allowed.items():
        if name in fields and fields[name] not in values:
            fields[name] = relation.fields[name]
    return Choice(decision, fields)
