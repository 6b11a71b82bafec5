"""``manage.py lock``: the requirement files, written anew from pyproject.toml."""

from __future__ import annotations

import os
import subprocess

from archive.bootstrap import REQUIREMENTS, ROOT, TOOLS, explain, package_index

HELP = """usage: manage.py lock [--upgrade]

Writes requirements/*.txt anew from pyproject.toml; with --upgrade to the newest versions it allows.
Example: manage.py lock --upgrade
"""


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--upgrade"]):
        return explain(HELP, arguments)
    options = [
        "--generate-hashes",
        "--universal",
        "--no-header",
        "--no-emit-index-url",
        "--no-annotate",
    ]
    for name, extra in (("runtime", []), ("development", ["--group", "development"])):
        done = subprocess.run(
            [str(TOOLS / "bin" / "uv"), "pip", "compile", "--quiet", *options, *arguments]
            + ["pyproject.toml", *extra, "-o", str(REQUIREMENTS / f"{name}.txt")],
            cwd=ROOT,
            env={**os.environ, **package_index()},
            check=False,
        )
        if done.returncode:
            return done.returncode
    return 0
