"""``manage.py quality``: format, lint, types, templates, migrations, translations, insecure habits."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from archive.bootstrap import ROOT, explain

HELP = "usage: manage.py quality\n\nChecks the code; prints each check and its outcome. Example: manage.py quality\n"
TOOLS = Path(sys.executable).parent


def main(arguments: list[str]) -> int:
    if arguments:
        return explain(HELP, arguments)
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="hiwar-quality-") as data:
        environment = {**os.environ, "DATA": data, "DATA_MAY_BE_LOST": "1"}
        for name in ("DATABASE_URL", "DATABASE_REPLICA_URLS", "DATABASE_DIRECT_URL"):
            environment.pop(name, None)
        production = {**environment, "HTTPS": "1", "SECRET_KEY": "x7" * 30 + "Qz!9"}
        manage = [sys.executable, "manage.py"]
        checks = [
            ("format", [str(TOOLS / "ruff"), "format", "--check", "--quiet", "."], environment),
            ("lint", [str(TOOLS / "ruff"), "check", "--quiet", "."], environment),
            ("types", [str(TOOLS / "mypy"), "archive", "statements"], environment),
            ("templates", [str(TOOLS / "djade"), "--target-version", "5.2", "--check", *templates], environment),
            ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], environment),
            ("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
            ("insecure habits", [str(TOOLS / "bandit"), "-q", "-r", "-ll", "-ii", "archive", "statements"], environment),
        ]  # fmt: skip
        for name, command, variables in checks:
            done = subprocess.run(
                command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
            )
            failed += report(name, done.returncode == 0, done.stdout + done.stderr)
    missing = untranslated()
    failed += report("translations", not missing, "\n".join(missing))
    return 1 if failed else 0


def report(name: str, good: bool, output: str) -> int:
    print(f"{'ok  ' if good else 'FAIL'} {name}", flush=True)
    if not good:
        print(output.strip()[-6000:])
    return 0 if good else 1


TEMPLATE = re.compile(
    r"{% (?:translate|trans) \"([^\"]+)\"|{% blocktranslate[^%]*%}(.*?)(?:{% plural %}(.*?))?{% endblocktranslate %}",
    re.DOTALL,
)
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}


def untranslated() -> list[str]:
    """Sentences of templates and code that the Arabic catalogue lacks, or has marked as unsure."""
    from babel.messages.pofile import read_po

    catalogue = ROOT / "statements" / "locale" / "ar" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as file:
        known = {}
        for message in read_po(file):
            text = message.id[0] if isinstance(message.id, tuple) else message.id
            done = (
                all(message.string) if isinstance(message.string, tuple) else bool(message.string)
            )
            known[text] = done and not message.fuzzy
    return [f"not in Arabic: {text}" for text in sorted(wanted()) if not known.get(text)]


def wanted() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "templates").rglob("*.html"):
        for simple, block, _plural in TEMPLATE.findall(path.read_text("utf-8")):
            found.add(simple or re.sub(r"{{ ?(\w+) ?}}", r"%(\1)s", block))
    for path in (ROOT / "statements").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            match call:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(words)), *_]):
                    if name in GETTEXT:
                        found.add(words)
    return found - {""}
