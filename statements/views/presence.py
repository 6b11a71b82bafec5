"""Who took part in which rounds of a dialogue, and what each round was silent about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from statements.models import Participation, Passage, Statement, Theme, Undertaking
from statements.views.cells import Column, Entry, Line, of_rounds, place_of
from statements.views.passages import Holdings


def participants(columns: list[Column], people: Sequence[Participation]) -> list[Line]:
    """A row for each official and each post without a name, by delegation; those of most rounds first.

    A post without a name has its likely holder beside it, as inferred. One query.
    """
    place = {c.round.event_id: c.place for c in columns if c.round}
    days = {c.round.event_id: c.round.event.days for c in columns if c.round}
    holdings = Holdings.of(
        (), [row.post_id for row in people if not row.official_id and row.post_id]
    )
    lines: dict[Any, Line] = {}
    for row in people:
        who: Any = row.official or row.post
        line = lines.get(who)
        if line is None:
            line = lines[who] = Line(
                label=who.label,
                cells=[[] for _column in columns],
                group=row.country_id,
                group_label=row.country.label if row.country else None,
                url=who.get_absolute_url(),
                country=row.country,
            )
        confirmed = row.standing == Participation.Standing.CONFIRMED
        cell = line.cells[place[row.event_id]]
        cell.append(
            Entry(
                text=row.get_role_display(),
                tag="" if confirmed else row.get_standing_display(),
                label=row.post.label if row.official and row.post and row.post.is_public else None,
            )
        )
        if row.official is None:
            cell += [
                Entry(
                    text=_("inferred:"),
                    label=holding.tenure.official.label,
                    tag=holding.remark,
                )
                for holding in holdings.likely(row.post_id or 0, *days[row.event_id])
            ]
    order = sorted(lines.values(), key=lambda line: -sum(map(bool, line.cells)))
    groups = {line.group: at for at, line in reversed(list(enumerate(lines.values())))}
    return sorted(order, key=lambda line: (line.group is None, groups[line.group]))


def themes(columns: list[Column]) -> list[Line]:
    """A row for each theme with the passages that have it, and its silences; two queries."""
    place = {c.round.event_id: c.place for c in columns if c.round}
    texts = Statement.objects.published().filter(of_rounds("event", list(place)))
    found = {
        (row["theme"], row["passage"])
        for row in Undertaking.objects.filter(
            passage__statement__in=texts, passage__removed=False, theme__isnull=False
        ).values("theme", "passage")
    }
    passages = {
        passage.pk: passage
        for passage in Passage.objects.filter(statement__in=texts, removed=False)
        .filter(Q(themes__isnull=False) | Q(undertakings__theme__isnull=False))
        .distinct()
        .select_related("statement__event")
    }
    found |= set(
        Passage.themes.through.objects.filter(passage__in=passages).values_list(
            "theme_id", "passage_id"
        )
    )
    count: dict[int, Counter[int]] = {}
    places: dict[int, int] = {}
    for passage in passages.values():
        at = place_of(passage.statement.event, place)
        if at is not None:
            columns[at].text = True  # a text of a part of the round is a text of it
            places[passage.pk] = at
            count.setdefault(at, Counter())[passage.statement_id] += 1
    #: the main text of each round, whose passages are told by their numbers alone
    main = {at: statements.most_common(1)[0][0] for at, statements in count.items()}
    lines = []
    for theme in Theme.objects.filter(pk__in={theme for theme, _of in found}):
        line = Line(
            theme.label,
            [[] for _column in columns],
            url=f"{reverse('statements')}?theme={theme.slug}",
        )
        mine = [passages[pk] for of, pk in found if of == theme.pk and pk in places]
        mine.sort(key=lambda p: (p.statement_id != main[places[p.pk]], p.statement_id, p.number))
        for passage in mine:
            cell = line.cells[places[passage.pk]]
            known = (main[places[passage.pk]], cell[-1].key if cell else None)
            cell.append(
                Entry(
                    url=passage.get_absolute_url(),
                    text=f"¶ {passage.number}",
                    label=None if passage.statement_id in known else passage.statement.label,
                    key=passage.statement_id,
                )
            )
        silences(line, columns)
        lines.append(line)
    return sorted(lines, key=lambda line: line.label.text.casefold())


def silences(line: Line, columns: list[Column]) -> None:
    """Mark a theme new, kept or gone in each round that has a text."""
    before = None
    for column in columns:
        if column.round is None or not column.text:
            continue
        cell = line.cells[column.place]
        if cell:
            cell[0] = replace(cell[0], mark="persisted" if before else "new")
        elif before:
            cell.append(Entry(mark="silent"))
        before = bool(cell) and cell[0].mark != "silent"
