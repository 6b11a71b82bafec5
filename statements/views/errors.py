"""Error pages: what happened and where to go on, in the reader's language."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.csrf import requires_csrf_token

SENTENCES = {
    400: gettext_noop("The request could not be understood."),
    403: gettext_noop("This page is for editors who have signed in."),
    404: gettext_noop("There is nothing at this address."),
}
ADVICE = {
    400: gettext_noop(
        "Its address or its form was damaged on the way; begin again from a page of the archive."
    ),
    403: gettext_noop("Sign in at the desk, or go on reading."),
    404: gettext_noop("It may be mistyped, or what was here is not public."),
}


def answer(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": _(SENTENCES[status])}, status=status)
    words = {"status": status, "sentence": _(SENTENCES[status]), "advice": _(ADVICE[status])}
    return render(request, "errors/answer.html", words, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """No context processors and no database: whatever failed may be either.

    503 when the database was away: that passes, and nothing is wrong with the page.
    """
    away = isinstance(sys.exception(), (OperationalError, InterfaceError))
    status = 503 if away else 500
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"error": "The archive could not answer; try again in a moment."}, status=status
        )
    return HttpResponse(render_to_string(f"errors/{status}.html"), status=status)
