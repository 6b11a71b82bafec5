"""The read-only interface: published records as JSON, from the same searches and querysets as the pages."""
