"""Checking a quotation: paste a sentence, read whether it stands in the archive, where, and who else printed it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from statements.citations.styles import plain
from statements.citations.work import Work, of_record
from statements.quotation import Match, check
from statements.search.request import clean

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
    if checked and checked.problem:
        context["problem"] = checked.problem.in_language(get_language() or "en")
    if checked and checked.best:
        context["citation"] = plain(passage_found(request, checked.best))
    return render(request, "quotation.html", context)


def passage_found(request: HttpRequest, match: Match) -> Work:
    """The passage, as it is cited in the reader's language."""
    address = request.build_absolute_uri(match.document.get_absolute_url())
    language = (get_language() or "en")[:2]
    work = of_record(match.document, language, address, timezone.localdate())
    return work.at(str(match.passage.number))
