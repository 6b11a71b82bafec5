"""Terms of words are the same for every thread that asks."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from statements.text.analysis import terms_of

STEMS = ("national", "secur", "cooper", "organ", "train", "relation", "capabil", "hope", "committ", "advis")  # fmt: skip
ENDINGS = ("", "s", "ing", "ation", "izational", "fulness", "ed", "ement", "ously", "ibilities")


def test_threads_that_ask_at_once_get_the_terms_that_one_gets() -> None:
    words = [f"{first}{stem}{ending}" for first in "abcdefgh" for stem in STEMS for ending in ENDINGS]  # fmt: skip
    terms_of.cache_clear()
    alone = [terms_of(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        terms_of.cache_clear()
        with ThreadPoolExecutor(4) as threads:
            parts = [words[n:] + words[:n] for n in (0, 200, 400, 600)]
            found = list(threads.map(lambda part: dict(zip(part, map(terms_of, part), strict=True)), parts))  # fmt: skip
    finally:
        sys.setswitchinterval(before)
        terms_of.cache_clear()
    for each in found:
        assert [each[word] for word in words] == alone
