"""The undertakings of a dialogue's rounds, strung together by what follows what (docs/decisions/0012-round-ledger.md)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet

from statements.models import Chain, ChainStep, Comparison, Passage, Statement, Undertaking
from statements.models.base import public
from statements.models.outcomes import CLOSED, MEANS, belonging, certain, day_of_step, follows
from statements.models.prepared import prepared
from statements.text.verbs import STRENGTHS
from statements.views.cells import FATES, Column, Entry, Line, of_rounds, place_of


@prepared
def undertakings_of(events: list[int]) -> QuerySet[Undertaking]:
    """The undertakings of rounds, and those that they follow or are followed by."""
    # Three sets together, where "or" would have all undertakings of the archive looked at.
    own = Undertaking.objects.filter(of_rounds("passage__statement__event", events)).order_by()
    following = Undertaking.objects.filter(follows__in=own.values("passage")).order_by()
    earlier = own.exclude(follows=None).values("follows")
    followed = Undertaking.objects.filter(passage__in=earlier).order_by()
    return (
        Undertaking.objects.filter(
            **public("passage__statement"), passage__removed=False
        )
        .filter(pk__in=own.values("pk").union(following.values("pk"), followed.values("pk")))
        .select_related("passage__statement__event", "theme")
        .order_by(
            "passage__statement__date_first", "passage__statement__slug", "passage__number", "number"
        )
    )  # fmt: skip


@prepared
def comparisons_of(passages: list[int]) -> QuerySet[Comparison]:
    return Comparison.objects.filter(
        Q(earlier__in=passages) | Q(passage__in=passages),
        **public("passage__statement"),
        passage__removed=False,
    ).select_related("passage__statement__event")


@prepared
def steps_beside(passages: list[int]) -> QuerySet[ChainStep]:
    """All steps of the promises that lead through one of the passages."""
    return (
        ChainStep.objects.filter(
            chain__in=Chain.objects.published().filter(steps__passage__in=passages)
        )
        .select_related(
            "chain",
            "passage__statement__event",
            "passage__article",
            "statement__event",
            "event",
            "agreement",
        )
        .order_by("chain_id", "order", "pk")
    )


class Threads:
    """The undertakings of a dialogue's rounds, strung together by what follows what."""

    def __init__(self, columns: list[Column]) -> None:
        self.columns = columns
        self.place = {c.round.event_id: c.place for c in columns if c.round}
        events = list(self.place)
        self.rows: list[Any] = undertakings_of(events)
        self.by_passage: dict[int, list[Any]] = {}
        for row in self.rows:
            self.by_passage.setdefault(row.passage_id, []).append(row)
        self.inside = [row for row in self.rows if self.at(row.passage.statement) is not None]
        for row in self.inside:  # a text of a part of the round is a text of it
            columns[self.place_in(row)].text = True
        passages = sorted({row.passage_id for row in self.inside})
        self.comparisons = comparisons_of(passages)
        self.pairs = {(row.passage_id, row.earlier_id): row.relation for row in self.comparisons}
        self.steps = steps_beside(passages)
        through: dict[int, list[ChainStep]] = {}
        begins: dict[int, int] = {}
        for step in self.steps:
            if step.passage_id:
                through.setdefault(step.passage_id, []).append(step)
            begins.setdefault(step.chain_id, step.passage_id or 0)
        told: Counter[Any] = Counter(row.passage.statement for row in self.inside)
        #: of each round the text with most undertakings; passages of another one are told with its name
        self.main: dict[int | None, int] = {}
        for statement, _times in told.most_common():
            self.main.setdefault(self.at(statement), statement.pk)
        self.chains = {
            row.pk: belonging(row, through.get(row.passage_id, ()), self.by_passage[row.passage_id])
            for row in self.inside
        }
        self.beginning = {
            row.pk
            for row in self.inside
            if any(begins[chain] == row.passage_id for chain in self.chains[row.pk])
        }

    def at(self, statement: Statement | None) -> int | None:
        """The column of a statement; None when it is not of a round."""
        return place_of(statement.event, self.place) if statement else None

    def place_in(self, row: Any) -> int:
        at = self.at(row.passage.statement)
        assert at is not None
        return at

    def earlier(self, row: Any) -> Any:
        """What an undertaking follows, of a round or not; else what stands before it in a chain of its own."""
        if row.follows_id:
            return follows(row, self.by_passage.get(row.follows_id, []))
        mine, before = self.chains.get(row.pk, ()), None
        for step in self.steps if mine else ():
            if step.chain_id in mine:
                if step.passage_id == row.passage_id:
                    return before
                for other in self.by_passage.get(step.passage_id or 0, ()):
                    if step.chain_id in self.chains.get(other.pk, ()):
                        before = other
        return None

    def parent(self, row: Any) -> Any:
        """The undertaking that this one comes after, when it is one of a round."""
        found = self.earlier(row)
        return found if found is not None and found.pk in self.chains else None

    def root(self, row: Any) -> Any:
        """Where the row of an undertaking begins: a promise with a chain that begins with it starts a row of its own."""
        seen = [row]
        while row.pk not in self.beginning and (above := self.parent(row)) is not None:
            if above in seen:  # they follow one another in a circle
                return min(seen[seen.index(above) :], key=lambda one: one.pk)
            row = above
            seen.append(row)
        return row

    def mark(self, row: Any) -> str:
        """How an undertaking stands to the passage it follows: as an editor compared them, or by its strength."""
        judged = self.pairs.get((row.passage_id, row.follows_id)) if row.follows_id else None
        if judged:
            return str(judged)
        earlier = self.earlier(row)
        if earlier is None:
            return "persisted" if row.follows_id else "new"
        change = STRENGTHS.index(row.strength) - STRENGTHS.index(earlier.strength)
        return "strengthened" if change > 0 else "softened" if change < 0 else "persisted"

    def lines(self) -> list[Line]:
        lines: dict[int, Line] = {}
        members: dict[int, list[Any]] = {}
        ended: set[tuple[int, int]] = set()
        for row in self.inside:
            root, above = self.root(row), self.parent(row)
            members.setdefault(root.pk, []).append(row)
            at = self.place_in(row)
            own = row.pk in self.beginning and above is not None
            cells = lines.setdefault(root.pk, self.line(root)).cells
            cells[at].append(self.entry(row, "new" if own else self.mark(row)))
            if own:  # the row of what it follows ends with it
                before = self.root(above)
                members.setdefault(before.pk, [])
                line = lines.setdefault(before.pk, self.line(before))
                line.cells[at].append(self.entry(row, self.mark(row)))
                ended.add((before.pk, at))
        chained = {
            pk: {chain for row in rows for chain in self.chains[row.pk]}
            for pk, rows in members.items()
        }
        self.add_steps(lines, members, chained)
        self.add_later(lines, chained)
        for pk, line in lines.items():
            for cell in line.cells:  # what is of the round first, then the rest by its date
                cell.sort(key=lambda entry: str(entry.date))
            line.chain = next((s.chain for s in self.steps if s.chain_id in chained[pk]), None)
            self.add_gone(line, {at for before, at in ended if before == pk})
        named = {row.theme_id: row.theme.label.text.casefold() for row in self.inside if row.theme}
        return sorted(
            lines.values(), key=lambda line: (line.group is None, named.get(line.group, ""))
        )

    def line(self, root: Any) -> Line:
        """The row, still empty, of a promise."""
        return Line(
            label=root.label,
            cells=[[] for _column in self.columns],
            group=root.theme_id,
            group_label=root.theme.label if root.theme else None,
            url=root.passage.get_absolute_url(),
        )

    def entry(self, row: Any, mark: str, *, elsewhere: bool = False) -> Entry:
        passage = row.passage
        changed = mark in ("strengthened", "softened", "reworded") or elsewhere
        return Entry(
            mark=mark,
            url=passage.get_absolute_url(),
            text=f"¶ {passage.number}",
            label=None if self.plain(passage) else passage.statement.label,
            tag=row.get_strength_display(),
            words=row.label if changed else None,
            date=passage.statement.date if elsewhere else "",
            key=passage.pk,
        )

    def plain(self, passage: Passage) -> bool:
        """Whether a passage is of the main text of a round, so that its number says which it is."""
        statement = passage.statement
        return statement is not None and self.main.get(self.at(statement)) == statement.pk

    def where(self, own: int | None, day: Any) -> int | None:
        """The column of something: its ``own``, or that of the first round that came after its day."""
        if own is not None or day is None:
            return own
        later = [c.place for c in self.columns if c.day and c.day >= day]
        return later[0] if later else len(self.columns) - 1

    def add_steps(self, lines: Any, members: Any, chained: Any) -> None:
        """What the chains of a row say became of it, from its first promise on."""
        for pk, line in lines.items():
            begun = min(filter(None, (certain(*row.passage.statement.days[::-1]) for row in members[pk])), default=None)  # fmt: skip
            for step in self.steps:
                mark = str(MEANS.get(ChainStep.Status(step.status), ""))
                if step.status == ChainStep.Status.SILENT:
                    mark = "silent"
                day = day_of_step(step)
                if (
                    step.chain_id not in chained[pk]
                    or not mark
                    or not day
                    or (begun and day < begun)
                ):
                    continue  # fmt: skip
                at = self.where(self.own(step), day)
                if at is not None:
                    self.put(line.cells[at], self.step(step, mark))

    def own(self, step: ChainStep) -> int | None:
        """The column of a step whose evidence is of a round."""
        if step.passage or step.statement:
            return self.at(step.passage.statement if step.passage else step.statement)
        return place_of(step.event, self.place)

    def step(self, step: ChainStep, mark: str) -> Entry:
        passage, date = step.passage, step.date
        record: Any = (
            passage.document if passage else step.statement or step.event or step.agreement
        )
        shown = record.is_public
        of_round = self.own(step) is not None
        return Entry(
            mark=mark,
            url=(passage or record).get_absolute_url() if shown else "",
            text=f"¶ {passage.number}" if passage and shown else "",
            label=record.label if shown and not (passage and self.plain(passage)) else None,
            tag=step.get_status_display() if step.status != mark else "",
            words=step.note if step.note.text else None,
            date=date if not of_round else "",
            key=passage.pk if passage else (step.pk,),
        )

    def put(self, cell: list[Entry], entry: Entry) -> None:
        """Into a cell, once: of one passage the chain's word on what became of the promise stands for any other."""
        for at, other in enumerate(cell):
            if other.key == entry.key and (other.mark == entry.mark or other.mark in FATES):
                cell[at] = entry
                return
        cell.append(entry)

    def add_later(self, lines: Any, chained: Any) -> None:
        """Passages that are not of the rounds: between two rounds what became of a promise, after the last all."""
        rows: list[tuple[Any, Any, str, Any]] = []
        followed = {(row.passage_id, row.follows_id) for row in self.rows}
        for row in self.rows:
            if row.pk not in self.chains and (above := self.parent(row)) is not None:
                rows.append((row.passage, above, self.mark(row), row))
        for comparison in self.comparisons:
            if comparison.earlier_id and (comparison.passage_id, comparison.earlier_id) not in followed:  # fmt: skip
                for above in self.by_passage.get(comparison.earlier_id, ()):
                    rows.append((comparison.passage, above, str(comparison.relation), comparison))
        rows.sort(key=lambda row: (str(row[0].statement.date), row[0].number))
        for passage, above, mark, said in rows:
            if above.pk not in self.chains:
                continue
            pk = self.root(above).pk
            inside = self.at(passage.statement) is not None
            if chained[pk] and mark in FATES and not inside:
                continue  # its chain says so, or says otherwise
            at = self.where(self.at(passage.statement), certain(*passage.statement.days[::-1]))
            if at is None or (not inside and at < len(self.columns) - 1 and mark not in FATES):
                continue
            cell = lines[pk].cells[at]
            if any(entry.key == passage.pk and entry.mark for entry in cell):
                continue
            if isinstance(said, Undertaking):
                cell.append(self.entry(said, mark, elsewhere=True))
            else:
                cell.append(
                    Entry(
                        mark=mark,
                        url=passage.get_absolute_url(),
                        text=f"¶ {passage.number}",
                        label=None if self.plain(passage) else passage.statement.label,
                        words=said.note if said.note.text else None,
                        date="" if inside else passage.statement.date,
                        key=passage.pk,
                    )
                )

    def add_gone(self, line: Line, ended: set[int]) -> None:
        """Gone: in the round before that has a text, not in this one, and not come to its end by then."""
        here = closed = gone = False
        for column in self.columns:
            cell = line.cells[column.place]
            marks = {entry.mark for entry in cell}
            if marks - FATES - {"silent"} or (marks and not here):
                here, gone = True, False
            elif here and not marks and column.round and column.text and not closed and not gone:
                cell.append(Entry(mark="silent"))
                gone = True
            gone = gone or "silent" in marks
            closed = closed or bool(marks & set(map(str, CLOSED))) or column.place in ended
