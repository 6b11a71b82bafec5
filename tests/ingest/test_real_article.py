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
