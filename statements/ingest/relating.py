"""From decided relations to records: undertakings on their passages, delegates of events, statements that articles use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from statements.ingest.decisions import At
from statements.ingest.draft import DraftRefused
from statements.ingest.relations import ACCEPT, DELEGATE, UNDERTAKING, USED, Choice, Relation
from statements.models import (
    Article,
    Carriage,
    Country,
    Event,
    Official,
    Participation,
    Passage,
    Post,
    Statement,
    Theme,
    Undertaking,
)
from statements.models.fields import EDTFFormField


def relate(
    found: Sequence[Relation],
    chosen: dict[str, Choice],
    made: dict[int, Any],
    events: dict[int, Event | None],
    meanings: Mapping[At, Any],
) -> None:
    """Make what was accepted, in the caller's transaction. ``made`` and ``events`` go by document, ``meanings`` by mention.

    Raises DraftRefused with what is missing. What belongs to a document that was not taken is left.
    """
    for relation in found:
        choice = chosen.get(relation.key, Choice())
        if choice.decision != ACCEPT:
            continue
        if relation.kind == UNDERTAKING:
            undertake(relation, choice, made.get(relation.document))
        elif relation.kind == DELEGATE:
            take_part(relation, choice, made, events, meanings)
        elif relation.kind == USED:
            use(relation, choice, made.get(relation.document))


def passage_of(record: Any, number: int) -> Passage | None:
    """The passage of a record that a paragraph of the draft became."""
    if record is None:
        return None
    return record.passages.present().order_by("order", "number")[number - 1 : number].first()


def undertake(relation: Relation, choice: Choice, record: Any) -> None:
    passage = passage_of(record, relation.passage)
    if passage is None:
        return
    fields = choice.fields
    if not (fields["summary_en"] or fields["summary_ar"]):
        raise DraftRefused(_("“%(words)s”: an undertaking needs a summary.") % {"words": relation.printed[:80]})  # fmt: skip
    theme = Theme.objects.filter(slug=fields["theme"]).first()
    number = passage.undertakings.aggregate(last=Max("number"))["last"] or 0
    made = Undertaking(
        passage=passage,
        number=number + 1,
        summary_en=fields["summary_en"],
        summary_ar=fields["summary_ar"],
        strength=fields["strength"],
        theme=theme,
        due=due(relation, fields["due"]),
        follows=followed(relation, fields["follows"]),
    )
    made.full_clean(exclude=["due_first", "due_last"])
    made.save()
    made.countries.set(Country.objects.filter(slug__in=fields["countries"].split()))


def due(relation: Relation, words: str) -> Any:
    try:
        return EDTFFormField(required=False).clean(words)
    except ValidationError as error:
        raise DraftRefused(f"“{relation.printed[:80]}”: {' '.join(error.messages)}") from error


def followed(relation: Relation, address: str) -> Passage | None:
    """The passage at "statement#p7"."""
    if not address:
        return None
    slug, _mark, number = address.partition("#p")
    found = Passage.objects.filter(statement__slug=slug, number=int(number) if number.isdigit() else 0)  # fmt: skip
    passage = found.first()
    if passage is None:
        raise DraftRefused(
            _("“%(words)s”: the passage %(target)s is not there any more; choose again.")
            % {"words": relation.printed[:80], "target": address}
        )
    return passage


def take_part(
    relation: Relation,
    choice: Choice,
    made: dict[int, Any],
    events: dict[int, Event | None],
    meanings: Mapping[At, Any],
) -> None:
    """A delegate of the event of his document, or of the statement beside it."""
    if relation.document not in made:
        return
    event = events.get(relation.document)
    if (
        event is None and relation.about["reported"]
    ):  # an article tells of the event of what it prints
        event = next((one for one in events.values() if one), None)
    if event is None:
        raise DraftRefused(
            _("“%(words)s” took part: choose first out of which event the document came.")
            % {"words": relation.printed}
        )
    who = person(relation, meanings)
    party = Country.objects.filter(slug=relation.about["party"]).first()
    official = who if isinstance(who, Official) else None
    post = who if isinstance(who, Post) else None
    if official and relation.about["post"]:
        post = Post.objects.filter(slug=relation.about["post"]).first()
    known = {"official": official} if official else {"official": None, "post": post}
    if event.participations.filter(**known).exists():
        return
    last = event.participations.aggregate(last=Max("order"))["last"] or 0
    reported = relation.about["reported"]
    Participation.objects.create(
        event=event,
        country=party,
        official=official,
        post=post,
        role=choice.fields["role"],
        standing=Participation.Standing.REPORTED if reported else Participation.Standing.CONFIRMED,
        order=last + 1,
        passage=passage_of(made[relation.document], relation.passage),
    )


def person(relation: Relation, meanings: Mapping[At, Any]) -> Official | Post:
    """Whom the delegate's mention was decided to mean, else the one record that it was proposed to be."""
    meaning = meanings.get(At(relation.document, relation.about["mention"]))
    if meaning is not None and isinstance(meaning.target, Official | Post):
        return meaning.target
    kind, _slash, slug = relation.about["record"].partition("/")
    model: Any = {"official": Official, "post": Post}.get(kind)
    refused = meaning is not None and meaning.decided
    found = model.objects.filter(slug=slug).first() if model and not refused else None
    if found is None:
        raise DraftRefused(
            _("“%(words)s” took part: decide among the names who that is.")
            % {"words": relation.printed}
        )
    return found


def use(relation: Relation, choice: Choice, record: Any) -> None:
    if not isinstance(record, Article):
        return
    statement = Statement.objects.filter(slug=relation.about["statement"]).first()
    if statement is None:
        raise DraftRefused(
            _("The statement %(target)s is not there any more.")
            % {"target": relation.about["statement"]}  # fmt: skip
        )
    Carriage.objects.get_or_create(
        article=record, statement=statement, defaults={"relation": choice.fields["relation"]}
    )
