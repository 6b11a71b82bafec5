"""What passages mean and do: mentions, themes, undertakings, comparisons, promise chains and conflicting claims."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from statements.models.agreements import Agreement
from statements.models.base import (
    Addressed,
    Chosen,
    Dated,
    Label,
    Named,
    Noted,
    Publishable,
    Titled,
    exactly_one,
    worded,
)
from statements.models.documents import Layer, Passage, PassageText, Source, Statement
from statements.models.events import Dialogue, Event
from statements.models.fields import EDTFField, FirstDay, LastDay
from statements.models.organizations import Country, Organization, Place, Post
from statements.models.people import Official


class Theme(Addressed, Named):
    """A subject that passages and undertakings share."""

    description_en = models.TextField(_("description in English"), blank=True)
    description_ar = models.TextField(_("description in Arabic"), blank=True)

    class Meta:
        ordering = ("slug",)
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    @property
    def description(self) -> Label:
        return worded(self.description_en, self.description_ar)


class Term(Addressed, Named):
    """A pair of the archive's bilingual glossary: search finds texts of either language by either term."""

    class Meta:
        ordering = ("slug",)
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")


MENTIONED = (
    "official",
    "post",
    "organization",
    "agreement",
    "event",
    "dialogue",
    "place",
    "country",
)


class Mention(Chosen):
    """Words as printed in a passage, and whom or what they mean: one, several or none, and why.

    ``start`` and ``end`` count characters of the layer named by ``layer``. The words stay when the
    record they mean is removed.
    """

    class Outcome(models.TextChoices):
        ONE = "one", _("one")
        SEVERAL = "several", _("several")
        NONE = "none", _("none")

    class Type(models.TextChoices):
        OFFICIAL = "official", _("official")
        POST = "post", _("post")
        ORGANIZATION = "organization", _("organization")
        AGREEMENT = "agreement", _("agreement")
        EVENT = "event", _("event")
        DIALOGUE = "dialogue", _("dialogue")
        PLACE = "place", _("place")

    text = models.ForeignKey(
        PassageText, models.CASCADE, related_name="mentions", verbose_name=_("text")
    )
    layer = models.CharField(_("layer"), max_length=6, choices=Layer, default=Layer.TEXT)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    as_printed = models.CharField(_("as printed"), max_length=500)
    type = models.CharField(_("type"), max_length=12, choices=Type)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome)
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    reason_ar = models.CharField(_("reason in Arabic"), max_length=500, blank=True)
    # Slugs of the records it may mean, when several: a proposal for an editor, never a link.
    candidates = models.JSONField(_("candidates"), default=list, blank=True)
    decided = models.BooleanField(
        _("decided by a person"),
        default=False,
        help_text=_("A person has confirmed or refused it."),
    )
    official = models.ForeignKey(
        Official,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("official"),
    )
    post = models.ForeignKey(
        Post,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("post"),
    )
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("organization"),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("agreement"),
    )
    event = models.ForeignKey(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("event"),
    )
    dialogue = models.ForeignKey(
        Dialogue,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("dialogue"),
    )
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("place"),
    )
    country = models.ForeignKey(
        Country,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("country"),
    )

    class Meta:
        ordering = ("text_id", "layer", "start", "-end")
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_has_words"),
            models.CheckConstraint(
                condition=(Q(outcome="one") & exactly_one(*MENTIONED))
                | Q(
                    outcome__in=("several", "none"),
                    **{f"{name}__isnull": True for name in MENTIONED},
                ),
                name="mention_of_one_has_its_target",
                violation_error_message=_(
                    "A mention with the outcome “one” names exactly one record; any other names none."
                ),
            ),
            models.UniqueConstraint(
                fields=["text", "layer", "start", "end"],
                name="words_mentioned_once",
                violation_error_message=_("These words are already marked as a mention."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["outcome", "decided"], name="mention_undecided", condition=Q(decided=False)
            ),
        ]

    @property
    def target(self) -> models.Model | None:
        """The record these words mean, when it is one."""
        for name in MENTIONED:
            if getattr(self, f"{name}_id") is not None:
                return getattr(self, name)
        return None

    def __str__(self) -> str:
        return self.as_printed


class Undertaking(Chosen):
    """What a passage commits to: by whom, how strongly, on what theme, until when."""

    class Strength(models.TextChoices):
        DISCUSSED = "discussed", _("discussed")
        INTENDS = "intends", _("intends")
        AFFIRMED = "affirmed", _("affirmed")
        UNDERSTANDING = "understanding", _("reached an understanding")
        DECIDED = "decided", _("decided")
        COMMITTED = "committed", _("committed")

    passage = models.ForeignKey(
        Passage, models.CASCADE, related_name="undertakings", verbose_name=_("passage")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    summary_en = models.CharField(_("summary in English"), max_length=500, blank=True)
    summary_ar = models.CharField(_("summary in Arabic"), max_length=500, blank=True)
    countries = models.ManyToManyField(
        Country, blank=True, related_name="undertakings", verbose_name=_("undertaken by")
    )
    strength = models.CharField(_("strength"), max_length=13, choices=Strength)
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undertakings",
        verbose_name=_("theme"),
    )
    due = EDTFField(_("due"), blank=True, default="", help_text=_("E.g. “September 2025”."))
    due_first = FirstDay("due")
    due_last = LastDay("due")
    follows = models.ForeignKey(
        Passage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows the passage"),
    )

    class Meta:
        ordering = ("passage_id", "number")
        verbose_name = _("undertaking")
        verbose_name_plural = _("undertakings")
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "number"], name="undertaking_number_once_in_a_passage"
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("passage")),
                name="undertaking_does_not_follow_itself",
                violation_error_message=_("An undertaking follows an earlier passage."),
            ),
        ]

    @property
    def label(self) -> Label:
        return worded(self.summary_en, self.summary_ar)

    def __str__(self) -> str:
        return self.label.text


class Comparison(Noted):
    """How a passage stands to an earlier one, or to an earlier statement as a whole, in an editor's judgement."""

    class Relation(models.TextChoices):
        PERSISTED = "persisted", _("kept")
        STRENGTHENED = "strengthened", _("stronger")
        SOFTENED = "softened", _("softer")
        REWORDED = "reworded", _("reworded")
        NEW = "new", _("new")
        FULFILLED = "fulfilled", _("fulfilled")
        POSTPONED = "postponed", _("postponed")
        SILENT = "silent", _("gone")

    passage = models.ForeignKey(
        Passage, models.CASCADE, related_name="comparisons", verbose_name=_("passage")
    )
    earlier = models.ForeignKey(
        Passage,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="compared_by",
        verbose_name=_("earlier passage"),
    )
    earlier_statement = models.ForeignKey(
        Statement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="compared_by",
        verbose_name=_("earlier statement"),
    )
    relation = models.CharField(_("relation"), max_length=12, choices=Relation)

    class Meta:
        ordering = ("passage_id", "id")
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("earlier", "earlier_statement"),
                name="compared_with_a_passage_or_a_statement",
            ),
            models.UniqueConstraint(fields=["passage", "earlier"], name="passages_compared_once"),
            models.CheckConstraint(
                condition=Q(earlier__isnull=True) | ~Q(earlier=F("passage")),
                name="passage_not_compared_with_itself",
                violation_error_message=_("A passage is compared with another one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage} {self.get_relation_display()}"


class Chain(Publishable, Titled, Noted):
    """A promise followed through passages and events to what became of it."""

    page = "undertaking"

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        AT_WORK = "at_work", _("at work")
        FULFILLED = "fulfilled", _("fulfilled")
        POSTPONED = "postponed", _("postponed")
        DROPPED = "dropped", _("dropped")
        CONTRADICTED = "contradicted", _("contradicted")

    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="chains", verbose_name=_("theme")
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    as_of = EDTFField(_("as of"), blank=True, default="")

    class Meta:
        ordering = ("slug",)
        verbose_name = _("promise chain")
        verbose_name_plural = _("promise chains")


class ChainStep(Dated, Noted):
    """One dated step of a promise, with the passage or event that shows it."""

    class Status(models.TextChoices):
        PROMISED = "promised", _("promised")
        DISCUSSED = "discussed", _("discussed")
        INTENDED = "intended", _("intended")
        AFFIRMED = "affirmed", _("affirmed")
        UNDERSTANDING = "understanding", _("reached an understanding")
        DECIDED = "decided", _("decided")
        COMMITTED = "committed", _("committed")
        NEGOTIATING = "negotiating", _("under negotiation")
        LAUNCHED = "launched", _("begun")
        AT_WORK = "at_work", _("at work")
        RECALLED = "recalled", _("recalled")
        REWORDED = "reworded", _("reworded")
        SILENT = "silent", _("no longer mentioned")
        POSTPONED = "postponed", _("postponed")
        PARTLY_FULFILLED = "partly_fulfilled", _("fulfilled in part")
        DECLARED_FULFILLED = "declared_fulfilled", _("declared fulfilled")
        CONFIRMED = "confirmed", _("confirmed")
        DELIVERED = "delivered", _("delivered")
        FULFILLED = "fulfilled", _("fulfilled")
        DROPPED = "dropped", _("dropped")
        CONTRADICTED = "contradicted", _("contradicted")

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="steps", verbose_name=_("chain"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    status = models.CharField(_("status"), max_length=20, choices=Status)
    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chain_steps",
        verbose_name=_("passage"),
    )
    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chain_steps",
        verbose_name=_("statement"),
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chain_steps",
        verbose_name=_("event"),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chain_steps",
        verbose_name=_("agreement"),
    )

    class Meta:
        ordering = ("chain_id", "order", "id")
        verbose_name = _("step of a promise")
        verbose_name_plural = _("steps of promises")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("passage", "statement", "event", "agreement"),
                name="chain_step_has_one_evidence",
                violation_error_message=_(
                    "A step points at exactly one passage, statement, event or agreement."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} · {self.get_status_display()}"


SUBJECTS = ("event", "official", "organization", "statement", "agreement", "dialogue")


class Conflict(Publishable, Noted):
    """One question on which sources disagree, the claims side by side, and the archive's ruling if there is one."""

    page = "conflict"

    question_en = models.CharField(_("question in English"), max_length=500, blank=True)
    question_ar = models.CharField(_("question in Arabic"), max_length=500, blank=True)
    event = models.ForeignKey(
        Event,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conflicts",
        verbose_name=_("event"),
    )
    official = models.ForeignKey(
        Official,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conflicts",
        verbose_name=_("official"),
    )
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conflicts",
        verbose_name=_("organization"),
    )
    statement = models.ForeignKey(
        Statement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conflicts",
        verbose_name=_("statement"),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conflicts",
        verbose_name=_("agreement"),
    )
    dialogue = models.ForeignKey(
        Dialogue,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conflicts",
        verbose_name=_("dialogue"),
    )
    ruling = models.PositiveSmallIntegerField(
        _("ruling"),
        null=True,
        blank=True,
        help_text=_("The number of the claim the archive follows, from 1; empty while unresolved."),
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("conflict of sources")
        verbose_name_plural = _("conflicts of sources")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*SUBJECTS),
                name="conflict_about_one_record",
                violation_error_message=_("A conflict is about exactly one record."),
            ),
        ]

    @property
    def label(self) -> Label:
        return worded(self.question_en, self.question_ar)

    @property
    def other_label(self) -> Label:
        """The question in the language that ``label`` is not in; empty text when there is none."""
        if self.label.lang == "en":
            return Label(self.question_ar, "ar", "rtl")
        return Label(self.question_en, "en", "ltr")

    def __str__(self) -> str:
        return self.label.text


class Claim(Chosen):
    """What some sources say, on one side of a conflict."""

    conflict = models.ForeignKey(
        Conflict, models.CASCADE, related_name="claims", verbose_name=_("conflict of sources")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    value_en = models.CharField(_("claim in English"), max_length=500, blank=True)
    value_ar = models.CharField(_("claim in Arabic"), max_length=500, blank=True)
    sources = models.ManyToManyField(
        Source, blank=True, related_name="+", verbose_name=_("sources")
    )

    class Meta:
        ordering = ("conflict_id", "number")
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["conflict", "number"], name="claim_number_once_in_a_conflict"
            ),
        ]

    @property
    def label(self) -> Label:
        return worded(self.value_en, self.value_ar)

    def __str__(self) -> str:
        return self.label.text
