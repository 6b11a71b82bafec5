"""A sentence for a reader, in both languages."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    en: str
    ar: str

    def in_language(self, code: str) -> str:
        """The sentence in ``ar…`` or else in English."""
        return self.ar if code.startswith("ar") else self.en
