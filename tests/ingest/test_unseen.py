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
    floors = {"date": 0.95, "post": 0.95, "organization": 0.97, "agreement": 0.9, "place": 0.97, "official": 0.97, LINKED: 0.96, UNKNOWN: 0.97, "document": 0.95, "passage": 0.99}  # fmt: skip
    low = {kind: score.wrong for kind, score in scores.items() if score.f1 < floors.get(kind, 0)}
    assert low == {}
    assert scores[LINKED].precision >= 0.97, scores[LINKED].wrong


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


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("التقى قائد الجيش السوداني وفدا من بغداد أمس، وبحثا أمن الحدود.", []),
        ("زار نائب القائد العام للجيش السوداني المدينة قبل أن يعود إلى بلاده.", []),
        ("وصل وزير الدفاع السوداني، أمس، إلى بغداد في زيارة تستمر يومين.", []),
        ("استقبل رئيس الوزراء السوداني الوفد في بغداد مساء أمس.", ["mohammed-shia-al-sudani"]),
        ("قال السيد السوداني إن الوفد سيعود قريبا.", ["mohammed-shia-al-sudani"]),
        ("Prime Minister Sudani met the Sudanese delegation.", ["mohammed-shia-al-sudani"]),
    ],
)  # fmt: skip
def test_an_adjective_of_a_nation_behind_an_office_is_no_surname(
    sentence: str, said: list[str]
) -> None:
    assert [slug for _, slug in mentions(sentence, "official", head="14 آذار 2024")] == said


@pytest.mark.parametrize(
    ("day", "sentence", "said"),
    [
        ("March 3, 2004", "MR MILLER: We met the delegation on Monday in Washington.", ["none"]),
        ("March 3, 2004", "General Miller spoke in Kabul before the talks began.", ["none"]),
        ("April 19, 2016", "Secretary Kerry flew home. Kerry will return in May.", ["john-kerry"] * 2),
        ("April 19, 2016", "They recalled a request that Prime Minister Maliki had made.", ["nouri-al-maliki"]),
        ("April 19, 2003", "They spoke of Mr. Miller in Washington.", ["none"]),
        ("April 19, 2013", "General Miller spoke in Kabul before the talks began.", ["none"]),
        ("April 19, 2013", "Miller spoke in Washington before the talks began.", ["james-n-miller"]),
        ("April 19, 2024", "Mr. Austin spoke in Washington before the talks began.", ["lloyd-austin"]),
        ("April 19, 1994", "Mr. Austin spoke in Washington before the talks began.", ["none"]),
    ],
)  # fmt: skip
def test_a_surname_alone_means_an_official_by_his_office_or_his_days(
    day: str, sentence: str, said: list[str]
) -> None:
    assert [slug for _, slug in mentions(sentence, "official", head=day)] == said


def test_an_office_that_a_stranger_holds_on_the_page_is_not_that_of_another_country() -> None:
    lead = "استقبل بدر عبد العاطي، وزير الخارجية، وفدا من الكونجرس، ونقل رسالة من وزير الخارجية الأمريكي أنتوني بلينكن."
    text = f"{lead}\n\nومن المنتظر أن يغادر وزير الخارجية إلى نيويورك.\n"
    [document] = understand(text)["documents"]
    later = [one for one in document["mentions"] if one["start"] > len(lead) and one["slug"]]
    assert later == []


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("بحث رئيس هيئة الأركان المشتركة، اللواء يوسف الحنيطي، التعاون مع الجيش العراقي.", []),
        ("قال قائد القيادة المركزية الأمريكية إن هيئة الأركان المشتركة درست الخطة.", ["us-centcom", "us-jcs"]),
    ],
)  # fmt: skip
def test_a_body_of_class_nouns_is_the_archives_only_where_its_country_is_named(
    sentence: str, bodies: list[str]
) -> None:
    found = [said for _, said in mentions(sentence, "organization")]
    assert [said for said in found if said not in ("none", "several")] == bodies


def test_a_counterpart_is_that_of_the_person_told_of_last() -> None:
    text = "Catherine Vautrin thanked her counterpart for the transit. She will meet Pete Hegseth and John Healey, the British Defence Secretary."
    [document] = understand(text)["documents"]
    assert [one["slug"] for one in document["mentions"] if one.get("unnamed")] == []


def test_an_office_still_to_be_taken_up_is_not_yet_held() -> None:
    text = "تسلم إدارة الرئيس المنتخب دونالد ترمب مهامها بعد أيام في واشنطن."
    assert mentions(text, "post") == []
    assert [said for _, said in mentions(text, "official")] == ["donald-trump"]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("MS HADLEY: We have nothing to add on that.", ["HADLEY"]),
        ("QUESTION: Has the date been set?", []),
        ("Secretary of Defense Perry flew to Riyadh before the talks began.", ["Perry"]),
        ("They met Prime Minister al-Jaafari before the talks began.", ["al-Jaafari"]),
        ("The commander and Abu Bakr al-Khatib were seen in the town.", ["Abu Bakr al-Khatib"]),
        ("The road from Abu Ghraib to the city was closed.", []),
        ('"It will not last," said Hettie Marlowe of the university.', ["Hettie Marlowe"]),
        ("قالت الباحثة وجدان الشهري إن الخطة تحتاج إلى وقت.", ["وجدان الشهري"]),
        ("قال الخبير العسكري نزيه السالمي إن الخطة تحتاج إلى وقت.", ["نزيه السالمي"]),
        ("الباحث يدرس تاريخ المنطقة منذ سنوات طويلة.", []),
        ("رحبت سفيرة كندا بتونس، لورين ديغير، بنتائج الزيارة.", ["لورين ديغير"]),
        ("رحب وزير الدفاع العراقي، معلنا بدء المرحلة الثانية، بنتائج الزيارة.", []),
        ("حضر اللقاء الفريق بندر سالم المزين، وشكره الوزير على جهوده.", ["الفريق بندر سالم المزين"]),
        ("استقبل محمد سالم الوفد، ثم عاد إلى مكتبه في الوزارة.", ["محمد سالم"]),
        ("صرح المتحدث بأن الوزيرين تناولا نتائج الزيارة.", []),
    ],
)  # fmt: skip
def test_names_behind_offices_callings_and_quotations_are_found(
    sentence: str, names: list[str]
) -> None:
    found = [words for words, said in mentions(sentence, "official") if said == "none"]
    assert found == names


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("زار وفد القوات المسلحة البريطانية والقوات البحرية التركية المدينة.", ["القوات المسلحة البريطانية", "القوات البحرية التركية"]),
        ("رحبت منظمة شنغهاي للتعاون ورابطة الدول المستقلة بالاتفاق.", ["رابطة الدول المستقلة"]),
        ("تفقد القائد المنطقة العسكرية الجنوبية أمس، وزار المنطقة الحدودية.", ["المنطقة العسكرية الجنوبية"]),
        ("The convoy passed UNAMI and NATO on its way.", ["UNAMI", "NATO"]),
        ("The NATO mission and the UNIFIL commander were informed.", []),
        ("They met in March. The Joint Border Coordination Centre opens soon.", ["Joint Border Coordination Centre"]),
        ("They voted in the House of Commons before the Royal Navy sailed.", ["House of Commons", "Royal Navy"]),
    ],
)  # fmt: skip
def test_bodies_called_by_purpose_letters_or_crown_are_found(
    sentence: str, bodies: list[str]
) -> None:
    found = [words for words, said in mentions(sentence, "organization") if said == "none"]
    assert found == bodies
