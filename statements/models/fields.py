"""Dates as the archive stores them: an EDTF value, its first and last day, and the words it was read from.

Three plain columns instead of a composite type: the value is readable in any client, the days
are indexed for overlap, and nothing is computed twice. The price is that ``QuerySet.update`` and
raw SQL must set the days themselves. The database refuses what has not the shape of EDTF and a
date without its days; ``check_archive`` finds days that disagree with their value.
"""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.text.dates import EDTF, DateError, read, write

# The shape of an EDTF value in PostgreSQL's regular expressions; ``\\x25`` is the percent sign, which
# Django would read as a placeholder. What the shape lets through (a 31st of June) Python refuses.
POINT = r"(\d{4}|\d{3}X|\d{2}XX)(-\d{2}){0,2}[?~\x25]?"
SHAPE = rf"^({POINT}|({POINT}|[.]{{2}})?/({POINT}|[.]{{2}})?)$"


def as_edtf(value: object) -> EDTF | str:
    """An EDTF value for a stored or assigned one; ``""`` stands for "not known".

    Raises ValidationError with the reason, in the reader's language, when it is no EDTF value.
    """
    if value in (None, ""):
        return ""
    if isinstance(value, EDTF):
        return value
    try:
        return EDTF(str(value))
    except DateError as error:
        raise ValidationError(error.sentence.in_language(get_language() or "en")) from error


class EDTFAttribute(DeferredAttribute):
    """Turns what is assigned to an EDTF field into an EDTF value at once, so that no model instance holds a bad date."""

    def __set__(self, instance: models.Model, value: object) -> None:
        name = self.field.attname
        before, date = instance.__dict__.get(name), as_edtf(value)
        instance.__dict__[name] = date
        # The words a date was read from stand beside it, and go when another date takes its place.
        words = getattr(value, "words", "")
        if hasattr(type(instance), f"{name}_printed") and (words or before not in (None, date)):
            setattr(instance, f"{name}_printed", words)


class EDTFInput(forms.TextInput):
    """A text input for any date expression; ``data-reads-dates`` lets the page show what was understood."""

    template_name = "parts/date_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-reads-dates": "", "autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        reading = read(str(value)) if value else None
        language = (get_language() or "en")[:2]
        context["understood"] = write(reading.edtf, language) if reading and reading.edtf else ""
        context["edtf"] = reading.edtf if reading else ""
        context["alternatives"] = (
            [write(other, language) for other in reading.alternatives] if reading else []
        )
        return context


class EDTFFormField(forms.CharField):
    """Any date expression the archive reads, in either language, becomes its EDTF value."""

    widget = EDTFInput
    default_error_messages = {
        "unread": _(
            "“%(value)s” was not understood as a date. Try “24 July 2024”, “تموز 2024”, “2024-07” or “22–23 July 2024”."
        ),
    }

    def clean(self, value: object) -> EDTF | str:
        words = super().clean(value)
        if not words:
            return ""
        reading = read(words)
        if reading is None or reading.edtf is None:
            raise ValidationError(self.error_messages["unread"], "unread", {"value": words[:80]})
        date = EDTF(str(reading.edtf))
        if words != date:
            date.words = words[:200]
        return date

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return str(initial or "") != str(self.clean(data))
        except ValidationError:
            return True


class EDTFField(models.CharField):
    """An EDTF value (ISO 8601-2); ``""`` when not known. Declare ``FirstDay`` and ``LastDay`` beside it."""

    descriptor_class = EDTFAttribute
    description = "Date with precision (EDTF)"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> EDTF | str:
        return as_edtf(value)

    def to_python(self, value: object) -> EDTF | str:
        return as_edtf(value)

    def get_prep_value(self, value: object) -> str:
        return str(as_edtf(value))

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        return f"{column} = '' OR {column} ~ '{SHAPE}'"

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": EDTFFormField, **kwargs, "widget": EDTFInput})


class DayOf(models.DateField):
    """A day derived from an EDTF field of the same record; written on every save, never by hand."""

    end = ""
    #: values of the EDTF field that have no such day, as PostgreSQL's regular expression
    without = ""

    def __init__(self, edtf: str = "", **kwargs: Any) -> None:
        self.edtf = edtf
        kwargs.update(null=True, blank=True, editable=False)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for derived in ("null", "blank", "editable"):
            kwargs.pop(derived, None)
        return name, path, [self.edtf, *args], kwargs

    def db_check(self, connection: Any) -> str:
        quoted = connection.ops.quote_name
        return f"({quoted(self.column)} IS NULL) = ({quoted(self.edtf)} ~ '{self.without}')"

    def pre_save(self, model_instance: models.Model, add: bool) -> datetime.date | None:
        value = as_edtf(getattr(model_instance, self.edtf))
        day = getattr(value, self.end) if isinstance(value, EDTF) else None
        setattr(model_instance, self.attname, day)
        return day


class FirstDay(DayOf):
    """The earliest day an EDTF value can mean; null when unknown or open."""

    end = "first"
    without = "^$|^([.]{2})?/"


class LastDay(DayOf):
    """The latest day an EDTF value can mean; null when unknown or open."""

    end = "last"
    without = "^$|/([.]{2})?$"


class Span(models.Func):
    """``daterange(first, last, '[]')``: the days a record may cover, for overlap in the index and in queries."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"

    def __init__(self, first: str = "date_first", last: str = "date_last", **extra: Any) -> None:
        from django.contrib.postgres.fields import DateRangeField

        extra.pop("output_field", None)
        super().__init__(first, last, output_field=DateRangeField(), **extra)
