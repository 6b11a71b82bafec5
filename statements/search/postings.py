"""Which passages answer a query in PostgreSQL's notation: rare words asked of the rows, common ones of packed postings.

A term that stands in one passage of two thousand or more has its passages packed (``SearchPosting``), so
that «العراق» costs one row and not a million. The words that are commoner still have postings for
their pairs, so that a phrase of two of them does not have to be looked up in every passage that has
both. Everything else is a question to the index of the rows. What is fresh is always asked there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from statements.models import SearchPosting, reading
from statements.search.answers import Packed
from statements.search.columns import Coverage, Index, Part
from statements.search.notation import WIDEST, Node, either, pair, parsed, quoted
from statements.text.analysis import ENDING

KEPT = 40_000_000  # bytes of postings kept in a process
FEW = 5_000  # candidates that are looked at one by one, when those left out have every pair of a phrase
PORTION = 20_000  # passages that are looked at in one question
NOWHERE = Node("|")  # what no passage has
LOOKED = ("checked", "likely")  # sequences whose passages are looked at


def planned(node: Node, has: Coverage) -> Node:
    """The tree with everything that the rows answer quickly left to them (``rows``)."""
    if node.rows or node.operator in LOOKED:
        return node
    if not node.operator:
        return node if node.lexeme in has.common else asked(node)
    if node.operator == "<":
        return in_order(node, has)
    parts = [planned(part, has) for part in node.parts]
    if all(part.rows for part in parts):
        return asked(node)
    if node.operator == "|":
        return any_of(parts)
    if NOWHERE in parts:
        return NOWHERE
    if any(part.rows for part in parts):
        return asked(node)  # the rare one makes it quick
    return Node("&", tuple(parts), "", node.notation)


def any_of(parts: list[Node]) -> Node:
    """Any of planned parts; what the rows are asked is asked together."""
    left = [part.notation for part in parts if part.rows]
    packed = [part for part in parts if not part.rows and part != NOWHERE]
    if left:
        packed.append(asked(Node("|", (), "", either(left))))
    if len(packed) < 2:
        return packed[0] if packed else NOWHERE
    return Node("|", tuple(packed), "", either(part.notation for part in packed))


class Form(NamedTuple):
    """What may stand at a place of a sequence: a term in any form, or a very word."""

    notation: str
    #: under which it has postings, if it is common, and pairs, if its term is frequent
    lexeme: str
    term: str


def forms(part: Node) -> list[Form]:
    found = []
    for way in part.parts if part.operator == "|" else (part,):
        term, *endings = words(way)
        if way.operator != "<":
            found.append(Form(quoted(term), term, term))
        for ending in endings:
            found.append(Form(f"({quoted(term)} <0> {quoted(ending)})", term + ending, term))
    return found


def standing(part: Node, has: Coverage) -> list[Form]:
    """The forms that any passage may have: a very word of a frequent term has a posting or stands nowhere.

    To look for it would be to look at all passages that have the term.
    """
    return [
        form
        for form in forms(part)
        if form.lexeme in has.common or not (has.spelled and form.term in has.frequent)
    ]


def in_order(node: Node, has: Coverage) -> Node:
    """A sequence: by the posting of its own that a name has, by pairs, or by looking where all its words are."""
    if node.notation in has.common:
        return posting(node.notation)
    if node.gaps == (0,):
        return very_word(node, has)
    steps = [
        step(one, other, gap, has)
        for one, other, gap in zip(node.parts, node.parts[1:], node.gaps, strict=False)
    ]
    if len(steps) == 1:
        return steps[0]
    if NOWHERE in steps:
        return NOWHERE
    if rare := [part.notation for part in steps if part.rows]:
        return asked(Node("&", (), "", "(" + " & ".join([node.notation, *rare]) + ")"))
    loose = not any(lexeme.startswith(ENDING) for lexeme in words(node))
    sure = loose and not any(part.operator == "checked" for one in steps for part in nodes(one))
    return Node("likely" if sure else "checked", tuple(map(bound, steps)), "", node.notation)


def step(one: Node, other: Node, gap: int, has: Coverage) -> Node:
    """One part after another: the pairs where both are so common that they have some, else where both stand."""
    parts = []
    left: dict[str, list[str]] = {}  # by what follows them, those of which one is rare and quick
    for a, b in product(standing(one, has), standing(other, has)):
        name = f"({quoted(a.term)} <{gap}> {quoted(b.term)})"
        known = [lexeme for lexeme in (a.lexeme, b.lexeme, name) if lexeme in has.common]
        if a.term in has.frequent and b.term in has.frequent and gap <= WIDEST:
            parts.append(planned(posting(pair(a.lexeme, b.lexeme, gap)), has))
        elif name in known or len(known) == 2:
            notation = f"({a.notation} <{gap}> {b.notation})"
            parts.append(Node("checked", tuple(map(posting, known)), "", notation))
        else:
            left.setdefault(b.notation, []).append(a.notation)
    if left:
        rest = either(f"({either(ones)} <{gap}> {after})" for after, ones in left.items())
        parts.append(asked(Node("|", (), "", rest)))
    return any_of(parts)


def bound(node: Node) -> Node:
    """Where all words of a sequence are, in any order, and wherever else it may be."""
    operator = "&" if node.operator == "checked" else node.operator
    return replace(node, operator=operator, parts=tuple(map(bound, node.parts)))


def very_word(node: Node, has: Coverage) -> Node:
    """A term with one of some endings: the common words among them have postings under both together."""
    found = standing(node, has)
    parts = [posting(form.lexeme) for form in found if form.lexeme in has.common]
    if rest := [form.notation for form in found if form.lexeme not in has.common]:
        parts.append(asked(Node("|", (), "", either(rest))))
    return any_of(parts)


def posting(lexeme: str) -> Node:
    """What stands under a lexeme, or under the notation of a name's sequence."""
    return Node("", (), lexeme, lexeme if lexeme.startswith("(") else quoted(lexeme))


def is_looked_at(query: str, has: Coverage) -> bool:
    """Whether passages have to be looked at for a query, so many that a name so written has its own posting."""
    return any(part.operator in LOOKED for part in nodes(planned(parsed(query), has)))


def asked(node: Node) -> Node:
    return Node(node.operator, node.parts, node.lexeme, node.notation, rows=True)


def words(node: Node) -> Iterator[str]:
    if node.lexeme:
        yield node.lexeme
    for part in node.parts:
        yield from words(part)


# Answers


class Stale(Exception):
    """Rows were written while they were asked."""


def passages(index: Index, queries: list[str]) -> list[Packed]:
    """For each query a bit a passage of the index, packed; two questions to the database, one more for what is looked at. Raises Stale."""
    found = kept(index.part, queries) if index.settled else dict.fromkeys(queries, packed([], 0))
    plans = {
        query: planned(parsed(query), index.part.coverage)
        for query in queries
        if query not in found
    }
    asked_ = [node for plan in plans.values() for node in nodes(plan)]
    rows = list(dict.fromkeys(node.notation for node in asked_ if node.rows))
    lexemes = {node.lexeme for node in asked_ if node.lexeme and not node.rows}
    settled, fresh = ask(index, rows, queries if index.fresh else [])
    known = postings(index, lexemes)
    for query, plan in plans.items():
        found[query] = evaluated(index, plan, settled, known)
        if any(node.operator in LOOKED for node in nodes(plan)):
            keep(index.part, {query: found[query]})
    if not index.fresh:
        return [found[query] for query in queries]
    return [
        longer(found[query], index.places_of(fresh[query]), index.passages) for query in queries
    ]


def nodes(plan: Node) -> Iterator[Node]:
    yield plan
    if not plan.rows:
        for part in plan.parts:
            yield from nodes(part)


def ask(
    index: Index, settled: list[str], fresh: list[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The places of settled passages and the numbers of fresh ones, by query; one question to the database."""
    table = "FROM statements_searchpassage WHERE place IS"
    parts = ["SELECT -1, int4send(max(written)) FROM statements_searchprogress"]
    parts += [
        f"SELECT {n}, string_agg(int4send(place), ''::bytea) {table} NOT NULL AND terms @@ %s::tsquery"
        for n in range(len(settled))
    ]
    parts += [
        f"SELECT {n}, string_agg(int8send(id), ''::bytea) {table} NULL AND terms @@ %s::tsquery"
        for n in range(len(settled), len(settled) + len(fresh))
    ]
    with reading().cursor() as cursor:
        # The words come as parameters; the rest is this module's own.
        cursor.execute(" UNION ALL ".join(parts), [*settled, *fresh])  # nosec B608
        answers = {n: bytes(data or b"") for n, data in cursor.fetchall()}
    if np.frombuffer(answers[-1], ">i4").sum() != index.written:
        raise Stale
    old = {query: np.frombuffer(answers[n], ">i4") for n, query in enumerate(settled)}
    new = {query: np.frombuffer(answers[n], ">i8") for n, query in enumerate(fresh, len(settled))}
    return old, new


def evaluated(index: Index, node: Node, rows: dict[str, Any], known: dict[str, Packed]) -> Packed:
    """A bit a settled passage, packed: an eighth of the work of doing it unpacked."""
    if node.rows:
        return packed(rows[node.notation], index.settled)
    if node.lexeme:
        return known[node.lexeme]
    if node.operator == "|":
        return any_evaluated(index, node, rows, known)
    bits = evaluated(index, node.parts[0], rows, known).copy()
    for part in node.parts[1:]:
        bits &= evaluated(index, part, rows, known)
    if node.operator in LOOKED:
        most = FEW if node.operator == "likely" else None
        bits = looked_at(index, bits, node.notation, most)
    return bits


def any_evaluated(
    index: Index, node: Node, rows: dict[str, Any], known: dict[str, Packed]
) -> Packed:
    """The same for any of some parts: only passages that no other part has are looked at, each once."""
    bits = np.zeros((index.settled + 7) // 8, dtype="u1")
    unsure = [part for part in node.parts if part.operator == "checked"]
    for part in node.parts:
        if part.operator != "checked":
            bits |= evaluated(index, part, rows, known)
    if unsure:
        places = evaluated(index, Node("|", tuple(map(bound, unsure))), rows, known) & ~bits
        bits |= looked_at(index, places, either(part.notation for part in unsure))
    return bits


def looked_at(index: Index, bits: Packed, query: str, most: int | None = None) -> Packed:
    """Those of the passages that answer, by their rows; of more than ``most`` the newest ones are looked at."""
    places = np.flatnonzero(unpacked(bits, index.settled))
    found = [places[most:] if most else places[:0]]
    for first in range(0, len(places[:most]), PORTION):
        with reading().cursor() as cursor:
            cursor.execute(
                "SELECT place FROM statements_searchpassage"
                " WHERE place IS NOT NULL AND place = ANY(%s) AND terms @@ %s::tsquery",
                [places[:most][first : first + PORTION].tolist(), query],
            )
            found.append(np.array([place for (place,) in cursor.fetchall()], dtype=places.dtype))
    return packed(np.concatenate(found), index.settled)


def postings(index: Index, lexemes: set[str]) -> dict[str, Packed]:
    found = kept(index.part, lexemes)
    if missing := lexemes - found.keys():
        rows = SearchPosting.objects.filter(lexeme__in=missing).values_list("lexeme", "data")
        found |= {lexeme: read(bytes(data), index.settled) for lexeme, data in rows}
    keep(index.part, found)
    if len(found) < len(lexemes):
        raise Stale
    return found


def kept(part: Part, names: Iterable[str]) -> dict[str, Packed]:
    """What is still at hand of these lexemes and queries: a settled part stays as it is."""
    found = {name: part.kept.get(name) for name in names}
    return {name: bits for name, bits in found.items() if bits is not None}


def keep(part: Part, found: dict[str, Packed]) -> None:
    """Keep these as the last asked, and of the others no more than there is room for; other threads do so too."""
    for name, bits in found.items():
        part.kept.pop(name, None)
        part.kept[name] = bits
    names = list(part.kept.items())
    size = sum(bits.nbytes for _, bits in names)
    for name, bits in names[:-1]:
        if size <= KEPT:
            break
        part.kept.pop(name, None)
        size -= bits.nbytes


# Packed


def packed(places: np.ndarray | list[int], passages: int) -> Packed:
    bits = np.zeros(passages, dtype=bool)
    bits[places] = True
    return np.packbits(bits)


def longer(bits: Packed, places: list[int], passages: int) -> Packed:
    """The same for so many passages, with these places set."""
    more = np.zeros((passages + 7) // 8, dtype="u1")
    more[: len(bits)] = bits
    at = np.array(places, dtype="i8")
    np.bitwise_or.at(more, at >> 3, (128 >> (at & 7)).astype("u1"))
    return more


def unpacked(bits: Packed, passages: int) -> np.ndarray:
    return np.unpackbits(bits, count=passages).view(bool)


def written(places: np.ndarray, passages: int) -> bytes:
    """A posting as it is kept: a bit a passage, or places as numbers of four bytes where that is shorter."""
    if len(places) * 32 < passages:
        return b"#" + places.astype("<i4").tobytes()
    return b"=" + packed(places, passages).tobytes()


def read(data: bytes, passages: int) -> Packed:
    if data[:1] == b"=":
        return np.frombuffer(data, "u1", offset=1)
    return packed(np.frombuffer(data, "<i4", offset=1), passages)
