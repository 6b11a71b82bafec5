"""A plain Django view to compare with: eight queries, one template, no middleware. A WSGI application of its own."""

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

#: Bytes of the page; that of a statement in one language has some 60,000, of a list 26,000.
SIZE = 25_000
PAGE = engines["django"].from_string(
    '<!doctype html><title>{{ rows|length }}</title><ul>{% for row in rows %}<li><a href="/{{ row.slug }}">{{ row.slug }}</a>'
    " {{ row.state }}</li>{% endfor %}</ul><p>{{ filling }}</p>"
)


def page(request: HttpRequest) -> HttpResponse:
    rows = [
        row
        for model in (Official, Statement)
        for part in range(4)
        for row in model.objects.order_by("pk")[part * 10 : part * 10 + 10]
    ]
    return HttpResponse(PAGE.render({"rows": rows, "filling": "x" * (SIZE - 60 * len(rows))}))


urlpatterns = [path("", page)]
application = WSGIHandler()
