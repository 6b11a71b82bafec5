"""One kind of page, whose template asks until there are eight queries."""

from typing import Any

from wagtail.fields import RichTextField
from wagtail.models import Page


class TextPage(Page):
    body = RichTextField()
    template = "page.html"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        siblings = self.get_siblings().live()
        context["before"] = siblings.filter(path__lt=self.path).order_by("-path")[:10]
        context["after"] = siblings.filter(path__gt=self.path).order_by("path")[:10]
        return context
