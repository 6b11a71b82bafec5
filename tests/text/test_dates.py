"""Dates in words: what is read, what is not, and that what is printed is read again."""

from __future__ import annotations

import datetime
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.text.dates import EDTF, DateError, find, read, write
from statements.text.edtf import HALVES, QUARTERS, SEASONS, THIRDS

JULY = datetime.date(2024, 7, 25)

ABSOLUTE = [
    ("3 آذار 2022", "2022-03-03"),
    ("الخامس عشر من كانون الأول 2021", "2021-12-15"),
    ("الحادي والعشرين من أيار 2019", "2019-05-21"),
    ("الأحد 3 مارس 2024", "2024-03-03"),
    ("٩ شباط ٢٠٢٣", "2023-02-09"),
    ("7 جويلية 2020", "2020-07-07"),
    ("غشت 2021", "2021-08"),
    ("آب/أغسطس 2023", "2023-08"),
    ("تشرين الثاني (نوفمبر) من عام 2016م", "2016-11"),
    ("1 رمضان 1445هـ", "2024-03-11"),
    ("يومي 5 و6 كانون الأول 2012", "2012-12-05/2012-12-06"),
    ("من 30 تموز إلى 2 آب 2021", "2021-07-30/2021-08-02"),
    ("3-4 July 2023", "2023-07-03/2023-07-04"),
    ("between May 22 and 24, 2012", "2012-05-22/2012-05-24"),
    ("خريف 2019", "2019-23"),
    ("الربع الثاني من 2022", "2022-34"),
    ("النصف الأول من عام 2020", "2020-40"),
    ("the 1980s", "198X"),
    ("ثمانينيات القرن الماضي", "198X"),
    ("مطلع عام 2009", "2009~"),
    ("mid-2011", "2011~"),
    ("26/11/2007", "2007-11-26"),
    ("2018-01-28", "2018-01-28"),
    ("July 26, 2021", "2021-07-26"),
    ("the year 2014", "2014"),
    ("منذ أيلول 2014", "2014-09/.."),
]
RELATIVE = [
    ("أمس", "2024-07-24"),
    ("قبل أسبوعين", "2024-07-11~"),
    ("قبل ثلاثة أشهر", "2024-04"),
    ("العام المقبل", "2025"),
    ("الشتاء الماضي", "2023-24"),
    ("next month", "2024-08"),
    ("two years ago", "2022"),
    ("الأسبوع الماضي", "2024-07-15/2024-07-21"),
    ("last Monday", "2024-07-22"),
    ("آذار من هذا العام", "2024-03"),
    ("the past three months", "2024-04~/2024-07~"),
]
NOT_DATES = [
    "روسيا اليوم", "2500 جندي", "القرار 1546", "خطة 2028", "may", "March on", "", "()", "رقم 07701234567",
    "31 شباط 2024", "تموز/آب 2024", "العباسي", "13/13/2024",
]  # fmt: skip


#: Sentences, the day of their document, and what is found in them.
IN_SENTENCES = [
    ("They met over the weekend in Rabat.", "2024-09-12", ["2024-09-07/2024-09-08"]),
    ("The minister is due to fly to Rabat over the weekend.", "2024-09-12", ["2024-09-14/2024-09-15"]),
    ("Phase two ends in March.", "2025-05-04", ["2026-03"]),
    ("The mission may run through March 2026.", "2025-05-04", ["../2026-03"]),
    ("The convoy lost two trucks on 28 January.", "2024-09-12", ["2024-01-28"]),
    ("They are expected to meet on 28 January.", "2024-09-12", ["2025-01-28"]),
    ("He has been in office since October 7.", "2023-11-16", ["2023-10-07/.."]),
    ("The work will begin after 20 May.", "2025-03-04", ["2025-05-20/.."]),
    ("She will be in Rabat from the 18th through the 20th.", "2023-11-16", ["2023-11-18/2023-11-20"]),
    ("Call the office before noon on Thursday.", "2025-03-04", ["2025-03-06"]),
    ("In the last week of May 2024 it closed.", "2024-07-01", ["2024-05-25/2024-05-31"]),
    ("In the first quarter of fiscal year 2025 it opens.", "2024-06-26", []),
    ("It widens a 2019 arrangement.", "2024-06-26", ["2019"]),
    ("It covers the 2014 villages.", "2024-06-26", []),
    ("سلمت الدفعة في الأسبوع الأول من الشهر الجاري.", "2025-05-20", ["2025-05-01/2025-05-07"]),
    ("الأسبوع الأخير من شباط 2024", "2024-03-01", ["2024-02-23/2024-02-29"]),
    ("اللجنة تجتمع الخميس", "2025-01-21", ["2025-01-23"]),
    ("قال الخميس إن اللجنة تجتمع", "2025-01-21", ["2025-01-16"]),
    ("تنتهي المهلة في 26 الجاري.", "2025-01-21", ["2025-01-26"]),
    ("زار تونس من 18 إلى 20 الجاري.", "2025-01-21", ["2025-01-18/2025-01-20"]),
    ("وصل في 3 آذار 2025 وغادر في 12 منه.", "2025-11-05", ["2025-03-03", "2025-03-12"]),
    ("تتواصل إلى غاية 7 نوفمبر 2024.", "2024-11-05", ["../2024-11-07"]),
    ("في السداسي الثاني من سنة 2025", "2024-11-05", ["2025-41"]),
    ("في الثلاثي الأول من سنة 2025", "2024-11-05", ["2025-33"]),
    ("عقد الاجتماع الثلاثي الأول", "2024-11-05", []),
    ("في موعد لا يتجاوز حزيران 2025", "2024-12-05", ["../2025-06"]),
    ("ومن المقرر أن يتوجه الوفد، غدا، إلى أربيل ثم إلى دمشق يوم الأربعاء.", "2025-09-07", ["2025-09-08", "2025-09-10"]),
    ("منذ انتخابات 2021", "2024-11-05", ["2021"]),
    ("The staff will attend a course from October 6 to November 28.", "2025-06-02", ["2025-10-06/2025-11-28"]),
    ("The course ran from March 11 to April 5 and all passed.", "2025-06-02", ["2025-03-11/2025-04-05"]),
    ("عاد الوزير في الأسبوع الأول من أيار من السنة نفسها.", "2024-08-06", []),
    ("زارها في 2 آذار 2021 وعاد في 9 أيار من العام نفسه.", "2024-08-06", ["2021-03-02", "2021-05-09"]),
    ("اجتمعا يومي 8 و9 حزيران المنصرم ووجهت الدعوة في 21 من الشهر ذاته.", "2024-08-06", ["2024-06-08/2024-06-09", "2024-06-21"]),
    ("He came in March 2021 and left in December of the same year.", "2024-08-06", ["2021-03", "2021-12"]),
    ("التقاه يوم الخميس قبل الماضي، وزار الإقليم الأسبوع قبل الماضي.", "2024-08-06", ["2024-07-25", "2024-07-22/2024-07-28"]),
    ("They met the week before last and on the Monday before last.", "2024-08-06", ["2024-07-22/2024-07-28", "2024-07-29"]),
    ("قال مصدر لـ«صوت اليوم» إن الوفد عاد.", "2024-08-06", []),
    ("قال مصدر إن الوفد «يعود اليوم» إلى بلاده.", "2024-08-06", ["2024-08-06"]),
    ("The agency reported early on Thursday that they had left.", "2024-08-09", ["2024-08-08"]),
    ("تجتمع اللجنة في الأيام القليلة المقبلة.", "2024-08-06", ["2024-08-06/.."]),
    ("اجتمعت اللجنة في الأيام القليلة الماضية.", "2024-08-06", []),
    ("The hangar should be ready by year's end.", "2025-06-02", ["2025~"]),
    ("The fiscal year-end reports were late.", "2025-06-02", []),
    ("She will speak in Rabat in three weeks' time.", "2025-06-02", ["2025-06-23~"]),
    ("They were given three weeks' leave.", "2025-06-02", []),
    ("رفع الحظر بعد أربع سنوات ونصف السنة من فرضه.", "2025-01-16", []),
    ("رفع الحظر قبل عام ونصف العام.", "2025-01-16", ["2023-07~"]),
    ("He left the army two and a half years ago.", "2025-01-16", ["2022-07~"]),
    ("سيعقد خلال الفصل الثاني من سنة 2025.", "2025-01-16", ["2025-34"]),
    ("نص الفصل الأول من القانون على ذلك.", "2025-01-16", []),
    ("في أجل لا يتعدى الثاني من تموز.", "2025-06-16", ["../2025-07-02"]),
    ("وقعاه في 25 ذي القعدة من العام الهجري الماضي.", "2025-01-16", ["2024-06-02"]),
    ("التقيا في 10 رمضان الماضي.", "2025-01-16", ["2024-03-20"]),
    ("الرباط/21 ماي 2024", "2024-05-22", ["2024-05-21"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "day", "values"), IN_SENTENCES)
def test_a_sentence_says_where_its_dates_lie(sentence: str, day: str, values: list[str]) -> None:
    found = find(sentence, on=datetime.date.fromisoformat(day))
    assert [str(one.edtf) for one in found] == values


def test_what_is_typed_as_a_date_is_no_week_of_a_month() -> None:
    """Weeks of a month are counted in several ways: in a text about those days, in a field nothing."""
    assert read("the first week of July 2024") is None


@pytest.mark.parametrize(("words", "value"), ABSOLUTE)
def test_a_date_in_words_is_read(words: str, value: str) -> None:
    reading = read(words)
    assert reading is not None
    assert reading.edtf == value


@pytest.mark.parametrize(("words", "value"), RELATIVE)
def test_a_relative_date_counts_from_the_document(words: str, value: str) -> None:
    reading = read(words, on=JULY)
    assert reading is not None
    assert reading.edtf == value
    assert JULY.isoformat() in reading.reason.en
    assert read(words) is None


@pytest.mark.parametrize("words", NOT_DATES)
def test_what_is_no_date_is_not_read(words: str) -> None:
    assert read(words, on=JULY) is None


def test_numbers_are_read_day_first_and_the_other_order_is_shown() -> None:
    reading = read("05/04/2024")
    assert reading is not None
    assert reading.edtf == "2024-04-05"
    assert reading.alternatives == ("2024-05-04",)


def test_a_weekday_that_contradicts_its_date_is_flagged() -> None:
    reading = read("الثلاثاء 24 تموز 2024")
    assert reading is not None
    assert reading.edtf == "2024-07-24?"
    assert reading.warnings


def test_words_that_contradict_themselves_give_no_exact_day() -> None:
    (found,) = find("وصل أمس قبل أيام", on=JULY)
    assert found.edtf is not None
    assert found.edtf.approximate
    assert found.warnings


def test_dates_are_found_in_running_text_without_their_particles() -> None:
    text = "التقيا في 22 تموز 2024 وفي آب/أغسطس 2023، بحسب روسيا اليوم، لعام 2024."
    found = find(text, on=JULY)
    assert [(one.as_printed, one.edtf) for one in found] == [
        ("22 تموز 2024", "2024-07-22"),
        ("آب/أغسطس 2023", "2023-08"),
        ("لعام 2024", "2024"),
    ]
    assert all(text[one.start : one.end] == one.as_printed for one in found)


JUDGED = [
    json.loads(line)
    for line in Path(__file__).with_name("dates.jsonl").read_text("utf-8").splitlines()
]
CATEGORIES = sorted({row["category"] for row in JUDGED})
#: In whose place of an expression a sentence of the press is put.
SENTENCES = {
    "ar": "قال المتحدث إن الاجتماع عُقد {} وإن الجانبين رحبا به.",
    "en": "The officials met {} and welcomed the result.",
}
#: Expressions that alone are dates or none, and in a sentence the other, or more or less of one.
BY_ITSELF = {
    "2014", "2014/..", "2003/2011", "we may 2024", "ا كانون الثاني 2020", "أوستن الثالث اليوم",
    "العام 2023 الماضي", "the first week of July 2024", "Tuesday Club",
}  # fmt: skip


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize("category", CATEGORIES)
def test_judged_expressions_are_read_as_a_historian_reads_them(category: str) -> None:
    wrong = []
    for row in (row for row in JUDGED if row["category"] == category):
        reading = read(row["text"], on=day(row["reference"]))
        value = reading.edtf if reading else None
        if value != row["edtf"]:
            wrong.append((row["text"], row["edtf"], value))
        if row.get("flag") == "ambiguous":
            assert reading
            assert reading.alternatives, row["text"]
        if row.get("flag") == "contradiction":
            assert reading
            assert reading.warnings, row["text"]
    assert wrong == []


@pytest.mark.parametrize("category", CATEGORIES)
def test_judged_expressions_are_found_in_sentences(category: str) -> None:
    wrong = []
    for row in (row for row in JUDGED if row["category"] == category):
        if row["text"] in BY_ITSELF:
            continue
        text = SENTENCES[row["lang"]].format(row["text"])
        found = [one.edtf for one in find(text, on=day(row["reference"])) if one.edtf]
        if found != ([row["edtf"]] if row["edtf"] else []):
            wrong.append((text, row["edtf"], found))
    assert wrong == []


def test_words_around_a_date_can_take_it_away() -> None:
    for text in (
        "انسحبت قوى 14 آذار من الحكومة", "عند جسر 14 تموز", "بعد هجمات 7 أكتوبر", "the 20 February Movement said",
        "he told Russia Today that", "ذكرت بغداد اليوم أن", "in 2014 villages", "في 2000 جندي", "on page 1990-1995",
        "they march 3 abreast", "call 202-555-2014 now", "build 12.5.2024.1", "في اليوم التالي", "بعد ثلاثة أيام من المفاوضات",
        "after three days of talks", "in three days of talks",
    ):  # fmt: skip
        assert [one.edtf for one in find(text, on=JULY) if one.edtf] == [], text


def test_a_number_in_the_next_clause_takes_no_date_away() -> None:
    for text in (
        "on 24 July 2024, 12 people met", "It ended on 24 July 2024. 12 people met", "24 July 2024, 25 people",
        "في 24 تموز 2024, 12 شخصا", "انتهى في 24 تموز 2024. 12 شخصا",
    ):  # fmt: skip
        assert [one.edtf for one in find(text, on=JULY)] == ["2024-07-24"], text


def test_a_date_without_a_year_is_read_only_when_its_year_is_sure() -> None:
    sure = read("22 تموز", on=JULY)
    assert sure is not None
    assert sure.edtf == "2024-07-22"
    unsure = read("15 كانون الأول", on=JULY)
    assert unsure is not None
    assert unsure.edtf is None
    assert set(unsure.alternatives) == {"2023-12-15", "2024-12-15"}
    assert read("22 تموز") is None


def test_a_year_of_two_figures_gives_both_centuries() -> None:
    reading = read("24/7/24", on=JULY)
    assert reading is not None
    assert reading.edtf == "2024-07-24"
    assert "1924-07-24" in reading.alternatives


def test_a_winter_in_edtf_says_that_it_may_be_two_years() -> None:
    reading = read("2023-24")
    assert reading is not None
    assert reading.edtf == "2023-24"
    assert reading.alternatives == ("2023/2024",)


HOSTILE = [
    "1/", "(", "24 تموز ", "يوم ", "الثلاثاء، ", "من ", "22 و", "تموز/", "2024 - ", "1 - ", "the ", "قبل ", "q1 ",
    "three ", "about ", "early ", "since ", "from ", "العقد الأول من ", "24\xa0", "الحادي و", "0", " ", "\x00", "\ud800", "\u0640", "\u064b", "و", "ل", "(24 تموز 2024 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    assert isinstance(find(piece * (40_000 // len(piece)), on=JULY), list)


@settings(max_examples=200)
@given(st.text())
def test_any_text_is_searched_and_what_is_found_stands_in_it(text: str) -> None:
    for one in find(text, on=JULY):
        assert text[one.start : one.end] == one.as_printed
    read(text, on=JULY)


VOCABULARY = sorted({word for row in JUDGED for word in row["text"].split()})


@settings(max_examples=400)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join))
def test_words_of_dates_in_any_order_never_fail(text: str) -> None:
    ends = [(one.start, one.end) for one in find(text, on=JULY)]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends))
    read(text, on=JULY)


DAYS = st.one_of(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.dates(datetime.date(1, 1, 1), datetime.date(9998, 12, 31)),
)


MARKS = st.sampled_from(["", "", "~", "?", "%"])


@st.composite
def points(draw: st.DrawFn, day: datetime.date | None = None) -> str:
    """Every shape of one date that the archive stores: days to centuries, sure or not."""
    day = day or draw(DAYS)
    year = f"{day.year:04}"
    shapes = [
        day.isoformat(),
        year,
        f"{year}-{day.month:02}",
        f"{year}-{draw(st.sampled_from([*SEASONS, *QUARTERS, *THIRDS, *HALVES]))}",
        f"{year[:3]}X",
        f"{year[:2]}XX",
    ]
    return draw(st.sampled_from(shapes)) + draw(MARKS)


@st.composite
def values(draw: st.DrawFn) -> str:
    """A date, or a time between two, open or unknown at one end."""
    kind = draw(st.sampled_from(["point", "open", "range", "near"]))
    if kind == "point":
        return draw(points())
    if kind == "open":
        return draw(st.sampled_from(["../{}", "{}/..", "/{}", "{}/"])).format(draw(points()))
    first = draw(DAYS)
    apart = draw(st.integers(0, 60 if kind == "near" else 40_000))
    last = datetime.date.fromordinal(min(first.toordinal() + apart, datetime.date.max.toordinal()))
    value = f"{draw(points(first))}/{draw(points(last))}"
    try:
        return EDTF(value)
    except DateError:  # the end of a coarser date may lie before
        return f"{first.isoformat()}/{last.isoformat()}"


@settings(max_examples=600)
@given(values(), st.sampled_from(["en", "ar"]))
def test_what_is_printed_is_read_again(value: str, language: str) -> None:
    reading = read(write(EDTF(value), language))
    assert reading is not None
    assert reading.edtf == value


@pytest.mark.parametrize(
    "value", ["2024-13", "2024-02-30", "24", "2024/2023", "../..", "x", "٢٠٢٤-٠٧-٢٤", "2024-7-1"]
)
def test_what_is_not_edtf_is_refused_in_both_languages(value: str) -> None:
    with pytest.raises(DateError) as refusal:
        EDTF(value)
    assert refusal.value.sentence.en != refusal.value.sentence.ar


def test_doubt_widens_nothing_and_winter_ends_in_the_next_year() -> None:
    assert EDTF("2014-10~").first == datetime.date(2014, 10, 1)
    assert EDTF("2014-10~").last == datetime.date(2014, 10, 31)
    assert EDTF("2023-24").last == datetime.date(2024, 2, 29)
    assert EDTF("2024-07-24/..").last is None


#: Expressions of every kind against Thursday, 25 July 2024; “-” is none.
EVERY_KIND = """
ما بين عامي 2014 و2017 | 2014/2017
بين عامي 2014 و2017 | 2014/2017
between 2014 and 2017 | 2014/2017
from 2014 to 2017 | 2014/2017
الفترة 2014-2017 | 2014/2017
2014-2017 | 2014/2017
2014–2017 | 2014/2017
الأعوام 2014-2017 | 2014/2017
أول من أمس | 2024-07-23
الأول من أمس | 2024-07-23
the day before yesterday | 2024-07-23
مساء الأربعاء | 2024-07-24
صباح اليوم | 2024-07-25
مساء أمس | 2024-07-24
غدا | 2024-07-26
غداً الجمعة | 2024-07-26
بعد غد | 2024-07-27
tomorrow | 2024-07-26
الأربعاء الماضي | 2024-07-24
last Wednesday | 2024-07-24
الشهر الماضي | 2024-06
last month | 2024-06
الشهر الجاري | 2024-07
العام الماضي | 2023
العام المقبل | 2025
next year | 2025
السنة المقبلة | 2025
الأسبوع الماضي | 2024-07-15/2024-07-21
last week | 2024-07-15/2024-07-21
next week | 2024-07-29/2024-08-04
قبل ثلاثة أيام | 2024-07-22
three days ago | 2024-07-22
قبل عامين | 2022
two years ago | 2022
خلال عام 2023 | 2023
في عام 2023 | 2023
سنة 2023 | 2023
2023م | 2023
1 محرم 1446 | 2024-07-07
15 رمضان 1445هـ | 2024-03-25
يناير 2024 | 2024-01
كانون الثاني 2024 | 2024-01
كانون الثاني/يناير 2024 | 2024-01
جانفي 2024 | 2024-01
فيفري 2024 | 2024-02
جويلية 2024 | 2024-07
أوت 2024 | 2024-08
غشت 2024 | 2024-08
شتنبر 2024 | 2024-09
نونبر 2024 | 2024-11
دجنبر 2024 | 2024-12
ديسمبر 2024 | 2024-12
تشرين الثاني 2024 | 2024-11
تشرين الأول/أكتوبر 2024 | 2024-10
شباط (فبراير) 2024 | 2024-02
24 تموز 2024 | 2024-07-24
24 تموز/يوليو 2024 | 2024-07-24
٢٤ تموز ٢٠٢٤ | 2024-07-24
24/7/2024 | 2024-07-24
24-07-2024 | 2024-07-24
24.07.2024 | 2024-07-24
2024/07/24 | 2024-07-24
2024-07-24 | 2024-07-24
07/24/2024 | 2024-07-24
July 24, 2024 | 2024-07-24
24 July 2024 | 2024-07-24
July 24th, 2024 | 2024-07-24
the 24th of July 2024 | 2024-07-24
Jul. 24, 2024 | 2024-07-24
July 22-23, 2024 | 2024-07-22/2024-07-23
22–23 July 2024 | 2024-07-22/2024-07-23
22 to 23 July 2024 | 2024-07-22/2024-07-23
30 July – 2 August 2024 | 2024-07-30/2024-08-02
من 22 إلى 23 تموز 2024 | 2024-07-22/2024-07-23
يومي الاثنين والثلاثاء 22 و23 تموز 2024 | 2024-07-22/2024-07-23
بين 30 تموز و2 آب 2024 | 2024-07-30/2024-08-02
تموز - آب 2024 | 2024-07/2024-08
July and August 2024 | 2024-07/2024-08
من تموز إلى أيلول 2024 | 2024-07/2024-09
صيف 2023 | 2023-22
summer of 2023 | 2023-22
ربيع عام 2024 | 2024-21
خريف 2022 | 2022-23
شتاء 2023 | 2023-24
الربع الأول من 2024 | 2024-33
first quarter of 2024 | 2024-33
Q3 2024 | 2024-35
النصف الثاني من عام 2023 | 2023-41
second half of 2023 | 2023-41
H1 2024 | 2024-40
التسعينيات | 199X
تسعينيات القرن الماضي | 199X
the 1990s | 199X
عقد الثمانينيات | 198X
القرن العشرين | 19XX
حوالي عام 2014 | 2014~
circa 2014 | 2014~
منذ عام 2014 | 2014/..
since 2014 | 2014/..
حتى عام 2025 | ../2025
until 2025 | ../2025
روسيا اليوم | -
العربية الحدث | -
الثلاثاء | 2024-07-23
Tuesday | 2024-07-23
الثلاثاء 23 تموز | 2024-07-23
23 تموز | 2024-07-23
July 23 | 2024-07-23
في 23 من الشهر الجاري | 2024-07-23
الثالث والعشرين من تموز 2024 | 2024-07-23
العشرون من آذار 2003 | 2003-03-20
الأول من أيلول 2024 | 2024-09-01
1 September 2024 | 2024-09-01
31 شباط 2024 | -
2024-13-01 | -
32/01/2024 | -
الاثنين المقبل | 2024-07-29
next Monday | 2024-07-29
الصيف الماضي | 2023-22
last summer | 2023-22
الصيف المقبل | 2025-22
نيسان الماضي | 2024-04
last April | 2024-04
أبريل من العام الماضي | 2023-04
April of last year | 2023-04
تموز من هذا العام | 2024-07
ليلة 24 تموز 2024 | 2024-07-24
فجر السبت 7 تشرين الأول 2023 | 2023-10-07
أيار/مايو 2024 | 2024-05
مايس 2024 | 2024-05
آيار 2024 | 2024-05
ماي 2024 | 2024-05
جوان 2024 | 2024-06
يونيه 2024 | 2024-06
يوليه 2024 | 2024-07
اغسطس 2024 | 2024-08
أيلول من عام 2024 | 2024-09
September, 2024 | 2024-09
Sept 2024 | 2024-09
سبتمبر/ أيلول 2024 | 2024-09
الرابع والعشرين من تموز (يوليو) 2024 | 2024-07-24
شتاء 2023-2024 | 2023-24
عام 1445هـ | 2023-07-19/2024-07-06
الأربعينيات من عمره | -
"""


@pytest.mark.parametrize("line", EVERY_KIND.strip().splitlines())
def test_dates_of_every_kind_are_read_or_left(line: str) -> None:
    words, _, wanted = line.rpartition(" | ")
    reading = read(words, on=datetime.date(2024, 7, 25))
    assert (str(reading.edtf) if reading and reading.edtf else "-") == wanted
