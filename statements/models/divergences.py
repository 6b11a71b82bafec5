"""Where two versions of a statement say different things in one passage, as an editor has judged it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from statements.models.base import Chosen, Label, worded
from statements.models.documents import Passage, Source, Version

#: What parts the runs of words of one side: they stand in this order, with other words between them.
BETWEEN = re.compile(r"\s*[\n…]\s*")


class Stands(models.Func):
    """For an annotation: whether the words of both sides stand in their versions' texts of the passage, or digests of it.

    Of a version that the archive knows by its source alone, and has no word of, they stand there.
    """

    template = r"""(
        SELECT NOT EXISTS (
            SELECT 1 FROM (VALUES (given.one, given.words), (given.other, given.others)) AS side (version, words)
            CROSS JOIN regexp_split_to_table(side.words, '\s*[\n…]\s*') AS run
            WHERE run <> ''
            AND EXISTS (SELECT 1 FROM statements_passagetext AS held WHERE held.version_id = side.version)
            AND NOT EXISTS (
                SELECT 1 FROM statements_passagetext AS text
                WHERE text.version_id = side.version AND text.passage_id = given.passage
                AND concat_ws(' | ', text.text, text.digest)
                    ~ ('(?<!\w)' || regexp_replace(run, '([^\w\s])', '\\\1', 'g') || '(?!\w)')
            )
        ) FROM (SELECT %(expressions)s) AS given (passage, one, words, other, others))"""
    output_field = models.BooleanField()

    def __init__(self) -> None:
        super().__init__(*map(F, ("passage_id", "left_id", "left_words", "right_id", "right_words")))  # fmt: skip


class DivergenceQuerySet(models.QuerySet):
    def confirmed(self) -> Self:
        """What an editor says is one; the others he looked at and refused."""
        return self.filter(refused=False)

    def shown(self) -> Self:
        """What readers may be told: confirmed, of a passage that is there, and of words that still stand."""
        return self.confirmed().alias(stands=Stands()).filter(stands=True, passage__removed=False)

    def outdated(self) -> Self:
        """Confirmed ones whose words were changed since, so that an editor has to look again."""
        return self.confirmed().alias(stands=Stands()).filter(stands=False)


class Side(NamedTuple):
    """One of the two versions and its words."""

    version: Version
    words: str

    @property
    def runs(self) -> list[str]:
        return [run for run in BETWEEN.split(self.words) if run]


class Divergence(Chosen):
    """Two versions of a statement differ in a passage: in what, with which words, and what that means in a sentence.

    Words stand as printed, runs of them on lines of their own; of a version that leaves it out there are none.
    A ``refused`` one is a difference that an editor found to be none; it is kept, so that it is not proposed again.
    """

    class Kind(models.TextChoices):
        WHO = "who", _("who is named")
        BODY = "body", _("which body is named")
        PLACE = "place", _("which place is named")
        NUMBER = "number", _("which number")
        DATE = "date", _("which date")
        FORCE = "force", _("how strongly")
        TEXT = "text", _("what is said")
        LEFT_OUT = "left_out", _("said by one only")

    passage = models.ForeignKey(
        Passage, models.CASCADE, related_name="divergences", verbose_name=_("passage")
    )
    kind = models.CharField(
        _("what differs"), max_length=8, choices=Kind, help_text=_("E.g. “who is named”.")
    )
    left = models.ForeignKey(
        Version, models.CASCADE, related_name="+", verbose_name=_("first version")
    )
    left_words = models.CharField(_("words of the first version"), max_length=300, blank=True)
    right = models.ForeignKey(
        Version, models.CASCADE, related_name="+", verbose_name=_("second version")
    )
    right_words = models.CharField(_("words of the second version"), max_length=300, blank=True)
    sentence_en = models.CharField(_("sentence in English"), max_length=500, blank=True)
    sentence_ar = models.CharField(_("sentence in Arabic"), max_length=500, blank=True)
    refused = models.BooleanField(
        _("refused"), default=False, help_text=_("An editor found that the versions agree here.")
    )
    sources = models.ManyToManyField(
        Source, blank=True, related_name="+", verbose_name=_("sources")
    )

    objects = DivergenceQuerySet.as_manager()

    class Meta:
        ordering = ("passage__statement_id", "passage__order", "passage__number", "pk")
        verbose_name = _("difference of versions")
        verbose_name_plural = _("differences of versions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(left=F("right")),
                name="version_does_not_differ_from_itself",
                violation_error_message=_("A version differs from another one, not from itself."),
            ),
            models.CheckConstraint(
                condition=~Q(left_words="", right_words=""),
                name="divergence_has_words",
                violation_error_message=_("Give the words of one version at least."),
            ),
            models.CheckConstraint(
                condition=Q(refused=True) | ~Q(sentence_en="", sentence_ar=""),
                name="divergence_has_a_sentence",
                violation_error_message=_("Say in a sentence what differs, in one language at least."),
            ),
            models.UniqueConstraint(
                fields=["passage", "left", "right", "kind", "left_words", "right_words"],
                name="divergence_noted_once",
                violation_error_message=_("This difference is noted already."),
            ),
        ]  # fmt: skip

    def clean(self) -> None:
        """Words are kept tidy; versions of another statement are refused by the database too."""
        super().clean()
        self.left_words, self.right_words = tidy(self.left_words), tidy(self.right_words)
        if self.passage_id and self.left_id and self.right_id:
            owners = {self.left.statement_id, self.right.statement_id, self.passage.statement_id}
            if len(owners) > 1:
                raise ValidationError(_("The passage and both versions belong to one statement."))

    @property
    def sides(self) -> tuple[Side, Side]:
        return Side(self.left, self.left_words), Side(self.right, self.right_words)

    @property
    def label(self) -> Label:
        return worded(self.sentence_en, self.sentence_ar)

    def spans(self, version: int | None, text: str) -> Iterator[tuple[int, int]]:
        """Where the words of a version stand in a text of it, as far as they do."""
        for side in self.sides:
            at = 0
            for run in side.runs if side.version.pk == version else ():
                for start in (at, 0):
                    if found := re.compile(rf"(?<!\w){re.escape(run)}(?!\w)").search(text, start):
                        at = found.end()
                        yield found.span()
                        break

    def __str__(self) -> str:
        return f"{self.passage} · {self.get_kind_display()}"


def tidy(words: str) -> str:
    """Words as they are kept: a run a line, nothing but single spaces in it."""
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(line for line in lines if line)
