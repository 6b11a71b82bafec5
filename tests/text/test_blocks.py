"""A page told apart: mails, translations beside their originals, briefings, senders and what closes a text."""

from __future__ import annotations

import pytest

from statements.text.blocks import split
from statements.text.pages import Block

BODY = "The two ministers met in the capital and agreed on the next steps of their work."
ARABIC = "التقى الوزيران في العاصمة واتفقا على الخطوات المقبلة من عملهما المشترك."


def told(text: str) -> list[Block]:
    return split(text).documents


def title(block: Block, text: str) -> str:
    return block.title.of(text) if block.title else ""


MAIL = f"""From: Press Office <press@example.gov>
To: Press List
Date: Tue, 4 Mar 2025 17:22:08 +0300
Subject: Minister receives a delegation of advisers

Dear colleagues,

{BODY}

Best regards,

Laura Whitfield
Deputy Spokesperson
"""


def test_a_mail_is_its_subject_and_its_text() -> None:
    [block] = told(MAIL)
    assert title(block, MAIL) == "Minister receives a delegation of advisers"
    assert [span.of(MAIL) for span in block.paragraphs] == [BODY]
    assert block.type == "news_release", "a press office sent it"
    assert block.date_line
    assert "4 Mar 2025" in block.date_line.of(MAIL)


def test_an_arabic_mail_is_read_alike() -> None:
    text = f"من: مكتب الإعلام\nالموضوع: الوزير يستقبل وفدا من المستشارين\nالتاريخ: 4 آذار 2025\n\nالزملاء الكرام،\n\n{ARABIC}\n\nمع التحية،\n\nمكتب الإعلام\n"
    [block] = told(text)
    assert title(block, text) == "الوزير يستقبل وفدا من المستشارين"
    assert [span.of(text) for span in block.paragraphs] == [ARABIC]


def test_lines_that_say_from_and_to_alone_are_no_mail() -> None:
    text = f"Ministers meet in the capital today\n\nFrom: the ministry\n\n{BODY}\n"
    [block] = told(text)
    assert title(block, text) == "Ministers meet in the capital today"


BILINGUAL = f"""British Embassy Amman | السفارة البريطانية في عمان

Ministers mark ten years of training

30 May 2024

{BODY}

الوزيران يحييان ذكرى عشر سنوات من التدريب

30 أيار/مايو 2024

{ARABIC}
"""


def test_a_text_said_again_in_another_script_is_a_document_of_its_own() -> None:
    english, arabic = told(BILINGUAL)
    assert (english.language, arabic.language) == ("en", "ar")
    assert english.type == arabic.type == "news_release", "an embassy heads the page"
    assert title(arabic, BILINGUAL) == "الوزيران يحييان ذكرى عشر سنوات من التدريب"
    assert arabic.date_line


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(BILINGUAL.replace("30 أيار", "29 أيار"), id="of another day"),
        pytest.param(BILINGUAL + f"\n{BODY}\n", id="the first script comes back"),
    ],
)
def test_an_arabic_heading_alone_begins_no_translation(changed: str) -> None:
    assert len(told(changed)) == 1


@pytest.mark.parametrize(
    ("head", "type"),
    [
        ("Department Press Briefing – November 16, 2023", "remarks"),
        ("Pentagon Press Conference", "remarks"),
        ("Officials Cancel Press Conference After Storm", "news_report"),
    ],
)
def test_a_briefing_is_headed_as_one(head: str, type: str) -> None:
    text = f"{head}\n\nWashington, D.C.\n\n1:18 p.m. EST\n\n{BODY}\n\n(The briefing was concluded at 2:09 p.m.)\n"
    [block] = told(text)
    assert block.type == type
    assert [span.of(text) for span in block.paragraphs] == [BODY]


def test_what_is_for_immediate_release_was_issued() -> None:
    text = (
        f"FOR IMMEDIATE RELEASE\n\nMinisters meet in the capital today\n\n26 June 2024\n\n{BODY}\n"
    )
    [block] = told(text)
    assert block.type == "news_release"
    assert title(block, text) == "Ministers meet in the capital today"


@pytest.mark.parametrize(
    "line",
    ["وام/أحمد النعيمي/زكريا محي الدين", "(وات) ه ب", "For questions please contact the office.", "+964 770 000 0000"],
)  # fmt: skip
def test_who_sent_it_is_no_paragraph(line: str) -> None:
    text = f"الوزيران يبحثان تعزيز التعاون المشترك\n\n{ARABIC}\n\n{line}\n"
    [block] = told(text)
    assert [span.of(text) for span in block.paragraphs] == [ARABIC]


def test_the_last_line_of_a_statement_says_when_it_was_done() -> None:
    text = f"بيان مشترك صادر عن اجتماع اللجنة\n\nعمان، 4 - 5 كانون الأول 2024\n\n{ARABIC}\n\nصدر في عمان بتاريخ 5 / 12 / 2024\n"
    [block] = told(text)
    assert [span.of(text) for span in block.paragraphs] == [ARABIC]
    assert block.done
    assert block.done.of(text) == "صدر في عمان بتاريخ 5 / 12 / 2024"
