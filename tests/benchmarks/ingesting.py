"""How well texts are taken in, against what a reader found in them: documents, passages, dates and mentions by kind.

Three golds: the texts of ``tests/ingest/golden`` with their readings, those of ``tests/ingest/unseen``, whose readings
were written before anything read them (docs/decisions/0017 has what was measured then), and, where ``HIWAR_CORPUS``
names its folder, the real article with its own. A mention is right when it overlaps the gold one of
its kind and says the same record (or that there is none); two for one gold mention count as one right.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from statements.ingest.draft import understand
from statements.ingest.knowledge import Knowledge
from statements.ingest.parse import parse

ARTICLES = Path(__file__).parent.parent / "ingest" / "golden"
UNSEEN = ARTICLES.parent / "unseen"
LINKED, UNKNOWN = "official linked", "person unknown"
KINDS = ("official", "post", "organization", "agreement", "event", "place")


@dataclass(frozen=True)
class Span:
    """What stands at ``start``–``end`` and the values that are right for it; ``optional`` ones are not missed.

    An optional one may be said to be anything, unless it is ``unlinked``: then no record is right.
    """

    start: int
    end: int
    right: frozenset[str | None]
    optional: bool = False
    unlinked: bool = False

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass
class Gold:
    """A text with what a reader found in it, by kind."""

    text: str
    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Score:
    """Gold found, gold at all, proposals right, proposals at all; ``wrong`` names what went wrong."""

    found: int = 0
    wanted: int = 0
    right: int = 0
    proposed: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def drafted(text: str) -> dict[str, list[tuple[int, int, str | None]]]:
    """The spans of a draft by kind, with what each is said to be."""
    draft = understand(text)
    found: dict[str, list[tuple[int, int, str | None]]] = defaultdict(list)
    for document in draft["documents"]:
        found["document"].append((document["start"], document["end"], document["type"]))
        found["document date"].append((document["start"], document["end"], document["date"]))
        found["passage"] += [(part["start"], part["end"], "") for part in document["passages"]]
        found["date"] += [(part["start"], part["end"], part["edtf"]) for part in document["dates"]]
        for mention in document["mentions"]:
            if mention["type"] in KINDS:
                value = mention["slug"] if mention["outcome"] == "one" else mention["outcome"]
                for kind in (mention["type"], *parts_of(mention["type"], value)):
                    found[kind].append((mention["start"], mention["end"], value))
    return found


def compare(gold: Gold, scores: dict[str, Score]) -> None:
    """Add what the draft of this text has right and wrong to the scores."""
    found = drafted(gold.text)
    for kind, wanted in gold.spans.items():
        score = scores[kind]
        exact = kind in ("document", "document date", "passage")
        hit: set[Span] = set()
        for start, end, value in found.get(kind, []):
            met = [span for span in wanted if same(span, start, end, exact)]
            good = [span for span in met if value in span.right]
            hit.update(good)
            if not good and any(span.optional and not span.unlinked for span in met):
                continue
            score.proposed += 1
            score.right += bool(good)
            if not good:
                score.wrong.append(f"+ {kind} {start} “{gold.text[start:end][:70]}” {value}")
        for span in wanted:
            if span in hit:
                score.wanted += 1
                score.found += 1
            elif not span.optional:
                score.wanted += 1
                words = gold.text[span.start : span.end][:70]
                score.wrong.append(
                    f"- {kind} {span.start} “{words}” {sorted(map(str, span.right))}"
                )


def same(span: Span, start: int, end: int, exact: bool) -> bool:
    return (span.start, span.end) == (start, end) if exact else span.meets(start, end)


# The texts written for this


def written(path: Path) -> Gold:
    """A text and the reading beside it: ``documents``, ``dates`` and ``mentions`` in the order of the text.

    A mention is the address of its record, or null when it has none; "*" may be proposed or not, "?" must not be linked.
    """
    text = path.read_bytes().decode("utf-8")
    reading = json.loads(path.with_suffix(".json").read_text("utf-8"))
    gold = Gold(text)
    for kind in ("document", "document date", "passage", "date", *KINDS, LINKED, UNKNOWN):
        gold.spans[kind] = []
    at = behind = 0
    for document in reading["documents"]:
        passages = []
        for passage in document["passages"]:
            first, _, last = passage.partition(" … ")
            start = text.index(first, at)
            end = text.index(last, start) + len(last) if last else line_end(text, start)
            passages.append(Span(start, end, frozenset([""])))
            at = end
        gold.spans["passage"] += passages
        start = text.index(document["title"], behind) if document["title"] else passages[0].start
        end = passages[-1].end
        if document.get("closing"):
            end = text.index(document["closing"], end) + len(document["closing"])
            at = end
        behind = end
        gold.spans["document"].append(Span(start, end, frozenset([document["type"]])))
        gold.spans["document date"].append(Span(start, end, frozenset([document["date"]])))
    for start, end, date in in_order(text, reading["dates"]):
        gold.spans["date"].append(Span(start, end, frozenset([date[0]])))
    for start, end, (kind, slug) in in_order(text, reading["mentions"]):
        right = ["none", "several"] if slug == "?" else [slug or "none"]
        span = Span(start, end, frozenset(right), slug in ("*", "?"), slug == "?")
        gold.spans[kind].append(span)
        for part in parts_of(kind, slug or "none"):
            gold.spans[part].append(span)
    return gold


def parts_of(kind: str, value: str | None) -> list[str]:
    """The measures beside that of all officials which a mention counts for: links, and persons without a record."""
    if kind != "official" or value == "several":
        return []
    if value in ("*", "?"):
        return [LINKED, UNKNOWN]
    return [UNKNOWN if value == "none" else LINKED]


def line_end(text: str, start: int) -> int:
    return start + len(text[start:].splitlines()[0].rstrip())


def in_order(text: str, rows: Iterable[list[Any]]) -> Iterable[tuple[int, int, list[Any]]]:
    """Where the words of each row stand: none begins before the last one, and none but an optional one overlaps one of its kind."""
    at = 0
    taken: dict[str, int] = {}
    for words, *rest in rows:
        kind = rest[0] if len(rest) > 1 else "date"
        after = 0 if rest[-1] in ("*", "?") else taken.get(kind, 0)
        at = text.find(words, max(at, after))
        if at < 0:
            raise ValueError(f"“{words}” ({kind}) does not stand where the reading has it")
        taken[kind] = at + len(words)
        yield at, at + len(words), rest


def articles(folder: Path = ARTICLES) -> list[Path]:
    return sorted(folder.glob("*.txt"))


# The real article. Its gold has names of its own for the records; here is what they are in the archive.

PERSONS = {
    "abbasi": "thabit-al-abbasi", "austin": "lloyd-austin", "brown": "charles-q-brown", "ryder": "pat-ryder",
    "sudani": "mohammed-shia-al-sudani", "biden": "joe-biden",
    "office:iq-cts-director": "iq-cts-head", "office:iq-joc-deputy-commander": "iq-joc-deputy-commander",
}  # fmt: skip
HELD = {
    "abbasi": "iq-minister-of-defence", "austin": "us-secretary-of-defense", "brown": "us-chairman-jcs",
    "sudani": "iq-prime-minister", "biden": "us-president", "ryder": "us-pentagon-press-secretary",
}  # fmt: skip
BODIES = {
    "gc-disis": "global-coalition", "iq-gov": "iq-government", "operation:oir": "cjtf-oir",
    **{name: name for name in (
        "us-dod", "iq-mod", "us-dsca", "us-centcom", "us-state", "us-nsc", "us-jcs", "iq-cts", "iq-joc",
        "hmc", "isis", "iq-isf", "peshmerga", "cjtf-oir",
    )},
}  # fmt: skip
EVENTS = {"E0": {"us-iraq-jscd-1"}, "E1": {"us-iraq-jscd-2"}, "E2": {"sudani-visit-2024", "biden-sudani-2024"}, "E4": {"austin-abbasi-2024"}, "E5": {"oir-founded-2014"}}  # fmt: skip
AGREED = {"A1": "sfa-2008", "A2": "security-mou-planned"}
PLACES = {"Baghdad": "baghdad", "Washington, D.C.": "washington-dc", "Iraq": "iq", "United States": "us", "Syria": "sy", "north-east Syria": "sy"}  # fmt: skip


def real() -> Gold | None:
    """The real article with its gold, where it is at hand."""
    folder = Path(os.environ.get("HIWAR_CORPUS") or "/nowhere")
    if not (folder / "eval" / "seed-gold.json").is_file():
        return None
    source = json.loads((folder / "eval" / "seed-gold.json").read_text("utf-8"))
    text = (folder / "corpus" / "seed-article.txt").read_bytes().decode("utf-8")
    gold = Gold(text)
    parts(gold, source)
    for date in source["dates"]:
        gold.spans["date"].append(Span(date["start"], date["end"], frozenset([date["edtf"]])))
    for one in source["officials"]:
        kind = "post" if one["person"].startswith("office:") else "official"
        add(gold, kind, one, {PERSONS[one["person"]]})
        if one["surface"] == one["position_as_stated"] and kind == "official":
            add(gold, "post", one, {HELD[one["person"]]}, optional=True)
    for one in source["positions"]:
        add(gold, "post", one, {HELD[one["person"]]})
    for one in source["organisations"]:
        known = {BODIES[name] for name in one["org"].split("+") if name in BODIES}
        add(gold, "organization", one, known or {"none"}, optional=not known)
    for one in source["organisations_nested"]:
        add(gold, "organization", one, {BODIES[one["org"]]}, optional=True)
    for one in source["agreements"]:
        known = {AGREED.get(one["agreement"], "none")}
        add(gold, "agreement", one, known, optional=one["agreement"] not in AGREED)
    for one in source["event_mentions"]:
        add(gold, "event", one, EVENTS.get(one["event"], {"none"}), one["event"] not in EVENTS)
    for one in source["places"]:
        known = {PLACES.get(one["place"], "none")}
        add(gold, "place", one, known, optional=one["place"] not in PLACES)
    return gold


def add(
    gold: Gold, kind: str, one: dict[str, Any], right: Iterable[str], optional: bool = False
) -> None:
    gold.spans[kind].append(Span(one["start"], one["end"], frozenset(right), optional))


def parts(gold: Gold, source: dict[str, Any]) -> None:
    """Documents and passages: the lines of each part, without furniture, title, byline and date line."""
    types = {"article header and lead": "news_report", "joint statement": "joint_statement", "remarks report": "news_release"}  # fmt: skip
    titles = {source["title"], *(part.get("title") for part in source["segments"])}
    chrome = {one["surface"] for one in source["site_chrome"]}
    for part in source["segments"]:
        if part["type"] not in types:
            continue
        lines, at = [], part["start"]
        for line in gold.text[part["start"] : part["end"]].split("\n"):
            bare = line.strip()
            start = gold.text.index(bare, at) if bare else at
            if bare and bare not in chrome:
                lines.append((start, start + len(bare), bare))
            at += len(line) + 1
        whole = lines[0][0], lines[-1][1]
        date = part.get("date") or source["published"]
        gold.spans["document"].append(Span(*whole, frozenset([types[part["type"]]])))
        gold.spans["document date"].append(Span(*whole, frozenset([date])))
        gold.spans["passage"] += [
            Span(start, end, frozenset([""]))
            for start, end, bare in lines
            if bare not in titles
            and source["source"]["byline"] not in bare
            and not (len(bare) < 20 and bare[-4:].isdigit())
        ]


def measure(golds: Iterable[Gold]) -> dict[str, Score]:
    scores: dict[str, Score] = defaultdict(Score)
    for gold in golds:
        compare(gold, scores)
    return scores


# Time


#: Units of which hostile texts are made, one after another, with what they are called.
HOSTILE = {
    "one word": "a", "commas": ",", "digits": "7", "brackets": "(", "quotes": '"', "newlines": "\n", "short lines": "a\n", "numbers": "12 ",
    "hyphens": "Al-", "capitals": "Aaa ", "«وزير»": "وزير ", "General": "General ", "«محمد»": "محمد ", "«أمس»": "أمس ",
    "offices of": "Office of the Secretary of Defense for ", "dates": "24 تموز 2024 ", "joined dates": "24/07/2024،",
}  # fmt: skip
#: Bytes of a hostile text, and words of the long text that is timed.
MUCH, LONG = 100_000, 1500


def hostile(unit: str) -> str:
    whole = unit * (MUCH // len(unit.encode()) + 1)
    return whole.encode()[:MUCH].decode("utf-8", "ignore")


def long(words: int) -> str:
    """The written articles one after another, as many words of them."""
    found = "\n\n".join(path.read_text("utf-8") for path in articles())
    while len(found.split()) < words:
        found += "\n\n" + found
    ends = [match.end() for match in re.finditer(r"\S+", found)]
    return found[: ends[words - 1]]


def seconds(text: str, knowledge: Knowledge) -> float:
    begin = time.perf_counter()
    parse(text, knowledge).as_json(text)
    return time.perf_counter() - begin


def times() -> None:
    """Print how long each written article, long texts and hostile ones take to read, the archive's names being at hand."""
    knowledge = Knowledge.of_the_archive()
    seconds(long(200), knowledge)
    print(f"\n{'text':28} {'words':>6} {'ms':>6}")
    for path in articles():
        text = path.read_text("utf-8")
        print(f"{path.stem:28} {len(text.split()):6} {1000 * seconds(text, knowledge):6.0f}")
    for words in (LONG, 2 * LONG, 4 * LONG):
        print(f"{'long':28} {words:6} {1000 * seconds(long(words), knowledge):6.0f}")
    for name, unit in HOSTILE.items():
        text = hostile(unit)
        print(
            f"{'hostile: ' + name:28} {len(text.split()):6} {1000 * seconds(text, knowledge):6.0f}"
        )


def table(names: bool = False) -> None:
    """Print the measures; with ``names`` also each span that went wrong (+ proposed, - missed)."""
    sets = {
        f"{len(articles())} written articles": [written(path) for path in articles()],
        f"{len(articles(UNSEEN))} written unseen": [written(path) for path in articles(UNSEEN)],
    }
    article = real()
    if article:
        sets["the real article"] = [article]
    for name, golds in sets.items():
        print(f"\n{name:22} {'gold':>5} {'precision':>9} {'recall':>7} {'F1':>5}")
        for kind, score in measure(golds).items():
            print(
                f"{kind:22} {score.wanted:5} {score.precision:9.2f} {score.recall:7.2f} {score.f1:5.2f}"
            )
            for wrong in score.wrong if names else ():
                print("   ", wrong)
    times()
