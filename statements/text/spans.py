"""A text cut where several layers of marks begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

Spans = Sequence[tuple[int, int]]


def cut(text: str, *layers: Spans) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """The pieces of a text in order, each with whether every layer marks it; spans are (start, end) of the text."""
    edges = {0, len(text), *(edge for layer in layers for span in layer for edge in span)}
    inside = sorted(edge for edge in edges if 0 <= edge <= len(text))
    for start, end in pairwise(inside):
        marked = (any(a <= start and end <= b for a, b in layer) for layer in layers)
        yield text[start:end], tuple(marked)
