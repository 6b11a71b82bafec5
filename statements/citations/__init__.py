"""What is cited, the styles it is written in, and the files that reference managers read."""
