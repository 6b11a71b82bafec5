"""Checking a quotation: paste a sentence, read whether it stands in the archive, where, and who else printed it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from statements.quotation import Match, check
from statements.search.request import clean
from statements.text.dates import write

#: Characters of an address that every browser and server passes on; a longer quotation is answered where it was sent.
ADDRESS = 1800


@csrf_exempt  # nothing is changed by it; a reader without cookies may ask
def check_quotation(request: HttpRequest) -> HttpResponse:
    """The page; what is posted gets an address of its own, as far as it fits into one."""
    sent = request.POST if request.method == "POST" else request.GET
    quotation = clean(sent.get("q", ""))
    if request.method == "POST":
        query = urlencode({"q": quotation})
        if len(query) <= ADDRESS:
            return HttpResponseRedirect(f"{reverse('check-quotation')}?{query}")
    checked = check(quotation) if "q" in sent else None
    context = {"quotation": quotation, "checked": checked}
    if checked and checked.best:
        context |= {
            "cited": cited(checked.best),
            "address": request.build_absolute_uri(address_of(checked.best)),
        }
    return render(request, "quotation.html", context)


def cited(match: Match) -> str:
    """The passage found, as one cites it, without its address."""
    record = match.document
    day = write(record.date, (get_language() or "en")[:2]) if record.date else ""
    comma = "،" if get_language() == "ar" else ","
    return f"{record.label}{comma} {day}{comma} ¶ {match.passage.number}."


def address_of(match: Match) -> str:
    return f"{match.document.get_absolute_url()}#p{match.passage.number}"
