"""The editors' desk: Django's admin for every record, one file a noun; ``base`` holds what all share."""

from statements.admin import (  # noqa: F401
    agreements,
    divergences,
    documents,
    events,
    history,
    links,
    organizations,
    participants,
    paste,
    people,
)
