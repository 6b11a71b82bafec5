"""A form sent after the session ended is not lost: it comes back with a sign-in beside it and goes on from there."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from django.contrib.auth import authenticate, login
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

NAME, PASSWORD = "resume-username", "resume-password"
#: The field in which a file waits, before the name of its own: its name and its bytes in base64, parted by a line end.
FILE = "resume-file-"
LARGEST = 6 * 1024 * 1024  # bytes of a file that waits in the page; a larger one is chosen again
OPEN = {"login", "logout", "jsi18n"}


class ResumeMiddleware:
    """Stands behind the CSRF check, whose token outlives the session; a forged form never gets here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        at_desk = match is not None and "admin" in match.namespaces and match.url_name not in OPEN
        if not at_desk or request.method != "POST" or request.user.is_authenticated:
            return None
        problem = ""
        if NAME in request.POST:
            user = authenticate(
                request, username=request.POST[NAME], password=request.POST.get(PASSWORD, "")
            )
            if user is not None and getattr(user, "is_staff", False):
                login(request, user)
                take_files(request)
                return None
            problem = _("The name or the password is not right; what you typed is still here.")
        kept = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in (NAME, PASSWORD, "csrfmiddlewaretoken")
        ]
        again = []
        for name, file in request.FILES.items():
            if (file.size or 0) <= LARGEST:
                kept.append((FILE + name, f"{file.name}\n{base64.b64encode(file.read()).decode()}"))
            else:
                again.append((name, file.name))
        context = {
            "kept": kept,
            "again": again,
            "problem": problem,
            "name": NAME,
            "password": PASSWORD,
        }
        return render(request, "admin/resume.html", context, status=403)


def take_files(request: HttpRequest) -> None:
    """The files that waited in the page are sent like any others."""
    for field, value in request.POST.items():
        filename, _line, content = value.partition("\n")
        if field.startswith(FILE) and (name := field.removeprefix(FILE)) not in request.FILES:
            try:
                request.FILES[name] = SimpleUploadedFile(filename.strip(), base64.b64decode(content, validate=True))  # fmt: skip
            except binascii.Error:
                continue  # nothing that this page has sent
