"""Texts whose readings were written before anything read them, by measure; and rules that they led to, each on words of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from statements.ingest.draft import understand
from statements.text.blocks import split
from tests.benchmarks.ingesting import LINKED, UNKNOWN, UNSEEN, articles, measure, written
from tests.ingest.test_golden import check_reassembly

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]
TEXTS = [pytest.param(path, id=path.stem) for path in articles(UNSEEN)]


def test_they_are_read_well_by_every_measure() -> None:
    scores = measure(written(path) for path in articles(UNSEEN))
    floors = {"date": 0.95, "post": 0.95, "organization": 0.97, "agreement": 0.95, "place": 0.97, "official": 0.97, LINKED: 0.97, UNKNOWN: 0.97, "document": 1, "passage": 0.99}  # fmt: skip
    low = {kind: score.wrong for kind, score in scores.items() if score.f1 < floors.get(kind, 0)}
    assert low == {}
    assert scores[LINKED].precision == 1, scores[LINKED].wrong


@pytest.mark.parametrize("path", TEXTS)
def test_they_reassemble_from_their_parts(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    check_reassembly(text)
    draft = understand(text)
    for document in draft["documents"]:
        for part in (*document["dates"], *document["mentions"]):
            assert text[part["start"] : part["end"]] == part["as_printed"]
    assert split(text).documents


Said = tuple[str, str | None]


def mentions(sentence: str, kind: str, head: str = "") -> list[Said]:
    """The words of each mention of a kind in a page of one sentence, with its record or outcome."""
    text = f"{head}\n\n{sentence}\n" if head else sentence
    return [
        (one["as_printed"], one["slug"] or one["outcome"])
        for document in understand(text)["documents"]
        for one in document["mentions"]
        if one["type"] == kind and not one.get("unnamed")
    ]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("حضر اللقاء العميد ريك فوستر وسفير بلاده في بغداد أمس.", ["العميد ريك فوستر"]),
        ("تلقى قائد الجيش بالنيابة اللواء الركن نبيل حمادة تحدث اتصالا هاتفيا من نظيره أمس.", ["اللواء الركن نبيل حمادة"]),
        ("استقبله الفريق أول السعيد بوجمعة، رئيس الأركان، في مقر القيادة العامة.", ["الفريق أول السعيد بوجمعة"]),
        ("أثنى القائد على نجاح مناورات «الدرع» التي اختتمت أمس في الخليج.", []),
        ("The general met King Hamad at the palace before the talks began.", ["King Hamad"]),
        ("Sir Keir spoke with the Major Non-NATO Ally about the General Secretariat of the league.", []),
        ("They flew to Prince Sultan Air Base before the talks began on Sunday.", []),
        ("We have spoken with Minister Bourita and with Ambassador Kawar about the talks.", ["Minister Bourita", "Ambassador Kawar"]),
        ("The work on General Dynamics vehicles and the Minister of State will go on.", []),
        ("زار الوفد قاعدة الأمير سلطان الجوية ثم عاد إلى بلاده مساء أمس.", []),
        ("استقبل الملك سلمان رئيس الوفد وبحثا العلاقات بين البلدين وسبل تعزيزها.", ["الملك سلمان"]),
    ],
)  # fmt: skip
def test_persons_without_a_record_are_found_by_grammar(sentence: str, names: list[str]) -> None:
    found = [words for words, said in mentions(sentence, "official") if said == "none"]
    assert len(found) == len(names), found
    assert all(words in name for words, name in zip(found, names, strict=True)), found


def test_who_is_met_by_one_name_is_known_by_it_later() -> None:
    text = "We have spoken with Minister Bourita about the talks. Bourita will visit in May."
    assert [words.split()[-1] for words, _ in mentions(text, "official")] == ["Bourita", "Bourita"]


@pytest.mark.parametrize(
    ("sentence", "posts"),
    [
        ("بحث ميقاتي مع السفيرة الأميركية ليزا جونسون تنفيذ الاتفاق في جنوب لبنان.", []),
        ("قال السفير إن مساعدة أميركية بقيمة مليون دولار سلمت إلى الجيش في لبنان.", []),
        ("ترأس الوفد رئيس هيئة الأركان المشتركة للقوات المسلحة الأردنية اللواء يوسف الحنيطي.", []),
        ("The commander of Combined Joint Task Force – Operation Inherent Resolve spoke in Iraq.", ["cjtf-oir-commander"]),
        ("The Iraqi Army's Chief of Staff, General Abdul Amir Rashid Yarallah, joined them.", ["iq-chief-of-staff"]),
        ("التقى وزير البيشمركة شورش إسماعيل وفدا من التحالف الدولي في أربيل.", ["krg-peshmerga-minister"]),
        ("استقبل رئيس إقليم كوردستان نيجيرفان بارزاني وفدا من النواب في أربيل.", ["krg-president"]),
    ],
)  # fmt: skip
def test_a_post_is_linked_only_where_it_is_the_archives(sentence: str, posts: list[str]) -> None:
    found = [said for _, said in mentions(sentence, "post") if said not in ("none", "several")]
    assert found == posts


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("تشيد القيادة بدور الأسطول الخامس في تأمين الممرات المائية في الخليج.", ["الأسطول الخامس"]),
        ("أفاد بلاغ وزارة الدفاع الوطني بأن الوفد غادر تونس مساء أمس.", ["وزارة الدفاع الوطني"]),
        ("التقى الوفد أعضاء مجلس النواب الأميركي قبل عودته إلى بلاده.", ["مجلس النواب الأميركي"]),
        ("They opened the Security Cooperation Working Group on Tuesday.", ["Security Cooperation Working Group"]),
        ("Officers of the National Defence University joined the course.", ["National Defence University"]),
        ("بحث الجانبان عمل الجيش في المنطقة الحدودية خلال الأشهر الماضية.", []),
    ],
)  # fmt: skip
def test_bodies_without_a_record_are_found(sentence: str, bodies: list[str]) -> None:
    found = [words for words, said in mentions(sentence, "organization") if said == "none"]
    assert found == bodies


@pytest.mark.parametrize(
    ("sentence", "agreement"),
    [
        ("They recalled the memorandum of understanding of 21 September 2022 with the Peshmerga.", "peshmerga-mou-2022"),
        ("They recalled the memorandum of understanding of 20 September 2022 with the Peshmerga.", "several"),
        ("أكد الجانبان التزامهما بالاتفاقية الأمنية الموقعة عام 2019 بين البلدين.", None),
        ("أكد الجانبان التزامهما بالاتفاقية الأمنية الموقعة عام 2008 بين البلدين.", "withdrawal-2008"),
    ],
)  # fmt: skip
def test_the_day_or_year_of_an_agreement_tells_which_it_is(
    sentence: str, agreement: str | None
) -> None:
    found = [said for _, said in mentions(sentence, "agreement")]
    assert found == ([agreement] if agreement else [])


def test_a_surname_of_two_words_is_no_name_in_full() -> None:
    text = "ترأس الاجتماع الفريق أول الركن عبد الأمير رشيد يار الله. وشكر الفريق أول الركن يار الله الحضور."
    assert [said for _, said in mentions(text, "official")] == ["abdul-amir-yarallah"] * 2


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("استقبل الرئيس السفير أنيل إنان في بغداد. ونقل السفير تحيات بلاده.", ["none"]),
        ("استقبل الرئيس السفير أنيل إنان وسفير فرنسا باتريك دوريل في بغداد. ونقل السفير تحيات بلاده.", []),
        ("استقبل نائب وزير الدفاع أنيل إنان الوفد في بغداد. وقال الوزير إن الوفد غادر.", []),
        ("Ayman Safadi, Jordan's foreign minister, spoke in Amman. On Tuesday the Minister flew home.", ["none"]),
    ],
)  # fmt: skip
def test_an_office_alone_means_the_only_stranger_with_it(sentence: str, meant: list[str]) -> None:
    """«السفير» of somebody without a record is he, when he is the only one; never a guess between two."""
    [document] = understand(sentence)["documents"]
    found = [one for one in document["mentions"] if one.get("unnamed")]
    assert [one["outcome"] for one in found] == meant
    assert all(one["name"] for one in found)


def test_an_apposition_behind_a_comma_says_who_is_meant() -> None:
    text = "British Defence Secretary John Healey met his Iraqi counterpart, Thabit al-Abbasi, in Baghdad."
    draft = understand(text)
    [document] = draft["documents"]
    assert not [one for one in document["mentions"] if one.get("unnamed")]


def test_a_dateline_without_a_year_has_that_of_the_dates_near_it() -> None:
    lead = "تونس، 5 نوفمبر (وات) - افتتح الوزير أشغال اللجنة التي تتواصل إلى غاية 7 نوفمبر 2024."
    [document] = understand(f"افتتاح أشغال اللجنة العسكرية المشتركة\n\n{lead}\n")["documents"]
    assert document["date"] == "2024-11-05"
    far = lead.replace("7 نوفمبر 2024", "7 مارس 2024")
    [document] = understand(f"افتتاح أشغال اللجنة العسكرية المشتركة\n\n{far}\n")["documents"]
    assert document["date"] is None
