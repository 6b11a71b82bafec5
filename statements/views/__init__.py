"""The readers' pages: one file a noun."""
