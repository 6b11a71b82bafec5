"""Names of people and bodies: titles taken off, parts told apart, one comparison key for two scripts, Latin addresses.

A key keeps the consonants that survive transliteration between Arabic and Latin script and drops
what varies (vowels, doubling, the article), so that ثابت العباسي and "Thabet Al-Abassi" meet. It is
a filter for candidates, never a proof of identity.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from rapidfuzz.distance import DamerauLevenshtein

from statements.text.arabic import ARABIC, fold
from statements.text.given import EUROPEAN, is_given

#: Letters in the usual press transliteration; vowels are supplied by ``romanize``.
LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w",
    "ي": "y", "ء": "", "پ": "p", "چ": "ch", "ڤ": "v", "ژ": "zh",
}  # fmt: skip
#: Words whose vowels no rule can know: given names, families and words of the genre, folded.
KNOWN = {
    fold(arabic): latin
    for arabic, latin in {
        "محمد": "mohammed", "أحمد": "ahmed", "محمود": "mahmoud", "علي": "ali", "حسين": "hussein",
        "حسن": "hassan", "عبد": "abdul", "الله": "allah", "خالد": "khaled", "سعيد": "saeed",
        "ثابت": "thabit", "العباسي": "al-abbasi", "مصطفى": "mustafa", "مصطفي": "mustafa",
        "قاسم": "qasim", "فؤاد": "fuad", "نوري": "nouri", "جمعة": "juma", "عناد": "inad",
        "هوشيار": "hoshyar", "زيباري": "zebari", "نيجيرفان": "nechirvan", "بارزاني": "barzani",
        "شياع": "shia", "السوداني": "al-sudani", "المالكي": "al-maliki", "الكاظمي": "al-kadhimi",
        "لويد": "lloyd", "أوستن": "austin", "جو": "joe", "بايدن": "biden", "براون": "brown",
        "تشارلز": "charles", "أنتوني": "antony", "بلينكن": "blinken", "دونالد": "donald",
        "ترامب": "trump", "باراك": "barack", "أوباما": "obama", "كيو": "q", "بات": "pat",
        "رايدر": "ryder", "بيت": "pete", "هيغسيث": "hegseth", "عمر": "omar", "إبراهيم": "ibrahim",
        "إسماعيل": "ismail", "يوسف": "yousif", "كريم": "karim", "رشيد": "rashid", "جاسم": "jasim",
        "صباح": "sabah", "ناصر": "nasser", "سعد": "saad", "سعدون": "saadoun", "طارق": "tariq",
        "حيدر": "haider", "عادل": "adel", "بيان": "bayan", "مشترك": "mushtarak", "بشأن": "bishan",
        "حوار": "hiwar", "التعاون": "al-taawun", "الأمني": "al-amni", "المشترك": "al-mushtarak",
        "بين": "bayn", "الولايات": "al-wilayat", "المتحدة": "al-muttahida", "والعراق": "wal-iraq",
        "العراق": "al-iraq", "وزير": "wazir", "وزارة": "wizarat", "الدفاع": "al-difa",
        "الخارجية": "al-kharijiya", "اتفاقية": "ittifaqiyat", "مذكرة": "mudhakkirat",
        "تفاهم": "tafahum", "تفاهمات": "tafahumat", "جديدة": "jadida", "بغداد": "baghdad",
        "وواشنطن": "wa-washington", "واشنطن": "washington", "للعلاقة": "lil-alaqa",
        "الأمنية": "al-amniya", "المشتركة": "al-mushtaraka", "نص": "nass", "كلمة": "kalimat",
        "الأمريكي": "al-amriki", "الامريكي": "al-amriki", "الأميركي": "al-amriki", "من": "min",
        "بن": "bin", "بنت": "bint", "سلمان": "salman", "هشام": "hisham", "عيسى": "issa", "ستيفن": "stephen", "عزيز": "aziz",
        "سلطان": "sultan", "فيصل": "faisal", "تركي": "turki", "بندر": "bandar", "ريبر": "rebar", "مظلوم": "mazloum", "مازن": "mazin",
        "في": "fi", "على": "ala", "إلى": "ila", "عن": "an", "و": "wa",
    }.items()
}  # fmt: skip

TITLES_AR = (
    "معالي", "السيد", "السيدة", "سيادة", "فخامة", "دولة", "سمو", "الدكتور", "الدكتورة", "د", "الأستاذ",
    "الشيخ", "المهندس", "السفير", "السفيرة", "الفريق", "الأول", "أول", "الركن", "ركن", "اللواء", "العميد",
    "العقيد", "المقدم", "الرائد", "النقيب", "الملازم", "الجنرال", "الأدميرال", "المشير", "البروفيسور",
    "الوزير", "الرئيس", "النائب", "القاضي", "طيار", "المستشار",
)  # fmt: skip
TITLES_EN = (
    "his", "her", "excellency", "the", "honorable", "hon", "mr", "mrs", "ms", "dr", "prof", "professor", "sir",
    "dame", "lord", "gen", "general", "lt", "lieutenant", "maj", "major", "brig", "brigadier", "col",
    "colonel", "capt", "captain", "adm", "admiral", "vice", "rear", "staff", "secretary", "minister",
    "prime", "president", "ambassador", "sen", "senator", "spokesman", "spokesperson", "chairman",
)  # fmt: skip
_TITLES = {fold(title) for title in TITLES_AR} | set(TITLES_EN)
PARTICLES = {"al", "el", "ul", "bin", "ibn", "bint", "abu", "abd", "abdul", "abdel", "ال"}


def strip_titles(name: str) -> tuple[str, str]:
    """(titles and ranks, the rest of the name); the rest is never empty."""
    words = name.split()
    at = 0
    while at < len(words) - 1 and fold(words[at]).strip(".،,'\"") in _TITLES:
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def parts(name: str) -> list[str]:
    """The words of a name, folded, the article and its hyphen taken off, compounds of عبد kept together."""
    words = [word for word in re.split(r"[\s\-–.,'’ʼ`]+", fold(strip_titles(name)[1])) if word]
    found: list[str] = []
    for word in words:
        bare = re.sub(r"^ال(?=.{3})", "", word)
        if bare in ("al", "el", "ul", "ال") or (len(bare) == 1 and bare.isascii()):
            continue
        if bare in ("jr", "sr", "ii", "iii", "iv", "الثالث", "الابن"):
            continue
        if found and found[-1] in ("عبد", "abd", "abdul", "abdel", "abdal"):
            found[-1] = f"{found[-1][:4]}{bare}"
        else:
            found.append(bare)
    return found


def surname(name: str) -> str:
    """The last part of a name, folded and without the article; empty when there is none."""
    found = parts(name)
    return found[-1] if found else ""


#: Spellings that the two scripts and many hands write for one consonant.
CLASSES = [
    (r"[ىيےئ]", "y"), (r"[اأإآءعىو]", ""), (r"ث|th", "t"), (r"ش|sh|tch|ch|چ|تش", "s"),
    (r"خ|kh", "k"), (r"غ|gh|ج|j|dj|g|گ|ق|q|ك|k|ck|c(?=[aou])|x", "k"), (r"ذ|dh|ض|ظ|د|z|ز", "d"),
    (r"ط|ت", "t"), (r"ص|س|c", "s"), (r"ح|ه|ة|h", "h"), (r"ف|ph|v|پ|p|ب", "b"), (r"f", "b"),
    (r"ر", "r"), (r"ل", "l"), (r"م", "m"), (r"ن", "n"), (r"[aeiouwy]", ""),
]  # fmt: skip
_CLASSES = [(re.compile(pattern), letter) for pattern, letter in CLASSES]


@functools.lru_cache(maxsize=20_000)
def comparison_key(name: str) -> str:
    """One key for a name in either script: its parts' consonant classes, parted by a space."""
    keys = []
    for part in parts(name):
        key = part
        for pattern, letter in _CLASSES:
            key = pattern.sub(letter, key)
        key = re.sub(r"h", "", key)
        key = re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]", "", key))
        if key:
            keys.append(key)
    return " ".join(keys)


def same_name(one: str, other: str) -> bool:
    """Whether two full names in one script are spellings of one name: the first and the last parts alike, and those between in order.

    Two different given names are never alike (حسن, حسين), nor are words of other consonants.
    """
    a, b = parts(one), parts(other)
    if min(len(a), len(b)) < 2 or sum(map(len, a)) < 7 or one.isascii() != other.isascii():
        return False
    if not alike_words(a[0], b[0]) or not alike_words(a[-1], b[-1]):
        return False
    few, many = sorted((a[1:-1], b[1:-1]), key=len)
    rest = iter(many)
    return all(any(alike_words(word, other_) for other_ in rest) for word in few)


def surname_sound(name: str) -> str:
    """One key for the spellings of a surname in one script that ``same_name`` may take for one."""
    last = surname(name)
    return spoken(last) if last.isascii() else skeleton(last)


@functools.lru_cache(maxsize=50_000)
def alike_words(one: str, other: str) -> bool:
    """Whether two folded words of names are spellings of one: «جوزاف» and «جوزيف», "Jassim" and "Jasem"."""
    if one == other:
        return True
    if one.isascii():
        if is_given(one) and is_given(other):
            return heard(one) == heard(other)
        return spoken(one) == spoken(other)
    if is_given(one) and is_given(other) and not foreign_pair(one, other):
        return False
    near = DamerauLevenshtein.distance(skeleton(one), skeleton(other))
    return near == 0 and DamerauLevenshtein.distance(one, other) <= 2


def foreign_pair(one: str, other: str) -> bool:
    """Whether two given names are transliterations of a European one."""
    return one in EUROPEAN and other in EUROPEAN


#: Letters that transliterations into Arabic write for one another, and the long vowels, which they add at will.
_SKELETON = str.maketrans({"ط": "ت", "ث": "ت", "ذ": "د", "ض": "د", "ظ": "ز", "ص": "س", "ز": "س", "غ": "ج", "ق": "ج", "ك": "ج", "ڤ": "ف", "پ": "ب", "ح": "ه", "ا": None, "و": None, "ي": None, "ء": None, "ع": None})  # fmt: skip


def skeleton(word: str) -> str:
    return re.sub(r"ه$", "", word).translate(_SKELETON)


#: Letters of Latin transliterations that are heard alike.
_HEARD = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"^al(?=[a-z]{5})", ""), (r"ou|oo|o|w", "u"), (r"ee|y", "i"), (r"med$|met$", "mad"), (r"e", "i"), (r"dj", "j"),
        (r"tch", "ch"), (r"ck|q|c(?=[aulrtk])", "k"), (r"ph", "f"), (r"(?<!s)h$", ""), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


@functools.lru_cache(maxsize=50_000)
def heard(word: str) -> str:
    """A Latin word of a name with one letter for each sound: "Khaled" and "Khalid", not "Saad" and "Saeed"."""
    word = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", word))
    for pattern, letter in _HEARD:
        word = pattern.sub(letter, word)
    return word


def spoken(word: str) -> str:
    """The first vowel and the consonants of what is heard, as unstressed vowels are written at will."""
    sounds = heard(word)
    first = re.search(r"[aiu]", sounds)
    return (first[0] if first else "") + re.sub(r"[aiu]", "", sounds)


def sounds(text: str) -> list[str]:
    """How each word of a text sounds in either script, with its article or particle and without."""
    words = re.findall(r"\w+", text)
    forms = {form for word in words for form in (word, word[1:], re.sub("^[وفبكل]?ال", "", word))}
    return [key for form in forms if len(key := comparison_key(form).replace(" ", "")) >= 3]


def is_heard(name: str, rest: str) -> bool:
    """Whether the last part of a name is heard in a text in whichever script."""
    keys = comparison_key(name).split()
    if not keys or len(keys[-1]) < 3:
        return False
    return any(
        DamerauLevenshtein.normalized_similarity(keys[-1], key) >= 0.75 for key in sounds(rest)
    )


def same_sound(one: str, other: str) -> bool:
    """Whether two names may be one in two scripts: their last parts sound alike."""
    return is_heard(one, other) or is_heard(other, one)


def romanize(arabic: str) -> str:
    """Arabic words in Latin letters without diacritics; other words are left as they are."""
    return " ".join(_romanize_word(word) for word in re.split(r"\s+", arabic.strip()) if word)


def _romanize_word(word: str) -> str:
    folded = fold(word)
    if not ARABIC.search(folded):
        return word
    bare = re.sub(r"[^\w]", "", folded)
    if bare in KNOWN:
        return KNOWN[bare]
    for prefix, latin in (("وال", "wal-"), ("بال", "bil-"), ("لل", "lil-"), ("ال", "al-")):
        if bare.startswith(prefix) and len(bare) > len(prefix) + 2:
            rest = bare[len(prefix) :]
            return latin + (KNOWN.get(rest) or _with_vowels(rest))
    return _with_vowels(bare)


def _with_vowels(word: str) -> str:
    """Long vowels as written, a short ``a`` between consonants that would not be spoken together."""
    out = ""
    feminine = word.endswith("ه") and len(word) > 3
    letters = word[:-1] if feminine else word
    for at, letter in enumerate(letters):
        inner = 0 < at < len(letters) - 1
        if letter == "و" and at and (inner or at == len(letters) - 1):
            sound = "u" if out[-1:] not in "aeiou" else "w"
        elif letter == "ي" and at:
            sound = "i" if out[-1:] not in "aeiou" else "y"
        else:
            sound = LETTERS.get(letter, letter if letter.isascii() else "")
        if sound and out and sound[0] not in "aeiou" and out[-1] not in "aeiou-":
            out += "a"
        if not (sound == "a" and out.endswith("a")):
            out += sound
    return out + ("a" if feminine and not out.endswith("a") else "")


def slugify(text: str, length: int = 80) -> str:
    """A readable Latin address from a name in either script, at most ``length`` characters, cut at a word; never empty."""
    text = re.sub(r"\b((?:[A-Z]\.){2,})", lambda match: match[1].replace(".", ""), text)
    latin = romanize(text.translate({ord("’"): None, ord("'"): None, ord("ʼ"): None}))
    plain = unicodedata.normalize("NFKD", latin.replace("–", " ").replace("&", " and "))
    words = re.findall(
        r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).lower()
    )
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > length:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or (words[0][:length] if words else "untitled")
