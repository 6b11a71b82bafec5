"""What the archive proposes of a draft, a proposal for each thing that is named, and what an editor decides of it.

A draft never changes; what editors decide is kept beside it (``Paste.corrections``) as they work, each
decision by itself, so that nobody's overwrites another's and nothing is lost with a window. It has the shape
``{"documents": {"0": {field: text}}, "proposals": {key: {"decision": …, "target": "kind/address", …}}}``,
and the ``relations`` of that module.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from statements.models import MENTIONED, Paste
from statements.text.arabic import ARABIC, fold
from statements.text.names import strip_titles

#: What may be decided of a proposal: a link to a record, a new record, no link; nothing yet is "".
LINK, NEW, REFUSE, OPEN = "link", "new", "refuse", ""
#: Kinds of which a new record needs no more than names and a country.
NEW_KINDS = ("official", "organization", "place")
LONGEST = {"target": 120, "name_en": 300, "name_ar": 300, "country": 100}


class Decided(Exception):
    """Somebody has confirmed or discarded the paste; nothing more can be decided."""


class At(NamedTuple):
    """A mention of a draft: which document, and which of its mentions."""

    document: int
    mention: int

    def __str__(self) -> str:
        return f"{self.document}-{self.mention}"


@dataclass
class Proposal:
    """Mentions that are decided together, for they mean the same by the same words or by the same record."""

    key: str
    type: str
    outcome: str
    #: records that they may mean, "kind/address", the likeliest first
    candidates: list[str]
    #: a canonical name for somebody whom the archive does not know
    name: str
    reason: str
    places: list[At] = field(default_factory=list)
    printed: Counter[str] = field(default_factory=Counter)

    @property
    def certain(self) -> bool:
        return self.outcome == "one"

    @property
    def forms(self) -> list[tuple[str, int]]:
        """The words as printed, and how often, the commonest first."""
        return self.printed.most_common()

    @property
    def names(self) -> tuple[str, str]:
        """English and Arabic name for a new record, as far as they can be told."""
        printed = [strip_titles(words)[1] for words, _ in self.forms]
        forms = [*([self.name] if self.name else []), *printed]
        english = next((form for form in forms if not ARABIC.search(form)), "")
        return english, next((form for form in forms if ARABIC.search(form)), "")


@dataclass(frozen=True)
class Decision:
    """What an editor decided of a proposal; ``apart`` are mentions that it does not hold for."""

    decision: str = OPEN
    target: str = ""
    name_en: str = ""
    name_ar: str = ""
    country: str = ""
    apart: frozenset[str] = frozenset()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Decision:
        return cls(**{**kept, "apart": frozenset(kept.get("apart", ()))})

    @property
    def mark(self) -> str:
        """What tells it from another decision; names that were only offered make no difference."""
        names = (self.name_en, self.name_ar, self.country) if self.decision == NEW else ()
        places = sorted(self.apart) if self.decision in (LINK, NEW) else ()
        return "|".join((self.decision, self.target, *names, *places))

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "apart": sorted(self.apart)}


def proposals(draft: dict[str, Any]) -> list[Proposal]:
    """The proposals of a draft in the order of the text; every mention is in exactly one."""
    found: dict[str, Proposal] = {}
    for n, document in enumerate(draft["documents"]):
        for m, mention in enumerate(document["mentions"]):
            kind = mention.get("kind") or mention["type"]
            slugs = [mention["slug"]] if mention["slug"] else mention["candidates"]
            candidates = [f"{kind}/{slug}" for slug in slugs]
            words = fold(mention["name"] or mention["as_printed"])
            means = candidates[0] if mention["outcome"] == "one" else f"{words} {candidates}"
            key = f"{mention['type']}:{mention['outcome']}:{means}"[:300]
            proposal = found.setdefault(
                key,
                Proposal(
                    key,
                    mention["type"],
                    mention["outcome"],
                    candidates,
                    mention["name"] or "",
                    mention["reason"],
                ),
            )
            proposal.places.append(At(n, m))
            proposal.printed[mention["as_printed"]] += 1
    return list(found.values())


def decisions(paste: Paste) -> dict[str, Decision]:
    """What is decided so far, by the key of the proposal."""
    kept = paste.corrections.get("proposals", {})
    return {key: Decision.of(value) for key, value in kept.items()}


def read_decision(sent: dict[str, str], apart: set[str]) -> Decision:
    """A decision as a form sends it: ``link:kind/address``, ``other`` with a ``target``, ``new`` with names, ``refuse``.

    What makes no sense, or is not whole yet, is no decision.
    """
    chosen = sent.get("decision", "")
    kept = {name: sent.get(name, "").strip()[:most] for name, most in LONGEST.items()}
    chosen_names = kept["name_en"], kept["name_ar"], kept["country"]
    if chosen.startswith("link:"):
        chosen, kept["target"] = "other", chosen.removeprefix("link:")[: LONGEST["target"]]
    kind, _slash, slug = kept["target"].partition("/")
    if chosen == "other" and kind in MENTIONED and slug:
        return Decision(LINK, kept["target"], *chosen_names, apart=frozenset(apart))
    if chosen == NEW and (kept["name_en"] or kept["name_ar"]):
        return Decision(NEW, "", *chosen_names, apart=frozenset(apart))
    return Decision(REFUSE if chosen == REFUSE else OPEN, "", *chosen_names)


def keep(
    paste: Paste,
    documents: dict[int, dict[str, str]],
    decided: dict[str, Decision],
    editor: Any,
    related: dict[str, dict[str, Any]] | None = None,
) -> Paste:
    """Keep decisions beside those that are kept already; raises Decided when the paste is not open any more."""
    known = {proposal.key for proposal in proposals(paste.draft)}
    with transaction.atomic():
        locked = Paste.objects.select_for_update().get(pk=paste.pk)
        if locked.state != Paste.State.OPEN:
            raise Decided(_("This paste was decided already; its drafts are in the lists."))
        kept = locked.corrections
        for at, fields in documents.items():
            if at < len(locked.draft["documents"]):
                kept.setdefault("documents", {}).setdefault(str(at), {}).update(fields)
        for key, decision in decided.items():
            if key in known:
                kept.setdefault("proposals", {})[key] = decision.as_json()
        kept.setdefault("relations", {}).update(related or {})
        kept["by"] = str(editor or "")
        locked.save(update_fields=["corrections"])
    paste.corrections = kept
    return paste
