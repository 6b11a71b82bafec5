"""Persons of whom a page prints one name only, behind a title, and whom no record is: "King Abdullah", "Minister Shoukry"."""

from __future__ import annotations

from statements.ingest.english_names import may_be
from statements.ingest.mentioned import Mentioned
from statements.ingest.strangers import proposed
from statements.ingest.surnames import alone, near, with_titles
from statements.ingest.titles import COURTESY, RANKS, SON, folded
from statements.search.lexicon import Token, starts
from statements.text.given import is_given

#: Companies and things that a rank opens the name of.
NO_PERSONS = frozenset(
    "motors dynamics electric atomics mills staff league assembly secretariat inspectorate prosecutor election elections budget debate hospital "
    "tribunal designate elect emeritus".split()
)
#: What is called after a king or prince, in Arabic before his name.
CALLED_AFTER = folded(
    "مدينة قاعدة جامعة مطار ميناء مستشفى شارع طريق جسر جامع مسجد مركز كلية معهد مجمع استاد ملعب سد محمية مؤسسة جائزة قصر حي ميدان ساحة كأس"
)


def unheard_of(
    part: str, words: list[Token], place: int, royal: bool, headed: bool
) -> Mentioned | None:
    """Somebody of whom only one name is printed, behind a title: "King Abdullah", "Deputy Prime Minister Safadi", «الملك سلمان».

    In English any capitalised word that is nothing else is a name behind a title (The Chicago Manual of Style, 17th ed.,
    § 8.19); in Arabic, where an adjective may follow, a given name is, behind a royal style.
    """
    token = words[place]
    latin = part[token.start].isascii()
    if not place or not near(part, words, place - 1):
        return None
    before = words[place - 1]
    if royal and is_given(token.word):
        earlier = words[place - 2].word if place > 1 else ""
        if earlier in ("hms", "exercise") or any(
            rest in CALLED_AFTER for _, rest in starts(earlier)
        ):
            return None
    elif not (
        latin
        and not headed
        and before.word in TITLED
        and part[before.start].isupper()
        and may_be(part, token, first=True)
        and token.word not in NO_PERSONS
    ):
        return None
    if not alone(part, words, place, place + 1, headed, joined=False) or after_a_name(part, words, place):  # fmt: skip
        return None
    start = before.start if royal else token.start
    mention = Mentioned(start, token.end, "", "official", "official")
    if not royal:
        with_titles(part, words, place, place + 1, mention)
    mention.as_printed = part[mention.start : mention.end]
    return proposed(mention, part[start : token.end], [])


#: Titles before a surname alone.
TITLED = (RANKS | COURTESY | {"minister", "secretary", "president", "ambassador", "senator", "representative", "congressman", "governor", "chancellor"}) - {"sir", "dame", "retd", "ret", "staff", "field", "air", "rear", "vice", "hon", "judge"}  # fmt: skip


def after_a_name(part: str, words: list[Token], place: int) -> bool:
    """Whether more of a name or of a thing's name follows: "King Abdullah Economic City", «الملك محمد السادس»."""
    if place + 1 >= len(words) or not near(part, words, place):
        return False
    word = words[place + 1]
    if part[word.start].isascii():
        return part[word.start].isupper()
    return word.word.startswith("ال") or is_given(word.word) or word.word in SON
