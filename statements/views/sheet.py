"""What all briefings are made of: sections, the numbered sources, open promises, the latest passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.db.models import Count, Q, Window
from django.utils.translation import gettext_lazy, override

from statements.models import (
    Undertaking,
)
from statements.models.documents import Source
from statements.models.outcomes import CLOSED, Outcome, Told, undertaken
from statements.views.excerpts import Shown
from statements.views.promises import Day

#: A briefing shows at most this many promises and passages, and says how many more there are and where.
PROMISES, PASSAGES = 12, 6
#: how many sources a line names
CITED = 2


@dataclass
class Notes:
    """The sources of a briefing, each with its number."""

    sources: list[Source] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def printed(self) -> list[tuple[Source, str]]:
        """Each source with its address as people read it: without the scheme, Arabic letters as letters."""
        return [(source, readable(source.link or source.address)) for source in self.sources]

    def of(self, sources: Iterable[Source]) -> list[int]:
        """The numbers of the first sources of a line."""
        found = []
        for source in list(sources)[:CITED]:
            key = source.link or f"{source.publisher} {source.address}"
            if key not in self.numbers:
                self.sources.append(source)
                self.numbers[key] = len(self.sources)
            found.append(self.numbers[key])
        return found


def readable(link: str) -> str:
    letters = unquote(link)
    clean = letters.isprintable() and " " not in letters and "\ufffd" not in letters
    return (letters if clean else link).removeprefix("https://").removeprefix("http://")


@dataclass
class Section:
    """A heading with its lines; ``cell`` draws a line in one language, ``where`` has those that are left out."""

    key: str
    name: Any
    cell: str
    rows: list[Any]
    empty: Any
    total: int = 0
    where: Any = ""

    @property
    def printed(self) -> str:
        """Where those are that are left out, as it is printed."""
        return address(str(self.where))

    @property
    def more(self) -> int:
        return max(0, self.total - len(self.rows))


def address(path: str) -> str:
    """An address without its language, as it is printed."""
    return path[3:]


def path_of(record: Any) -> str:
    with override("en"):
        return address(record.get_absolute_url())


@dataclass
class PromiseLine:
    """An undertaking that had not come to its end by the day."""

    record: Undertaking
    outcome: Outcome
    overdue: bool

    @property
    def text(self) -> Any:
        """The statement under which it stands."""
        return self.record.passage.statement

    @property
    def where(self) -> str:
        return path_of(self.text)


def promises_of(made: Q, day: Day, where: Any) -> Section:
    """What had been undertaken and had not come to its end by the day, the latest first; four queries."""
    told = Told.by(day.day)
    closed = [pk for pk, outcome in told.outcomes.items() if outcome.status in CLOSED]
    rows: list[Any] = list(
        undertaken(day.day)
        .filter(made)
        .exclude(pk__in=closed)
        .select_related("passage__statement", "theme")
        .annotate(total=Window(Count("pk")))
        .order_by(
            "-passage__statement__date_first",
            "passage__statement__slug",
            "passage__number",
            "number",
        )[:PROMISES]
    )
    lines = [
        PromiseLine(row, told.of(row), bool(row.due_last and row.due_last < day.day))
        for row in rows
    ]
    return Section(
        "promises", gettext_lazy("Open promises"), "parts/briefing/promise.html", lines,
        gettext_lazy("No promise was open on that day, as far as the archive knows."),
        rows[0].total if rows else 0, where,
    )  # fmt: skip


@dataclass
class PassageLine:
    """A passage cut short, under its statement."""

    shown: Shown

    @property
    def text(self) -> Any:
        return self.shown.passage.statement

    @property
    def where(self) -> str:
        return path_of(self.text)


def passages_section(passages: list[Shown], total: int, where: Any) -> Section:
    lines = [PassageLine(shown) for shown in passages]
    return Section(
        "passages", gettext_lazy("Latest passages"), "parts/briefing/passage.html", lines,
        gettext_lazy("The archive has no passage until that day."), total, where,
    )  # fmt: skip
