"""Whom an official met, and how often, drawn: from the official a line to each, the thicker the more often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import get_language_bidi

from statements.models import Label
from statements.views.meetings import Met

#: at most so many people are drawn; the list has all of them
NODES = 12
#: the height of a person's row and the room above the first, in em
ROW, ABOVE = 2.3, 1.2
#: where the official and the people stand, in percent from the edge at which lines begin
HUB, PERSON = 4, 24
#: how thick a line is for one meeting and for the most, in pixels
THIN, THICK = 1.5, 9.0
#: so many further meetings make a line as thick as can be, or more if there are more
MANY = 6
#: a longer name would not fit beside the lines on a phone; the title has it whole
LONGEST = 26


@dataclass(frozen=True)
class Node:
    """A person met; ``broken`` when sources dispute every meeting or it is inferred."""

    row: Met
    name: Label
    y: str
    thickness: str
    broken: bool


@dataclass(frozen=True)
class Graph:
    """The official at one edge, the people in rows; from right to left in Arabic."""

    nodes: list[Node]
    height: str
    middle: str
    hub: int
    person: int
    #: from a person to the party's mark and to the name
    mark: str
    text: str
    more: int

    @property
    def broken(self) -> bool:
        return any(node.broken for node in self.nodes)


def graph(people: Sequence[Met]) -> Graph | None:
    """The people met, the most often first as they come; None when nobody was."""
    if not people:
        return None
    shown = people[:NODES]
    most = max(row.times for row in shown)
    height = ABOVE * 2 + ROW * (len(shown) - 1)
    rtl = get_language_bidi()
    return Graph(
        [
            Node(
                row,
                row.official.label._replace(text=Truncator(str(row.official.label)).chars(LONGEST)),
                em(ABOVE + ROW * place),
                f"{THIN + (THICK - THIN) * (row.times - 1) / max(most - 1, MANY):.1f}",
                row.disputed + row.inferred >= row.times,
            )
            for place, row in enumerate(shown)
        ],
        em(height),
        em(height / 2),
        100 - HUB if rtl else HUB,
        100 - PERSON if rtl else PERSON,
        em(-1.82 if rtl else 1.2),
        em(-2.2 if rtl else 2.2),
        len(people) - len(shown),
    )


def em(length: float) -> str:
    return f"{length:.2f}em"
