"""What every record shares: names in two languages, remarks, publication, sources, and the questions asked of all.

``published()`` is written once, here; no page, feed, export or interface filters on the state itself.
"""

from __future__ import annotations

import datetime
import functools
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.models.fields import EDTFField, FirstDay, LastDay, Span
from statements.text.dates import EDTF


class Label(NamedTuple):
    """Words with the language and direction they are written in, so that a page never has to guess."""

    text: str
    lang: str
    dir: str

    def __str__(self) -> str:
        return self.text


def worded(english: str, arabic: str, language: str | None = None) -> Label:
    """The words in the reader's language, or else in the other one, which is better than nothing."""
    wanted = (language or get_language() or "en")[:2]
    if (wanted == "ar" and arabic) or not english:
        return Label(arabic, "ar", "rtl")
    return Label(english, "en", "ltr")


def exactly_one(*fields: str) -> Q:
    """A condition for the database: one of these relations is set, and only one."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in fields})
    return condition


def in_order(first: str, last: str, name: str) -> models.CheckConstraint:
    """A date may not end before it begins; EDTF values cannot, raw SQL could."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__lte": models.F(last)})
        | Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True}),
        name=name,
        violation_error_message=_("The end is before the beginning."),
    )


@functools.lru_cache(1024)
def pattern(page: str, language: str | None, prefix: str) -> tuple[str, str]:
    """What stands before and after the slug in the addresses of a page, which Django finds anew each time."""
    before, _slug, after = reverse(page, kwargs={"slug": "a-slug"}).rpartition("a-slug")
    return before, after


def address(page: str, slug: str) -> str:
    """The address of a record's page in the active language; raises NoReverseMatch."""
    before, after = pattern(page, get_language(), get_script_prefix())
    return f"{before}{slug}{after}"


class Chosen(models.Model):
    """A record with fields that have fixed choices, each with words of its own.

    Django puts the choices of a field together anew each time that one is told; a page tells some hundreds.
    """

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:
        value = getattr(self, field.attname)
        return force_str(words_of(field).get(value, value), strings_only=True)


@functools.cache
def words_of(field: Any) -> dict[Any, Any]:
    """The words of each choice of a field."""
    return dict(field.flatchoices)


class Named(models.Model):
    """A record known by a name; one primary name in each language, every other form is a ``Name``."""

    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> Label:
        return worded(self.name_en, self.name_ar)

    @property
    def other_label(self) -> Label:
        """The name in the language that ``label`` is not in; empty text when there is none."""
        own = self.label
        return (
            Label(self.name_ar, "ar", "rtl")
            if own.lang == "en"
            else Label(self.name_en, "en", "ltr")
        )

    def __str__(self) -> str:
        return self.label.text


class Titled(models.Model):
    """A record known by a title in each language."""

    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    title_ar = models.CharField(_("title in Arabic"), max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> Label:
        return worded(self.title_en, self.title_ar)

    @property
    def other_label(self) -> Label:
        """The title in the language that ``label`` is not in; empty text when there is none."""
        own = self.label
        return (
            Label(self.title_ar, "ar", "rtl")
            if own.lang == "en"
            else Label(self.title_en, "en", "ltr")
        )

    def __str__(self) -> str:
        return self.label.text


class Noted(Chosen):
    """A remark for readers in both languages; ``doubtful`` says that the remark tells what is not certain."""

    note_en = models.TextField(_("note in English"), blank=True)
    note_ar = models.TextField(_("note in Arabic"), blank=True)

    class Meta:
        abstract = True

    @property
    def note(self) -> Label:
        return worded(self.note_en, self.note_ar)


class Doubted(Noted):
    """A record whose facts may be marked doubtful; its page says so, with the note."""

    doubtful = models.BooleanField(
        _("doubtful"),
        default=False,
        help_text=_("Marks the record as not certain; the note should say what is in doubt."),
    )

    class Meta:
        abstract = True


def public(path: str) -> dict[str, Any]:
    """The condition that readers may see the record that ``path`` leads to, for ``filter`` and ``Q``.

    ``path__in=….published()`` says the same; within an "or" the database would read all published records for it.
    """
    return {f"{path}__state": State.PUBLISHED}


class RecordQuerySet(models.QuerySet):
    """Questions one may ask of any record with dates."""

    def between(self, first: datetime.date | None, last: datetime.date | None) -> Self:
        """Records whose date overlaps the days from ``first`` to ``last`` (both included, None is open)."""
        if first is None and last is None:
            return self
        span = models.Func(
            models.Value(first, models.DateField()),
            models.Value(last, models.DateField()),
            function="daterange",
            template="%(function)s(%(expressions)s, '[]')",
            output_field=Span().output_field,
        )
        return self.exclude(date="").alias(span=Span()).filter(span__overlap=span)

    def newest(self) -> Self:
        """Latest first; records without a day last; ties by address, so that paging is stable."""
        return self.order_by(models.F("date_first").desc(nulls_last=True), "slug")

    def oldest(self) -> Self:
        return self.order_by(models.F("date_first").asc(nulls_last=True), "slug")


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublicationQuerySet(RecordQuerySet):
    """The one place that knows what readers may see."""

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def work_to_do(self) -> Self:
        """What waits for an editor: drafts and records sent to review."""
        return self.filter(state__in=(State.DRAFT, State.IN_REVIEW))


class Addressed(Chosen):
    """A record with an address of its own: readable, Latin, and answered for ever (see ``OldAddress``)."""

    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_(
            "The last part of the web address, e.g. “thabit-al-abbasi”. Left empty, it is made from the name."
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """An old address leads to its record for ever; another record may not take it."""
        super().clean()
        from statements.models.history import OldAddress

        kind = self._meta.model_name
        old = OldAddress.objects.filter(kind=kind, slug=self.slug).first()
        if old and not type(self)._default_manager.filter(pk=self.pk, slug=old.target).exists():
            raise ValidationError(
                {
                    "slug": _("This address leads to “%(target)s”, which once had it.")
                    % {"target": old.target}
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            from statements.models.history import free_slug

            self.slug = free_slug(self)
        super().save(*args, **kwargs)


class Publishable(Addressed):
    """Draft → in review → published → withdrawn, with who moved it there and when."""

    #: the name of the record's page in urls.py, e.g. ``official``
    page: str

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    state_changed_at = models.DateTimeField(
        _("state changed"), null=True, blank=True, editable=False
    )
    state_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("state changed by"),
    )
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A record that is made as a published one, as by an import, is in the archive from now on."""
        if self._state.adding and self.is_public and self.published_at is None:
            self.published_at = timezone.now()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page's address in the active language; empty for kinds without a page of their own."""
        try:
            return address(self.page, self.slug)
        except (AttributeError, NoReverseMatch):
            return ""


class Dated(Chosen):
    """A record that happened or was issued on a date."""

    date = EDTFField(
        _("date"),
        blank=True,
        default="",
        help_text=_(
            "Any date expression, e.g. “22–23 July 2024”, “يومي 22 و23 تموز 2024”, “summer 2023”."
        ),
    )
    date_first = FirstDay("date")
    date_last = LastDay("date")
    date_printed = models.CharField(
        _("date as entered"), max_length=200, blank=True, default="", editable=False
    )

    class Meta:
        abstract = True

    def date_as_edtf(self) -> EDTF | None:
        return self.date or None

    @property
    def days(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and the last day."""
        return self.date_first, self.date_last
