"""Verbs that write several tables, each in one transaction, with who and why in the history."""

from statements.actions.merge import MergeRefused, merge, rename
from statements.actions.publication import (
    PublicationRefused,
    publish,
    return_to_draft,
    send_to_review,
    withdraw,
)
from statements.actions.revert import RevertRefused, revert, revert_step
from statements.actions.texts import save_body

__all__ = [
    "MergeRefused",
    "PublicationRefused",
    "RevertRefused",
    "merge",
    "publish",
    "rename",
    "return_to_draft",
    "revert",
    "revert_step",
    "save_body",
    "send_to_review",
    "withdraw",
]
