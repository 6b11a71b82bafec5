"""Template tags in the archive's words: dates spoken in the reader's language, labels with their direction, passages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from statements.models import Label
from statements.text.dates import EDTF, write
from statements.views.citing import Cited, cited

register = template.Library()


@register.filter
def spoken(date: EDTF | str | None) -> str:
    """An EDTF date in the reader's language, to its precision; empty when not known."""
    if not date:
        return ""
    return write(date if isinstance(date, EDTF) else EDTF(date), (get_language() or "en")[:2])


@register.filter
def at(values: list[Any], place: int) -> Any:
    """What stands at a place of a list."""
    return values[place]


@register.filter
def party(slug: str | None) -> str:
    """The classes of a party's hue and mark: they follow from its code, and so are the same on every page."""
    if not slug:
        return ""
    number = int.from_bytes(slug.encode())
    return f"party hue-{number % 6} mark-{number % 5}"


#: The sign of each mark and outcome; its name always stands beside it.
SIGNS = {
    "new": "✚", "persisted": "●", "strengthened": "▲", "softened": "▼", "reworded": "≈", "silent": "○",
    "open": "○", "at_work": "◐", "postponed": "◷", "fulfilled": "✔", "dropped": "✕", "contradicted": "≠",
}  # fmt: skip


@register.filter
def sign(mark: str) -> SafeString:
    """The sign of a mark of the ledger or of an outcome, hidden from those who have its name read to them."""
    if mark not in SIGNS:
        return SafeString("")
    return format_html('<span class="sign sign-{}" aria-hidden="true">{}</span>', mark, SIGNS[mark])


@register.simple_tag
def words(label: Label, tag: str = "bdi") -> SafeString:
    """A label with its own language and direction: ``<bdi lang="ar" dir="rtl">…</bdi>``."""
    text, language, direction = label
    # Put together by hand, since a page has some hundreds of them; what comes from records is escaped.
    opened = f'<{tag} lang="{escape(language)}" dir="{escape(direction)}">'
    return SafeString(f"{opened}{escape(text)}</{tag}>")  # nosec B703


@register.simple_tag(takes_context=True)
def change(context: dict[str, Any], *pairs: Any) -> str:
    """The page's own query with parameters set, given as name, value, name, value; the page number starts anew."""
    parameters = others(context, "page")
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        parameters[name] = [str(value)]
    return "?" + urlencode(parameters, doseq=True)


@register.simple_tag(takes_context=True)
def without(context: dict[str, Any], name: str) -> str:
    """The page's own query with one parameter taken off."""
    parameters = others(context, name, "page")
    return "?" + urlencode(parameters, doseq=True) if parameters else str(context["request"].path)


def others(context: dict[str, Any], *names: str) -> dict[str, list[Any]]:
    """The parameters of the page's own query but some, each with its values."""
    return {name: found for name, found in context["request"].GET.lists() if name not in names}


@register.simple_block_tag(takes_context=True)
def citing(context: dict[str, Any], content: str) -> Cited:
    """``{% citing as cited %}…{% endciting %}`` about the page's title: the page as something to be cited."""
    return cited(context["request"], context, content)
