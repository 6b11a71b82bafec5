"""Adjectives of nations, as the press prints them: «العراقي», "Iraqi"; by the ISO 3166-1 code of the country.

The countries of the region and those whose ministers meet theirs. Facts: Unicode CLDR and the ISO list.
"""

from __future__ import annotations

import functools

from statements.text.arabic import fold, spelling

_NATIONS = {
    "IQ": "عراقي|iraqi", "US": "أمريكي|أميركي|american|u s|us", "GB": "بريطاني|إنجليزي|british|uk|u k",
    "SA": "سعودي|saudi", "SY": "سوري|syrian", "JO": "أردني|jordanian", "EG": "مصري|egyptian",
    "MA": "مغربي|moroccan", "TN": "تونسي|tunisian", "DZ": "جزائري|algerian", "LY": "ليبي|libyan",
    "SD": "سوداني|sudanese", "LB": "لبناني|lebanese", "PS": "فلسطيني|palestinian", "KW": "كويتي|kuwaiti",
    "QA": "قطري|qatari", "AE": "إماراتي|emirati|uae", "OM": "عماني|omani", "BH": "بحريني|bahraini",
    "YE": "يمني|yemeni", "TR": "تركي|turkish", "IR": "إيراني|iranian", "IL": "إسرائيلي|israeli",
    "FR": "فرنسي|french", "DE": "ألماني|german", "IT": "إيطالي|italian", "ES": "إسباني|أسباني|spanish",
    "NL": "هولندي|dutch", "BE": "بلجيكي|belgian", "DK": "دنماركي|danish", "NO": "نرويجي|norwegian",
    "SE": "سويدي|swedish", "PL": "بولندي|polish", "CZ": "تشيكي|czech", "HU": "مجري|hungarian",
    "RO": "روماني|romanian", "GR": "يوناني|greek|hellenic", "PT": "برتغالي|portuguese", "CA": "كندي|canadian",
    "AU": "أسترالي|australian", "NZ": "نيوزيلندي|zealand", "JP": "ياباني|japanese", "KR": "كوري|korean",
    "CN": "صيني|chinese", "IN": "هندي|indian", "PK": "باكستاني|pakistani", "RU": "روسي|russian",
    "UA": "أوكراني|ukrainian", "CH": "سويسري|swiss", "AT": "نمساوي|austrian", "IE": "أيرلندي|irish",
    "FI": "فنلندي|finnish", "CY": "قبرصي|cypriot", "MT": "مالطي|maltese", "BG": "بلغاري|bulgarian",
    "RS": "صربي|serbian", "HR": "كرواتي|croatian", "EE": "إستوني|estonian", "LV": "لاتفي|latvian",
    "LT": "ليتواني|lithuanian", "SK": "سلوفاكي|slovak", "MR": "موريتاني|mauritanian", "SO": "صومالي|somali",
    "DJ": "جيبوتي|djiboutian", "ET": "إثيوبي|ethiopian", "KE": "كيني|kenyan", "NG": "نيجيري|nigerian",
    "AF": "أفغاني|afghan", "AZ": "أذربيجاني|azerbaijani", "AM": "أرميني|armenian", "GE": "جورجي|georgian",
    "KZ": "كازاخستاني|kazakh", "UZ": "أوزبكي|uzbek", "SG": "سنغافوري|singaporean", "MY": "ماليزي|malaysian",
    "ID": "إندونيسي|indonesian", "BR": "برازيلي|brazilian", "MX": "مكسيكي|mexican",
}  # fmt: skip
#: Folded adjective, masculine and without the article → ISO code.
NATIONS = {
    fold(form): code
    for code, forms in _NATIONS.items()
    for form in forms.split("|")
    if " " not in form
}
#: Feminine adjectives whose letters are also a country's name by another spelling, as matching spells both: «التركية», «تركيا».
LIKE_NAMES = {
    spelling(f"{form}ه"): code
    for form, code in NATIONS.items()
    if not form.isascii() and spelling(f"{form}ه") != f"{form}ه"
}
#: ISO code → its adjectives, as printed above.
ADJECTIVES = {code: forms.split("|") for code, forms in _NATIONS.items()}


@functools.lru_cache(maxsize=50_000)
def nation(word: str) -> str | None:
    """The country that a folded word is the adjective of, in any gender, number and with or without particles."""
    if word in NATIONS:
        return NATIONS[word]
    whole = word.removeprefix("و").removeprefix("ب")
    bare = whole.removeprefix("لل").removeprefix("ال")
    if bare != whole and bare in LIKE_NAMES:
        return LIKE_NAMES[bare]  # none of these names has the article
    for ending in ("", "ه", "ين", "ون", "تين", "تان", "ان"):
        stem = bare.removesuffix(ending) if ending else bare
        if stem in NATIONS and not stem.isascii():
            return NATIONS[stem]
        if ending == "تين" and stem + "ه" in NATIONS:
            return NATIONS[stem + "ه"]
    return None


#: Short names of countries beside the full ones, by ISO code.
SHORT_NAMES = {
    "US": ["America", "USA", "US", "U.S.", "أمريكا"],
    "GB": ["Britain", "UK", "U.K.", "بريطانيا"],
    "SA": ["السعودية"],
    "AE": ["UAE", "U.A.E.", "الإمارات"],
}
#: Names of countries as the press prints them, by ISO code; facts: Unicode CLDR (``ar``, ``en``) and the usage of the press.
_NAMES = {
    "IQ": "العراق|iraq", "US": "الولايات المتحدة|أمريكا|united states|america|us|u s|usa", "GB": "بريطانيا|المملكة المتحدة|britain|united kingdom|uk|u k",
    "SA": "السعودية|المملكة العربية السعودية|saudi arabia", "SY": "سوريا|syria", "JO": "الأردن|jordan", "EG": "مصر|egypt", "MA": "المغرب|morocco",
    "TN": "تونس|tunisia", "DZ": "الجزائر|algeria", "LY": "ليبيا|libya", "SD": "السودان|sudan", "LB": "لبنان|lebanon",
    "PS": "فلسطين|palestine", "KW": "الكويت|kuwait", "QA": "قطر|qatar", "AE": "الإمارات|united arab emirates|uae|u a e",
    "OM": "عمان|oman", "BH": "البحرين|bahrain", "YE": "اليمن|yemen", "TR": "تركيا|turkey|turkiye", "IR": "إيران|iran",
    "IL": "إسرائيل|israel", "FR": "فرنسا|france", "DE": "ألمانيا|germany", "IT": "إيطاليا|italy", "ES": "إسبانيا|أسبانيا|spain",
    "NL": "هولندا|netherlands", "BE": "بلجيكا|belgium", "DK": "الدنمارك|الدانمارك|denmark", "NO": "النرويج|norway", "SE": "السويد|sweden",
    "PL": "بولندا|poland", "CZ": "التشيك|czechia|czech republic", "HU": "المجر|هنغاريا|hungary", "RO": "رومانيا|romania", "GR": "اليونان|greece",
    "PT": "البرتغال|portugal", "CA": "كندا|canada", "AU": "أستراليا|australia", "NZ": "نيوزيلندا|new zealand", "JP": "اليابان|japan",
    "KR": "كوريا|كوريا الجنوبية|korea|south korea|republic of korea", "CN": "الصين|china", "IN": "الهند|india", "PK": "باكستان|pakistan",
    "RU": "روسيا|russia", "UA": "أوكرانيا|ukraine", "CH": "سويسرا|switzerland", "AT": "النمسا|austria", "IE": "أيرلندا|إيرلندا|ireland",
    "FI": "فنلندا|finland", "CY": "قبرص|cyprus", "MT": "مالطا|malta", "BG": "بلغاريا|bulgaria", "RS": "صربيا|serbia", "HR": "كرواتيا|croatia",
    "EE": "إستونيا|estonia", "LV": "لاتفيا|latvia", "LT": "ليتوانيا|lithuania", "SK": "سلوفاكيا|slovakia", "MR": "موريتانيا|mauritania",
    "SO": "الصومال|somalia", "DJ": "جيبوتي|djibouti", "ET": "إثيوبيا|ethiopia", "KE": "كينيا|kenya", "NG": "نيجيريا|nigeria", "NE": "النيجر|niger",
    "ML": "مالي|mali", "TD": "تشاد|chad", "AF": "أفغانستان|afghanistan", "AZ": "أذربيجان|azerbaijan", "AM": "أرمينيا|armenia",
    "KZ": "كازاخستان|kazakhstan", "UZ": "أوزبكستان|uzbekistan", "SG": "سنغافورة|singapore", "MY": "ماليزيا|malaysia", "ID": "إندونيسيا|indonesia",
    "BR": "البرازيل|brazil", "MX": "المكسيك|mexico",
}  # fmt: skip
#: Folded words of the name → ISO code.
COUNTRY_NAMES = {
    tuple(fold(form).split()): code for code, forms in _NAMES.items() for form in forms.split("|")
}
#: Single words that are a country's name, folded.
COUNTRY_WORDS = {words[0]: code for words, code in COUNTRY_NAMES.items() if len(words) == 1}
