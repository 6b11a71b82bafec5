"""What is stored, and the questions one may ask of it. One list of public kinds for everything that walks them."""

from statements.models.agreements import Agreement, AgreementStep
from statements.models.base import Label, Publishable, State, worded
from statements.models.divergences import Divergence
from statements.models.documents import (
    Article,
    Capture,
    Carriage,
    Extent,
    Language,
    Layer,
    Passage,
    PassageText,
    Readable,
    Rights,
    Source,
    Statement,
    Version,
    layer_shown,
)
from statements.models.events import Dialogue, Event, Participation, Round
from statements.models.history import ArchiveRevision, Change, OldAddress, reading, recording
from statements.models.links import (
    MENTIONED,
    Chain,
    ChainStep,
    Claim,
    Comparison,
    Conflict,
    Mention,
    Term,
    Theme,
    Undertaking,
)
from statements.models.organizations import Country, Name, Organization, Outlet, Place, Post
from statements.models.pastes import Paste
from statements.models.people import Hold, Official, Tenure, holders_on
from statements.models.search import (
    SearchColumn,
    SearchDocument,
    SearchPassage,
    SearchPosting,
    SearchProgress,
)

#: Kinds with a public page, a list, search text, sitemap, export, interface and desk of their own.
PUBLIC_KINDS: tuple[type[Publishable], ...] = (
    Statement,
    Article,
    Official,
    Organization,
    Post,
    Dialogue,
    Event,
    Agreement,
)

__all__ = [
    "MENTIONED",
    "PUBLIC_KINDS",
    "Agreement",
    "AgreementStep",
    "ArchiveRevision",
    "Article",
    "Capture",
    "Carriage",
    "Chain",
    "ChainStep",
    "Change",
    "Claim",
    "Comparison",
    "Conflict",
    "Country",
    "Dialogue",
    "Divergence",
    "Event",
    "Extent",
    "Hold",
    "Label",
    "Language",
    "Layer",
    "Mention",
    "Name",
    "OldAddress",
    "Official",
    "Organization",
    "Outlet",
    "Participation",
    "Passage",
    "PassageText",
    "Readable",
    "Paste",
    "Place",
    "Post",
    "Publishable",
    "Rights",
    "Round",
    "SearchColumn",
    "SearchDocument",
    "SearchPassage",
    "SearchPosting",
    "SearchProgress",
    "Source",
    "State",
    "Statement",
    "Tenure",
    "Term",
    "Theme",
    "Undertaking",
    "Version",
    "worded",
    "reading",
    "recording",
    "holders_on",
    "layer_shown",
]
