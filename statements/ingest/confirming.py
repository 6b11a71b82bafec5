"""From a decided draft to records: everything in one transaction, with its history, and what the archive learns by it.

Records made here are drafts; readers see nothing of them before somebody publishes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.actions import texts as bodies
from statements.ingest.decisions import LINK, NEW, REFUSE, At, Decision, Proposal, proposals
from statements.ingest.draft import DraftRefused
from statements.ingest.learning import learn
from statements.ingest.relating import relate
from statements.ingest.relations import Choice, relations
from statements.models import (
    MENTIONED,
    Article,
    Carriage,
    Country,
    Event,
    Layer,
    Mention,
    Official,
    Organization,
    Outlet,
    PassageText,
    Paste,
    Place,
    Rights,
    Statement,
    Version,
    recording,
)
from statements.models.fields import as_edtf

ARTICLE = "article"
NEW_RECORDS: dict[str, Any] = {"official": Official, "organization": Organization, "place": Place}


@dataclass
class DocumentChoice:
    """What an editor decided about one document of a draft; ``type`` is ``article`` or a type of statements."""

    take: bool = True
    title: str = ""
    date: str = ""
    outlet: str = ""
    publisher: str = ""
    type: str = ""
    language: str = "ar"
    rights: str = Rights.EXCERPTS
    event: Event | None = None
    statement: Statement | None = None


@dataclass
class Meaning:
    """What is known of a mention when it is saved: its record, and whether a person said so."""

    target: Any = None
    decided: bool = False
    #: records it may mean, for work to do; when a link was refused, the one that was
    candidates: list[str] = field(default_factory=list)
    outcome: str = Mention.Outcome.NONE


def confirm(
    paste: Paste,
    choices: list[DocumentChoice],
    editor: Any = None,
    decisions: dict[str, Decision] | None = None,
    related: dict[str, Choice] | None = None,
) -> list[Any]:
    """Make the drafts, all or none; raises DraftRefused when somebody has confirmed the paste already.

    Without ``decisions``, by key of the proposal, what is certain is linked and stays to be decided; with
    them only what a person decided is linked, and the rest is kept as work to do. Of undertakings, delegates and
    used statements (``related``) only what was accepted is made.
    """
    with recording(editor, f"confirmed paste {paste.pk}"), transaction.atomic():
        locked = Paste.objects.select_for_update().get(pk=paste.pk)
        if locked.state != Paste.State.OPEN:
            raise DraftRefused(_("This paste was decided already; its drafts are in the lists."))
        documents = in_both_languages(locked.draft)
        found = proposals(locked.draft)
        meanings = meant(found, decisions)
        made: dict[int, Any] = {}
        for at, (document, choice) in enumerate(zip(documents, choices, strict=True)):
            if choice.take:
                here = {place.mention: m for place, m in meanings.items() if place.document == at}
                made[at] = make(locked, document, choice, here)
        for link in locked.draft["links"]:
            article, statement = made.get(link["from"]), made.get(link["to"])
            if isinstance(article, Article) and isinstance(statement, Statement):
                Carriage.objects.get_or_create(
                    article=article, statement=statement, defaults={"relation": link["relation"]}
                )
        events = {
            at: choice.event or getattr(made.get(at), "event", None)
            for at, choice in enumerate(choices)
        }
        relate(relations(locked.draft), related or {}, made, events, meanings)
        if decisions:
            learn(found, decisions, meanings, list(made.values()), locked)
        locked.state = Paste.State.CONFIRMED
        locked.confirmed_by = editor if editor and editor.pk else None
        locked.confirmed_at = timezone.now()
        locked.made = [[record._meta.model_name, record.slug] for record in made.values()]
        locked.save()
        paste.refresh_from_db()
        return list(made.values())


def in_both_languages(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents of a draft, each mention with its reason in Arabic too, where the draft has it."""
    if "arabic" not in draft:
        return list(draft["documents"])
    return [
        document
        | {
            "mentions": [
                mention | {"reason_ar": words}
                for mention, words in zip(document["mentions"], arabic["mentions"], strict=True)
            ]
        }
        for document, arabic in zip(draft["documents"], draft["arabic"]["documents"], strict=True)
    ]


# What mentions mean


def meant(found: list[Proposal], decisions: dict[str, Decision] | None) -> dict[At, Meaning]:
    """The meaning of every mention; records that editors want made are made here."""
    wanted = {key for proposal in found if proposal.certain for key in proposal.candidates}
    wanted |= {decision.target for decision in (decisions or {}).values() if decision.target}
    records = records_at(wanted)
    made: dict[tuple[str, ...], Any] = {}
    meanings: dict[At, Meaning] = {}
    for proposal in found:
        slugs = [candidate.partition("/")[2] for candidate in proposal.candidates]
        waiting = Meaning(
            candidates=slugs, outcome="several" if len(slugs) > 1 else Mention.Outcome.NONE
        )
        if decisions is None:
            target = records.get(proposal.candidates[0]) if proposal.certain else None
            whole = Meaning(target, candidates=slugs) if target else waiting
            apart: frozenset[str] = frozenset()
        else:
            decision = decisions.get(proposal.key, Decision())
            whole, apart = (
                decided(proposal, decision, records, made, slugs) or waiting,
                decision.apart,
            )
        for place in proposal.places:
            meanings[place] = (
                Meaning(decided=True, candidates=slugs) if str(place) in apart else whole
            )
    return meanings


def decided(
    proposal: Proposal,
    decision: Decision,
    records: dict[str, Any],
    made: dict[tuple[str, ...], Any],
    slugs: list[str],
) -> Meaning | None:
    """What a person's decision says of the mentions of a proposal; None when nothing is decided."""
    if decision.decision == REFUSE:
        return Meaning(decided=True, candidates=slugs)
    if decision.decision == LINK:
        target = records.get(decision.target)
        if target is None:
            raise DraftRefused(
                _("“%(words)s”: the record %(target)s is not there any more; choose again.")
                % {"words": next(iter(proposal.printed)), "target": decision.target}
            )
        return Meaning(target, decided=True)
    if decision.decision == NEW:
        names = (proposal.type, decision.name_en, decision.name_ar, decision.country)
        if names not in made:
            made[names] = new_record(*names)
        return Meaning(made[names], decided=True)
    return None


def records_at(keys: set[str]) -> dict[str, Any]:
    """The records at these "kind/address" keys; a query a kind."""
    found: dict[str, Any] = {}
    for kind in MENTIONED:
        slugs = [key.partition("/")[2] for key in keys if key.startswith(f"{kind}/")]
        if slugs:
            model = Mention._meta.get_field(kind).related_model
            records = model._default_manager.filter(slug__in=slugs)
            found |= {f"{kind}/{record.slug}": record for record in records}
    return found


def new_record(kind: str, name_en: str, name_ar: str, country: str) -> Any:
    """An official, body or place that an editor wants in the archive, as a draft where records have drafts."""
    model = NEW_RECORDS.get(kind)
    words = name_en or name_ar
    if model is None:
        raise DraftRefused(
            _("“%(words)s” needs a form of its own; make the record first, then choose it.")
            % {"words": words}
        )
    state = Country.objects.filter(slug=country).first()
    if model is Place and state is None:
        raise DraftRefused(_("The place “%(words)s” needs its country.") % {"words": words})
    record = model(name_en=name_en, name_ar=name_ar, country=state)
    record.full_clean(exclude=["slug"])
    record.save()
    return record


# Records


def printed_date(document: dict[str, Any], date: object) -> str:
    """The words of the document from which its date was read; empty when it was read from elsewhere."""
    return next(
        (row["as_printed"][:200] for row in document["dates"] if date and row["edtf"] == date), ""
    )


def make(
    paste: Paste, document: dict[str, Any], choice: DocumentChoice, meanings: dict[int, Meaning]
) -> Article | Statement:
    printed = choice.title.strip() or document["title"]
    if not printed:
        raise DraftRefused(_("A document needs a title."))
    date = as_edtf(choice.date)
    in_words = getattr(date, "words", "") or printed_date(document, date)
    if (
        (choice.type or document["kind"]) == ARTICLE
        or not choice.type
        and document["kind"] == ARTICLE
    ):
        if not choice.outlet.strip():
            raise DraftRefused(_("An article needs its outlet."))
        article = Article.objects.create(
            outlet=outlet(choice.outlet.strip()), title=printed, language=choice.language,
            date=date, date_printed=in_words, rights=choice.rights, capture=paste.capture,
        )  # fmt: skip
        add_passages(document, choice, article, None, meanings)
        return article
    statement = choice.statement or Statement.objects.create(
        **{f"title_{choice.language}": printed},
        type=choice.type or document["type"],
        date=date,
        date_printed=in_words,
        event=choice.event,
        original_language=choice.language,
    )
    publisher = choice.publisher.strip() or _("not known")
    if statement.versions.filter(language=choice.language, publisher=publisher).exists():
        raise DraftRefused(
            _("“%(statement)s” already has a version in this language from “%(publisher)s”.")
            % {"statement": statement, "publisher": publisher}
        )
    version = Version.objects.create(
        statement=statement, language=choice.language, title=printed, publisher=publisher,
        origin=Version.Origin.PRESS, rights=choice.rights, capture=paste.capture, date=date,
    )  # fmt: skip
    add_passages(document, choice, statement, version, meanings)
    return statement


def outlet(name: str) -> Outlet:
    """The outlet of this name in either language, or a new one."""
    known = (
        Outlet.objects.filter(name_ar=name).first() or Outlet.objects.filter(name_en=name).first()
    )
    if known:
        return known
    return Outlet.objects.create(**{"name_en" if name.isascii() else "name_ar": name})


def add_passages(
    document: dict[str, Any],
    choice: DocumentChoice,
    record: Article | Statement,
    version: Version | None,
    meanings: dict[int, Meaning],
) -> None:
    """Number the paragraphs, or fill the passages a statement has already, and keep the mentions as they were decided."""
    type(record)._default_manager.select_for_update().get(pk=record.pk)
    paragraphs = [printed["text"] for printed in document["passages"]]
    passages = bodies.place(record, bodies.rendered(record, paragraphs, choice.language))
    for passage, printed in zip(passages, document["passages"], strict=True):
        text = PassageText.objects.create(
            passage=passage, version=version, language=choice.language, text=printed["text"]
        )
        here = [
            mention(text, found, printed["start"], meanings[number])
            for number, found in enumerate(document["mentions"])
            if printed["start"] <= found["start"] and found["end"] <= printed["end"]
        ]
        Mention.objects.bulk_create(one_reading(here))


def one_reading(mentions: list[Mention]) -> list[Mention]:
    """Words that may be read in two ways («وزير الدفاع», the man and the post) keep one: what is linked, and the person first."""
    order = [Mention.Outcome.ONE, Mention.Outcome.SEVERAL, Mention.Outcome.NONE]
    best: dict[tuple[int, int], Mention] = {}
    for one in sorted(mentions, key=lambda one: (order.index(one.outcome), one.type != "official")):
        best.setdefault((one.start, one.end), one)
    return sorted(best.values(), key=lambda one: one.start)


def mention(text: PassageText, found: dict[str, Any], start: int, meaning: Meaning) -> Mention:
    """A mention in a passage, with its record when it has one, else as work to do or as refused."""
    target = meaning.target
    return Mention(
        text=text,
        layer=Layer.TEXT,
        start=found["start"] - start,
        end=found["end"] - start,
        as_printed=found["as_printed"],
        type=found["type"] if target is None else type_of(target, found["type"]),
        outcome=Mention.Outcome.ONE if target else meaning.outcome,
        candidates=[] if target and meaning.decided else meaning.candidates,
        reason_en=found["reason"][:500],
        reason_ar=found.get("reason_ar", "")[:500],
        decided=meaning.decided,
        **({target._meta.model_name: target} if target else {}),
    )


def type_of(target: Any, proposed: str) -> str:
    """The type of a mention by its record: a country is mentioned as a place."""
    kind = str(target._meta.model_name)
    return kind if kind in Mention.Type.values else "place" if kind == "country" else proposed


def likely_statement(document: dict[str, Any]) -> Statement | None:
    """A statement that the archive holds already and that this may be: the same date, type and event."""
    if document["kind"] != "statement" or not document["date"]:
        return None
    same = Statement.objects.filter(date=document["date"], type=document["type"])
    return same.filter(event__slug=document.get("event") or "").first() or same.first()
