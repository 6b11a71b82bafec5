"""Dialogues, their rounds, and every dated event with the delegations that took part."""

from __future__ import annotations

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from statements.models.base import (
    Dated,
    Doubted,
    Label,
    Named,
    Noted,
    Publishable,
    Titled,
    in_order,
    worded,
)
from statements.models.fields import Span
from statements.models.organizations import Country, Organization, Place, Post
from statements.models.people import Official


class Dialogue(Publishable, Named, Noted):
    """A series of events between parties; its events are rounds."""

    page = "dialogue"

    class Level(models.TextChoices):
        LEADERS = "leaders", _("leaders")
        MINISTERIAL = "ministerial", _("ministers")
        MILITARY = "military", _("military")
        WORKING = "working", _("working level")

    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.MINISTERIAL)
    body = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dialogues",
        verbose_name=_("body"),
        help_text=_("The standing body whose sessions these are, if there is one."),
    )
    countries = models.ManyToManyField(
        Country, blank=True, related_name="dialogues", verbose_name=_("parties")
    )
    description_en = models.TextField(_("description in English"), blank=True)
    description_ar = models.TextField(_("description in Arabic"), blank=True)
    sources = models.ManyToManyField(
        "statements.Source", blank=True, related_name="+", verbose_name=_("sources")
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")

    @property
    def description(self) -> Label:
        return worded(self.description_en, self.description_ar)


class Event(Publishable, Titled, Dated, Doubted):
    """A dated meeting, round, visit, session, signing or founding; may be part of another event."""

    page = "event"

    class Type(models.TextChoices):
        ROUND = "round", _("round")
        BILATERAL_MEETING = "bilateral_meeting", _("bilateral meeting")
        VISIT = "visit", _("visit")
        SIGNING = "signing", _("signing")
        RATIFICATION = "ratification", _("ratification")
        FOUNDING = "founding", _("founding")
        COMMISSION_SESSION = "commission_session", _("commission session")
        CHANGE_OF_COMMAND = "change_of_command", _("change of command")
        ANNOUNCEMENT = "announcement", _("announcement")
        CONFERENCE = "conference", _("conference")
        CALL = "call", _("telephone call")
        CONSULTATIONS = "consultations", _("consultations")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        VIDEO = "video", _("by video")
        TELEPHONE = "telephone", _("by telephone")

    type = models.CharField(_("type"), max_length=20, choices=Type)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("place")
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("country"),
        help_text=_("Where it took place, when only the country is known."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    dialogues = models.ManyToManyField(Dialogue, through="Round", related_name="events")
    organizations = models.ManyToManyField(
        Organization, blank=True, related_name="events", verbose_name=_("bodies represented")
    )
    agreements = models.ManyToManyField(
        "statements.Agreement", blank=True, related_name="events", verbose_name=_("agreements")
    )
    sources = models.ManyToManyField(
        "statements.Source", blank=True, related_name="+", verbose_name=_("sources")
    )

    class Meta:
        ordering = (F("date_first").desc(nulls_last=True), "slug")
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            in_order("date_first", "date_last", "event_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="event_not_inside_itself",
                violation_error_message=_("An event cannot be part of itself."),
            ),
        ]
        indexes = [
            GistIndex(Span(), name="event_span", condition=~Q(date="")),
            models.Index(F("date_first").desc(nulls_last=True), "slug", name="event_newest"),
        ]


class Round(Noted):
    """An event's place in a dialogue: its number, where the sources give one."""

    dialogue = models.ForeignKey(
        Dialogue, models.CASCADE, related_name="rounds", verbose_name=_("dialogue")
    )
    event = models.ForeignKey(Event, models.CASCADE, related_name="rounds", verbose_name=_("event"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    uncertain = models.BooleanField(_("uncertain"), default=False)

    class Meta:
        ordering = ("dialogue_id", F("event__date_first").asc(nulls_last=True), "id")
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "event"],
                name="event_once_in_a_dialogue",
                violation_error_message=_("This event is already a round of the dialogue."),
            ),
            models.UniqueConstraint(
                fields=["dialogue", "number"],
                name="round_number_once_in_a_dialogue",
                violation_error_message=_("The dialogue already has a round with this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.number or '?'}"


class Participation(Noted):
    """A person, or a post without a name, who took part in an event for a delegation."""

    class Role(models.TextChoices):
        HEAD = "head", _("head of delegation")
        HOST = "host", _("host")
        SIGNATORY = "signatory", _("signatory")
        MEMBER = "member", _("member")

    class Standing(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        REPORTED = "reported", _("reported")
        DISPUTED = "disputed", _("disputed")

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="participations", verbose_name=_("event")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, verbose_name=_("delegation")
    )
    official = models.ForeignKey(
        Official,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("official"),
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("post"),
        help_text=_("The post in which he took part, or alone when the source gives no name."),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing, default=Standing.CONFIRMED
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    passage = models.ForeignKey(
        "statements.Passage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("passage that says so"),
    )

    class Meta:
        ordering = ("event_id", "order", "id")
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=False) | Q(post__isnull=False),
                name="participant_is_a_person_or_a_post",
                violation_error_message=_("A participant is an official, a post, or both."),
            ),
            models.UniqueConstraint(
                fields=["event", "official"],
                name="official_once_in_an_event",
                violation_error_message=_("This official already takes part in the event."),
            ),
            models.UniqueConstraint(
                fields=["event", "post"],
                condition=Q(official__isnull=True),
                name="unnamed_post_once_in_an_event",
                violation_error_message=_("This post already takes part in the event."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.official or self.post)
