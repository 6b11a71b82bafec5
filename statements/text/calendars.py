"""Names of months, weekdays, seasons, ordinals and counts, as the press prints them in Arabic and English.

Sources: CLDR (``ar``, ``ar-IQ``, ``ar-SY``, ``ar-MA``, ``ar-DZ``, ``ar-TN``, ``ar-SA``) for month names, and the
usage of Moroccan, Tunisian and Algerian papers for their spellings; Wright, "A Grammar of the Arabic
Language" I §§ 318–328 for numerals and ordinals in both genders and cases; the Library of Congress
romanisation and its looser spellings for Hijri months in English. Forms are folded (see ``arabic``).
"""

from __future__ import annotations

from statements.text.arabic import fold

_MONTHS = {
    1: "كانون الثاني|كانون ثاني|كانون2|كانون ٢|يناير|جانفي|ينير|january|jan",
    2: "شباط|فبراير|فيفري|february|feb",
    3: "آذار|مارس|مارت|march|mar",
    4: "نيسان|أبريل|إبريل|أفريل|april|apr",
    5: "أيار|آيار|مايس|مايو|ماي|may",
    6: "حزيران|يونيو|يونيه|جوان|june|jun",
    7: "تموز|يوليو|يوليه|جويلية|جويليا|يوليوز|july|jul",
    8: "آب|أغسطس|أوغسطس|أوت|غشت|august|aug",
    9: "أيلول|سبتمبر|سيبتمبر|شتنبر|شتمبر|september|sept|sep",
    10: "تشرين الأول|تشرين أول|أكتوبر|أوكتوبر|october|oct",
    11: "تشرين الثاني|تشرين ثاني|نوفمبر|نونبر|نوفنبر|november|nov",
    12: "كانون الأول|كانون أول|ديسمبر|دجنبر|دسمبر|december|dec",
}
_HIJRI = {
    1: "محرم الحرام|محرم|المحرم|muharram|muharam|moharram",
    2: "صفر الخير|صفر|safar",
    3: "ربيع الأول|ربيع أول|rabi al-awwal|rabi' al-awwal|rabi al-awal|rabi i",
    4: "ربيع الآخر|ربيع الثاني|ربيع ثاني|ربيع آخر|rabi al-thani|rabi' al-thani|rabi al-akhir|rabi' al-akhir|rabi ii",
    5: "جمادى الأولى|جمادى الأول|جمادى أولى|jumada al-ula|jumada al-awwal|jumada i",
    6: "جمادى الآخرة|جمادى الثانية|جمادى الثاني|جمادى الآخر|jumada al-akhira|jumada al-akhirah|jumada al-thani|jumada al-thaniyah|jumada ii",
    7: "رجب الفرد|رجب الأصب|رجب المرجب|رجب|rajab",
    8: "شعبان المعظم|شعبان|shaban|sha'ban|shaaban",
    9: "رمضان المبارك|رمضان المعظم|رمضان الكريم|رمضان|ramadan|ramadhan|ramazan",
    10: "شوال المكرم|شوال|shawwal|shawal",
    11: "ذو القعدة الحرام|ذو القعدة|ذي القعدة|ذوالقعدة|ذيالقعدة|القعدة|dhu al-qadah|dhu al-qi'dah|dhu al-qidah|dhul qadah|dhul-qadah|zulqadah",
    12: "ذو الحجة الحرام|ذو الحجة|ذي الحجة|ذوالحجة|ذيالحجة|dhu al-hijjah|dhu al-hijja|dhul hijjah|dhul-hijjah|dhu'l-hijjah|zulhijjah",
}
_WEEKDAYS = {
    0: "الاثنين|الإثنين|monday|mon",
    1: "الثلاثاء|الثلثاء|tuesday|tues|tue",
    2: "الأربعاء|wednesday|wed",
    3: "الخميس|thursday|thurs|thur|thu",
    4: "الجمعة|friday|fri",
    5: "السبت|saturday|sat",
    6: "الأحد|sunday|sun",
}
_SEASONS = {
    21: "ربيع|spring",
    22: "صيف|summer",
    23: "خريف|autumn|fall",
    24: "شتاء|winter",
}
_ORDINALS = {
    1: "الأول|الأولى|أول|أولى|first",
    2: "الثاني|الثانية|ثاني|second",
    3: "الثالث|الثالثة|third",
    4: "الرابع|الرابعة|fourth",
    5: "الخامس|الخامسة|fifth",
    6: "السادس|السادسة|sixth",
    7: "السابع|السابعة|seventh",
    8: "الثامن|الثامنة|eighth",
    9: "التاسع|التاسعة|ninth",
    10: "العاشر|العاشرة|tenth",
    11: "الحادي عشر|الحادية عشرة|eleventh",
    12: "الثاني عشر|الثانية عشرة|twelfth",
    13: "الثالث عشر|الثالثة عشرة|thirteenth",
    14: "الرابع عشر|الرابعة عشرة|fourteenth",
    15: "الخامس عشر|الخامسة عشرة|fifteenth",
    16: "السادس عشر|السادسة عشرة|sixteenth",
    17: "السابع عشر|السابعة عشرة|seventeenth",
    18: "الثامن عشر|الثامنة عشرة|eighteenth",
    19: "التاسع عشر|التاسعة عشرة|nineteenth",
    20: "العشرين|العشرون|twentieth",
    21: "الحادي والعشرين|الحادي والعشرون|الحادية والعشرين|twenty-first",
    22: "الثاني والعشرين|الثاني والعشرون|الثانية والعشرين|twenty-second",
    23: "الثالث والعشرين|الثالث والعشرون|twenty-third",
    24: "الرابع والعشرين|الرابع والعشرون|twenty-fourth",
    25: "الخامس والعشرين|الخامس والعشرون|twenty-fifth",
    26: "السادس والعشرين|السادس والعشرون|twenty-sixth",
    27: "السابع والعشرين|السابع والعشرون|twenty-seventh",
    28: "الثامن والعشرين|الثامن والعشرون|twenty-eighth",
    29: "التاسع والعشرين|التاسع والعشرون|twenty-ninth",
    30: "الثلاثين|الثلاثون|thirtieth",
    31: "الحادي والثلاثين|الحادي والثلاثون|thirty-first",
}
_COUNTS = {
    1: "واحد|واحدة|one|a|an",
    2: "اثنان|اثنين|اثنتين|two|a couple of",
    3: "ثلاثة|ثلاث|three",
    4: "أربعة|أربع|four",
    5: "خمسة|خمس|five",
    6: "ستة|ست|six",
    7: "سبعة|سبع|seven",
    8: "ثمانية|ثماني|ثمان|eight",
    9: "تسعة|تسع|nine",
    10: "عشرة|عشر|ten",
    11: "أحد عشر|إحدى عشرة|eleven",
    12: "اثني عشر|اثنا عشر|اثنتي عشرة|twelve",
    15: "خمسة عشر|خمس عشرة|fifteen",
    20: "عشرين|عشرون|twenty",
    30: "ثلاثين|ثلاثون|thirty",
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
#: The parts of a year written out: «عام ألف وتسعمئة وتسعين».
_THOUSANDS = {1000: "ألف", 2000: "ألفين|ألفان|ألفي"}
_HUNDREDS = {
    100: "مئة|مائة",
    200: "مئتين|مائتين",
    300: "ثلاثمئة|ثلاثمائة",
    400: "أربعمئة|أربعمائة",
    500: "خمسمئة|خمسمائة",
    600: "ستمئة|ستمائة",
    700: "سبعمئة|سبعمائة",
    800: "ثمانمئة|ثمانمائة|ثمانيمئة",
    900: "تسعمئة|تسعمائة",
}
_TENS = {
    20: "عشرين|عشرون",
    30: "ثلاثين|ثلاثون",
    40: "أربعين|أربعون",
    50: "خمسين|خمسون",
    60: "ستين|ستون",
    70: "سبعين|سبعون",
    80: "ثمانين|ثمانون",
    90: "تسعين|تسعون",
}
_TEENS = {
    11: "أحد عشر|إحدى عشرة",
    12: "اثني عشر|اثنا عشر|اثنتي عشرة",
    13: "ثلاثة عشر|ثلاث عشرة",
    14: "أربعة عشر|أربع عشرة",
    15: "خمسة عشر|خمس عشرة",
    16: "ستة عشر|ست عشرة",
    17: "سبعة عشر|سبع عشرة",
    18: "ثمانية عشر|ثماني عشرة",
    19: "تسعة عشر|تسع عشرة",
}


def table(source: dict[int, str]) -> dict[str, int]:
    """Folded form → number."""
    return {fold(form): number for number, forms in source.items() for form in forms.split("|")}


def english_ordinal(number: int) -> str:
    """«1st», «22nd», «113th»."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


MONTHS = table(_MONTHS)
HIJRI_MONTHS = table(_HIJRI)
WEEKDAYS = table(_WEEKDAYS)
SEASON_NAMES = table(_SEASONS)
#: Ordinals of one to thirty-one: days of the month, quarters, halves, centuries, anniversaries.
ORDINALS = table(_ORDINALS)
ORDINALS |= {english_ordinal(number): number for number in range(1, 32)}
COUNTS = table(_COUNTS)
DECADES = table(_DECADES)
THOUSANDS = table(_THOUSANDS)
HUNDREDS = table(_HUNDREDS)
TENS = table(_TENS)
ONES = {form: number for form, number in COUNTS.items() if number < 10 and form > "z"}
TEENS = table(_TEENS)

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
#: «الأول» … «الحادي والثلاثين», in the case that follows a noun in the genitive.
ARABIC_ORDINALS = {number: forms.split("|")[0] for number, forms in _ORDINALS.items()}
ARABIC_DECADES = {number: forms.split("|")[0] for number, forms in _DECADES.items()}
ENGLISH_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
ARABIC_SEASONS = {21: "ربيع", 22: "صيف", 23: "خريف", 24: "شتاء"}
