"""Sources and captures, statements with their versions and passages, and the articles that carried them."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from statements.models.base import (
    Addressed,
    Dated,
    Doubted,
    Label,
    Noted,
    PublicationQuerySet,
    Publishable,
    State,
    Titled,
    exactly_one,
    in_order,
    worded,
)
from statements.models.events import Dialogue, Event
from statements.models.fields import Span
from statements.models.organizations import Country, Organization, Outlet
from statements.models.people import Official


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")


class Rights(models.TextChoices):
    """What readers may see of a text; the archive's page for each value is ``shown_layer``."""

    FULL = "full", _("full text")
    EXCERPTS = "excerpts", _("excerpts")
    DIGEST = "digest", _("digest")


class Extent(models.TextChoices):
    FULL = "full", _("the whole text")
    PARTIAL = "partial", _("a part of the text")
    DIGEST = "digest", _("a summary of the text")
    UNKNOWN = "unknown", _("not known")


class Source(Addressed, Dated, Noted):
    """A page or document in which a fact was found."""

    class Form(models.TextChoices):
        OFFICIAL = "official", _("official page")
        REPRINT = "reprint", _("reprint")
        ARTICLE = "article", _("article")
        ENCYCLOPEDIA = "encyclopedia", _("encyclopedia")
        MACHINE_TRANSLATION = "machine_translation", _("machine translation")

    class Reliability(models.TextChoices):
        OFFICIAL = "official", _("official source")
        REPRINT = "reprint", _("reprint of an official text")
        PRESS = "press", _("press")
        ENCYCLOPEDIA = "encyclopedia", _("encyclopedia")
        LOW = "low", _("weak source")

    address = models.CharField(
        _("web address"),
        max_length=1000,
        unique=True,
        help_text=_("E.g. “https://www.example.org/page”."),
    )
    publisher = models.CharField(_("publisher"), max_length=200)
    language = models.CharField(_("language"), max_length=8, blank=True)
    form = models.CharField(_("form"), max_length=20, choices=Form, default=Form.ARTICLE)
    reliability = models.CharField(
        _("reliability"), max_length=12, choices=Reliability, default=Reliability.PRESS
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    @property
    def link(self) -> str:
        """The address when a browser can follow it, else nothing (some sources have a URN)."""
        return self.address if self.address.startswith(("https://", "http://")) else ""

    def __str__(self) -> str:
        return f"{self.publisher} ({self.slug})"


class Capture(models.Model):
    """A source as found: bytes, checksum, when and from where. The database refuses every change to it."""

    content = models.BinaryField(_("content"))
    # Of a page that was fetched: the questions and answers of the fetch, redirects among them, as WARC.
    warc = models.BinaryField("WARC", null=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    media_type = models.CharField(_("media type"), max_length=100)
    address = models.CharField(_("web address"), max_length=1000, blank=True)
    filename = models.CharField(_("file name"), max_length=255, blank=True)
    captured_at = models.DateTimeField(_("captured"))

    class Meta:
        ordering = ("-captured_at",)
        verbose_name = _("capture")
        verbose_name_plural = _("captures")

    def __str__(self) -> str:
        return f"{self.filename or self.address or self.media_type} · {self.sha256[:12]}"


class StatementQuerySet(PublicationQuerySet):
    def naming(self, official: Official) -> Self:
        """Statements in which the official is mentioned, spoke, or whose event he attended."""
        return self.filter(
            Q(passages__texts__mentions__official=official)
            | Q(speaker=official)
            | Q(event__participations__official=official)
        ).distinct()

    def of(self, dialogue: Dialogue) -> Self:
        return self.filter(event__rounds__dialogue=dialogue)


class Statement(Publishable, Titled, Dated, Doubted):
    """A joint statement, communiqué, remarks, readout, news release or transcript, issued on a date."""

    page = "statement"

    class Type(models.TextChoices):
        JOINT_STATEMENT = "joint_statement", _("joint statement")
        COMMUNIQUE = "communique", _("communiqué")
        REMARKS = "remarks", _("remarks")
        READOUT = "readout", _("readout")
        NEWS_RELEASE = "news_release", _("news release")
        STATEMENT = "statement", _("statement")
        TRANSCRIPT = "transcript", _("transcript")

    type = models.CharField(_("type"), max_length=20, choices=Type, default=Type.JOINT_STATEMENT)
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("out of the event"),
    )
    countries = models.ManyToManyField(
        Country, blank=True, related_name="statements", verbose_name=_("parties")
    )
    issuers = models.ManyToManyField(
        Organization, blank=True, related_name="statements_issued", verbose_name=_("issued by")
    )
    speaker = models.ForeignKey(
        Official,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements_spoken",
        verbose_name=_("speaker"),
    )
    events = models.ManyToManyField(
        Event, blank=True, related_name="referred_to_in", verbose_name=_("events referred to")
    )
    agreements = models.ManyToManyField(
        "statements.Agreement",
        blank=True,
        related_name="statements",
        verbose_name=_("agreements invoked"),
    )
    original_language = models.CharField(
        _("original language"), max_length=2, choices=Language, blank=True
    )
    sources = models.ManyToManyField(
        Source, blank=True, related_name="+", verbose_name=_("sources")
    )
    # High-water mark of passage numbers, kept by the database, so that none is ever given twice.
    last_number = models.PositiveIntegerField(default=0, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = (F("date_first").desc(nulls_last=True), "slug")
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        permissions = [("publish_records", _("Can publish, withdraw, merge and take back"))]
        constraints = [
            in_order("date_first", "date_last", "statement_date_in_order"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | ~Q(date=""),
                name="published_statement_has_a_date",
                violation_error_message=_("A statement needs a date before it can be published."),
            ),
        ]
        indexes = [
            GistIndex(Span(), name="statement_span", condition=~Q(date="")),
            models.Index(
                "state", F("date_first").desc(nulls_last=True), "slug", name="statement_newest"
            ),
        ]


class Version(Dated, Noted):
    """A statement in one language as one publisher gave it; its texts hang on the statement's passages."""

    class Origin(models.TextChoices):
        ORIGINAL = "original", _("original")
        OFFICIAL_TRANSLATION = "official_translation", _("official translation")
        PRESS = "press", _("press text or translation")
        ARCHIVE = "archive", _("the archive's own rendering")

    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="versions", verbose_name=_("statement")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("title"), max_length=500, blank=True)
    publisher = models.CharField(
        _("published by"),
        max_length=200,
        help_text=_("Who published this text, e.g. “U.S. Department of Defense”."),
    )
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.ORIGINAL)
    rights = models.CharField(
        _("rights"),
        max_length=10,
        choices=Rights,
        default=Rights.EXCERPTS,
        help_text=_(
            "Full text: official or licensed. Excerpts: the text is kept and searched, readers see the digest. Digest: only the archive's summary is kept."
        ),
    )
    extent = models.CharField(_("extent seen"), max_length=10, choices=Extent, default=Extent.FULL)
    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("source"),
    )
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("capture"),
    )

    class Meta:
        ordering = ("statement_id", "language", "publisher")
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "language", "publisher"],
                name="one_version_a_language_and_publisher",
                violation_error_message=_(
                    "The statement already has a version in this language from this publisher."
                ),
            ),
        ]

    @property
    def direction(self) -> str:
        return "rtl" if self.language == Language.ARABIC else "ltr"

    def __str__(self) -> str:
        return f"{self.statement} · {self.get_language_display()} · {self.publisher}"


class ArticleQuerySet(PublicationQuerySet):
    def naming(self, official: Official) -> Self:
        return self.filter(passages__texts__mentions__official=official).distinct()


class Article(Publishable, Titled, Dated, Doubted):
    """A press item with its own numbered passages; carries, quotes or reports statements."""

    page = "article"

    outlet = models.ForeignKey(
        Outlet, models.PROTECT, related_name="articles", verbose_name=_("outlet")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(
        _("headline"),
        max_length=500,
        help_text=_("The headline as printed, in the article's language."),
    )
    title_ours = models.BooleanField(
        _("headline by the archive"),
        default=False,
        help_text=_(
            "The printed headline is not known; the archive describes the article instead."
        ),
    )
    rights = models.CharField(_("rights"), max_length=10, choices=Rights, default=Rights.EXCERPTS)
    address = models.CharField(_("web address"), max_length=1000, blank=True)
    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("source"),
    )
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("capture"),
    )
    statements = models.ManyToManyField(Statement, through="Carriage", related_name="articles")
    sources = models.ManyToManyField(
        Source, blank=True, related_name="+", verbose_name=_("sources")
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = (F("date_first").desc(nulls_last=True), "slug")
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            in_order("date_first", "date_last", "article_date_in_order"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | ~Q(date=""),
                name="published_article_has_a_date",
                violation_error_message=_("An article needs a date before it can be published."),
            ),
        ]
        indexes = [
            GistIndex(Span(), name="article_span", condition=~Q(date="")),
            models.Index(
                "state", F("date_first").desc(nulls_last=True), "slug", name="article_newest"
            ),
        ]

    @property
    def label(self) -> Label:
        english = self.title_en or (self.title if self.language == Language.ENGLISH else "")
        arabic = self.title_ar or (self.title if self.language == Language.ARABIC else "")
        return worded(english, arabic)

    @property
    def headline(self) -> Label:
        """The printed headline in its own language."""
        return Label(self.title, self.language, "rtl" if self.language == "ar" else "ltr")


class Carriage(Noted):
    """How an article used a statement."""

    class Relation(models.TextChoices):
        CARRIES = "carries", _("carries")
        QUOTES = "quotes", _("quotes")
        REPORTS = "reports", _("reports")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="carriages", verbose_name=_("article")
    )
    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="carriages", verbose_name=_("statement")
    )
    relation = models.CharField(_("relation"), max_length=8, choices=Relation)

    class Meta:
        ordering = ("article_id", "id")
        verbose_name = _("statement used by an article")
        verbose_name_plural = _("statements used by articles")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "statement"],
                name="statement_once_in_an_article",
                violation_error_message=_("The article already names this statement."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.get_relation_display()} {self.statement}"


class PassageQuerySet(models.QuerySet):
    def present(self) -> Self:
        """Passages that have not been removed."""
        return self.filter(removed=False)


class Passage(Noted):
    """A numbered paragraph of a statement or an article; everything points at it; its number is given once.

    ``order`` is where it stands in the text, ``number`` what it is called; they part ways when an
    editor moves paragraphs. A removed passage keeps its row, so that its address can say so.
    """

    statement = models.ForeignKey(
        Statement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="passages",
        verbose_name=_("statement"),
    )
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="passages",
        verbose_name=_("article"),
    )
    number = models.PositiveIntegerField(_("number"))
    order = models.PositiveIntegerField(_("order"))
    removed = models.BooleanField(_("removed"), default=False)
    themes = models.ManyToManyField(
        "statements.Theme", blank=True, related_name="passages", verbose_name=_("themes")
    )
    sources = models.ManyToManyField(
        Source, blank=True, related_name="+", verbose_name=_("sources")
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ("statement_id", "article_id", "order", "number")
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("statement", "article"),
                name="passage_of_a_statement_or_an_article",
            ),
            models.UniqueConstraint(
                fields=["statement", "number"],
                name="passage_number_once_in_a_statement",
                violation_error_message=_("The statement already has a passage with this number."),
            ),
            models.UniqueConstraint(
                fields=["article", "number"],
                name="passage_number_once_in_an_article",
                violation_error_message=_("The article already has a passage with this number."),
            ),
        ]

    @property
    def document(self) -> Statement | Article:
        document = self.statement or self.article
        assert document is not None  # the database holds exactly one of the two
        return document

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#p{self.number}"

    def __str__(self) -> str:
        return f"{self.document} ¶ {self.number}"


class Layer(models.TextChoices):
    """Whose words: the source's own, or the archive's digest of them."""

    TEXT = "text", _("text")
    DIGEST = "digest", _("digest")


def layer_shown(rights: str | None) -> Layer:
    """What readers see of a text: its words, or the digest."""
    return Layer.TEXT if rights == Rights.FULL else Layer.DIGEST


class Readable:
    """What readers may read of a passage text, by the rights of its source."""

    language: Any
    rights: Any
    text: Any
    digest: Any

    @property
    def shown_layer(self) -> Layer:
        return layer_shown(self.rights)

    @property
    def shown(self) -> str:
        """What readers may read of this passage."""
        return self.text if self.shown_layer == Layer.TEXT else self.digest

    @property
    def direction(self) -> str:
        return "rtl" if self.language == Language.ARABIC else "ltr"


class PassageText(Readable, models.Model):
    """A passage in one version: the source's words, the archive's digest of them, or both.

    Readers see ``shown``. Of a version held as excerpts ``text`` is searched, compared and quoted from
    within the limits of decision 0004, and never shown.
    """

    passage = models.ForeignKey(
        Passage, models.CASCADE, related_name="texts", verbose_name=_("passage")
    )
    version = models.ForeignKey(
        Version,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
        verbose_name=_("version"),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    text = models.TextField(_("text"), blank=True)
    digest = models.TextField(_("digest"), blank=True)
    #: what it names, where a page has asked for it
    linked: list[Any]

    class Meta:
        ordering = ("passage_id", "language", "id")
        verbose_name = _("text of a passage")
        verbose_name_plural = _("texts of passages")
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "version"],
                name="one_text_of_a_passage_in_a_version",
                violation_error_message=_("The version already has a text for this passage."),
            ),
            models.UniqueConstraint(
                fields=["passage", "language"],
                condition=Q(version__isnull=True),
                name="one_text_of_an_article_passage_in_a_language",
            ),
        ]

    @property
    def rights(self) -> str:
        if self.version is not None:
            return self.version.rights
        article = self.passage.article
        return article.rights if article else Rights.DIGEST

    def __str__(self) -> str:
        return f"{self.passage} ({self.language})"
