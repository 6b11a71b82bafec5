"""A record's public page before it is published, for the desk alone; never cached, never indexed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from statements.models import Publishable
from statements.views import (
    agreements,
    disagreements,
    documents,
    events,
    organizations,
    people,
    posts,
    undertakings,
)
from statements.views.links import Wanted

PAGES: dict[str, Any] = {
    "statement": documents.statement_in,
    "article": documents.article_in,
    "official": people.official_in,
    "post": posts.post_in,
    "organization": organizations.organization_in,
    "dialogue": events.dialogue_in,
    "event": events.event_in,
    "agreement": agreements.agreement_in,
    "chain": undertakings.chain_in,
    "conflict": disagreements.disagreement_in,
}


def preview(request: HttpRequest, record: Publishable) -> HttpResponse:
    """The page of one record, whatever its state; what hangs on it is shown as readers would see it."""
    kind = str(record._meta.model_name)
    if kind not in PAGES:
        return HttpResponseRedirect("..")
    template, context = PAGES[kind](request, Wanted(type(record), record.pk))
    response = render(
        request, template, context | {"preview": _("Preview: readers do not see this page yet.")}
    )
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
