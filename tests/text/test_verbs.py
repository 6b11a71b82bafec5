"""Verbs of promising, by themselves: how strongly each promises, and what is no promise."""

from __future__ import annotations

import pytest

from statements.ingest.clauses import said_in
from statements.text import verbs


def governors(sentence: str) -> list[str]:
    (said,) = said_in(sentence, [(0, len(sentence))])
    return [one.strength for one in said.governors]


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("ناقش الجانبان التدريب", "discussed"),
        ("وبحثا سبل التعاون", "discussed"),
        ("جرى بحث آفاق التعاون", "discussed"),
        ("تعتزم الحكومة عقد جولة", "intends"),
        ("ينوي البلدان مواصلة العمل", "intends"),
        ("من المقرر أن تعقد جولة أخرى", "intends"),
        ("أكدت الوفود أهمية العمل", "affirmed"),
        ("وجددتا دعمهما للاستقرار", "affirmed"),
        ("شدد الوزير على سيادة العراق", "affirmed"),
        ("أعاد الجانبان تأكيد الشراكة", "affirmed"),
        ("اتفق الجانبان على أهمية التدريب", "affirmed"),
        ("توصل الطرفان إلى تفاهم بشأن المرحلة المقبلة", "understanding"),
        ("جرى التوصل إلى تفاهم", "understanding"),
        ("قرر الجانبان إنشاء لجنة", "decided"),
        ("واتفقا على عقد اجتماع", "decided"),
        ("تقرر أن يستمر التدريب", "decided"),
        ("أعلنت الوزارة أن اللجنة ستجتمع قريبا", "decided"),
        ("يلتزم العراق بحماية البعثات", "committed"),
        ("تعهدت الحكومة بحماية المستشارين", "committed"),
        ("جددت الحكومة تعهدها بالحماية", "committed"),
        ("أكد الممثلون التزامهم الكامل بالحماية", "committed"),
        ("العراق ملتزم بالاتفاقية", "committed"),
        ("The two sides discussed training", "discussed"),
        ("They exchanged views on the region", "discussed"),
        ("The parties intend to meet again", "intends"),
        ("The next session is to be held in Rome", "intends"),
        ("Both sides looked forward to the visit", "intends"),
        ("The delegations reaffirmed their commitment to peace", "affirmed"),
        ("The leaders agreed on the importance of trade", "affirmed"),
        ("Both expressed support for the mission", "affirmed"),
        ("The sides reached an understanding on basing", "understanding"),
        ("The sides agreed to form a commission", "decided"),
        ("It was decided that the talks continue", "decided"),
        ("The ministry announced that it would open an office", "decided"),
        ("Iraq pledged to protect the missions", "committed"),
        ("The government undertook to pay", "committed"),
        ("We remain committed to the agreement", "committed"),
        ("The delegation affirmed its absolute commitment to protect them", "committed"),
    ],
)
def test_a_verb_promises_as_strongly_as_it_says(sentence: str, strength: str) -> None:
    assert governors(sentence) == [strength]


@pytest.mark.parametrize(
    "sentence",
    [
        "لم يقرر الجانبان شيئا",
        "ولم يتفق الجانبان على موعد",
        "فلم يقرر الطرفان شيئا",
        "وما تم الاتفاق عليه قبل أسبوعين",
        "وعندما اتفق الطرفان كان الوزير حاضرا",
        "زار الوفد قاعدة القيارة",
        "وقع الوزيران المحضر",
        "الاتفاقية التي قررها المجلس",
        "تناول سياسة البلدين وسيادتهما",
        "The two sides did not decide on a date",
        "They signed a renewed memorandum",
        "The factors that would decide the date",
        "The delegation visited the base",
        "The parties may agree to meet",
    ],
)
def test_what_did_not_happen_or_may_happen_promises_nothing(sentence: str) -> None:
    assert [one for one in governors(sentence) if one != "discussed"] == []


def test_strengths_stand_in_their_order() -> None:
    assert verbs.STRENGTHS == ("discussed", "intends", "affirmed", "understanding", "decided", "committed")  # fmt: skip
