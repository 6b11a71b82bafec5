"""A hostile file is read by a process of its own, which is ended when it takes too long; what it does to itself ends there."""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404
import sys
import threading
from pathlib import Path

from statements.ingest.formats import Extract, Unreadable

ROOT = Path(__file__).resolve().parent.parent.parent
WAIT = 30.0  # seconds by the clock; the processor's seconds are counted by the child's own limit
LARGEST_ANSWER = 40_000_000  # bytes of JSON
#: files read at a time in a worker; a child may take a gigabyte
AT_ONCE = threading.BoundedSemaphore(2)


def read_apart(kind: str, content: bytes, charset: str = "", wait: float = WAIT) -> Extract:
    """The text of ``content`` read as ``kind`` (a key of the child's ``READERS``); raises ``Unreadable``.

    The child knows nothing of this process but the bytes: no environment, no open file, no database.
    """
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "PYTHONSAFEPATH": "1",
    }
    command = [sys.executable, "-m", "statements.ingest.formats", kind, charset[:40]]
    try:
        with AT_ONCE:
            done = subprocess.run(  # noqa: S603  # nosec B603
                command,
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=wait,
                check=False,
            )
    except subprocess.TimeoutExpired:  # the child has been killed by then
        raise Unreadable("too_much") from None
    if done.returncode < 0:  # ended by the kernel: out of seconds or of memory
        raise Unreadable("too_much")
    if done.returncode or len(done.stdout) > LARGEST_ANSWER:
        raise Unreadable("broken")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    return Extract(answer["text"], answer["remarks"])
