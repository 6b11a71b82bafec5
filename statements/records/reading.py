"""Records in: read and checked whole first, then written in one transaction, or not at all.

A record that is already in the archive as the file has it is not touched, so that importing twice
changes nothing. Rows refer to each other across files, so they are written in three passes: the
records, what hangs on them, and what points at their passages.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import IntegrityError, models, transaction

from statements.records.description import BY_NAME, KINDS, Kind
from statements.records.fields import Index, Problem, apply_fields, checked_fields, refusal, save
from statements.records.writing import loaded, record_of


@dataclass(frozen=True)
class Complaint:
    """One thing wrong in a file."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f', field "{self.field}"' if self.field else ""
        return f"{self.file}, line {self.line}{where}: {self.message}."


class RecordsRefused(Exception):
    """Nothing was written; ``complaints`` says what is wrong where."""

    def __init__(self, complaints: list[Complaint]) -> None:
        self.complaints = complaints
        super().__init__("\n".join(str(complaint) for complaint in complaints))


@dataclass
class Line:
    file: str
    number: int
    kind: Kind
    row: dict[str, Any]
    record: Any = None

    def complaint(self, problem: Problem) -> Complaint:
        return Complaint(self.file, self.number, problem.path, problem.message)


@dataclass
class Summary:
    """How many records were added, changed and left as they were, by kind."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)

    def count(self, bucket: dict[str, int], kind: Kind) -> None:
        bucket[kind.name] = bucket.get(kind.name, 0) + 1


def import_files(paths: Iterable[Path], dry_run: bool = False) -> Summary:
    """Bring the files' records into the archive; raises RecordsRefused and writes nothing when one is wrong."""
    lines, complaints = read_files(paths)
    if complaints:
        raise RecordsRefused(complaints)
    with transaction.atomic():
        summary = write_lines(lines)
        if dry_run:
            transaction.set_rollback(True)
    return summary


def read_files(paths: Iterable[Path]) -> tuple[list[Line], list[Complaint]]:
    lines: list[Line] = []
    complaints: list[Complaint] = []
    seen: dict[tuple[str, str], Line] = {}
    for path in paths:
        name = path.name
        try:
            content = path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            complaints.append(Complaint(str(path), 0, "", f"cannot be read ({error.strerror})"))
            continue
        except UnicodeDecodeError as error:
            number = path.read_bytes()[: error.start].count(b"\n") + 1
            complaints.append(
                Complaint(name, number, "", "is not UTF-8 text; save the file as UTF-8")
            )
            continue
        for number, raw in enumerate(content.split("\n"), 1):
            if not raw.strip():
                continue
            try:
                line = Line(name, number, *parse_line(raw))
            except Problem as problem:
                complaints.append(Complaint(name, number, problem.path, problem.message))
                continue
            key = (line.kind.name, line.row["slug"])
            if key in seen:
                first = seen[key]
                complaints.append(
                    Complaint(
                        name,
                        number,
                        "slug",
                        f"the same {key[0]} stands in {first.file}, line {first.number}",
                    )
                )
            seen[key] = line
            lines.append(line)
    order = {kind.name: place for place, kind in enumerate(KINDS)}
    return sorted(lines, key=lambda line: order[line.kind.name]), complaints


def parse_line(raw: str) -> tuple[Kind, dict[str, Any]]:
    """The kind and the checked row of one line; raises Problem."""
    try:
        row = json.loads(
            raw, object_pairs_hook=each_once, parse_int=whole, parse_constant=no_number
        )
    except RecursionError:
        raise Problem("is not JSON (brackets nested too deep)") from None
    except ValueError as error:
        raise Problem(f"is not JSON ({error})") from None
    if not isinstance(row, dict):
        raise Problem("is not an object in braces")
    name = row.pop("kind", None)
    kind = BY_NAME.get(name) if isinstance(name, str) else None
    if kind is None:
        near = difflib.get_close_matches(str(name), BY_NAME, 1)
        hint = f"; did you mean “{near[0]}”?" if near else f"; known are: {', '.join(BY_NAME)}"
        raise Problem(f"{name!r} is not a kind of record{hint}", "kind")
    if not row.get("slug"):
        raise Problem("every record has a slug, e.g. “us-iraq-jscd-2”", "slug")
    return kind, checked_fields(row, kind.fields, kind.model)


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise Problem("this field stands twice; keep one", twice)
    return found


def whole(digits: str) -> int:
    if len(digits) > 15:
        raise Problem(f"{digits[:15]}… is a number too large for anything here")
    return int(digits)


def no_number(word: str) -> None:
    raise Problem(f"{word} is not a number in JSON")


def write_lines(lines: list[Line]) -> Summary:
    summary, index = Summary(), Index()
    existing = existing_records(lines)
    work = []
    for line in lines:
        known = existing.get((line.kind.name, line.row["slug"]))
        line.record = known or line.kind.model()
        if known is not None and record_of(known) == {"kind": line.kind.name, **line.row}:
            summary.count(summary.unchanged, line.kind)
            continue
        summary.count(summary.changed if known else summary.added, line.kind)
        work.append(line)
    for line in work:
        attempt(line, index, phase=1)
        index.add(line.record)
    for phase in (2, 3):
        for line in work:
            attempt(line, index, phase)
        index.write_links()
    return summary


def existing_records(lines: list[Line]) -> dict[tuple[str, str], models.Model]:
    found: dict[tuple[str, str], models.Model] = {}
    for kind in KINDS:
        slugs = [line.row["slug"] for line in lines if line.kind is kind]
        if slugs:
            for record in loaded(kind, kind.model._default_manager.filter(slug__in=slugs)):
                found[kind.name, record.slug] = record
    return found


def attempt(line: Line, index: Index, phase: int) -> None:
    """One pass over one record; what goes wrong refuses the whole import, naming the line."""
    try:
        apply_fields(line.record, line.row, line.kind.fields, index, phase)
        if phase == 1:
            save(line.record)
    except Problem as problem:
        raise RecordsRefused([line.complaint(problem)]) from None
    except IntegrityError as error:
        raise RecordsRefused([line.complaint(Problem(refusal(error)))]) from None
