"""Adjectives of nations, as the press prints them: «العراقي», "Iraqi"; by the ISO 3166-1 code of the country.

The countries of the region and those whose ministers meet theirs. Facts: Unicode CLDR and the ISO list.
"""

from __future__ import annotations

from statements.text.arabic import fold

_NATIONS = {
    "IQ": "عراقي|iraqi", "US": "أمريكي|أميركي|american|u s|us", "GB": "بريطاني|إنجليزي|british|uk|u k",
    "SA": "سعودي|saudi", "SY": "سوري|syrian", "JO": "أردني|jordanian", "EG": "مصري|egyptian",
    "MA": "مغربي|moroccan", "TN": "تونسي|tunisian", "DZ": "جزائري|algerian", "LY": "ليبي|libyan",
    "SD": "سوداني|sudanese", "LB": "لبناني|lebanese", "PS": "فلسطيني|palestinian", "KW": "كويتي|kuwaiti",
    "QA": "قطري|qatari", "AE": "إماراتي|emirati", "OM": "عماني|omani", "BH": "بحريني|bahraini",
    "YE": "يمني|yemeni", "TR": "تركي|turkish", "IR": "إيراني|iranian", "IL": "إسرائيلي|israeli",
    "FR": "فرنسي|french", "DE": "ألماني|german", "IT": "إيطالي|italian", "ES": "إسباني|spanish",
    "NL": "هولندي|dutch", "BE": "بلجيكي|belgian", "DK": "دنماركي|danish", "NO": "نرويجي|norwegian",
    "SE": "سويدي|swedish", "PL": "بولندي|polish", "CZ": "تشيكي|czech", "HU": "مجري|hungarian",
    "RO": "روماني|romanian", "GR": "يوناني|greek", "PT": "برتغالي|portuguese", "CA": "كندي|canadian",
    "AU": "أسترالي|australian", "NZ": "نيوزيلندي", "JP": "ياباني|japanese", "KR": "كوري جنوبي",
    "CN": "صيني|chinese", "IN": "هندي|indian", "PK": "باكستاني|pakistani", "RU": "روسي|russian",
    "UA": "أوكراني|ukrainian", "CH": "سويسري|swiss", "AT": "نمساوي|austrian", "IE": "أيرلندي|irish",
    "FI": "فنلندي|finnish",
}  # fmt: skip
#: Folded adjective, masculine and without the article → ISO code.
NATIONS = {
    fold(form): code
    for code, forms in _NATIONS.items()
    for form in forms.split("|")
    if " " not in form
}
#: ISO code → its adjectives, as printed above.
ADJECTIVES = {code: forms.split("|") for code, forms in _NATIONS.items()}


def nation(word: str) -> str | None:
    """The country that a folded word is the adjective of, in any gender, number and with or without particles."""
    if word in NATIONS:
        return NATIONS[word]
    bare = word.removeprefix("و").removeprefix("ب").removeprefix("لل").removeprefix("ال")
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
