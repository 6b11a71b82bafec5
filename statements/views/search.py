"""Searching everything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from statements.views.listing import listing


def search_view(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request))
