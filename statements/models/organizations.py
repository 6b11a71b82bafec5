"""Countries, places, bodies and the posts they have, and the outlets that print."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from statements.models.base import (
    Addressed,
    Doubted,
    Label,
    Named,
    Noted,
    Publishable,
    Titled,
    exactly_one,
)


class Country(Addressed, Named):
    """A state, as a party, a delegation or a place."""

    official_en = models.CharField(_("official name in English"), max_length=200, blank=True)
    official_ar = models.CharField(_("official name in Arabic"), max_length=200, blank=True)
    iso2 = models.CharField(_("ISO code, two letters"), max_length=2, unique=True)
    iso3 = models.CharField(_("ISO code, three letters"), max_length=3, unique=True)

    class Meta:
        ordering = ("slug",)
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Place(Addressed, Named):
    """A city or seat in which something happened."""

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"))

    class Meta:
        ordering = ("slug",)
        verbose_name = _("place")
        verbose_name_plural = _("places")


class Outlet(Addressed, Named):
    """A newspaper, agency or site that prints articles."""

    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")


class Organization(Publishable, Named, Doubted):
    """A ministry, force, agency, commission or coalition; may be part of another."""

    page = "organization"

    class Type(models.TextChoices):
        GOVERNMENT = "government", _("government")
        REGIONAL_GOVERNMENT = "regional_government", _("regional government")
        HEAD_OF_GOVERNMENT_OFFICE = "head_of_government_office", _("office of a head of government")
        MINISTRY = "ministry", _("ministry")
        AGENCY = "agency", _("agency")
        COUNCIL = "council", _("council")
        EMBASSY = "embassy", _("embassy")
        MILITARY_COMMAND = "military_command", _("military command")
        MILITARY_STAFF = "military_staff", _("military staff")
        ARMED_FORCES = "armed_forces", _("armed forces")
        SECURITY_SERVICE = "security_service", _("security service")
        BILATERAL_BODY = "bilateral_body", _("bilateral body")
        COALITION = "coalition", _("coalition")
        ARMED_GROUP = "armed_group", _("armed group")
        OTHER = "other", _("other body")

    type = models.CharField(_("type"), max_length=30, choices=Type, default=Type.OTHER)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    sources = models.ManyToManyField(
        "statements.Source", blank=True, related_name="+", verbose_name=_("sources")
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="organization_not_part_of_itself",
                violation_error_message=_("A body cannot be part of itself."),
            ),
        ]


class Post(Publishable, Titled, Noted):
    """An office of an organization, whoever holds it; a participant can be a post without a name."""

    page = "post"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="posts", verbose_name=_("organization")
    )
    several_holders = models.BooleanField(
        _("several holders"),
        default=False,
        help_text=_(
            "More than one person may hold it at a time, e.g. “adviser to the Prime Minister”."
        ),
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("post")
        verbose_name_plural = _("posts")


OWNERS = ("official", "organization", "post", "agreement", "dialogue")


class Name(Noted):
    """Another name of a record, in any script, as printed somewhere; the primary names stand on the record."""

    class Role(models.TextChoices):
        PRINTED = "printed", _("as printed")
        FULL = "full", _("full name")
        SHORT = "short", _("short name")
        ABBREVIATION = "abbreviation", _("abbreviation")

    official = models.ForeignKey(
        "statements.Official", models.CASCADE, null=True, blank=True, related_name="names"
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="names"
    )
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="names")
    agreement = models.ForeignKey(
        "statements.Agreement", models.CASCADE, null=True, blank=True, related_name="names"
    )
    dialogue = models.ForeignKey(
        "statements.Dialogue", models.CASCADE, null=True, blank=True, related_name="names"
    )
    form = models.CharField(
        _("form"),
        max_length=300,
        help_text=_("The name exactly as printed, e.g. “محمد العباسي” or “Thabet Abbas”."),
    )
    language = models.CharField(
        _("language"),
        max_length=8,
        help_text=_("ISO 639 code of the language, e.g. “ar”, “en”, “tr”."),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PRINTED)
    misleading = models.BooleanField(
        _("misleading"),
        default=False,
        help_text=_("The form leads astray, e.g. the father's name printed as the first name."),
    )
    source = models.ForeignKey(
        "statements.Source",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("printed in"),
    )

    class Meta:
        ordering = ("language", "form")
        verbose_name = _("name")
        verbose_name_plural = _("names")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*OWNERS),
                name="name_of_exactly_one_record",
                violation_error_message=_("A name belongs to exactly one record."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[owner, "form", "language"],
                    name=f"{owner}_form_once",
                    violation_error_message=_("This form is already recorded."),
                )
                for owner in OWNERS
            ),
            *(
                models.UniqueConstraint(
                    fields=[owner, "language"],
                    condition=Q(role="full"),
                    name=f"{owner}_one_full_name_a_language",
                    violation_error_message=_("There is already a full name in this language."),
                )
                for owner in OWNERS
            ),
        ]

    @property
    def label(self) -> Label:
        """The form as printed, with its own language and direction."""
        rtl = self.language in ("ar", "fa", "ckb", "ur")
        return Label(self.form, self.language, "rtl" if rtl else "ltr")

    def __str__(self) -> str:
        return self.form
