"""Participants that a source names by their post alone: the desk proposes who held it and one step confirms."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from statements.models import Change, Event, Participation
from tests import cast

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

LIST = "/en/admin/statements/participation/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.user("editor"))
    return client


def chief() -> Participation:
    return Participation.objects.get(event__slug="us-iraq-jscd-2", post__slug="iq-chief-of-staff")


def form_of(content: str) -> dict[str, str]:
    """What the event's form would send, as a browser reads it."""
    import html5lib

    tree = html5lib.parse(content, namespaceHTMLElements=False)
    form = next(form for form in tree.iter("form") if (form.get("id") or "").endswith("_form"))
    sent: dict[str, str] = {}
    for field in form.iter("input"):
        kind = field.get("type", "text")
        if not field.get("name") or kind in ("submit", "button", "file"):
            continue
        if kind == "checkbox" and field.get("checked") is None:
            continue
        sent[field.get("name", "")] = field.get("value", "")
    for area in form.iter("textarea"):
        sent[area.get("name", "")] = (area.text or "").removeprefix("\n")
    for select in form.iter("select"):
        chosen = [
            option.get("value", "")
            for option in select.iter("option")
            if option.get("selected") is not None
        ]
        if select.get("multiple") is None:
            sent[select.get("name", "")] = chosen[0] if chosen else ""
        elif chosen:
            sent[select.get("name", "")] = chosen  # type: ignore[assignment]
    return sent


def test_the_events_form_has_the_likely_holder_with_a_button_that_confirms_him(
    editor: Client,
) -> None:
    row = chief()
    address = f"/en/admin/statements/event/{row.event_id}/change/"
    content = editor.get(address).content.decode()
    buttons = re.findall(r'<button name="_holder" value="([\d.]+)">Confirm</button>', content)
    assert len(buttons) == 1
    sent = form_of(content) | {"_holder": buttons[0], "title_en": "The second round, as retitled"}
    response = editor.post(address, sent, follow=True)
    assert response.redirect_chain[-1][0] == address
    assert "Abdul Amir Rashid Yarallah is confirmed for" in html.unescape(response.content.decode())
    row.refresh_from_db()
    assert str(row.official) == "Abdul Amir Rashid Yarallah"
    assert row.post.slug == "iq-chief-of-staff"
    # What else was typed is kept, and the history says who did it and why.
    assert Event.objects.get(pk=row.event_id).title_en == "The second round, as retitled"
    change = Change.objects.filter(
        table_name=Participation._meta.db_table, record_id=row.pk
    ).latest("id")
    assert change.reason == "confirmed the likely holder of the post"
    assert change.editor.username == "editor"
    page = re.sub(r"<[^>]+>", " ", editor.get("/en/events/us-iraq-jscd-2/").content.decode())
    assert "inferred" not in page
    assert "Abdul Amir Rashid Yarallah" in page


def test_a_confirmation_is_taken_back_from_the_events_history(editor: Client) -> None:
    row = chief()
    editor.post(LIST, {"action": "confirm_likely", "_selected_action": [row.pk]})
    change = Change.objects.filter(
        table_name=Participation._meta.db_table, record_id=row.pk
    ).latest("id")
    taken = editor.post(
        f"/en/admin/statements/participation/{row.pk}/history/{change.pk}/take-back/"
    )
    assert taken.status_code == 302
    row.refresh_from_db()
    assert row.official is None


def test_the_list_opens_on_those_without_a_name_and_confirms_the_certain_ones(
    editor: Client,
) -> None:
    response = editor.get(LIST)
    rows = list(response.context["cl"].result_list)
    assert rows
    assert all(row.official_id is None for row in rows)
    likely = {str(row.post.slug): len(row.likely_holders) for row in rows}
    assert likely["iq-chief-of-staff"] == 1
    assert likely["iq-cts-head"] == 0
    assert (
        likely["us-charge-iraq"] == 2
    )  # both were charge in 2025; which of them on the day is not known
    done = editor.post(
        LIST,
        {"action": "confirm_likely", "_selected_action": [row.pk for row in rows]},
        follow=True,
    )
    assert f"1 confirmed, {len(rows) - 1} left as they were." in done.content.decode()
    assert chief().official.slug == "abdul-amir-yarallah"
    assert (
        Participation.objects.get(
            post__slug="us-charge-iraq", event__slug="cooper-sudani-2025"
        ).official
        is None
    )


def test_who_already_takes_part_by_name_is_not_confirmed_a_second_time(editor: Client) -> None:
    row = chief()
    official = cast.take_part(
        row.event, None, official_id=row.post.tenures.get().official_id, country=row.country
    )
    content = editor.post(
        LIST, {"action": "confirm_likely", "_selected_action": [row.pk]}, follow=True
    )
    assert "0 confirmed, 1 left" in content.content.decode()
    form = editor.get(f"/en/admin/statements/event/{row.event_id}/change/").content.decode()
    button = re.search(r'name="_holder" value="([\d.]+)"', form)
    assert button
    response: Any = editor.post(
        f"/en/admin/statements/event/{row.event_id}/change/",
        form_of(form) | {"_holder": button[1]},
        follow=True,
    )
    assert (
        "already takes part in the event by name; nothing was confirmed"
        in response.content.decode()
    )
    row.refresh_from_db()
    assert (row.official, official.official_id) == (None, row.post.tenures.get().official_id)


@pytest.mark.parametrize("asked", ["", "x", "1.2.3", "999999999999999999999.1", "{pk}.0"])
def test_a_button_that_was_made_up_confirms_nothing(editor: Client, asked: str) -> None:
    row = chief()
    address = f"/en/admin/statements/event/{row.event_id}/change/"
    sent = form_of(editor.get(address).content.decode())
    response = editor.post(address, sent | {"_holder": asked.format(pk=row.pk)}, follow=True)
    assert "no longer the likely holder" in response.content.decode()
    assert chief().official is None


def test_a_contributor_confirms_nothing_that_readers_see(client: Client) -> None:
    client.force_login(cast.user("contributor"))
    row = chief()
    response = client.post(
        LIST, {"action": "confirm_likely", "_selected_action": [row.pk]}, follow=True
    )
    assert "0 confirmed, 1 left as they were." in response.content.decode()
    assert chief().official is None
    form = client.get(f"/en/admin/statements/event/{row.event_id}/change/").content.decode()
    assert "_holder" not in form
    assert "Abdul Amir Rashid Yarallah" in form


def test_the_front_page_counts_those_without_a_name(editor: Client) -> None:
    content = re.sub(r"<[^>]+>|\s+", " ", editor.get("/en/admin/").content.decode())
    count = Participation.objects.filter(official=None).count()
    assert re.search(rf"Participants · without a name +{count} ", content)
    arabic = editor.get("/ar/admin/").content.decode()
    assert "بلا اسم" in arabic


def test_the_list_costs_the_same_with_ten_rows_or_fifty(
    editor: Client, django_assert_max_num_queries: Any
) -> None:
    for number in (10, 50):
        row = chief()
        for n in range(number):
            event = Event.objects.create(
                slug=f"n{number}-{n}", title_en="An event", type="visit", date="2024-07"
            )
            Participation.objects.create(event=event, post=row.post)
        with django_assert_max_num_queries(12):
            editor.get(LIST)
