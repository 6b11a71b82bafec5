"""Error pages: what happened and where to go on, in the reader's language."""

from __future__ import annotations

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


def answer(request: HttpRequest, status: int, template: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": _(SENTENCES[status])}, status=status)
    return render(request, template, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 400, "errors/400.html")


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403, "errors/403.html")


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404, "errors/404.html")


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """No context processors and no database: whatever failed may be either."""

    return HttpResponse(render_to_string("errors/500.html"), status=500)
