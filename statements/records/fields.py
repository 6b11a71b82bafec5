"""The parts a portable record is described with: how each is written from a model instance and read back.

A field whose value is empty (null, "", false, [], or the stated default) is left out when written
and supplied when read, so that a file shows what is known and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from statements.models.fields import as_edtf


@dataclass(frozen=True)
class Problem(Exception):
    """What is wrong in a file, where, and what would be right."""

    message: str
    path: str = ""

    def inside(self, outer: str) -> Problem:
        joined = f"{outer}.{self.path}" if self.path and self.path[0] != "[" else outer + self.path
        return Problem(self.message, joined)


class Index:
    """Records by model and slug: those of the archive and those of the files being read."""

    def __init__(self) -> None:
        self._known: dict[type[models.Model], dict[str, models.Model]] = {}
        self._links: dict[Any, list[Any]] = {}

    def add(self, record: Any) -> None:
        self._of(type(record))[record.slug] = record

    def link(self, through: Any, record: models.Model, others: list[models.Model]) -> None:
        """Keep links of a new record for one insert of all."""
        source, target = (field for field in through._meta.fields if field.is_relation)
        self._links.setdefault(through, []).extend(
            through(**{source.attname: record.pk, target.attname: other.pk}) for other in others
        )

    def write_links(self) -> None:
        for through, rows in self._links.items():
            through.objects.bulk_create(rows)
        self._links.clear()

    def find(self, model: type[models.Model], slug: str) -> models.Model | None:
        return self._of(model).get(slug)

    def _of(self, model: type[models.Model]) -> dict[str, models.Model]:
        if model not in self._known:
            self._known[model] = {record.slug: record for record in model._default_manager.all()}  # type: ignore[attr-defined]
        return self._known[model]


@dataclass
class Field:
    """One key of a record. ``phase`` is when it is written: 1 with its row, 2 when all rows are there."""

    key: str
    attr: str = ""
    default: Any = None
    phase: int = 1

    def __post_init__(self) -> None:
        self.attr = self.attr or self.key

    def write(self, record: models.Model) -> Any:
        return getattr(record, self.attr)

    def check(self, value: Any) -> Any:
        """The value in its canonical form; raises Problem."""
        return value

    def apply(self, record: models.Model, value: Any, index: Index) -> None:
        setattr(record, self.attr, value)

    @property
    def hint(self) -> str:
        """What would be right where the field is missing."""
        return "it may not be left out"

    def needed(self, model: Any) -> bool:
        """Whether the model cannot do without it, and nothing stands in when it is left out."""
        column = next((f for f in model._meta.concrete_fields if f.name == self.attr), None)
        needed = column is not None and not column.blank and not column.null
        return needed and self.blank() in ("", None)

    def empty(self, value: Any) -> bool:
        return value in (None, "", False, [], self.default)

    def blank(self) -> Any:
        return "" if self.default is None else self.default

    def prefetch(self) -> Iterator[str]:
        yield from ()


#: Control characters but for the tab and the line end; XML has no place for them.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Text(Field):
    def check(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Problem(f"{value!r} is not text; put it in quotation marks")
        if value != value.strip():
            raise Problem("the text begins or ends with a space")
        if control := CONTROL.search(value):
            raise Problem(
                f"the text has the control character U+{ord(control[0]):04X}; take it out"
            )
        return value


class Flag(Field):
    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise Problem(f"{value!r} is neither true nor false")
        return value

    def blank(self) -> Any:
        return False


HIGHEST = 32767


class Number(Field):
    def check(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= HIGHEST:
            raise Problem(f"{value!r} is not a whole number from 1 to {HIGHEST}")
        return value

    def blank(self) -> Any:
        return None


class Date(Field):
    @property
    def hint(self) -> str:
        return 'write EDTF, e.g. "2024-07-24"'

    def write(self, record: models.Model) -> str:
        return str(getattr(record, self.attr))

    def check(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Problem(f'{value!r} is not a date; write EDTF, e.g. "2024-07-22/2024-07-23"')
        try:
            as_edtf(value)
        except ValidationError as error:
            raise Problem(f'{" ".join(error.messages)} Write EDTF, e.g. "2024-07-24"') from None
        return value


class Dates(Field):
    def write(self, record: models.Model) -> list[str]:
        return sorted(str(date) for date in getattr(record, self.attr))

    def check(self, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise Problem("this is a list of EDTF dates")
        return sorted(Date(self.key).check(item) for item in value)

    def blank(self) -> Any:
        return []


@dataclass
class Choice(Text):
    choices: Any = None

    @property
    def hint(self) -> str:
        return f"write one of: {', '.join(self.choices.values)}"

    def check(self, value: Any) -> str:
        allowed = list(self.choices.values)
        if value not in allowed:
            raise Problem(f"{value!r} is not one of: {', '.join(allowed)}")
        return str(value)


@dataclass
class Ref(Field):
    """A reference to another record by its slug."""

    model: Any = None

    @property
    def hint(self) -> str:
        return f"write the slug of a {self.model._meta.verbose_name}"

    def write(self, record: models.Model) -> Any:
        other = getattr(record, self.attr)
        return other.slug if other else None

    def check(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Problem(f"{value!r} is not the slug of a {self.model._meta.model_name}")
        return value

    def apply(self, record: models.Model, value: Any, index: Index) -> None:
        setattr(record, self.attr, found(index, self.model, value) if value else None)

    def blank(self) -> Any:
        return None

    def prefetch(self) -> Iterator[str]:
        yield self.attr


@dataclass
class LateRef(Ref):
    """A reference to a record of the same kind, which may stand further down in the file."""

    phase: int = 2

    def apply(self, record: models.Model, value: Any, index: Index) -> None:
        if self.write(record) != value:
            super().apply(record, value, index)
            save(record)


@dataclass
class Refs(Field):
    """References to several records, sorted; always applied when every row is there."""

    model: Any = None
    phase: int = 2

    def write(self, record: models.Model) -> Any:
        return sorted(other.slug for other in getattr(record, self.attr).all())

    def check(self, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
            raise Problem(f"this is a list of slugs of {self.model._meta.verbose_name_plural}")
        if len(set(value)) < len(value):
            raise Problem("a slug stands twice in the list")
        return sorted(value)

    def apply(self, record: models.Model, value: Any, index: Index) -> None:
        others = []
        for number, slug in enumerate(value):
            try:
                others.append(found(index, self.model, slug))
            except Problem as problem:
                raise problem.inside(f"[{number}]") from None
        if is_new(record):
            index.link(getattr(type(record), self.attr).through, record, others)
        else:
            getattr(record, self.attr).set(others)

    def blank(self) -> Any:
        return []

    def prefetch(self) -> Iterator[str]:
        yield self.attr


def found(index: Index, model: Any, slug: str) -> models.Model:
    record = index.find(model, slug)
    if record is None:
        raise Problem(
            f"there is no {model._meta.model_name} “{slug}” in the archive or in the files given"
        )
    return record


@dataclass
class Children(Field):
    """Rows that belong to the record, each known among its siblings by ``identity``."""

    model: Any = None
    parent: str = ""
    fields: list[Field] = field(default_factory=list)
    identity: tuple[str, ...] = ()
    sort: Any = None
    numbered: str = ""  # the model field that keeps the written order
    phase: int = 2
    retire: str = ""  # a flag to set instead of deleting a row that is gone

    def rows(self, record: models.Model) -> list[Any]:
        return list(getattr(record, self.attr).all())

    def write(self, record: models.Model) -> list[dict[str, Any]]:
        written = [written_fields(row, self.fields) for row in self.rows(record)]
        return sorted(written, key=self.sort) if self.sort else written

    def check(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise Problem("this is a list")
        rows = []
        seen: dict[tuple[Any, ...], int] = {}
        for number, row in enumerate(value):
            try:
                checked = checked_fields(row, self.fields, self.model)
            except Problem as problem:
                raise problem.inside(f"[{number}]") from None
            identity = self.identify(checked, number)
            if identity in seen:
                raise Problem(
                    f"the same {self.model._meta.verbose_name} as [{seen[identity]}]", f"[{number}]"
                )
            seen[identity] = number
            rows.append(checked)
        return sorted(rows, key=self.sort) if self.sort else rows

    def identify(self, row: dict[str, Any], number: int) -> tuple[Any, ...]:
        return tuple(row.get(key) or "" for key in self.identity) or (number,)

    def apply(self, record: models.Model, value: Any, index: Index) -> None:
        old = {
            self.identify(written_fields(row, self.fields), number): row
            for number, row in enumerate([] if is_new(record) else self.rows(record))
        }
        kept = {self.identify(row, number) for number, row in enumerate(value)}
        for identity in [identity for identity in old if identity not in kept]:
            gone = old.pop(identity)
            if self.retire:
                setattr(gone, self.retire, True)
                gone.save()
            else:
                gone.delete()
        for number, row in enumerate(value):
            child = old.get(self.identify(row, number)) or self.model(**{self.parent: record})
            if self.numbered:
                setattr(child, self.numbered, number + 1)
            try:
                apply_fields(child, row, self.fields, index, phase=1)
                save(child)
                apply_fields(child, row, self.fields, index, phase=2)
            except Problem as problem:
                raise problem.inside(f"[{number}]") from None
            except IntegrityError as error:
                raise Problem(refusal(error), f"[{number}]") from None
        forget(record, self.attr)

    def relink(self, record: models.Model, value: Any, index: Index) -> None:
        """Third pass: what points from these rows at passages, now that every passage is there."""
        if not any(part.phase == 3 for part in self.fields):
            return
        rows = {
            self.identify(written_fields(row, self.fields), number): row
            for number, row in enumerate(self.rows(record))
        }
        for number, row in enumerate(value):
            child = rows[self.identify(row, number)]
            try:
                apply_fields(child, row, self.fields, index, phase=3)
            except Problem as problem:
                raise problem.inside(f"[{number}]") from None
            except IntegrityError as error:
                raise Problem(refusal(error), f"[{number}]") from None
        forget(record, self.attr)

    def blank(self) -> Any:
        return []

    def prefetch(self) -> Iterator[str]:
        yield self.attr
        for part in self.fields:
            yield from (f"{self.attr}__{path}" for path in part.prefetch())


def forget(record: models.Model, attr: str) -> None:
    """Drop what was prefetched for a relation that has just been written."""
    getattr(record, "_prefetched_objects_cache", {}).pop(attr, None)


def written_fields(record: models.Model, fields: list[Field]) -> dict[str, Any]:
    """Key → value of a row, empty values left out, in the order of the description."""
    written = {part.key: part.write(record) for part in fields}
    return {part.key: written[part.key] for part in fields if not part.empty(written[part.key])}


def checked_fields(row: Any, fields: list[Field], model: Any) -> dict[str, Any]:
    """The row in its canonical form; raises Problem for a key or value that cannot be."""
    if not isinstance(row, dict):
        raise Problem(f"{row!r} is not an object in braces")
    by_key = {part.key: part for part in fields}
    for key in row:
        if key not in by_key:
            raise Problem(f"unknown field; known are: {', '.join(by_key)}", key)
    checked = {}
    for part in fields:
        if part.key in row and not part.empty(row[part.key]):
            try:
                checked[part.key] = part.check(row[part.key])
            except Problem as problem:
                raise problem.inside(part.key) from None
        elif part.needed(model):
            raise Problem(f"this is missing; {part.hint}", part.key)
    return checked


def apply_fields(
    record: models.Model, row: dict[str, Any], fields: list[Field], index: Index, phase: int
) -> None:
    for part in fields:
        value = row.get(part.key, part.blank())
        try:
            if part.phase == phase:
                part.apply(record, value, index)
            elif phase == 3 and isinstance(part, Children):
                part.relink(record, value, index)
        except Problem as problem:
            raise problem.inside(part.key) from None
        except IntegrityError as error:
            raise Problem(refusal(error), part.key) from None


KEY = re.compile(r"Key \((.+?)\)=\((.*)\) already exists")


def refusal(error: IntegrityError) -> str:
    """The sentence of the rule that the database upheld."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message()).rstrip(".")
    if twice := KEY.match(getattr(diagnosis, "message_detail", None) or ""):
        return f"another record has the {twice[1]} “{twice[2]}” already"
    return str(getattr(diagnosis, "message_primary", None) or error).rstrip(".")


def is_new(record: models.Model) -> bool:
    """Whether the record was made by this import, so that nothing hangs on it yet."""
    return getattr(record, "new_to_archive", False)


def save(record: models.Model) -> None:
    """Validate with the model's own rules and save; raises Problem naming the field."""
    try:
        # Relations were resolved to records a moment ago, and the database keeps what is unique.
        relations = {field.name for field in record._meta.fields if field.is_relation}
        adding = record._state.adding
        record.clean_fields(exclude=relations)
        record.save()
        record.new_to_archive = adding or is_new(record)  # type: ignore[attr-defined]
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Problem(" ".join(messages).rstrip("."), "" if name == "__all__" else name) from None
