"""Which passages answer a query in PostgreSQL's notation: rare words asked of the rows, common ones of packed postings.

A term that stands in one passage of two thousand or more has its passages packed (``SearchPosting``), so
that «العراق» costs one row and not a million. The words that are commoner still have postings for
their pairs, so that a phrase of two of them does not have to be looked up in every passage that has
both. Everything else is a question to the index of the rows. What is fresh is always asked there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection

from statements.models import SearchPosting
from statements.search.answers import Packed
from statements.search.columns import Index
from statements.search.notation import WIDEST, Node, either, pair, parsed, quoted
from statements.text.analysis import ENDING

KEPT = 40_000_000  # bytes of postings kept in a process
FEW = 5_000  # candidates that are looked at one by one


def planned(node: Node, common: frozenset[str], frequent: frozenset[str]) -> Node:
    """The tree with everything that the rows answer quickly left to them (``rows``)."""
    if node.rows:
        return node
    if not node.operator:
        return node if node.lexeme in common else asked(node)
    if node.operator == "<" and any(lexeme.startswith(ENDING) for lexeme in words(node)):
        return very_word(node, common) if node.gaps == (0,) else very_words(node, common, frequent)
    parts = [planned(part, common, frequent) for part in node.parts]
    if all(part.rows for part in parts):
        return asked(node)
    if node.operator == "|":
        left = [part for part in parts if part.rows]
        packed = [part for part in parts if not part.rows]
        if len(left) > 1:
            left = [asked(Node("|", (), "", "(" + " | ".join(p.notation for p in left) + ")"))]
        return Node("|", (*packed, *left), "", node.notation)
    if any(part.rows for part in parts):
        return asked(node)  # the rare one makes it quick
    if node.operator == "&":
        return Node("&", tuple(parts), "", node.notation)
    steps = [
        planned(step(one, other, gap, frequent), common, frequent)
        for one, other, gap in zip(node.parts, node.parts[1:], node.gaps, strict=False)
    ]
    if len(steps) == 1:
        return steps[0]
    return Node("checked", tuple(steps), "", node.notation)


def step(one: Node, other: Node, gap: int, frequent: frozenset[str]) -> Node:
    """One part after another: the pairs where both are so common that they have some, else the sequence itself."""
    ways = []
    for a in words(one):
        for b in words(other):
            if a in frequent and b in frequent and gap <= WIDEST:
                ways.append(Node("", (), pair(a, b, gap), quoted(pair(a, b, gap))))
            else:
                ways.append(asked(Node("<", (), "", f"({quoted(a)} <{gap}> {quoted(b)})")))
    if len(ways) == 1:
        return ways[0]
    return Node("|", tuple(ways), "", "(" + " | ".join(way.notation for way in ways) + ")")


def very_word(node: Node, common: frozenset[str]) -> Node:
    """A term with one of some endings: the common words among them have postings under both together."""
    term, *endings = words(node)
    ways = [
        Node("", (), term + ending, quoted(term + ending))
        for ending in endings
        if term + ending in common
    ]
    rest = [quoted(ending) for ending in endings if term + ending not in common]
    if rest:
        ways.append(asked(Node("<", (), "", f"({quoted(term)} <0> {either(rest)})")))
    return ways[0] if len(ways) == 1 else Node("|", tuple(ways), "", node.notation)


def very_words(node: Node, common: frozenset[str], frequent: frozenset[str]) -> Node:
    """A phrase of very words: by the pairs that common ones make, and what is rare by its places in the rows."""
    if len(node.parts) == 2 and node.gaps[0] <= WIDEST:
        return two_words(*node.parts, node.gaps[0], common, frequent)
    parts = [node.notation]
    for one, other, gap in zip(node.parts, node.parts[1:], node.gaps, strict=False):
        (usual, rare), (usual_next, rare_next) = (usual_and_rare(p, frequent) for p in (one, other))
        both = [quoted(pair(a, b, gap)) for a in usual for b in usual_next]
        if both and gap <= WIDEST:
            parts.append(either([*both, *rare, *rare_next]))
    return asked(Node("&", (), "", "(" + " & ".join(parts) + ")"))


def two_words(
    one: Node, other: Node, gap: int, common: frozenset[str], frequent: frozenset[str]
) -> Node:
    (usual, rare), (usual_next, rare_next) = (usual_and_rare(p, frequent) for p in (one, other))
    both = [pair(a, b, gap) for a in usual for b in usual_next]
    ways = [Node("", (), lexeme, quoted(lexeme)) for lexeme in both if lexeme in common]
    left = [quoted(lexeme) for lexeme in both if lexeme not in common]
    if rare:
        left.append(f"({either(rare)} <{gap}> {other.notation})")
    if rare_next:
        left.append(f"({one.notation} <{gap}> {either(rare_next)})")
    if left:
        ways.append(asked(Node("|", (), "", either(left))))
    return (
        ways[0] if len(ways) == 1 else Node("|", tuple(ways), "", either(w.notation for w in ways))
    )


def usual_and_rare(part: Node, frequent: frozenset[str]) -> tuple[list[str], list[str]]:
    """Of the forms that may stand at one place: the very words of frequent terms, and the others as queries."""
    usual, rare = [], []
    for way in part.parts if part.operator == "|" else (part,):
        term, *endings = words(way)
        if term in frequent:
            usual += [term + ending for ending in endings]
        else:
            rare.append(way.notation)
    return usual, rare


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
    """For each query a bit a passage of the index, packed; two questions to the database, three for a long phrase. Raises Stale."""
    plans = [planned(parsed(query), index.part.common, index.part.frequent) for query in queries]
    rows = list(dict.fromkeys(node.notation for plan in plans for node in nodes(plan) if node.rows))
    lexemes = {
        node.lexeme for plan in plans for node in nodes(plan) if node.lexeme and not node.rows
    }
    settled, fresh = ask(index, rows if index.settled else [], queries if index.fresh else [])
    known = postings(index, lexemes)
    found = [
        evaluated(index, plan, settled, known) if index.settled else packed([], 0) for plan in plans
    ]
    if not index.fresh:
        return found
    added = [index.places_of(fresh[query]) for query in queries]
    return [longer(bits, places, index.passages) for bits, places in zip(found, added, strict=True)]


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
    with connection.cursor() as cursor:
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
    parts = [evaluated(index, part, rows, known) for part in node.parts]
    bits = parts[0].copy()
    for part in parts[1:]:
        if node.operator == "|":
            bits |= part
        else:
            bits &= part
    if node.operator == "checked" and bits.any():
        bits &= checked(index, np.flatnonzero(unpacked(bits, index.settled)), node.notation)
    return bits


def checked(index: Index, places: np.ndarray, query: str) -> Packed:
    """Those of the places whose passages have the phrase whole, and not only its pairs; the newest ones when they are very many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place FROM statements_searchpassage"
            " WHERE place IS NOT NULL AND place = ANY(%s) AND terms @@ %s::tsquery",
            [places[:FEW].tolist(), query],
        )
        found = [place for (place,) in cursor.fetchall()]
    return packed(
        np.concatenate((np.array(found, dtype=places.dtype), places[FEW:])), index.settled
    )


def postings(index: Index, lexemes: set[str]) -> dict[str, Packed]:
    kept = index.part.kept
    found = {lexeme: kept.pop(lexeme) for lexeme in lexemes if lexeme in kept}
    if missing := lexemes - found.keys():
        rows = SearchPosting.objects.filter(lexeme__in=missing).values_list("lexeme", "data")
        found |= {lexeme: read(bytes(data), index.settled) for lexeme, data in rows}
    kept |= found  # the last asked last
    size = sum(bits.nbytes for bits in kept.values())
    while size > KEPT and len(kept) > 1:
        size -= kept.pop(next(iter(kept))).nbytes
    if len(found) < len(lexemes):
        raise Stale
    return found


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
