"""A plain Django view to compare with: eight queries, one template, no middleware. A WSGI application of its own."""

import itertools
import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

from statements.models import Official, Statement  # noqa: E402

#: Bytes of the page when nobody asks for so many.
SIZE = 25_000
#: Some sixty bytes a variable, as on the page of a statement.
ROW = (
    '<li class="record record--short"><a class="record__link" href="/en/plain/{{ row.slug }}/">{{ row.slug }}</a>'
    ' <span class="record__state">{{ row.state }}</span></li>'
)
MARKUP = len(ROW) - len("{{ row.slug }}{{ row.slug }}{{ row.state }}")
PAGE = engines["django"].from_string(
    "<!doctype html><title>{{ rows|length }}</title><ul>{% for row in rows %}"
    + ROW
    + "{% endfor %}</ul><p>{{ filling }}</p>"
)


def page(request: HttpRequest) -> HttpResponse:
    """``?bytes=N``: rows for the whole of a page of that size; without it, some rows and one long string."""
    rows = [
        row
        for model in (Official, Statement)
        for part in range(4)
        for row in model.objects.order_by("pk")[part * 10 : part * 10 + 10]
    ]
    if (size := request.GET.get("bytes", "")).isdigit():
        left, shown = int(size), []
        for row in itertools.cycle(rows):
            left -= MARKUP + 2 * len(row.slug) + len(row.state)
            if left < 0:
                break
            shown.append(row)
        return HttpResponse(PAGE.render({"rows": shown, "filling": ""}))
    return HttpResponse(PAGE.render({"rows": rows, "filling": "x" * (SIZE - 190 * len(rows))}))


urlpatterns = [path("", page)]
application = WSGIHandler()
