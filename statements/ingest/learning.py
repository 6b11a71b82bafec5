"""What the archive learns when an editor decides: a spelling that was accepted becomes a printed form, with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from statements.ingest.decisions import LINK, NEW, At, Decision, Proposal
from statements.ingest.knowledge import Knowledge
from statements.models import Article, Name, Paste, Source
from statements.search.lexicon import words_of
from statements.text.arabic import ARABIC

#: Kinds that have names of their own; posts are told by their words and their country.
NAMED = ("official", "organization", "agreement", "dialogue")


def learn(
    found: list[Proposal],
    decisions: dict[str, Decision],
    meanings: Mapping[At, Any],
    made: list[Any],
    paste: Paste,
) -> list[Name]:
    """Record the accepted spellings that the archive would not have read by itself; gives the new names."""
    source = source_of(paste, made)
    note = {"note_en": "", "note_ar": ""} if source else in_words(made)
    known: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for form in Knowledge.of_the_archive().forms:
        known.setdefault((form.kind, form.slug), set()).add(words_of(form.text))
    learnt: list[Name] = []
    for proposal in found:
        decision = decisions.get(proposal.key, Decision())
        if decision.decision not in (LINK, NEW) or not teaches(proposal):
            continue
        for printed in names_printed(proposal, decision, paste.draft):
            target = next(
                meanings[at].target for at in proposal.places if str(at) not in decision.apart
            )
            kind = str(target._meta.model_name)
            here = known.setdefault((kind, target.slug), set())
            if kind in NAMED and kind == proposal.type and words_of(printed) not in here:
                here.add(words_of(printed))
                language = "ar" if ARABIC.search(printed) else "en"
                learnt.append(
                    Name.objects.create(
                        **{kind: target}, form=printed, language=language, source=source, **note
                    )
                )
    paste.corrections["learnt"] = [[name.form, name.language] for name in learnt]
    return learnt


def teaches(proposal: Proposal) -> bool:
    """Whether its words are a name by themselves: words that may mean several go on meaning several, and a body that
    was told by its surroundings («نظيرتها العراقية») has no name there."""
    return proposal.outcome == "none" or (proposal.outcome == "one" and proposal.type == "official")


def names_printed(proposal: Proposal, decision: Decision, draft: dict[str, Any]) -> Iterable[str]:
    """The printed forms of a proposal that are names by themselves: no «الوزير», no surname alone, no «الوزارة»."""
    found: dict[str, None] = {}
    for at in proposal.places:
        mention = draft["documents"][at.document]["mentions"][at.mention]
        printed = " ".join(mention["as_printed"].split())
        is_name = len(printed.split()) > 1 or (printed.isupper() and proposal.type != "official")
        if str(at) not in decision.apart and not mention.get("unnamed") and is_name:
            found.setdefault(printed[:300])
    return found


def source_of(paste: Paste, made: list[Any]) -> Source | None:
    """The page that was taken in as a source, when it has an address."""
    address = paste.capture.address
    if not address:
        return None
    article = next((record for record in made if isinstance(record, Article)), None)
    publisher = str(article.outlet) if article else paste.capture.address.split("/")[2]
    return Source.objects.get_or_create(
        address=address,
        defaults={"publisher": publisher[:200], "language": article.language if article else ""},
    )[0]


def in_words(made: list[Any]) -> dict[str, str]:
    """Where a form was printed, for readers, when there is no page to lead to."""
    if not made:
        return {"note_en": "", "note_ar": ""}
    return {"note_en": f"Printed in “{made[0]}”.", "note_ar": f"ورد في «{made[0]}»."}
