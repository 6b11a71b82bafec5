"""Words in, values out: pure functions over text, without Django and without a database."""
