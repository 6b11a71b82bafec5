"""The round ledger of a dialogue: undertakings, participants or themes against its rounds (docs/decisions/0012-round-ledger.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from statements.models import Participation
from statements.search.request import clean
from statements.text.dates import EDTF, write
from statements.text.sentence import Sentence
from statements.views.cells import MARKS, Column, Entry, Line
from statements.views.presence import participants, themes
from statements.views.threads import Threads

VIEWS = {
    "undertakings": gettext_lazy("Undertakings"),
    "participants": gettext_lazy("Participants"),
    "themes": gettext_lazy("Themes"),
}
#: rounds and rows shown at once; the rest is a click away, and all of it in the CSV
ROUNDS, ROWS = 6, 100


@dataclass
class Ledger:
    view: str
    columns: list[Column]
    lines: list[Line]
    problems: list[Sentence] = field(default_factory=list)


def columns_of(rounds: Sequence[Any]) -> list[Column]:
    """Rounds annotated with ``statement_links``, in time order, and the time since the last."""
    found = [Column(row, place, bool(row.statement_links)) for place, row in enumerate(rounds)]
    return [*found, Column(None, len(found))]


def ledger(rounds: Sequence[Any], people: Sequence[Participation], query: Any) -> Ledger:
    """The view that ``view`` of a query asks for, whole."""
    asked = clean(query.get("view", ""))
    view = asked if asked in VIEWS else "undertakings"
    columns = columns_of(rounds)
    if view == "participants":
        lines = participants(columns, people)
    else:
        lines = themes(columns) if view == "themes" else Threads(columns).lines()
    made = Ledger(view, columns, lines)
    if asked and asked not in VIEWS:
        made.problems.append(
            Sentence(
                f"The ledger has no view “{asked[:60]}”; these are the undertakings.",
                f"ليس في السجل عرض باسم «{asked[:60]}»، وهذه هي التعهدات.",
            )
        )
    if not any(line.cells[-1] for line in made.lines):
        made.columns = columns[:-1]
        for line in made.lines:
            line.cells = line.cells[:-1]
    return made


def shown(made: Ledger, query: Any) -> dict[str, Any]:
    """What a page shows of a ledger: at most ``ROUNDS`` rounds up to the one asked for, and a page of rows."""
    rounds = [column for column in made.columns if column.round]
    last, asked = len(rounds), clean(query.get("last", ""))
    if asked:
        at = next((c.place for c in rounds if c.round and c.round.event.slug == asked), None)
        if at is None:
            made.problems.append(
                Sentence(
                    f"This dialogue has no round “{asked[:60]}”; these are its latest.",
                    f"ليس في هذا الحوار جولة باسم «{asked[:60]}»، وهذه أحدث جولاته.",
                )
            )
        else:
            last = at + 1
    first = max(0, last - ROUNDS)
    window = [*rounds[first:last], *(made.columns[len(rounds) :] if last == len(rounds) else ())]
    places = [column.place for column in window]
    lines = [
        replace(line, cells=cells)
        for line in made.lines
        if any(cells := [line.cells[place] for place in places])
    ]
    paginator = Paginator(lines, ROWS)
    number = clean(query.get("rows", ""))
    if number and not (number.isdecimal() and 1 <= int(number[:7]) <= paginator.num_pages):
        made.problems.append(
            Sentence(
                f"“{number[:60]}” is no page of this ledger; this is the first.",
                f"«{number[:60]}» ليست من صفحات هذا السجل، وهذه هي الأولى.",
            )
        )
        number = "1"
    numbered = paginator.get_page(number or 1)
    language = (get_language() or "en")[:2]
    return {
        "view": made.view,
        "views": [{"value": value, "name": name} for value, name in VIEWS.items()],
        "columns": window,
        "groups": grouped(list(numbered.object_list)),
        "marks": marks_in(numbered.object_list),
        "others": others_in(numbered.object_list),
        "rounds": len(rounds),
        "first": first + 1,
        "last": last,
        "earlier": event_slug(rounds, first - 1) if first else "",
        "later": event_slug(rounds, min(last + ROUNDS, len(rounds)) - 1) if last < len(rounds) else "",
        "page": numbered,
        "pages": paginator.get_elided_page_range(numbered.number, on_each_side=2, on_ends=1),
        "count": len(lines),
        "problems": [problem.in_language(language) for problem in made.problems],
    }  # fmt: skip


def event_slug(rounds: list[Column], place: int) -> str:
    row = rounds[place].round
    return row.event.slug if row else ""


def grouped(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines under the headings they share, in the order in which they come."""
    groups: dict[Any, dict[str, Any]] = {}
    for line in lines:
        group = groups.setdefault(
            line.group, {"label": line.group_label, "country": line.country, "lines": []}
        )
        group["lines"].append(line)
    return list(groups.values())


def marks_in(lines: Iterable[Line]) -> list[tuple[str, Any]]:
    """The marks that are used, with their names, for the legend."""
    used = {entry.mark for line in lines for cell in line.cells for entry in cell}
    return [(mark, name) for mark, name in MARKS.items() if mark in used]


def others_in(lines: Iterable[Line]) -> list[Entry]:
    """What the cells name by its day alone, each once and in time order: texts and events that are of no round."""
    found: dict[str, Entry] = {}
    for entry in (entry for line in lines for cell in line.cells for entry in cell):
        if entry.date and entry.label and entry.url:
            found.setdefault(entry.url.partition("#")[0], entry)
    return sorted(found.values(), key=lambda entry: str(entry.date))


def as_csv(made: Ledger) -> str:
    """The whole ledger as CSV with a byte order mark, as spreadsheets want it, headings in the reader's language."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    first = {"undertakings": _("Theme"), "participants": _("Delegation")}.get(made.view)
    heads = [first] if first else []
    subject = {"undertakings": _("Undertaking"), "participants": _("Participant")}
    heads += [subject.get(made.view, _("Theme")), *(heading(column) for column in made.columns)]
    writer.writerow(map(guarded, heads))
    for line in made.lines:
        group = [line.group_label.text if line.group_label else ""] if first else []
        cells = ["; ".join(map(told, cell)) for cell in line.cells]
        writer.writerow(map(guarded, [*group, line.label.text, *cells]))
    return out.getvalue()


def heading(column: Column) -> str:
    language = (get_language() or "en")[:2]
    if column.round is None or not column.round.event.date:
        return column.heading.text
    return f"{column.heading.text}, {write(column.round.event.date, language)}"


def told(entry: Entry) -> str:
    """An entry in words: its mark, when and where it is not of the round, the passage, and what stands beside."""
    date = write(EDTF(str(entry.date)), (get_language() or "en")[:2]) if entry.date else ""
    label = entry.label.text if entry.label else ""
    parts = (entry.name, date, label, entry.text, f"({entry.tag})" if entry.tag else "")
    return " ".join(part for part in parts if part)


def guarded(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return (
        f"'{value}" if value[:1] in ("\t", "\r") or value.lstrip()[:1] in tuple("=+-@") else value
    )
