"""Questions that the server plans once for each connection: told it by PREPARE, and asked by their names with EXECUTE.

Planning a question that joins ten tables takes the server several times as long as answering it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

#: A process knows so many questions, and a connection has so many plans, of some 200 KB each at the server; then they begin anew.
KNOWN, PLANS = 2000, 200
#: What a question by its name begins with.
ASKED = "EXECUTE hiwar_"


class Known:
    """The questions of this process by their names, which are the same in every process."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.definitions: dict[str, str] = {}

    def name(self, types: str, sql: str) -> str:
        key = f"{types} AS {sql}"
        name = self.names.get(key)
        if name is None:
            if len(self.names) >= KNOWN:
                self.names, self.definitions = {}, {}
            digest = hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
            name = self.names[key] = ASKED.removeprefix("EXECUTE ") + digest
            self.definitions[name] = key
        return name


known = Known()


class Plans:
    """The plans that one thread's connection has at its server."""

    def __init__(self) -> None:
        self.connection: Any = None
        self.pooled = False
        self.names: set[str] = set()

    def hold(self, wrapper: Any, names: Collection[str]) -> bool:
        """Have the server plan what it has not.

        False when this process does not know one of the names any more, and behind a pooler, where the next question may
        go to another connection of the server. A pooler is known by the number of the server's process: it cannot tell the
        one that is going to answer.
        """
        wrapper.close_if_health_check_failed()
        wrapper.ensure_connection()
        if wrapper.connection is not self.connection:
            with wrapper.wrap_database_errors:
                (process,) = wrapper.connection.execute("SELECT pg_backend_pid()").fetchone()
            self.connection, self.names = wrapper.connection, set()
            self.pooled = process != self.connection.info.backend_pid
        if self.pooled:
            return False
        missing = {name for name in names if name not in self.names}
        if not missing:
            return True
        if len(self.names) + len(missing) > PLANS:
            self.names, missing = set(), set(names)
        wanted = {name: known.definitions.get(name) for name in missing}
        if None in wanted.values():
            return False
        made = [f"PREPARE {name}{definition}" for name, definition in wanted.items()]
        if not self.names:
            made.insert(0, "DEALLOCATE ALL")
        before, self.names = self.names, set()  # should it fail, nothing is certain
        with wrapper.wrap_database_errors:
            self.connection.execute(";\n".join(made))
        self.names = before | wanted.keys()
        return True
