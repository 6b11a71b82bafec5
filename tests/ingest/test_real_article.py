"""The real article, where its folder is at hand: taken in whole, and held against its gold."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from statements.ingest.draft import understand

pytestmark = [pytest.mark.corpus, pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_the_real_article_comes_out_as_three_documents(article_text: str) -> None:
    out = io.StringIO()
    call_command(
        "ingest",
        f"{os.environ['HIWAR_CORPUS']}/corpus/seed-article.txt",
        "--dry-run",
        "--json",
        stdout=out,
    )
    draft = json.loads(out.getvalue())
    documents = draft["documents"]
    assert [(d["kind"], d["type"], d["date"], len(d["passages"])) for d in documents] == [
        ("article", "news_report", "2024-07-25", 5),
        ("statement", "joint_statement", "2024-07-24", 16),
        ("statement", "news_release", "2024-07-23", 14),
    ]
    assert [(link["to"], link["relation"]) for link in draft["links"]] == [
        (1, "carries"),
        (2, "carries"),
    ]
    assert documents[0]["outlet"] == "المرصد"
    assert documents[1]["event"] == "us-iraq-jscd-2"
    assert all(
        article_text[m["start"] : m["end"]] == m["as_printed"]
        for d in documents
        for m in d["mentions"]
    )
    posts = {
        m["slug"]
        for d in documents
        for m in d["mentions"]
        if m["type"] == "post" and m["outcome"] == "one"
    }
    assert {"iq-cts-head", "iq-joc-deputy-commander"} <= posts
    minister = {
        m["as_printed"] for d in documents for m in d["mentions"] if m["slug"] == "thabit-al-abbasi"
    }
    assert {"ثابت العباسي", "محمد العباسي", "العباسي"} <= minister
    assert any("one person" in warning for warning in draft["warnings"])


def test_the_real_article_agrees_with_its_gold(article_text: str) -> None:
    gold = json.loads(
        (Path(os.environ["HIWAR_CORPUS"]) / "eval" / "seed-gold.json").read_text("utf-8")
    )
    draft = understand(article_text)
    dates = {
        (d["start"], d["end"]): d["edtf"]
        for document in draft["documents"]
        for d in document["dates"]
    }
    wanted = {(d["start"], d["end"]): d["edtf"] for d in gold["dates"] if d["segment"] != "footer"}
    assert {span: dates.get(span, "missing") for span in wanted} == wanted


def test_the_lead_of_the_real_article_carries_four_passages_nearly(article_text: str) -> None:
    statement, remarks = understand(article_text)["links"]
    how = {one["number"]: (one["how"], one["in"]) for one in statement["passages"]}
    assert {number: found for number, found in how.items() if found[0] != "absent"} == {
        1: ("near", [2]),
        3: ("near", [3]),
        4: ("near", [4]),
        5: ("near", [5]),
    }
    assert len(how) == 16
    assert {one["how"] for one in remarks["passages"]} == {"absent"}


def test_the_real_statement_promises_what_the_archive_has_of_it(article_text: str) -> None:
    statement = understand(article_text)["documents"][1]
    found = [(one["passage"], one["strength"]) for one in statement["undertakings"]]
    assert found == [
        (1, "affirmed"), (2, "discussed"), (5, "affirmed"), (6, "decided"), (7, "intends"), (8, "intends"), (9, "affirmed"),
        (10, "understanding"), (11, "discussed"), (11, "affirmed"), (11, "affirmed"), (11, "decided"), (12, "discussed"),
        (12, "decided"), (13, "affirmed"), (14, "committed"), (15, "discussed"), (16, "affirmed"),
    ]  # fmt: skip
    parties = {one["passage"]: sorted(one["countries"]) for one in statement["undertakings"]}
    assert parties.pop(14) == ["iq"]
    assert set(map(tuple, parties.values())) == {("iq", "us")}
    follows = {
        one["passage"]: one["follows"][0]["passage"]
        for one in statement["undertakings"]
        if one["follows"]
    }
    first = "us-iraq-jscd-1-joint-statement#p"
    expected = {1: 1, 2: 2, 14: 7, 15: 13, 16: 15}
    assert {n: follows.get(n) for n in expected} == {n: f"{first}{m}" for n, m in expected.items()}
    assert (
        statement["undertakings"][0]["follows"][0]["reason"]
        .startswith("An undertaking of an earlier round (8 August 2023) has these words too:")
    )  # fmt: skip


def test_the_real_delegation_has_its_head_and_members(article_text: str) -> None:
    article, statement, _ = understand(article_text)["documents"]
    heads = [(one["as_printed"], one["role"], one["party"]) for one in article["delegates"]]
    assert heads == [("العباسي", "head", "iq")]
    told = {
        statement["mentions"][one["mention"]]["slug"]: one["role"] for one in statement["delegates"]
    }
    assert told == {
        "thabit-al-abbasi": "head",
        "iq-cts-head": "member",
        "iq-joc-deputy-commander": "member",
    }
