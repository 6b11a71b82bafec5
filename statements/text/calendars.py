"""Month names, seasons and ordinals as the press of the Arab world and in English prints them, folded.

Sources: CLDR for the Levantine, Egyptian and Maghrebi month names; usage of Moroccan, Tunisian and
Algerian papers for the French-derived ones; Umm al-Qura for the Hijri calendar (``hijridate``).
"""

from __future__ import annotations

from statements.text.arabic import fold

_MONTHS = {
    1: "كانون الثاني|كانون ثاني|كانون2|يناير|جانفي|ينير|january|jan",
    2: "شباط|فبراير|فيفري|february|feb",
    3: "آذار|اذار|مارس|march|mar",
    4: "نيسان|أبريل|ابريل|إبريل|أفريل|april|apr",
    5: "أيار|ايار|مايس|مايو|ماي|may",
    6: "حزيران|يونيو|يونيه|جوان|يونيُو|june|jun",
    7: "تموز|يوليو|يوليه|جويلية|يوليوز|july|jul",
    8: "آب|أغسطس|أوت|غشت|august|aug",
    9: "أيلول|ايلول|سبتمبر|شتنبر|september|sept|sep",
    10: "تشرين الأول|تشرين أول|أكتوبر|اكتوبر|october|oct",
    11: "تشرين الثاني|تشرين ثاني|نوفمبر|نونبر|november|nov",
    12: "كانون الأول|كانون أول|ديسمبر|دجنبر|december|dec",
}
_HIJRI = {
    1: "محرم الحرام|محرم|المحرم|muharram",
    2: "صفر|safar",
    3: "ربيع الأول|ربيع أول|rabi al-awwal",
    4: "ربيع الآخر|ربيع الثاني|ربيع ثاني|rabi al-thani",
    5: "جمادى الأولى|جمادى الأول|جمادي الاولى|jumada al-ula",
    6: "جمادى الآخرة|جمادى الثانية|جمادى الثاني|جمادى الآخر|jumada al-akhira",
    7: "رجب|rajab",
    8: "شعبان|shaban",
    9: "رمضان المبارك|رمضان|ramadan",
    10: "شوال|shawwal",
    11: "ذو القعدة|ذي القعدة|ذوالقعدة|dhu al-qadah",
    12: "ذو الحجة|ذي الحجة|ذوالحجة|dhu al-hijjah",
}
_WEEKDAYS = {
    0: "الاثنين|الإثنين|monday|mon",
    1: "الثلاثاء|tuesday|tues|tue",
    2: "الأربعاء|wednesday|wed",
    3: "الخميس|thursday|thurs|thu",
    4: "الجمعة|friday|fri",
    5: "السبت|saturday",
    6: "الأحد|sunday",
}
_SEASONS = {
    21: "ربيع|spring",
    22: "صيف|summer",
    23: "خريف|autumn|fall",
    24: "شتاء|winter",
}
_ORDINALS = {
    1: "الأول|الاولى|الأولى|first|1st|أول",
    2: "الثاني|الثانية|second|2nd|ثاني",
    3: "الثالث|الثالثة|third|3rd",
    4: "الرابع|الرابعة|fourth|4th",
    5: "الخامس|الخامسة|fifth|5th",
    6: "السادس|السادسة|sixth|6th",
    7: "السابع|السابعة|seventh|7th",
    8: "الثامن|الثامنة|eighth|8th",
    9: "التاسع|التاسعة|ninth|9th",
    10: "العاشر|العاشرة|tenth|10th",
}
_TENS = {20: "العشرين|العشرون", 30: "الثلاثين|الثلاثون"}
_UNITS = {
    1: "الحادي",
    2: "الثاني",
    3: "الثالث",
    4: "الرابع",
    5: "الخامس",
    6: "السادس",
    7: "السابع",
    8: "الثامن",
    9: "التاسع",
}
_COUNTS = {
    1: "واحد|واحدة|one|a|an",
    2: "اثنان|اثنين|اثنتين|two",
    3: "ثلاثة|ثلاث|الثلاثة|three",
    4: "أربعة|أربع|الأربعة|four",
    5: "خمسة|خمس|الخمسة|five",
    6: "ستة|ست|الستة|six",
    7: "سبعة|سبع|السبعة|seven",
    8: "ثمانية|ثماني|ثمان|الثمانية|eight",
    9: "تسعة|تسع|التسعة|nine",
    10: "عشرة|عشر|العشرة|ten",
    11: "أحد عشر|إحدى عشرة|eleven",
    12: "اثني عشر|اثنا عشر|اثنتي عشرة|twelve",
}
_DECADES = {
    2: "عشرينيات|عشرينات|twenties",
    3: "ثلاثينيات|ثلاثينات|thirties",
    4: "أربعينيات|أربعينات|forties",
    5: "خمسينيات|خمسينات|fifties",
    6: "ستينيات|ستينات|sixties",
    7: "سبعينيات|سبعينات|seventies",
    8: "ثمانينيات|ثمانينات|eighties",
    9: "تسعينيات|تسعينات|nineties",
}


def table(source: dict[int, str]) -> dict[str, int]:
    """Folded form → number."""
    return {fold(form): number for number, forms in source.items() for form in forms.split("|")}


MONTHS = table(_MONTHS)
HIJRI_MONTHS = table(_HIJRI)
WEEKDAYS = table(_WEEKDAYS)
SEASON_NAMES = table(_SEASONS)
ORDINALS = table(_ORDINALS)
COUNTS = table(_COUNTS)
DECADES = table(_DECADES)
#: «الحادي عشر», «الثاني والعشرين» …, for days of the month.
for _number, _unit in _UNITS.items():
    ORDINALS[fold(f"{_unit} عشر")] = 10 + _number
    for _ten, _forms in _TENS.items():
        for _form in _forms.split("|"):
            ORDINALS[fold(f"{_unit} و{_form}")] = _ten + _number
for _ten, _forms in _TENS.items():
    for _form in _forms.split("|"):
        ORDINALS[fold(_form)] = _ten

ENGLISH_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
#: Both names, as Iraqi readers meet both.
ARABIC_MONTHS = [
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
    "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
]  # fmt: skip
ENGLISH_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
ARABIC_SEASONS = {21: "ربيع", 22: "صيف", 23: "خريف", 24: "شتاء"}


def alternatives(forms: dict[str, int]) -> str:
    """A regular expression for any of the forms, longest first; a space stands for any white space."""
    ordered = sorted(forms, key=len, reverse=True)
    return "|".join(form.replace("-", "[- ]").replace(" ", r"\s+") for form in ordered)


def number_of(forms: dict[str, int], found: str) -> int:
    """The number of a found form, however its white space was printed."""
    wanted = " ".join(found.replace("-", " ").split())
    for form, number in forms.items():
        if form.replace("-", " ") == wanted:
            return number
    raise KeyError(found)
