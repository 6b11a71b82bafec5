"""What an editor pasted and what the archive understood of it, kept until it is confirmed or discarded."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from statements.models.documents import Capture


class Paste(models.Model):
    """A text on its way into the archive: the capture, the draft, the editor's corrections."""

    class State(models.TextChoices):
        OPEN = "open", _("to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        DISCARDED = "discarded", _("discarded")

    capture = models.ForeignKey(
        Capture, models.PROTECT, related_name="pastes", verbose_name=_("capture")
    )
    text = models.TextField(_("text"))
    # What is kept of the text to find near copies of it (``text/sketch.py``).
    sketch = ArrayField(models.BigIntegerField(), default=list, editable=False)
    draft = models.JSONField(_("draft"), default=dict)
    # What the editor changed, by place in the draft; the draft itself stays as the machine made it.
    corrections = models.JSONField(_("corrections"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("pasted by"),
    )
    created_at = models.DateTimeField(_("pasted"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    # [["article", "slug"], …] of the drafts made from it.
    made = models.JSONField(_("made"), default=list, blank=True)

    #: Set, not stored, on a paste that was found again instead of being made.
    pasted_before = False

    class Meta:
        ordering = ("-created_at",)
        verbose_name = _("paste")
        verbose_name_plural = _("pastes")
        indexes = [GinIndex(fields=["sketch"], name="paste_sketch")]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} · {self.get_state_display()}"
