"""A pasted text understood: documents, dates, mentions and links as plain values; nothing is written.

The result is the draft of ``ingest --dry-run --json``: offsets count characters of the text given.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

from statements.ingest import delegations, undertakings
from statements.ingest.carriage import Used
from statements.ingest.clauses import Said, said_in
from statements.ingest.dating import anchor, date_documents, day_in_figures
from statements.ingest.delegations import Delegate
from statements.ingest.knowledge import Knowledge
from statements.ingest.match import Matcher
from statements.ingest.mentioned import Context, Mentioned, Page
from statements.ingest.subjects import speakers_of
from statements.ingest.undertakings import Undertaken
from statements.text.arabic import fold, spelling
from statements.text.blocks import split
from statements.text.carried import carried_words
from statements.text.dates import EDTF, Found, find
from statements.text.lines import Span
from statements.text.pages import Block
from statements.text.senders import outlet_of
from statements.text.sentence import Sentence


@dataclass
class Document:
    """One document of a draft."""

    block: Block
    title: str
    outlet: str | None
    date: EDTF | None
    date_reason: Sentence
    dates: list[Found] = field(default_factory=list)
    mentions: list[Mentioned] = field(default_factory=list)
    event: str | None = None
    undertakings: list[Undertaken] = field(default_factory=list)
    delegates: list[Delegate] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def as_json(self, text: str, language: str) -> dict[str, Any]:
        return {
            "kind": self.block.kind,
            "type": self.block.type,
            "language": self.block.language,
            "title": self.title,
            "outlet": self.outlet,
            "date": self.date,
            "date_reason": self.date_reason.in_language(language),
            "event": self.event,
            "start": self.block.start,
            "end": self.block.end,
            "passages": [
                {"start": span.start, "end": span.end, "text": span.of(text)}
                for span in self.block.paragraphs
            ],
            "dates": [
                {
                    "as_printed": date.as_printed,
                    "start": date.start,
                    "end": date.end,
                    "edtf": date.edtf,
                    "reason": date.reason.in_language(language),
                }
                for date in self.dates
            ],
            "mentions": [mention.as_json(language) for mention in self.mentions],
            "delegates": [one.as_json(text, language) for one in self.delegates],
            "undertakings": [one.as_json(text, language) for one in self.undertakings],
        }


@dataclass
class Draft:
    documents: list[Document]
    links: list[dict[str, Any]]
    warnings: list[Sentence]
    #: statements of the archive that an article of the page uses
    used: list[Used] = field(default_factory=list)
    #: lines of the site, which belong to no document
    furniture: list[Span] = field(default_factory=list)

    def sentences(self, language: str) -> dict[str, Any]:
        """What the draft says in words, in another language than its own; see ``told``."""
        return {
            "warnings": [warning.in_language(language) for warning in self.warnings],
            "documents": [
                {
                    "date_reason": document.date_reason.in_language(language),
                    "dates": [date.reason.in_language(language) for date in document.dates],
                    "mentions": [one.reason.in_language(language) for one in document.mentions],
                    "delegates": [one.reason.in_language(language) for one in document.delegates],
                    "undertakings": [
                        [one.reason.in_language(language)]
                        + [likely.reason.in_language(language) for likely in one.follows]
                        for one in document.undertakings
                    ],
                }
                for document in self.documents
            ],
            "used": [one.reason.in_language(language) for one in self.used],
        }

    def as_json(self, text: str, language: str = "en") -> dict[str, Any]:
        return {
            "documents": [document.as_json(text, language) for document in self.documents],
            "links": self.links,
            "used": [one.as_json(language) for one in self.used],
            "warnings": [warning.in_language(language) for warning in self.warnings],
            "furniture": [[span.start, span.end] for span in self.furniture],
        }


def told(draft: dict[str, Any], sentences: dict[str, Any]) -> dict[str, Any]:
    """A draft with its sentences in the language of ``sentences``."""
    documents = []
    for document, words in zip(draft["documents"], sentences["documents"], strict=True):
        changed: dict[str, Any] = {"date_reason": words["date_reason"]}
        for part in ("dates", "mentions", "delegates"):
            if part in words:
                changed[part] = [one | {"reason": said} for one, said in zip(document[part], words[part], strict=True)]  # fmt: skip
        if "undertakings" in words:
            changed["undertakings"] = [
                one
                | {
                    "reason": said[0],
                    "follows": [
                        likely | {"reason": why}
                        for likely, why in zip(one["follows"], said[1:], strict=True)
                    ],
                }
                for one, said in zip(document["undertakings"], words["undertakings"], strict=True)
            ]
        documents.append(document | changed)
    used = draft.get("used", [])
    if "used" in sentences:
        used = [one | {"reason": said} for one, said in zip(used, sentences["used"], strict=True)]
    return draft | {"documents": documents, "warnings": sentences["warnings"], "used": used}


def parse(text: str, knowledge: Knowledge) -> Draft:
    """Understand a pasted text. Works on the text exactly as given."""
    page = split(text)
    warnings: list[Sentence] = []
    documents = [opened(block, text) for block in page.documents]
    date_documents(documents, text)
    matcher = Matcher(knowledge)
    page_day = next((document.date for document in documents if document.date), None)
    printed = Page()
    for document in documents:
        for span in spans(document, text):
            matcher.survey(text, span.start, span.end, printed)
    for document in documents:
        day = anchor(document, text, page_day)
        read_dates(document, text, day, warnings)
        context = Context(day, document.dates, printed)
        for at, span in enumerate(spans(document, text)):
            document.mentions += matcher.mentions(text, span.start, span.end, context)
            if at == 0 and document.block.title:
                speaks(document, context, knowledge)
        document.event = came_out_of(document, knowledge)
        document.said = said_in(text, [(part.start, part.end) for part in document.block.paragraphs])  # fmt: skip
        document.delegates = delegations.read(document.said, document.mentions, knowledge)
        if document.block.kind == "statement":
            document.undertakings = promised(document, text, context.voice, knowledge)
        if document.block.claimed:
            warnings.append(document.block.claimed)
        warnings += [mention.warning for mention in document.mentions if mention.warning]
    warnings += same_person(documents)
    return Draft(documents, links(documents), unique(warnings), furniture=page.furniture)


#: Longer paragraphs are read piece by piece: the time for a text grows with its length, not faster.
PIECE = 4000


def spans(document: Document, text: str) -> list[Span]:
    """Where the words of a document stand: its title and its paragraphs, long ones cut between words."""
    title = document.block.title
    found: list[Span] = []
    for span in [*([title] if title else []), *document.block.paragraphs]:
        start = span.start
        while span.end - start > PIECE:
            cut = max(text.rfind(mark, start, start + PIECE) for mark in (" ", "\n"))
            cut = cut + 1 if cut > start else start + PIECE
            found.append(Span(start, cut))
            start = cut
        found.append(Span(start, span.end))
    return found


#: Documents in which one side speaks.
ONE_VOICE = {"remarks", "readout", "news_release", "statement"}


def speaks(document: Document, context: Context, knowledge: Knowledge) -> None:
    """Who speaks in a document, by the first official, office or body in its title."""
    if document.block.type not in ONE_VOICE:
        return
    for mention in document.mentions:
        code = knowledge.nations.get((mention.kind, mention.slug or ""))
        if mention.outcome == "one" and code and mention.kind not in ("country", "place"):
            context.voice = context.voice or code
            if mention.kind == "official":
                context.speaker = mention.slug
                return


def promised(
    document: Document,
    text: str,
    voice: str | None,
    knowledge: Knowledge,
) -> list[Undertaken]:
    """What the parties of a statement undertake in it."""
    speakers = speakers_of(document.event, document.mentions, voice, knowledge)
    day = document.date.first if document.date else None
    return undertakings.read(text, document.said, document.mentions, document.dates, day, speakers, knowledge)  # fmt: skip


def opened(block: Block, text: str) -> Document:
    title = " ".join(block.title.of(text).split()) if block.title else ""
    outlet = outlet_of(block.byline.of(text)) if block.byline else None
    return Document(block, title, outlet, None, Sentence("", ""))


#: Dates of a document that are read; what has more is a table of figures.
MOST_DATES = 2000
TOO_MANY_DATES = Sentence(
    f"It has more than {MOST_DATES} dates; those behind them were not read.",
    f"فيه أكثر من {MOST_DATES} تاريخ، ولم يُقرأ ما بعدها.",
)


def read_dates(document: Document, text: str, day: EDTF | None, warnings: list[Sentence]) -> None:
    """The dates in a document, relative ones counted from that day."""
    lines = [line for line in (document.block.date_line, document.block.done) if line]
    opening = day_in_figures(document, text, day)
    document.dates += [opening] if opening else []
    for span in [*spans(document, text), *lines]:
        for found in find(span.of(text), on=day.first if day else None):
            document.dates.append(
                replace(found, start=found.start + span.start, end=found.end + span.start)
            )
            warnings += found.warnings
        if len(document.dates) > MOST_DATES:
            warnings.append(TOO_MANY_DATES)
            return


#: Days from the end of an event within which what came out of it is printed.
AFTER_EVENT = 31


def came_out_of(document: Document, knowledge: Knowledge) -> str | None:
    """The event named most among those that had begun and were over at most a month before the document."""
    if document.block.kind != "statement":
        return None
    day = document.date.first if document.date else None
    times = {meeting.slug: meeting for meeting in knowledge.meetings}

    def recent(slug: str) -> bool:
        event = times.get(slug)
        if day is None or event is None or event.first is None or event.last is None:
            return True
        return event.first <= day <= event.last + datetime.timedelta(AFTER_EVENT)

    events = [
        m.slug
        for m in document.mentions
        if m.type == "event" and m.outcome == "one" and m.slug and recent(m.slug)
    ]
    return max(events, key=lambda slug: (events.count(slug), -events.index(slug)), default=None)


def same_person(documents: list[Document]) -> list[Sentence]:
    """Different printed names that mean one official are flagged, for a person to confirm."""
    forms: dict[str, set[str]] = {}
    for document in documents:
        for mention in document.mentions:
            if (
                mention.type == "official"
                and mention.slug
                and not mention.unnamed
                and len(mention.as_printed.split()) > 1
            ):
                forms.setdefault(mention.slug, set()).add(mention.as_printed)
    return [
        Sentence(
            f"{' and '.join(sorted(printed))} are proposed as one person.",
            f"{' و'.join(sorted(printed))}: يُقترح أنهما شخص واحد.",
        )
        for printed in forms.values()
        if len({" ".join(fold(form).split()[:1]) for form in printed}) > 1
    ]


def links(documents: list[Document]) -> list[dict[str, Any]]:
    """An article that prints other documents whole carries them; ``passages`` tells what its own passages have of each."""
    articles = [i for i, document in enumerate(documents) if document.block.kind == "article"]
    if not articles or len(articles) == len(documents):
        return []
    own = words_by_passage(documents[articles[0]])
    return [
        {
            "from": articles[0],
            "to": j,
            "relation": "carries",
            "passages": [one.as_json() for one in carried_words(own, words_by_passage(document))],
        }
        for j, document in enumerate(documents)
        if document.block.kind == "statement"
    ]


def words_by_passage(document: Document) -> list[list[str]]:
    """The words of each passage as texts are compared."""
    found: list[list[str]] = [[] for _ in document.block.paragraphs]
    for said in document.said:
        found[said.passage - 1] += [spelling(token.word) for token in said.words]
    return found


def printed(document: Document, text: str) -> list[str]:
    """The passages of a document."""
    return [span.of(text) for span in document.block.paragraphs]


def unique(warnings: list[Sentence]) -> list[Sentence]:
    return list(dict.fromkeys(warnings))
