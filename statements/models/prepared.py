"""Questions that are put together once and then asked with other values, as a prepared statement is.

Django builds a query, and writes its SQL, anew for each asking. For the questions of a reader's page, which join
eight tables and bring five relations as arrays, that takes longer than the database does to answer. And so does
planning them, which PostgreSQL therefore does once for each connection (``archive.database.planning``).
"""

from __future__ import annotations

import copy
import datetime
import functools
import itertools
import re
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import connections, models
from django.db.models import QuerySet, prefetch_related_objects

P = ParamSpec("P")
Row = TypeVar("Row", bound=models.Model)

#: One question keeps so many shapes; the page of an official has one for each pattern of known and unknown days in office.
SHAPES = 200
#: A placeholder of Django's SQL, or an escaped percent sign.
PLACEHOLDER = re.compile(r"%%|%s")
#: What a value is to the server; the widest, so that none is out of range.
TYPES = {int: "bigint", str: "text", datetime.date: "date", list: "bigint[]"}


def prepared(ask: Callable[P, QuerySet[Row]]) -> Callable[P, list[Row]]:
    """The function gives the rows of its query, put together at the first call.

    Positional arguments are the values that vary: a whole number, a string, a date, or a list of whole numbers for
    ``__in``. They must reach the query as they are, in conditions that exist whatever their value. Arguments by name
    change its shape and are hashable; there is one query for each. Raises TypeError for other values, and
    ValueError when a value does not reach the query.
    """
    known: dict[Any, Prepared] = {}

    @functools.wraps(ask)
    def rows(*values: P.args, **shape: P.kwargs) -> list[Row]:
        lists = [value for value in values if isinstance(value, list)]
        if lists and not any(lists):
            return list(ask(*values, **shape))  # Django may know that there is nothing to be asked
        kinds = tuple(type(value) for value in values)
        key = kinds, tuple(sorted(shape.items()))
        found = known.get(key)
        if found is None:
            if len(known) >= SHAPES:
                known.clear()
            marks = [mark(at, value) for at, value in enumerate(values)]
            found = known[key] = Prepared(ask(*marks, **shape), marks)  # type: ignore[arg-type]
        return found.rows(values)

    return rows


def mark(at: int, value: Any) -> Any:
    """A value of the same type that nothing else in a query has."""
    if type(value) is int:
        return 1_987_654_000 + at
    if type(value) is str:
        return f"value-{1_987_654_000 + at}"
    if type(value) is datetime.date:
        return datetime.date(9876, 5, 1) + datetime.timedelta(days=at)
    if type(value) is list:
        return [1_987_654_000 + at]
    raise TypeError(f"A prepared question takes no {type(value).__name__}.")


class Prepared:
    """The SQL of a query, cut at its placeholders, and where the values belong."""

    def __init__(self, queryset: QuerySet[Any], marks: list[Any]) -> None:
        self.queryset = queryset
        self.compiler: Any = queryset.query.get_compiler(queryset.db)
        sql, parameters = self.compiler.as_sql()
        parts, ends = [], 0
        for match in PLACEHOLDER.finditer(sql):
            if match[0] == "%s":
                parts.append(sql[ends : match.start()])
                ends = match.end()
        parts.append(sql[ends:])
        #: for each parameter: it, and the place of its value among the arguments if it has one
        self.parameters: list[tuple[Any, int | None]] = []
        for at, parameter in enumerate(parameters):
            place = place_of(parameter, marks)
            if place is not None and isinstance(marks[place], list):
                if not parts[at].endswith(" IN (") or not parts[at + 1].startswith(")"):
                    raise ValueError("A list can be asked for with __in alone.")
                parts[at] = f"{parts[at].removesuffix(' IN (')} = ANY("
            self.parameters.append((parameter, place))
        missing = set(range(len(marks))) - {place for _parameter, place in self.parameters}
        if missing:
            raise ValueError(f"The values {sorted(missing)} do not reach the query.")
        self.sql = "%s".join(parts)
        varying = [marks[place] for _parameter, place in self.parameters if place is not None]
        #: what a server that plans the question once is told: the types of its values, and its SQL with numbers for them
        self.types = f"({', '.join(TYPES[type(one)] for one in varying)})" if varying else ""
        self.numbered = self.with_numbers(parts)
        select = [expression for expression, _sql, _alias in self.compiler.select]
        self.converters = self.compiler.get_converters(select[: self.compiler.col_count])

    def with_numbers(self, parts: list[str]) -> str:
        numbers, constants, sql = itertools.count(1), [], parts[0]
        for (parameter, place), after in zip(self.parameters, parts[1:], strict=True):
            if place is None:
                constants.append(parameter)
            sql += ("%s" if place is None else f"${next(numbers)}") + after
        written: str = connections[self.queryset.db].ops.compose_sql(sql, constants)
        return written

    def asked(self, connection: Any, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        """SQL and its parameters: by its name where the server has planned it, else the whole."""
        name = connection.planned(self.types, self.numbered)
        parameters = tuple(
            parameter if place is None else filled(parameter, values[place])
            for parameter, place in self.parameters
            if name is None or place is not None
        )
        if name is None:
            return self.sql, parameters
        places = ", ".join(["%s"] * len(parameters))
        return f"EXECUTE {name}({places})" if parameters else f"EXECUTE {name}", parameters

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        read_by: Any = self.queryset._iterable_class  # type: ignore[attr-defined]
        rows: list[Any] = list(read_by(Asking(self, values)))
        lookups = self.queryset._prefetch_related_lookups  # type: ignore[attr-defined]
        if lookups:
            prefetch_related_objects(rows, *lookups)
        return rows


def place_of(parameter: Any, marks: list[Any]) -> int | None:
    for place, one in enumerate(marks):
        sought = one[0] if isinstance(one, list) else one
        if isinstance(parameter, type(sought)) and parameter == sought:
            return place
    return None


class Asking:
    """What Django's readers of rows want to know of a queryset and its query, of a prepared one with its values."""

    def __init__(self, question: Prepared, values: tuple[Any, ...]) -> None:
        self.question = question
        self.values = values
        self.query = self
        self.db: str = question.queryset.db

    def __getattr__(self, name: str) -> Any:
        queryset = self.question.queryset
        return getattr(queryset if hasattr(queryset, name) else queryset.query, name)

    def get_compiler(self, using: str) -> Any:
        compiler = copy.copy(self.question.compiler)
        compiler.connection, compiler.using = connections[using], using
        asked = self.question.asked(compiler.connection, self.values)
        compiler.as_sql = lambda: asked
        compiler.get_converters = lambda _fields: self.question.converters
        return compiler


def filled(parameter: Any, value: Any) -> Any:
    """The value in the type in which Django gave its mark to the database."""
    if isinstance(value, list):
        return [type(parameter)(one) for one in value]
    return type(parameter)(value) if isinstance(value, int) else value
