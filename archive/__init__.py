"""How the archive runs: installation, database server, settings, addresses. What it is stands in ``statements``."""
