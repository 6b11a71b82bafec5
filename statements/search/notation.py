"""Queries in PostgreSQL's own notation, written and read: ``'term' | ('one' <1> 'two')``.

They reach the database by cast and not through ``to_tsquery``, which would parse our terms again and lose some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from statements.text.analysis import Term, lexemes_of, with_particles

# Written


def quoted(lexeme: str) -> str:
    if "'" in lexeme or "\\" in lexeme:
        lexeme = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{lexeme}'"


def one(term: Term) -> str:
    return either(quoted(form) for form in (term.text, *term.variants))


def all_of(terms: list[Term]) -> str:
    return one(terms[0]) if len(terms) == 1 else "(" + " & ".join(one(term) for term in terms) + ")"


def sequence(terms: list[Term]) -> str:
    """The terms one after another, with the places of stop words between them kept."""
    query = one(terms[0])
    for before, term in zip(terms, terms[1:], strict=False):
        query += f" <{term.position - before.position}> {one(term)}"
    return query if len(terms) == 1 else f"({query})"


def very_words(terms: list[Term]) -> tuple[str, tuple[frozenset[str], ...]]:
    """The very words one after another, the first also behind particles: as a query, and as words to mark."""
    query, patterns = "", []
    for at, term in enumerate(terms):
        word = term.ending[1:].replace("-", term.text)
        endings: dict[str, list[str]] = {}
        for form in with_particles(word) if at == 0 else [word]:
            lexemes = lexemes_of(form)
            endings.setdefault(lexemes[0], []).append(lexemes[-1])
        ways = [
            f"({quoted(text)} <0> {either(map(quoted, ends))})" for text, ends in endings.items()
        ]
        query += f" <{term.position - terms[at - 1].position}> " if at else ""
        query += either(ways)
        patterns.append(frozenset(text + end for text, ends in endings.items() for end in ends))
    return query if len(terms) == 1 else f"({query})", tuple(patterns)


def either(ways: Iterable[str]) -> str:
    found = list(ways)
    return found[0] if len(found) == 1 else "(" + " | ".join(found) + ")"


# Read


@dataclass(frozen=True)
class Node:
    """A part of a query: a lexeme, or ``|``, ``&`` or ``<`` between parts; ``notation`` is how it is written."""

    operator: str
    parts: tuple[Node, ...] = ()
    lexeme: str = ""
    notation: str = ""
    #: of a sequence, how far each part stands behind the one before it
    gaps: tuple[int, ...] = ()
    #: what is left to be answered by the rows' own index
    rows: bool = False


TOKEN = re.compile(r"\s*('(?:[^'\\]|''|\\.)*'|[()&|]|<\d+>)")


def parsed(query: str) -> Node:
    """A query of ours as a tree; raises ValueError on anything that ``understanding`` does not write."""
    tokens = [match[1] for match in TOKEN.finditer(query)]
    node, rest = group(tokens, 0)
    if rest != len(tokens):
        raise ValueError(f"not a query: {query!r}")
    return node


def group(tokens: list[str], at: int) -> tuple[Node, int]:
    parts, operators = [], []
    while True:
        if tokens[at] == "(":
            part, at = group(tokens, at + 1)
            at += 1  # the closing one
        else:
            text = re.sub(r"\\(.)|''", lambda match: match[1] or "'", tokens[at][1:-1])
            part, at = Node("", (), text, tokens[at]), at + 1
        parts.append(part)
        if at == len(tokens) or tokens[at] == ")":
            break
        operators.append(tokens[at])
        at += 1
    if len(parts) == 1:
        return parts[0], at
    gaps: tuple[int, ...] = ()
    if all(operator.startswith("<") for operator in operators):
        operator, gaps = "<", tuple(int(sign[1:-1]) for sign in operators)
    elif len(set(operators)) == 1:
        operator = operators[0]
    else:
        raise ValueError("mixed operators")
    written = parts[0].notation
    for sign, part in zip(operators, parts[1:], strict=True):
        written += f" {sign} {part.notation}"
    return Node(operator, tuple(parts), "", f"({written})", gaps), at


WIDEST = 2  # steps between two terms that make a pair: neighbours, or a word between them


def pair(one: str, other: str, gap: int = 1) -> str:
    """The lexeme of two very common terms, the second ``gap`` words behind the first."""
    return f"{one}{' ' * gap}{other}"
