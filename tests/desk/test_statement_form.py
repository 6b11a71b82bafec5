"""The statement form: versions side by side, passages numbered, a second version laid beside the first."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from statements.actions import save_body
from statements.models import Mention, Statement, Version
from tests import cast

pytestmark = pytest.mark.django_db
FORM = "/{}/admin/statements/statement/{}/change/"
#: What the form asks for, however many versions there are, most of it to read them with all names that the
#: archive knows; beside it, the label of each version's source and each article's.
QUERIES = 49


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(cast.user("editor"))
    return client


@pytest.fixture
def statement() -> Statement:
    cast.minister(cast.post())
    made = Statement.objects.create(
        title_en="Statement of July", date="2024-07-24", original_language="en"
    )
    english = Version.objects.create(
        statement=made, language="en", publisher="DoD", rights="full", origin="original"
    )
    save_body(
        english,
        "The two ministers met in Baghdad on 24 July 2024.\n\nThey decided to train 250 officers.\n\nThe sides intend to meet again in Washington in 2025.",
    )
    return made


ARABIC = "اجتمع الوزيران في بغداد يوم 24 تموز 2024، وترأس ثابت العباسي الوفد.\n\nوناقشا تدريب 350 ضابطا.\n\nويعتزم الجانبان الاجتماع في واشنطن عام 2025."


def sheet(desk: Client, statement: Statement, language: str, **more: str) -> dict[str, str]:
    """The form as a browser sends it, with a second version typed into it."""
    shown = desk.get(FORM.format(language, statement.pk))
    data: dict[str, Any] = {}
    for form in [
        shown.context["adminform"].form,
        *(form for one in shown.context["inline_admin_formsets"] for form in one.formset.initial_forms),
    ]:  # fmt: skip
        for bound in form:
            widget = getattr(bound.field.widget, "widget", bound.field.widget)
            value = widget.format_value(bound.value())
            if isinstance(value, list) and not getattr(widget, "allow_multiple_selected", False):
                value = (value or [""])[0]
            data[bound.html_name] = value if value is not None else ""
    for one in shown.context["inline_admin_formsets"]:
        for bound in one.formset.management_form:
            data[bound.html_name] = bound.value()
    count = int(data["versions-TOTAL_FORMS"])
    data["versions-TOTAL_FORMS"] = count + 1
    added = {"language": "ar", "publisher": "الوكالة", "origin": "press", "rights": "full", "extent": "full", "text": ARABIC}  # fmt: skip
    added = {f"versions-{count}-{name}": value for name, value in added.items()}
    return data | added | {f"versions-{count}-statement": str(statement.pk)} | more


def differences(answer: Any) -> Any:
    """The formset of differences on a form that was shown."""
    return next(
        one.formset
        for one in answer.context["inline_admin_formsets"]
        if one.formset.prefix == "differences"
    )


@pytest.mark.parametrize(
    ("language", "differ", "who", "number", "force"),
    [
        ("en", "The versions differ in 3 places", "who is named", "which number", "how strongly"),
        ("ar", "تختلف النسخ في 3 مواضع", "من يُسمّى", "أي عدد", "قوة الالتزام"),
    ],
)
def test_a_second_version_is_aligned_to_the_first_and_its_differences_are_told_on_save(
    desk: Client,
    statement: Statement,
    language: str,
    differ: str,
    who: str,
    number: str,
    force: str,
) -> None:
    address = FORM.format(language, statement.pk)
    data = sheet(desk, statement, language) | {"_continue": "1"}
    answer = desk.post(address, data, follow=True)
    shown = html.unescape(answer.content.decode())
    assert statement.versions.count() == 2, answer.context.get("errors")
    arabic = statement.versions.get(language="ar").texts.order_by("passage__number")
    assert [text.passage.number for text in arabic] == [1, 2, 3]
    assert differ in shown, re.findall(r"<ul class=.messagelist.>.*?</ul>", shown, re.DOTALL)
    assert f'href="{address}#versions-compared"' in shown
    found = [
        (form.kind_told, form["left_words"].value(), form["right_words"].value())
        for form in differences(answer)
        if form.is_proposed
    ]
    assert found == [
        (who, "", "ثابت العباسي"),
        (number, "250", "350"),
        (force, "decided", "وناقشا"),
    ]
    assert all(f"¶ {n} · {kind}" in shown for n, kind in ((1, who), (2, number), (2, force)))
    assert Mention.objects.filter(text__version__language="ar", decided=False).exists(), "proposed"


def test_a_paragraph_that_was_left_out_keeps_the_others_at_their_numbers(
    desk: Client, statement: Statement
) -> None:
    shorter = "\n\n".join([*ARABIC.split("\n\n")[:1], *ARABIC.split("\n\n")[2:]])
    desk.post(
        FORM.format("en", statement.pk),
        sheet(desk, statement, "en", **{"versions-1-text": shorter}),
    )
    arabic = statement.versions.get(language="ar").texts.order_by("passage__number")
    assert [text.passage.number for text in arabic] == [1, 3]
    shown = desk.get(FORM.format("en", statement.pk)).content.decode()
    assert "said by one only" in shown
    numbers = [json.loads(html.unescape(given)) for given in re.findall(r'data-numbers="([^"]*)"', shown)]  # fmt: skip
    assert [1, 2, 3] in numbers
    assert [1, 3] in numbers


def test_what_is_refused_loses_no_word_of_the_second_version(
    desk: Client, statement: Statement
) -> None:
    data = sheet(desk, statement, "en", **{"versions-1-publisher": "", "versions-1-digest": "خلاصة"})  # fmt: skip
    answer = desk.post(FORM.format("en", statement.pk), data)
    assert answer.status_code == 200
    assert statement.versions.count() == 1
    assert ARABIC.split("\n\n")[1] in html.unescape(answer.content.decode())


def test_the_form_costs_no_query_more_for_more_versions(desk: Client, statement: Statement) -> None:
    desk.get(FORM.format("en", statement.pk))  # what a process asks once
    counts = []
    for publisher in ("الوكالة", "الصحيفة", "الإذاعة"):
        version = Version.objects.create(
            statement=statement, language="ar", publisher=publisher, rights="full"
        )
        save_body(version, ARABIC)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(FORM.format("en", statement.pk)).status_code == 200
        counts.append(len(asked))
    assert counts == [QUERIES] * 3
