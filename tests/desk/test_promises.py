"""A step of a promise is entered at the desk, turns its page, and is told in its history."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from statements.models import Chain, ChainStep, State, Undertaking
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.user("editor"))
    return client


def words(response: Any) -> str:
    content = html.unescape(response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def test_a_step_entered_at_the_desk_turns_the_page_and_is_told_in_the_history(
    editor: Client,
) -> None:
    statement = cast.july_statement()
    passage = statement.passages.get(number=2)
    Undertaking.objects.create(passage=passage, strength="decided", summary_en="A memorandum")
    chain = Chain.objects.create(title_en="A memorandum", outcome="open", state=State.PUBLISHED)
    first = ChainStep.objects.create(
        chain=chain, status="promised", passage=passage, date="2024-07-24"
    )
    event = cast.july_round(slug="signing", date="2025-01-10", title_en="The signing")
    address = f"/en/admin/statements/chain/{chain.pk}/change/"
    form = {
        "title_en": "A memorandum", "title_ar": "", "slug": chain.slug, "outcome": "open", "as_of": "",
        "steps-TOTAL_FORMS": "2", "steps-INITIAL_FORMS": "1",
        "steps-0-id": first.pk, "steps-0-chain": chain.pk, "steps-0-date": "2024-07-24", "steps-0-order": "0",
        "steps-0-status": "promised", "steps-0-passage": passage.pk,
        "steps-1-chain": chain.pk, "steps-1-date": "يومي 10 و11 كانون الثاني 2025", "steps-1-order": "0",
        "steps-1-status": "fulfilled", "steps-1-event": "",
    }  # fmt: skip
    refused = editor.post(address, form)
    assert "A step points at exactly one passage, statement, event or agreement." in words(refused)
    assert "يومي 10 و11 كانون الثاني 2025" in refused.content.decode()
    saved = editor.post(address, {**form, "steps-1-event": event.pk})
    assert saved.status_code == 302, words(saved)
    today = timezone.localdate()
    for on, status in (("2025-01-10", "open"), ("2025-01-11", "fulfilled"), (today, "fulfilled")):
        page = editor.get(chain.get_absolute_url(), {"on": str(on)})
        assert page.context["promise"].outcome.status == status
        row = editor.get("/en/undertakings/", {"on": str(on)}).context["rows"][0]
        assert row.outcome.status == status
    history = words(editor.get(address.replace("change", "history")))
    assert "fulfilled" in history


def test_an_editors_ruling_wins_from_its_day_on(editor: Client) -> None:
    passage = cast.july_statement().passages.get(number=2)
    chain = Chain.objects.create(title_en="X", outcome="dropped", state=State.PUBLISHED)
    steps = (("promised", "2024-07-24"), ("at_work", "2024-08-01"))
    for status, date in steps:
        ChainStep.objects.create(chain=chain, status=status, passage=passage, date=date)

    def stands(on: str) -> str:
        page = editor.get(chain.get_absolute_url(), {"on": on})
        return str(page.context["promise"].outcome.status)

    assert stands("2024-09-01") == "at_work"  # without a day the steps say more than the ruling
    chain.as_of = "2024-10-01"
    chain.save()
    assert (stands("2024-09-30"), stands("2024-10-01")) == ("at_work", "dropped")
    ChainStep.objects.filter(status="at_work").delete()
    chain.as_of = ""
    chain.save()
    assert (stands("2024-07"), stands("2024-10-01")) == ("dropped", "dropped")


def test_a_draft_of_a_chain_is_previewed(editor: Client) -> None:
    passage = cast.july_statement().passages.get(number=2)
    chain = Chain.objects.create(title_en="Not yet public", outcome="open")
    ChainStep.objects.create(chain=chain, status="promised", passage=passage, date="2024-07-24")
    page = editor.get(f"/en/admin/statements/chain/{chain.pk}/preview/")
    assert "readers do not see this page yet" in words(page)
    assert "Not yet public" in words(page)
    assert editor.get(chain.get_absolute_url()).status_code == 404
