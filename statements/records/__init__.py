"""The portable format: every record as one line of JSON, in and out, from one description (docs/portable-format.md)."""

from statements.records.fields import Problem
from statements.records.reading import RecordsRefused, Summary, import_files
from statements.records.writing import export_all, line_of, record_of

__all__ = [
    "Problem",
    "RecordsRefused",
    "Summary",
    "export_all",
    "import_files",
    "line_of",
    "record_of",
]
