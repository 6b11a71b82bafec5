"""Persons of whom a page prints one name only, behind a title, and whom no record is: "King Abdullah", "Minister Shoukry"."""

from __future__ import annotations

from statements.ingest.english_names import may_be
from statements.ingest.mentioned import Mentioned
from statements.ingest.strangers import proposed
from statements.ingest.surnames import alone, near, with_article, with_titles
from statements.ingest.titles import COURTESY, RANKS, ROYAL, SON, folded
from statements.search.lexicon import Token, Tree, starts
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
    part: str, words: list[Token], place: int, royal: bool, headed: bool, tree: Tree
) -> Mentioned | None:
    """Somebody of whom only one name is printed, behind a title: "King Abdullah", "Prime Minister al-Abadi", «الملك سلمان».

    In English any capitalised word that is nothing else is a name behind a title, with its article or without (The Chicago
    Manual of Style, 17th ed., §§ 8.14, 8.19); in Arabic, where an adjective may follow, a given name is, behind a royal style.
    """
    token = words[place]
    latin = part[token.start].isascii()
    if not place:
        return None
    start = with_article(part, words, place, token.start) if latin else token.start
    at = place - 1 if start == token.start else place - 2
    if at < 0 or part[words[at].end : start].strip(" \xa0."):
        return None
    before = words[at]
    royal = royal or (at < place - 1 and before.word in ROYAL)
    if royal and is_given(token.word):
        earlier = words[at - 1].word if at else ""
        if earlier in ("hms", "exercise") or any(
            rest in CALLED_AFTER for _, rest in starts(earlier)
        ):
            return None
    elif not (
        latin
        and not headed
        and part[before.start].isupper()
        and (before.word in TITLED or ends_an_office(words, at, tree))
        and (may_be(part, token, first=True) or labels_a_speaker(part, token, at))
        and token.word not in NO_PERSONS
    ):
        return None
    if not alone(part, words, place, place + 1, headed, joined=False) or after_a_name(part, words, place):  # fmt: skip
        return None
    name = start
    mention = Mentioned(before.start if royal else start, token.end, "", "official", "official")
    if not royal:
        with_titles(part, words, at + 1, place + 1, mention)
    mention.as_printed = part[mention.start : mention.end]
    return proposed(mention, part[before.start if royal else name : token.end], [])


def labels_a_speaker(part: str, token: Token, at: int) -> bool:
    """Whether a name in capitals stands with its title before what somebody says in a transcript: "MR KIRBY: …"."""
    return at == 0 and part[token.start : token.end].isupper() and part[token.end : token.end + 1] == ":"  # fmt: skip


def ends_an_office(words: list[Token], at: int, tree: Tree) -> bool:
    """Whether an office that the archive has ends with a word: "Secretary of Defense ‹Carter›", "Prime Minister ‹Maliki›"."""
    return any(
        after == at + 1 and any(form.kind == "post" for form in forms)
        for first in range(max(0, at - 4), at)
        for _, after, forms in tree.at(words, first)
    )


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
