"""Deciding a paste: what a person says is linked, the rest waits, nothing is lost, and the archive learns."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from statements.admin.review import blocks, rows_of
from statements.ingest.decisions import Decision, Proposal, decisions, proposals
from statements.ingest.draft import paste, understand
from statements.models import Article, Mention, Name, Official, Paste, Place, Statement
from tests import cast
from tests.benchmarks.ingesting import articles
from tests.ingest.test_ingest import PAGE

pytestmark = pytest.mark.django_db
STRANGE = PAGE.replace("وقال العباسي", "وقال ثابت محمد سعيد العباسي للصحفي كريم الربيعي")


@pytest.fixture
def kept() -> Paste:
    cast.minister(cast.post())
    cast.july_round(cast.dialogue())
    return paste(STRANGE, cast.user("editor"))


@pytest.fixture
def desk(kept: Paste) -> Client:
    client = Client()
    client.force_login(kept.created_by)
    return client


def address(kept: Paste) -> str:
    return reverse("admin:statements_paste_change", args=[kept.pk])


def sheet(desk: Client, kept: Paste, **sent: str) -> dict[str, Any]:
    """The form as the screen shows it, with what is sent besides."""
    shown = desk.get(address(kept)).context
    form: dict[str, Any] = {}
    for entry in shown["documents"]:
        for field in entry["form"]:
            value = field.value()
            form[field.html_name] = "on" if value is True else "" if value is None else value
        form[f"d{entry['number']}-was"] = entry["was"]
    for row in shown["rows"]:
        form[f"p{row.number}-shown"] = "1"
        form[f"p{row.number}-was"] = row.decision.mark
        form[f"p{row.number}-here"] = [str(place[0]) for place in row.places if place[-1]]
        form[f"p{row.number}-decision"] = next(
            (f"link:{key}" for key, _, chosen in row.choices if chosen), row.decision.decision
        )
    return form | sent


def number(kept: Paste, printed: str) -> int:
    """The number of the proposal for these words."""
    return next(n for n, p in enumerate(proposals(kept.draft)) if printed in p.printed)


def proposal(kept: Paste, printed: str) -> Proposal:
    return proposals(kept.draft)[number(kept, printed)]


@pytest.mark.parametrize("path", articles(), ids=lambda path: path.stem)
def test_the_screen_shows_the_whole_text_and_every_mention_belongs_to_one_proposal(
    path: Any,
) -> None:
    text = path.read_text("utf-8")
    draft = understand(text)
    here = Paste(text=text, draft=draft)
    assert (
        "".join(w for block in blocks(text, draft, rows_of(here)) for w, *_ in block.pieces) == text
    )
    places = [at for found in proposals(draft) for at in found.places]
    assert sorted(places) == [
        (n, m) for n, d in enumerate(draft["documents"]) for m in range(len(d["mentions"]))
    ]


def test_only_what_a_person_decided_is_linked_and_the_rest_is_work_to_do(
    desk: Client, kept: Paste
) -> None:
    minister, post = number(kept, "ثابت العباسي"), number(kept, "وزير الدفاع العراقي")
    sent = {
        "confirm": "1",
        f"p{minister}-decision": "link:official/thabit-al-abbasi",
        f"p{post}-decision": "refuse",
    }
    desk.post(address(kept), sheet(desk, kept, **sent))
    assert Statement.objects.get().state == "draft"
    linked = Mention.objects.filter(outcome="one")
    assert {m.official.slug for m in linked} == {"thabit-al-abbasi"}
    assert all(m.decided for m in linked)
    refused = Mention.objects.get(as_printed="وزير الدفاع العراقي")
    assert (refused.outcome, refused.decided, refused.candidates) == (
        "none",
        True,
        [proposal(kept, "وزير الدفاع العراقي").candidates[0].partition("/")[2]],
    )
    waiting = Mention.objects.filter(decided=False)
    assert waiting.exists()
    assert not waiting.filter(outcome="one").exists(), "no link that nobody has seen"
    event = waiting.filter(type="event").first()
    assert event is not None
    assert event.candidates, "the proposal is kept with the work"


def test_a_place_can_be_left_out_of_a_decision(desk: Client, kept: Paste) -> None:
    minister = number(kept, "ثابت العباسي")
    places = [str(at) for at in proposal(kept, "ثابت العباسي").places]
    sent: dict[str, Any] = {
        "confirm": "1",
        f"p{minister}-decision": "link:official/thabit-al-abbasi",
        f"p{minister}-here": places[1:],
    }
    desk.post(address(kept), sheet(desk, kept, **sent))
    assert Mention.objects.filter(official__isnull=False).count() == len(places) - 1
    assert Mention.objects.filter(type="official", outcome="none", decided=True).count() == 1


def test_what_is_decided_is_kept_by_itself_and_two_editors_do_not_overwrite_each_other(
    desk: Client, kept: Paste
) -> None:
    other = Client()
    other.force_login(cast.user("editor", "second"))
    minister, post = number(kept, "ثابت العباسي"), number(kept, "وزير الدفاع العراقي")
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    link = "link:official/thabit-al-abbasi"
    one = desk.post(keep, {f"p{minister}-shown": "1", f"p{minister}-decision": link})
    two = other.post(keep, {f"p{post}-shown": "1", f"p{post}-decision": "refuse"})
    three = other.post(keep, {"d0-title": "عنوان آخر", "d0-take": "on"})
    assert [answer.status_code for answer in (one, two, three)] == [200, 200, 200]
    kept.refresh_from_db()
    decided = decisions(kept)
    assert decided[proposal(kept, "ثابت العباسي").key].target == "official/thabit-al-abbasi"
    assert decided[proposal(kept, "وزير الدفاع العراقي").key].decision == "refuse"
    again = desk.get(address(kept)).content.decode()
    assert "عنوان آخر" in again
    form = sheet(desk, kept)
    assert (form[f"p{minister}-decision"], form[f"p{post}-decision"]) == (link, "refuse")


def test_a_window_left_open_takes_nothing_back_of_what_was_decided_in_another(
    desk: Client, kept: Paste
) -> None:
    minister, post = number(kept, "ثابت العباسي"), number(kept, "وزير الدفاع العراقي")
    old = sheet(desk, kept, confirm="1", **{"d1-title": "عنوان من النافذة القديمة"})
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    link = "link:official/thabit-al-abbasi"
    here = [str(at) for at in proposal(kept, "ثابت العباسي").places]
    chosen = {f"p{minister}-shown": "1", f"p{minister}-decision": link, f"p{minister}-here": here}
    desk.post(keep, chosen)
    desk.post(keep, {f"p{post}-shown": "1", f"p{post}-decision": "refuse"})
    now = sheet(desk, kept, **{"d0-title": "عنوان من النافذة الأخرى", "d0-was": ""})
    desk.post(keep, {name: value for name, value in now.items() if name.startswith("d0-")})
    desk.post(address(kept), old | {f"p{post}-decision": ""})
    article, statement = Article.objects.get(), Statement.objects.get()
    assert article.title == "عنوان من النافذة الأخرى"
    assert statement.title_ar == "عنوان من النافذة القديمة"
    assert Mention.objects.filter(official__slug="thabit-al-abbasi", decided=True).count() >= 3
    assert Mention.objects.get(as_printed="وزير الدفاع العراقي").decided


def test_a_decision_is_taken_back_though_the_screen_had_shown_none(
    desk: Client, kept: Paste
) -> None:
    """The script empties what the screen had shown once anything was changed."""
    minister = number(kept, "ثابت العباسي")
    old = sheet(desk, kept, confirm="1")
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    link = "link:official/thabit-al-abbasi"
    here = [str(at) for at in proposal(kept, "ثابت العباسي").places]
    chosen = {f"p{minister}-shown": "1", f"p{minister}-decision": link, f"p{minister}-here": here}
    desk.post(keep, chosen)
    desk.post(address(kept), old | {f"p{minister}-was": ""})
    assert not Mention.objects.filter(official__isnull=False).exists()


def test_nobody_without_the_right_and_nobody_signed_out_decides(desk: Client, kept: Paste) -> None:
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    sent = {"p0-shown": "1", "p0-decision": "refuse"}
    assert Client().post(keep, sent).status_code == 403
    reader = Client()
    reader.force_login(get_user_model().objects.create_user("reader", password="x", is_staff=True))
    assert reader.post(keep, sent).status_code in (302, 403)
    find = reverse("admin:statements_paste_find")
    assert Client().get(find, {"kind": "official", "q": "x"}).status_code == 302
    kept.refresh_from_db()
    assert decisions(kept) == {}


def test_a_decided_paste_takes_no_more_decisions(desk: Client, kept: Paste) -> None:
    desk.post(address(kept), sheet(desk, kept, confirm="1"))
    answer = desk.post(
        reverse("admin:statements_paste_keep", args=[kept.pk]),
        {"p0-shown": "1", "p0-decision": "refuse"},
    )
    assert answer.status_code == 409
    assert answer.json()["detail"].endswith(".")
    kept.refresh_from_db()
    assert decisions(kept) == {}


@pytest.mark.parametrize(
    "sent",
    [
        {"p0-decision": "link:secret/x"},
        {"p0-decision": "link:official/"},
        {"p0-decision": "other", "p0-target": "nonsense"},
        {"p0-decision": "new"},
        {"p0-decision": "\x00" * 99},
        {"p999-decision": "refuse", "p999-shown": "1"},
        {"d77-title": "x"},
    ],
    ids=str,
)
def test_what_makes_no_sense_decides_nothing(
    desk: Client, kept: Paste, sent: dict[str, str]
) -> None:
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    assert desk.post(keep, {"p0-shown": "1", **sent}).status_code == 200
    kept.refresh_from_db()
    assert {decision.decision for decision in decisions(kept).values()} == {""}


def test_all_that_is_certain_is_accepted_without_a_script(desk: Client, kept: Paste) -> None:
    post = number(kept, "وزير الدفاع العراقي")
    answer = desk.post(
        address(kept), sheet(desk, kept, accept="certain", **{f"p{post}-decision": "refuse"})
    )
    assert answer.status_code == 302
    kept.refresh_from_db()
    decided = decisions(kept)
    for found in proposals(kept.draft):
        expected = "link" if found.certain else ""
        if found.key == proposal(kept, "وزير الدفاع العراقي").key:
            expected = "refuse"
        assert decided.get(found.key, Decision()).decision == expected, found.key
    assert kept.state == "open"


def test_a_record_that_went_meanwhile_is_told_and_nothing_is_made(
    desk: Client, kept: Paste
) -> None:
    minister = number(kept, "ثابت العباسي")
    form = sheet(
        desk, kept, confirm="1", **{f"p{minister}-decision": "link:official/thabit-al-abbasi"}
    )
    Official.objects.filter(slug="thabit-al-abbasi").delete()
    shown = desk.post(address(kept), form).content.decode()
    assert "is not there any more" in shown
    assert not Statement.objects.exists()
    kept.refresh_from_db()
    assert kept.state == "open"


def test_an_article_without_an_outlet_is_told_beside_the_field(desk: Client, kept: Paste) -> None:
    shown = desk.post(address(kept), sheet(desk, kept, confirm="1", **{"d0-outlet": " "}))
    assert shown.status_code == 200
    assert "An article needs its outlet." in shown.content.decode()
    assert not Statement.objects.exists()


def test_a_document_may_be_something_else_than_was_thought(desk: Client, kept: Paste) -> None:
    desk.post(address(kept), sheet(desk, kept, confirm="1", **{"d0-type": "news_release"}))
    assert sorted(Statement.objects.values_list("type", flat=True)) == [
        "joint_statement",
        "news_release",
    ]


def test_a_draft_speaks_the_language_of_whoever_looks_at_it(desk: Client, kept: Paste) -> None:
    english = desk.get(address(kept)).content.decode()
    arabic = desk.get(address(kept).replace("/en/", "/ar/")).content.decode()
    assert "Its own date line." in english
    assert "The only " in english
    assert "سطر تاريخه." in arabic
    assert "The only " not in arabic
    desk.post(address(kept), sheet(desk, kept, confirm="1"))
    reasons = Mention.objects.values_list("reason_en", "reason_ar")
    assert reasons
    assert all(english and arabic and english != arabic for english, arabic in reasons)


# Learning


def test_an_accepted_spelling_becomes_a_printed_form_and_is_read_the_next_time(
    desk: Client, kept: Paste
) -> None:
    printed = "كريم الربيعي"
    stranger = number(kept, printed)
    Official.objects.create(slug="karim", name_en="Karim Jasim al-Lami", name_ar="كريم جاسم اللامي")
    sent = {
        "confirm": "1",
        f"p{stranger}-decision": "other",
        f"p{stranger}-target": "official/karim",
    }
    assert understand(STRANGE)["documents"][0]["mentions"] == kept.draft["documents"][0]["mentions"]
    desk.post(address(kept), sheet(desk, kept, **sent))
    name = Name.objects.get(official__slug="karim")
    assert (name.form, name.language) == (printed, "ar")
    assert "وفد عراقي يختتم" in name.note_ar
    mentions = understand(STRANGE)["documents"][0]["mentions"]
    assert "karim" in {m["slug"] for m in mentions if m["outcome"] == "one"}
    assert printed in desk.get(address(kept)).content.decode(), "the editor is told"


def test_words_that_name_nobody_by_themselves_teach_nothing(desk: Client, kept: Paste) -> None:
    before = set(Name.objects.values_list("form", flat=True))
    desk.post(address(kept), sheet(desk, kept, accept="certain"))
    desk.post(address(kept), sheet(desk, kept, confirm="1"))
    learnt = set(Name.objects.values_list("form", flat=True)) - before
    assert not learnt & {"وزير الدفاع", "العباسي", "الجانبان", "وزير الدفاع العراقي"}
    assert Mention.objects.filter(official__isnull=False).count() >= 3


def test_a_new_official_is_made_once_in_place_as_a_draft(desk: Client, kept: Paste) -> None:
    stranger = number(kept, "كريم الربيعي")
    row = desk.get(address(kept)).context["rows"][stranger]
    english, arabic = row.names
    assert arabic == "كريم الربيعي"
    assert english.isascii()
    assert english.startswith("Karim")
    sent = {
        "confirm": "1",
        f"p{stranger}-decision": "new",
        f"p{stranger}-name_en": "Karim al-Rubaie",
        f"p{stranger}-name_ar": "كريم الربيعي",
        f"p{stranger}-country": "iq",
    }
    desk.post(address(kept), sheet(desk, kept, **sent))
    official = Official.objects.get(slug="karim-al-rubaie")
    assert (official.state, official.country and official.country.slug) == ("draft", "iq")
    assert Mention.objects.get(official=official).decided
    desk.post(address(kept), sheet(desk, kept, **sent))
    assert Official.objects.filter(name_en="Karim al-Rubaie").count() == 1


# Another record


def test_another_record_is_found_by_any_spelling(desk: Client) -> None:
    find = reverse("admin:statements_paste_find")
    for words in ("عباسي", "abbasi", "العباسى"):
        found = desk.get(find, {"kind": "official", "q": words}).json()["found"]
        assert "official/thabit-al-abbasi" in [record["target"] for record in found], words
    assert desk.get(find, {"kind": "official", "q": "\x00%_("}).json() == {"found": []}
    assert desk.get(find, {"kind": "secret", "q": "x"}).status_code == 400


def test_a_new_place_needs_its_country(desk: Client, kept: Paste) -> None:
    from statements.ingest.confirming import new_record
    from statements.ingest.draft import DraftRefused

    with pytest.raises(DraftRefused, match="needs its country"):
        new_record("place", "Irbil", "أربيل", "")
    assert new_record("place", "Irbil", "أربيل", "iq") == Place.objects.get()
    with pytest.raises(DraftRefused, match="form of its own"):
        new_record("event", "A meeting", "", "")


def test_the_screen_asks_no_query_more_for_more_mentions(desk: Client, kept: Paste) -> None:
    first = "اختتم وفد عراقي برئاسة وزير الدفاع العراقي ثابت العباسي زيارته، وفق بيان مشترك صدر الأربعاء 24 تموز 2024."
    longer = paste(STRANGE.replace(first, "\n\n".join([first] * 9)), kept.created_by)
    assert len(longer.draft["documents"]) == len(kept.draft["documents"])
    asked = []
    for one in (kept, longer):
        desk.get(address(one))
        with CaptureQueriesContext(connection) as queries:
            shown = desk.get(address(one))
        asked.append((len(queries), sum(len(row.places) for row in shown.context["rows"])))
    assert asked[1][1] > 2 * asked[0][1]
    likeness = 2  # the longer one is told to be nearly the other: which, and where
    assert asked[1][0] <= asked[0][0] + likeness


# By hand


def filled(shown: Any) -> dict[str, Any]:
    """A change form of the desk as it is shown, ready to be sent."""
    form: dict[str, Any] = {}
    bound = [shown.context["adminform"].form]
    for inline in shown.context["inline_admin_formsets"]:
        bound += [inline.formset.management_form, *inline.formset.forms]
    for one in bound:
        for field in one:
            value = field.value()
            if value is not None and value is not False:
                form[field.html_name] = getattr(value, "pk", value)
    return form


def test_links_are_proposed_in_a_text_written_by_hand_and_only_there(desk: Client) -> None:
    address = reverse("admin:statements_statement_add")
    form = filled(desk.get(address)) | {
        "title_en": "A statement", "type": "statement", "date": "2024-07-24", "original_language": "ar",
        "versions-TOTAL_FORMS": "1", "versions-0-language": "ar", "versions-0-title": "بيان",
        "versions-0-publisher": "الوزارة", "versions-0-origin": "press", "versions-0-rights": "full",
        "versions-0-extent": "full", "versions-0-text": "استقبل وزير الدفاع العراقي ثابت العباسي وفدا.\n\nوانتهى اللقاء.",
    }  # fmt: skip
    saved = desk.post(address, form | {"_continue": "1"}, follow=True)
    assert "proposed in the new text" in saved.content.decode(), saved.context.get("errors")
    proposed = Mention.objects.filter(text__passage__statement__title_en="A statement")
    assert {m.as_printed for m in proposed} == {"وزير الدفاع العراقي", "ثابت العباسي"}
    assert not proposed.filter(decided=True).exists()
    assert not proposed.filter(outcome="one").exists()
    again = desk.post(saved.redirect_chain[-1][0], filled(saved) | {"_continue": "1"}, follow=True)
    assert "proposed in the new text" not in again.content.decode()
    assert proposed.count() == 2
