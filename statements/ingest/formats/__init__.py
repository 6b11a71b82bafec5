"""Bytes of one format in, plain text out: paragraphs kept, furniture left out.

What is here reads hostile files, so it runs in a process of its own (``isolation``) and knows neither
Django nor the records. What cannot be read raises ``Unreadable`` with a word from ``sources.SENTENCES``.
"""

from __future__ import annotations

from dataclasses import dataclass, field


class Unreadable(Exception):
    """The file is not taken; ``why`` is a key of the sentences in ``sources``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Extract:
    """The text of a file, its paragraphs set apart by empty lines, and what a person has to look at."""

    text: str
    #: keys of the remarks in ``sources``
    remarks: list[str] = field(default_factory=list)


def paragraphs(lines: list[str]) -> str:
    """Lines as paragraphs: spaces brought together, empty ones left out, an empty line between them."""
    kept = (" ".join(line.replace("\x00", "").split()) for line in lines)
    return "\n\n".join(line for line in kept if line)
