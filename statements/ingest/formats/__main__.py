"""The child process: reads one file from its input and writes its text to its output as JSON, under limits that it cannot lift.

Called as ``python -m statements.ingest.formats FORMAT [CHARSET]`` by ``statements.ingest.isolation``.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from statements.ingest.formats import Extract, Unreadable

MEMORY = 1024 * 1024 * 1024  # bytes of address space; a page of 10 MB takes a third of it
PROCESSOR = 20  # seconds
READERS = {
    "html": ("page", "read_page"),
    "pdf": ("pdf", "read_pdf"),
    "zip": ("word", "read_word"),
    "mail": ("mail", "read_mail"),
}
#: What a reader of files has no business with: nets, other programs, and files to write.
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "ctypes.")  # fmt: skip


def forbid(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


def limit() -> None:
    """Memory, time, no files written, no dump; and no network for anything written in Python."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    sys.addaudithook(forbid)


def main() -> int:
    kind, charset = sys.argv[1], "".join(sys.argv[2:3])
    logging.disable()
    module, name = READERS[kind]
    read: Callable[[bytes, str], Extract] = getattr(
        import_module(f"statements.ingest.formats.{module}"), name
    )
    limit()
    answer: dict[str, Any]
    try:
        extract = read(sys.stdin.buffer.read(), charset)
        answer = {"text": extract.text, "remarks": extract.remarks}
    except Unreadable as refused:
        answer = {"refused": refused.why}
    except MemoryError:
        answer = {"refused": "too_much"}
    except RecursionError:
        answer = {"refused": "broken"}
    # Half a pair of surrogates is no character, and no JSON either.
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
