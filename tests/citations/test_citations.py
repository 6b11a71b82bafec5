"""A work as a sentence and as a file; files are read back by the programs that others read them with."""

from __future__ import annotations

import datetime
import json

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from statements.citations.files import bibtex, csl_json, date_parts, item, ris
from statements.citations.markup import meta
from statements.citations.styles import chicago, plain
from statements.citations.work import Work
from statements.text.dates import EDTF

ADDRESS = "https://hiwar.example/en/statements/july-2024/"
JULY = Work(
    "report",
    "hiwar-statement-july-2024",
    "en",
    "Joint statement of July 2024",
    ADDRESS,
    datetime.date(2026, 11, 25),
    EDTF("2024-07-24"),
    "joint statement",
    ("Ministry of Defence of Iraq", "Department of Defense"),
)
TAMMUZ = Work(
    "report",
    "hiwar-statement-july-2024",
    "ar",
    "البيان المشترك لتموز 2024",
    ADDRESS.replace("/en/", "/ar/"),
    datetime.date(2026, 11, 25),
    EDTF("2024-07-24"),
    "بيان مشترك",
    ("وزارة الدفاع العراقية", "وزارة الدفاع الأمريكية"),
)


def test_a_note_in_english_has_author_title_date_passage_archive_access_and_address() -> None:
    assert chicago(JULY.at("4")) == (
        "Ministry of Defence of Iraq and Department of Defense, “Joint statement of July 2024,” joint statement, "
        f"24 July 2024, para. 4, Hiwar, accessed 25 November 2026, {ADDRESS}#p4."
    )


def test_a_note_in_arabic_has_arabic_commas_quotation_marks_months_and_words() -> None:
    assert chicago(TAMMUZ.at("4")) == (
        "وزارة الدفاع العراقية ووزارة الدفاع الأمريكية، «البيان المشترك لتموز 2024»، بيان مشترك، "
        "24 تموز/يوليو 2024، الفقرة 4، حوار، شوهد في 25 تشرين الثاني/نوفمبر 2026، "
        f"في: {ADDRESS.replace('/en/', '/ar/')}#p4."
    )


def test_quotation_marks_within_a_title_change_so_that_the_title_ends_where_it_ends() -> None:
    work = Work("webpage", "k", "en", "The “strategic” dialogue.", "https://x/", JULY.accessed)
    assert chicago(work).startswith("“The ‘strategic’ dialogue,” Hiwar, accessed")


def test_the_plain_line_has_the_passage_and_the_address() -> None:
    assert plain(JULY.at("4")) == (
        f"Joint statement of July 2024, 24 July 2024, ¶ 4. Hiwar. {ADDRESS}#p4"
    )
    assert plain(TAMMUZ.at("4")).startswith(
        "البيان المشترك لتموز 2024، 24 تموز/يوليو 2024، ¶ 4. حوار. "
    )


def test_bibtex_is_read_back_with_bodies_whole_and_the_address_untouched() -> None:
    entries = parse_string(bibtex(JULY.at("4")), "bibtex").entries
    entry = entries["hiwar-statement-july-2024-p4"]
    assert [str(person) for person in entry.persons["author"]] == [
        "{Ministry of Defence of Iraq}",
        "{Department of Defense}",
    ]
    assert (entry.fields["year"], entry.fields["month"], entry.fields["day"]) == ("2024", "7", "24")
    assert (entry.fields["url"], entry.fields["note"]) == (f"{ADDRESS}#p4", "para. 4")


def test_ris_is_read_back_in_both_languages() -> None:
    (record,) = rispy.loads(ris(JULY.at("4")))
    assert record["type_of_reference"] == "RPRT"
    assert record["title"] == "Joint statement of July 2024"
    assert record["authors"] == ["Ministry of Defence of Iraq,", "Department of Defense,"]
    assert record["date"] == "2024/07/24/"
    assert record["urls"] == [f"{ADDRESS}#p4"]
    assert record["notes"] == ["para. 4"]
    assert rispy.loads(ris(TAMMUZ))[0]["title"] == TAMMUZ.title


def test_csl_json_is_one_item_with_the_date_in_parts() -> None:
    (found,) = json.loads(csl_json(TAMMUZ.at("4")))
    assert found["issued"] == {"date-parts": [[2024, 7, 24]]}
    assert found["accessed"] == {"date-parts": [[2026, 11, 25]]}
    assert found["author"][0] == {"literal": "وزارة الدفاع العراقية"}
    assert found["note"] == "الفقرة 4"


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2024", [[2024]]),
        ("2024-07", [[2024, 7]]),
        ("2024-07-22/2024-07-23", [[2024, 7, 22], [2024, 7, 23]]),
        ("2024-07-22/..", [[2024, 7, 22]]),
        ("2024-21", [[2024]]),
        ("2024-07~", [[2024, 7]]),
        ("202X", []),
        ("../2024", []),
    ],
)
def test_a_date_says_no_more_than_is_known(date: str, parts: list[list[int]]) -> None:
    assert date_parts(EDTF(date)) == parts


def test_an_approximate_date_is_marked_as_such() -> None:
    work = Work("report", "k", "en", "T", "https://x/", JULY.accessed, EDTF("2024-07~"))
    assert item(work)["issued"] == {"date-parts": [[2024, 7]], "circa": True}


HOSTILE = st.text(st.sampled_from("ab {}\\%$#&_~^\"'،«»“”"), min_size=1, max_size=30)


@given(HOSTILE)
def test_no_title_breaks_a_file(words: str) -> None:
    title = " ".join(words.split()) or "x"
    work = Work("webpage", "k", "en", title, "https://x/?a=%20{b}#c", JULY.accessed)
    entry = parse_string(bibtex(work), "bibtex").entries["k"]
    assert entry.fields["urldate"] == "2026-11-25"
    assert rispy.loads(ris(work))[0]["title"] == title
    assert json.loads(csl_json(work))[0]["title"] == title


def test_zotero_is_told_the_kind_and_takes_no_body_for_a_person() -> None:
    tags = dict(meta(JULY))
    assert tags["z:itemType"] == "report"
    assert tags["citation_technical_report_institution"] == (
        "Ministry of Defence of Iraq; Department of Defense"
    )
    assert tags["citation_publication_date"] == "2024/07/24"
    assert "citation_author" not in tags
