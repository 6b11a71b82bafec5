"""Agreements, and the dated steps of their lives."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from statements.models.base import Dated, Doubted, Noted, Publishable, Titled, in_order
from statements.models.events import Event
from statements.models.organizations import Country


class Agreement(Publishable, Titled, Doubted):
    """A treaty, memorandum, protocol, declaration or understanding, with a status history."""

    page = "agreement"

    class Type(models.TextChoices):
        TREATY = "treaty", _("treaty")
        STATUS_OF_FORCES = "status_of_forces", _("status of forces agreement")
        MEMORANDUM = "memorandum", _("memorandum of understanding")
        PROTOCOL = "protocol", _("protocol")
        DECLARATION = "declaration", _("declaration")
        POLITICAL_DOCUMENT = "political_document", _("political document")
        JOINT_STATEMENT_TIMELINE = "joint_statement_timeline", _("timetable in a joint statement")

    type = models.CharField(_("type"), max_length=30, choices=Type)
    countries = models.ManyToManyField(
        Country, blank=True, related_name="agreements", verbose_name=_("parties")
    )
    related = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="related_from",
        verbose_name=_("related"),
    )
    sources = models.ManyToManyField(
        "statements.Source", blank=True, related_name="+", verbose_name=_("sources")
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")


class AgreementStep(Dated, Noted):
    """One step in an agreement's life, dated and evidenced."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        NEGOTIATING = "negotiating", _("under negotiation")
        POSTPONED = "postponed", _("postponed")
        ANNOUNCED = "announced", _("announced")
        SIGNED = "signed", _("signed")
        RATIFIED = "ratified", _("ratified")
        IN_FORCE = "in_force", _("in force")
        RENEWED = "renewed", _("renewed")
        PARTLY_DONE = "partly_done", _("carried out in part")
        ENDED = "ended", _("ended")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="steps", verbose_name=_("agreement")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)
    event = models.ForeignKey(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agreement_steps",
        verbose_name=_("event"),
    )
    source = models.ForeignKey(
        "statements.Source",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("agreement_id", "order", F("date_first").asc(nulls_last=True), "id")
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [in_order("date_first", "date_last", "step_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.date}"
