"""Comparing: two statements of a series, or two versions of one, passage by passage, with what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from statements.compare import (
    BESIDE,
    KEPT,
    SAME,
    Beside,
    Compared,
    Row,
    beside,
    compared,
    compared_versions,
    in_time,
    judgements,
    series,
    texts_of,
    versions_in,
    with_beside,
)
from statements.models import Language, PassageText, Statement, Version
from statements.text.names import slugify
from statements.text.sentence import Sentence
from statements.views.divergences import divergences
from statements.views.links import moved, permanently

Side = tuple[Version, list[PassageText]]

APART = Sentence(
    "These two statements belong to no series together, and no editor has compared them.",
    "لا تجمع هذين البيانين سلسلة واحدة، ولم يقارن بينهما محرر.",
)
ITSELF = Sentence(
    "The archive has one version of this statement that can be read, and nothing to compare it with.",
    "لدى الأرشيف نسخة واحدة تُقرأ من هذا البيان، وليس هناك ما تقارن به.",
)
UNLIKE = Sentence(
    "The archive has no text of both statements in one language, so their words cannot be compared.",
    "ليس لدى الأرشيف نص للبيانين بلغة واحدة، فلا يمكن مقارنة كلماتهما.",
)


@dataclass
class Comparing:
    """What an address compares: two statements, or one with itself by its versions; or the sentence why it does not."""

    left: Statement
    right: Statement
    result: Compared | None = None
    problem: Sentence | None = None
    #: 404 where there is nothing to compare at this address
    status: int = 200
    languages: list[str] = field(default_factory=list)
    #: of one statement, its versions under the names that its address calls them by
    versions: dict[str, Version] = field(default_factory=dict)

    @property
    def itself(self) -> bool:
        return self.left == self.right

    @property
    def across(self) -> bool:
        """Two languages stand side by side, and words are not compared."""
        return self.result is not None and any(row.relation == BESIDE for row in self.result.rows)


class Elsewhere(Exception):
    """The comparison stands at another address, ``permanently`` or by the order of time."""

    def __init__(self, slugs: Sequence[str], permanently: bool) -> None:
        super().__init__(slugs)
        self.slugs, self.permanently = slugs, permanently


def comparing(query: dict[str, str], earlier: str, later: str) -> Comparing:
    """What is compared at an address; raises Http404 for what readers may not see, and Elsewhere."""
    found = {
        statement.slug: statement
        for statement in with_beside(
            Statement.objects.published().filter(slug__in=[earlier, later])
        )
    }
    if not {earlier, later} <= found.keys():
        now = [slug if slug in found else moved(Statement, slug) for slug in (earlier, later)]
        if None in now:
            raise Http404
        raise Elsewhere([slug for slug in now if slug], permanently=True)
    left, right = found[earlier], found[later]
    if in_time(right) < in_time(left):
        raise Elsewhere([later, earlier], permanently=False)
    return of_versions(query, left) if left == right else of_statements(query, left, right)


def of_statements(query: dict[str, str], left: Statement, right: Statement) -> Comparing:
    if not series(right).filter(pk=left.pk).exists():
        return Comparing(left, right, problem=APART, status=404)
    texts = texts_of([left, right])
    sides = [
        by_language(text for text in texts if text.passage.statement_id == one.pk)
        for one in (left, right)
    ]
    shared = [code for code in preferred() if all(code in side for side in sides)]
    if not shared:
        return Comparing(left, right, problem=UNLIKE)
    language = query.get("lang", "") if query.get("lang", "") in shared else shared[0]
    result = compared(sides[0][language], sides[1][language], judgements(left, right))
    return Comparing(left, right, result, languages=shared)


def by_language(texts: Iterable[PassageText]) -> dict[str, Side]:
    """For each language the version that is compared."""
    best: dict[str, Side] = {}
    for version, own in versions_in(texts).items():
        best.setdefault(version.language, (version, own))
    return best


def preferred() -> list[str]:
    """The languages, the reader's own first."""
    own = (get_language() or "en")[:2]
    return sorted(Language.values, key=lambda code: code != own)


def of_versions(query: dict[str, str], statement: Statement) -> Comparing:
    sides = versions_in(texts_of([statement]))
    named: dict[str, Version] = {}
    for version in sorted(sides, key=lambda version: version.pk):
        name = f"{version.language}-{slugify(version.publisher)}"
        named[name if name not in named else f"{name}-{version.pk}"] = version
    if len(named) < 2:
        return Comparing(statement, statement, problem=ITSELF, status=404)
    best = list(sides)
    left = named.get(query.get("left", ""), best[0])
    others = [version for version in best if version != left]
    like = next((one for one in others if one.language == left.language), others[0])
    right = named.get(query.get("right", ""), like)
    if left == right:
        right = like
    result = compared_versions((left, sides[left]), (right, sides[right]), divergences(statement))
    return Comparing(statement, statement, result, versions=named)


def compare(request: HttpRequest, earlier: str, later: str) -> HttpResponse:
    """The page; ``?show=changes`` leaves out what was kept."""
    try:
        it = comparing(request.GET.dict(), earlier, later)
    except Elsewhere as other:
        address = reverse("compare", args=other.slugs)
        if other.permanently:
            return permanently(request, address)
        query = request.GET.urlencode()
        return HttpResponseRedirect(address + (f"?{query}" if query else ""))
    changes = request.GET.get("show") == "changes"
    rows = it.result.rows if it.result else []
    still = (SAME, KEPT, BESIDE)
    shown = [row for row in rows if not changes or row.divergences or row.relation not in still]
    context = {
        "it": it,
        "problem": it.problem.in_language(get_language() or "en") if it.problem else "",
        "changes": changes,
        "rows": shown,
        "hidden": len(rows) - len(shown),
        "around": [] if it.itself else around(it),
    }
    return render(request, "compare.html", context, status=it.status)


def around(it: Comparing) -> list[Beside]:
    """The comparisons on: of the earlier statement with the one before it, of the later one with the one after it."""
    before = [other for other in beside(it.left) if other.role == "before"]
    after = [other for other in beside(it.right) if other.role == "after"]
    rest = [] if it.result else [*beside(it.left), *beside(it.right)]
    found = {other.pair: other for other in [*before, *after, *rest]}
    return [other for pair, other in found.items() if pair != (it.left.slug, it.right.slug)]


def as_json(row: Row) -> dict[str, object]:
    """A row for programs: how the passages stand, their numbers, and the words that readers may see."""
    return {
        "relation": row.relation,
        "editors": [comparison.relation for comparison in row.judged],
        "changed_words": row.changed,
        **{
            name: [
                {
                    "number": part.passage.number,
                    "text": part.text.shown,
                    "changed": [list(span) for span in part.marks],
                }
                for part in side
            ]
            for name, side in (("left", row.left), ("right", row.right))
        },
    }
