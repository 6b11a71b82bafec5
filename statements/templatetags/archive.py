"""Template tags in the archive's words: dates spoken in the reader's language, labels with their direction, passages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from statements.models import Label
from statements.text.dates import EDTF, write

register = template.Library()


@register.filter
def spoken(date: EDTF | str | None) -> str:
    """An EDTF date in the reader's language, to its precision; empty when not known."""
    if not date:
        return ""
    return write(date if isinstance(date, EDTF) else EDTF(date), (get_language() or "en")[:2])


@register.simple_tag
def words(label: Label, tag: str = "bdi") -> SafeString:
    """A label with its own language and direction: ``<bdi lang="ar" dir="rtl">…</bdi>``."""
    return format_html(
        '<{} lang="{}" dir="{}">{}</{}>', tag, label.lang, label.dir, label.text, tag
    )


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own query with some parameters changed; ``None`` takes one away, and a change leaves the page number."""
    parameters = context["request"].GET.copy()
    parameters.pop("page", None)
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    encoded = parameters.urlencode()
    return f"?{encoded}" if encoded else context["request"].path
