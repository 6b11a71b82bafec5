"""Undertakings, delegates and used statements on the screen of a paste: what is proposed, what was sent, what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from statements.ingest.decisions import REFUSE
from statements.ingest.relations import (
    ACCEPT,
    DELEGATE,
    FIELDS,
    UNDERTAKING,
    USED,
    Choice,
    Relation,
    choices,
    read_choice,
    relations,
)
from statements.models import (
    Carriage,
    Country,
    Label,
    Official,
    Participation,
    Passage,
    Paste,
    Post,
    Statement,
    Theme,
    Undertaking,
)

TITLES = {
    UNDERTAKING: gettext_lazy("Undertakings"),
    DELEGATE: gettext_lazy("Delegates"),
    USED: gettext_lazy("Statements that the article uses"),
}
Options = list[tuple[str, Any]]


class UndertakingForm(forms.Form):
    strength = forms.ChoiceField(label=gettext_lazy("strength"), choices=Undertaking.Strength)
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("undertaken by"), widget=forms.CheckboxSelectMultiple, required=False
    )
    due = forms.CharField(label=gettext_lazy("due"), max_length=60, required=False)
    theme = forms.ChoiceField(label=gettext_lazy("theme"), required=False)
    follows = forms.ChoiceField(label=gettext_lazy("follows the passage"), required=False)
    summary_en = forms.CharField(
        label=gettext_lazy("summary in English"), required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en", "dir": "ltr", "maxlength": 500}),
    )  # fmt: skip
    summary_ar = forms.CharField(
        label=gettext_lazy("summary in Arabic"), required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ar", "dir": "rtl", "maxlength": 500}),
    )  # fmt: skip


class DelegateForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("role"), choices=Participation.Role)


class UsedForm(forms.Form):
    relation = forms.ChoiceField(label=gettext_lazy("relation"), choices=Carriage.Relation)


FORMS: dict[str, type[forms.Form]] = {
    UNDERTAKING: UndertakingForm,
    DELEGATE: DelegateForm,
    USED: UsedForm,
}


@dataclass
class RelationRow:
    """A relation as the screen shows it; ``number`` counts the relations of the draft."""

    number: int
    relation: Relation
    choice: Choice
    form: forms.Form
    #: who it is of, or which statement
    records: list[Label | str]
    #: what it may follow: (address, its name, why)
    follows: list[tuple[str, str, str]]

    @property
    def anchor(self) -> str:
        return f"r{self.number}"

    @property
    def is_accepted(self) -> bool:
        return self.choice.decision == ACCEPT

    @property
    def is_refused(self) -> bool:
        return self.choice.decision == REFUSE

    @property
    def state(self) -> str:
        if self.is_accepted:
            return "link"
        return self.choice.decision or ("certain" if self.relation.certain else "open")

    @property
    def value(self) -> str:
        """What it is proposed to be: the strength, the role, the relation."""
        name = next(iter(FIELDS[self.relation.kind]))
        fields: Any = self.form.fields
        return str(dict(fields[name].choices).get(self.shown(name), ""))

    def shown(self, name: str) -> Any:
        return self.form.initial.get(name)


def rows_of_relations(paste: Paste) -> list[RelationRow]:
    """The relations of a draft with their forms; a handful of queries, however many they are."""
    found, kept = relations(paste.draft), choices(paste)
    if not found:
        return []
    recorded = already_there(paste.draft)
    labels = labels_of(found)
    parties = parties_of(paste.draft, kept.values())
    themes: Options = [
        ("", "–"),
        *((theme.slug, theme.label.text) for theme in Theme.objects.all()),
    ]
    rows = []
    for n, relation in enumerate(found):
        if relation.about.get("record") in recorded and relation.key not in kept:
            continue
        choice = kept.get(relation.key, Choice())
        fields = dict(relation.fields) | dict(choice.fields)
        initial = fields | {"countries": fields.get("countries", "").split()}
        form = FORMS[relation.kind](initial=initial, prefix=f"r{n}")
        earlier = [
            (one["passage"], labels.get(one["passage"], one["passage"]), one["reason"])
            for one in relation.about.get("follows", [])
        ]
        if relation.kind == UNDERTAKING:
            asked: Any = form.fields
            asked["countries"].choices = parties
            asked["theme"].choices = themes
            asked["follows"].choices = [("", "–"), *((at, name) for at, name, _ in earlier)]
        about = relation.about
        who = [about.get("record") or "", about.get("party") or "", about.get("statement") or ""]
        records = [labels[key] for key in who if key in labels]
        rows.append(RelationRow(n, relation, choice, form, records, earlier))
    return rows


def already_there(draft: dict[str, Any]) -> set[str]:
    """Delegates whom the archive has at the events of the draft already, as "kind/address"."""
    events = {document["event"] for document in draft["documents"] if document["event"]}
    if not events:
        return set()
    known = Participation.objects.filter(event__slug__in=events)
    return {
        f"official/{official}" if official else f"post/{post}"
        for official, post in known.values_list("official__slug", "post__slug")
    }


def labels_of(found: Iterable[Relation]) -> dict[str, Any]:
    """The names of what relations point at, by address; a query a kind."""
    wanted: dict[Any, set[str]] = {Official: set(), Post: set(), Country: set(), Statement: set()}
    passages: set[str] = set()
    for relation in found:
        kind, _slash, slug = (relation.about.get("record") or "").partition("/")
        if slug:
            wanted[Official if kind == "official" else Post].add(slug)
        wanted[Country].add(relation.about.get("party") or "")
        wanted[Statement].add(relation.about.get("statement") or "")
        passages |= {one["passage"] for one in relation.about.get("follows", [])}
    labels: dict[str, Any] = {}
    for model, slugs in wanted.items():
        if slugs - {""}:
            prefix = f"{model._meta.model_name}/" if model in (Official, Post) else ""
            labels |= {
                f"{prefix}{one.slug}": one.label for one in model._default_manager.filter(slug__in=slugs)
            }  # fmt: skip
    if passages:
        slugs = {address.partition("#p")[0] for address in passages}
        there = Passage.objects.filter(statement__slug__in=slugs, undertakings__isnull=False)
        for passage in (
            there.select_related("statement").prefetch_related("undertakings").distinct()
        ):
            promises = " · ".join(str(one.label) for one in passage.undertakings.all())
            address = f"{passage.statement.slug}#p{passage.number}"
            labels[address] = f"{passage} – {promises}"[:220]
    return labels


def parties_of(draft: dict[str, Any], kept: Iterable[Choice]) -> Options:
    """The countries that may have undertaken something: all that the draft names so, and those chosen."""
    slugs = {
        slug
        for document in draft["documents"]
        for one in document.get("undertakings", [])
        for slug in one["countries"]
    }
    slugs |= {slug for choice in kept for slug in choice.fields.get("countries", "").split()}
    slugs |= {
        mention["slug"]
        for document in draft["documents"]
        for mention in document["mentions"]
        if mention.get("kind") == "country" and mention["slug"]
    }
    countries = Country.objects.filter(slug__in=slugs).order_by("slug")
    return [(country.slug, country.label.text) for country in countries]


def sent_relations(data: QueryDict, paste: Paste) -> dict[str, dict[str, Any]]:
    """The choices that were changed on the screen, by key, as they are kept."""
    given: dict[str, dict[str, Any]] = {}
    for n, relation in enumerate(relations(paste.draft)):
        if f"r{n}-shown" not in data:
            continue
        sent: dict[str, str] = {
            name: str(data[f"r{n}-{name}"])
            for name in FIELDS[relation.kind]
            if f"r{n}-{name}" in data
        }
        if relation.kind == UNDERTAKING and "strength" in sent:
            sent["countries"] = " ".join(sorted(map(str, data.getlist(f"r{n}-countries"))))
        choice = read_choice(relation, data.get(f"r{n}-decision", ""), sent)
        if choice.mark != data.get(f"r{n}-was"):
            given[relation.key] = choice.as_json()
    return given


def certain_relations(paste: Paste) -> dict[str, dict[str, Any]]:
    """Those that are certain and that nobody has decided, accepted."""
    kept = choices(paste)
    return {
        relation.key: Choice(ACCEPT, relation.fields).as_json()
        for relation in relations(paste.draft)
        if relation.certain and not kept.get(relation.key, Choice()).decision
    }


@dataclass
class CarriedShown:
    """What an article's own passages have of a document that its page prints, or of a statement of the archive."""

    name: str
    same: list[dict[str, Any]]
    near: list[dict[str, Any]]
    absent: list[dict[str, Any]]


def carried_shown(draft: dict[str, Any], names: list[str]) -> list[CarriedShown]:
    """Document by document; ``names`` are what the documents are called."""
    found = []
    for link in draft["links"]:
        passages = link.get("passages", [])
        if passages:
            found.append(CarriedShown(f"{names[link['to']]}: {draft['documents'][link['to']]['title']}", *by_how(passages)))  # fmt: skip
    return found


def by_how(passages: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [[one for one in passages if one["how"] == how] for how in ("same", "near", "absent")]
