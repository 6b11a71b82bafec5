"""Read again after names were learnt: links are proposed, nothing that a person decided is changed, and nothing twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from statements.ingest.confirming import DocumentChoice, confirm
from statements.ingest.decisions import Decision, proposals
from statements.ingest.draft import paste
from statements.ingest.relinking import relink
from statements.models import Change, Mention, Official, Statement
from tests import cast
from tests.ingest.test_ingest import PAGE

pytestmark = pytest.mark.django_db
STRANGE = PAGE.replace("وقال العباسي", "وقال العباسي والعميد كريم الربيعي")


@pytest.fixture
def archive() -> None:
    """A paste confirmed with nothing decided but one link refused, and a name that came afterwards."""
    cast.minister(cast.post())
    cast.july_round(cast.dialogue())
    kept = paste(STRANGE)
    refused = next(p for p in proposals(kept.draft) if "official/thabit-al-abbasi" in p.candidates)
    choices = [
        DocumentChoice(title=d["title"], date=d["date"] or "", outlet="و", publisher="و")
        for d in kept.draft["documents"]
    ]
    confirm(kept, choices, None, {refused.key: Decision("refuse")})
    Official.objects.create(slug="karim", name_en="Karim al-Rubaie", name_ar="كريم الربيعي")


def everything() -> dict[str, int]:
    both: dict[str, int] = {}
    for model in (Statement, cast.Article):
        for record, done in relink(model.objects.order_by("pk")):
            both[record.slug] = done.new + done.changed
    return both


@pytest.mark.usefixtures("archive")
def test_what_is_known_now_is_proposed_once_and_never_linked_by_itself() -> None:
    assert sum(everything().values()) >= 1
    mention = Mention.objects.get(as_printed="كريم الربيعي")
    assert (mention.candidates, mention.target, mention.decided) == (["karim"], None, False)
    assert mention.reason_en
    assert mention.reason_ar
    assert sum(everything().values()) == 0, "the second time there is nothing new"


@pytest.mark.usefixtures("archive")
def test_what_a_person_decided_or_refused_stays() -> None:
    before = list(Mention.objects.filter(decided=True).values().order_by("pk"))
    assert before
    everything()
    assert list(Mention.objects.filter(decided=True).values().order_by("pk")) == before
    assert not Mention.objects.filter(
        candidates__contains="thabit-al-abbasi", decided=False
    ).exists()


@pytest.mark.usefixtures("archive")
def test_a_look_without_writing_writes_nothing(capsys: Any) -> None:
    before = Change.objects.count()
    call_command("relink", "--dry-run", "--kinds", "official")
    assert Change.objects.count() == before
    assert "1 changed" in capsys.readouterr().out
    assert not Mention.objects.filter(candidates=["karim"]).exists()
    with pytest.raises(CommandError, match="no-such"):
        call_command("relink", "no-such")


@pytest.mark.usefixtures("archive")
def test_proposals_are_accepted_and_refused_many_at_a_time() -> None:
    everything()
    client = Client()
    client.force_login(cast.user("editor"))
    address = reverse("admin:statements_mention_changelist")
    waiting = list(Mention.objects.filter(decided=False).values_list("pk", flat=True))
    one = Mention.objects.get(candidates=["karim"]).pk
    rest = [pk for pk in waiting if pk != one]
    client.post(address, {"action": "accept", "_selected_action": [one]})
    accepted = Mention.objects.get(pk=one)
    assert (accepted.official and accepted.official.slug, accepted.decided) == ("karim", True)
    client.post(address, {"action": "refuse", "_selected_action": [one, *rest]})
    assert not Mention.objects.filter(decided=False).exists()
    assert Mention.objects.get(pk=one).official is not None, "what was decided is not undone by it"
    assert everything() == dict.fromkeys(everything(), 0)
