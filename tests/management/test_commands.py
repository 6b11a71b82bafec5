"""Management commands: what they print, what they refuse and with which exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import connection

from statements.actions import rename
from statements.models import Article, Capture, Change, Claim, Conflict, Statement
from statements.models.checks import database_fits
from statements.search.settling import rebuild
from tests import cast
from tests.ingest.test_ingest import PAGE

OURS = sorted(name for name, app in get_commands().items() if app == "statements")


def run(name: str, *arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("name", OURS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    from django.core.management import load_command_class

    assert f"manage.py {name}" in load_command_class("statements", name).help


# Dates


def test_dates_are_read_from_the_command_line_and_against_a_day() -> None:
    assert run("read_dates", "تموز 2024").split("\t")[1].strip() == "2024-07"
    assert run("read_dates", "روسيا اليوم", on="2024-07-25").split("\t")[1].strip() == "no date"
    assert run("read_dates", "last summer", on="2024-07-25").split("\t")[1].strip() == "2023-22"


def test_lines_come_back_with_their_date_and_all_that_was_in_them(tmp_path: Path) -> None:
    file = tmp_path / "dates.jsonl"
    rows = [{"id": 7, "text": "أمس", "reference": "2024-07-25"}, {"text": "no day at all"}]
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", "utf-8")
    lines = [json.loads(line) for line in run("read_dates", jsonl=str(file)).splitlines()]
    assert lines == [{**rows[0], "edtf": "2024-07-24"}, {**rows[1], "edtf": None}]


def test_what_a_line_may_mean_as_well_comes_back_with_it(tmp_path: Path) -> None:
    file = tmp_path / "dates.jsonl"
    rows = [{"text": "03/04/2024"}, {"text": "الاثنين 24 تموز 2024"}, {"text": "\ud800 2024"}]
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8-sig")
    first, second, third = (
        json.loads(line) for line in run("read_dates", jsonl=str(file)).splitlines()
    )
    assert first == {"text": "03/04/2024", "edtf": "2024-04-03", "alternatives": ["2024-03-04"]}
    assert second["edtf"] == "2024-07-24?"
    assert "weekday" in second["warnings"][0]
    assert third == {"text": "\ud800 2024", "edtf": None}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1]", "line 1"),
        ('{"text": "x"}\n{"words": "x"}', "line 2"),
        ('{"text": "x", "reference": "July"}', "line 1"),
        ("\n\n{", "line 3"),
        ('{"text": 5}', "line 1"),
        ('{"text": null}', "line 1"),
        ("[" * 100_000, "line 1"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "dates.jsonl"
    file.write_text(content, "utf-8")
    with pytest.raises(CommandError, match=said):
        run("read_dates", jsonl=str(file))


def test_no_expression_a_wrong_day_and_a_missing_file_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Name a date expression"):
        run("read_dates")
    with pytest.raises(CommandError, match="is not a day"):
        run("read_dates", "x", on="32 July")
    with pytest.raises(CommandError, match="cannot be read"):
        run("read_dates", jsonl=str(tmp_path / "none"))


# Ingest


@pytest.mark.django_db
def test_a_dry_run_prints_the_draft_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, "utf-8")
    before = Change.objects.count()
    draft = json.loads(run("ingest", file, dry_run=True, json=True))
    assert [document["kind"] for document in draft["documents"]] == ["article", "statement"]
    for document in draft["documents"]:
        for passage in document["passages"]:
            assert PAGE[passage["start"] : passage["end"]] == passage["text"]
        for found in (*document["dates"], *document["mentions"]):
            assert PAGE[found["start"] : found["end"]] == found["as_printed"]
    assert (Change.objects.count(), Capture.objects.count()) == (before, 0)


@pytest.mark.django_db
def test_a_file_taken_in_twice_is_one_set_of_drafts(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, "utf-8")
    run("ingest", file)
    assert "taken in before" in run("ingest", file)
    assert (Article.objects.count(), Statement.objects.count()) == (1, 1)
    assert not Statement.objects.published().exists()
    assert bytes(Capture.objects.get().content).decode() == PAGE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "page.txt"),
        (b" \n \n", "page.txt"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_text_is_a_sentence_that_names_it(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "page.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        run("ingest", file)
    assert not Capture.objects.exists()


# Integrity


def sound() -> Statement:
    """An archive in which nothing is wrong, and something of every kind can be."""
    minister = cast.minister(cast.post())
    event = cast.july_round()
    statement = cast.july_statement(minister, event=event)
    conflict = Conflict.objects.create(question_en="Who?", event=event, ruling=1)
    Claim.objects.create(conflict=conflict, number=1, value_en="He")
    rename(minister, "al-abbasi")
    rebuild()
    return statement


FAULTS = [
    ("INSERT INTO statements_capture (content, sha256, media_type, address, filename, captured_at)"
     " VALUES ('x', repeat('0', 64), '', '', '', now())", "do not have the checksum"),
    ("UPDATE statements_mention SET as_printed = 'other words'", "does not stand at"),
    ("UPDATE statements_mention SET official_id = NULL, outcome = 'several', candidates = '[\"nobody\"]'",
     "there is no official nobody to choose"),
    ("UPDATE statements_statement SET date_last = '2030-01-01'", "the days of 2024-07-24 are wrong"),
    ("UPDATE statements_statement SET date = '2024-02-31'", "“2024-02-31” is no date"),
    ("UPDATE statements_tenure SET attested = '{last summer}'", "“last summer” is no date"),
    ("UPDATE statements_event SET state = 'public'", "state is “public”, not one of draft"),
    ("ALTER TABLE statements_statement DISABLE TRIGGER rule_statement_count;"
     " UPDATE statements_statement SET last_number = 1", "passage 2 is numbered higher"),
    ("ALTER TABLE statements_official DISABLE TRIGGER change_recorded", "the rule change_recorded is switched off"),
    ("DROP TRIGGER revision_moved ON statements_event", "the rule revision_moved is switched off"),
    ("UPDATE statements_passage SET \"order\" = 1", "two passages stand in place 1"),
    ("UPDATE statements_passage SET removed = true WHERE number = 2", "is removed, but has a text"),
    ("UPDATE statements_version SET rights = 'digest'", "its rights are those of a digest"),
    ("DELETE FROM statements_claim", "follows claim 1, which is not there"),
    ("UPDATE statements_oldaddress SET target = 'nowhere'", "there is nothing at the present one"),
    ("UPDATE statements_oldaddress SET slug = 'al-abbasi'", "another record stands at the old one"),
    ("DELETE FROM statements_searchpassage", "statement july-2024 is not as it should be"),
    ("UPDATE statements_searchpassage SET terms = '' FROM statements_searchdocument AS d WHERE d.id = document_id AND kind = 'event'", "event us-iraq-jscd-2 is not"),
    ("DELETE FROM statements_searchpassage; DELETE FROM statements_searchdocument", "official al-abbasi is not"),
]  # fmt: skip


@pytest.mark.django_db
def test_a_sound_archive_is_found_sound() -> None:
    sound()
    assert "as it should be" in run("check_archive")


@pytest.mark.django_db
@pytest.mark.parametrize(("damage", "said"), FAULTS)
def test_planted_damage_is_found_and_named(damage: str, said: str) -> None:
    sound()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(damage)
    out = io.StringIO()
    with pytest.raises(CommandError, match="Something is wrong"):
        call_command("check_archive", stdout=out)
    assert said in out.getvalue()


# The database


@pytest.mark.django_db
def test_the_embedded_database_knows_arabic_letters_and_their_likeness() -> None:
    assert database_fits(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('ثابت', 'ثابت'), 'العبّاسي' ILIKE '%عبّ%', upper('é')")
        assert cursor.fetchone() == (1.0, True, "É")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_knows_no_arabic_is_refused_with_what_to_do() -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS hiwar_bytes")
        cursor.execute(
            "CREATE DATABASE hiwar_bytes TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'UTF8'"
        )
    kept = connection.settings_dict["NAME"]
    connection.close()
    try:
        connection.settings_dict["NAME"] = "hiwar_bytes"
        found = database_fits(databases=["default"])
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE hiwar_bytes")
    assert [problem.id for problem in found] == ["statements.E003"]
