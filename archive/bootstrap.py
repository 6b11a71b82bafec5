"""From a bare Python with pip to a running command, without a step by hand.

Only the standard library is used here. The first call puts ``uv`` into a folder of the checkout
(``pip install --target`` needs no venv and is allowed on externally managed Pythons), makes
``.venv`` from the hash-locked requirement files and starts itself again inside it. Later calls
compare one checksum and need no network.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements"
#: Verbs of this file; everything else is a Django management command.
VERBS = {
    "up": "archive.serving",
    "test": "archive.testing",
    "quality": "archive.quality",
    "bench": "archive.benchmarks",
    "lock": "archive.locking",
}
FOR_DEVELOPMENT = {"test", "quality", "bench", "lock"}


class SetupFailed(Exception):
    """Why the installation cannot go on, as one sentence that says what to do."""


def run(argv: list[str]) -> None:
    verb = argv[1] if len(argv) > 1 else "help"
    try:
        if not inside():
            prepare("development" if verb in FOR_DEVELOPMENT else "runtime")
            python = VENV / "bin" / "python"
            os.execv(python, [str(python), str(ROOT / "manage.py"), *argv[1:]])
    except SetupFailed as failure:
        sys.exit(str(failure))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    if verb in VERBS:
        from importlib import import_module

        sys.exit(import_module(VERBS[verb]).main(argv[2:]))
    from archive.commands import execute

    execute(argv)


def explain(usage: str, arguments: list[str]) -> int:
    """The exit code of a verb called with arguments it does not take: its usage, and what was not understood."""
    wanted = arguments[0] in ("-h", "--help")
    if not wanted:
        print(f"“{' '.join(arguments)}” is not understood here.\n", file=sys.stderr)
    print(usage, file=sys.stdout if wanted else sys.stderr)
    return 0 if wanted else 2


def inside() -> bool:
    """Whether this is the checkout's own environment, with what the verb needs in it."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        return False
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    return is_current("development" if verb in FOR_DEVELOPMENT else "runtime")


def stamp(kind: str) -> str:
    content = b"".join((REQUIREMENTS / f"{name}.txt").read_bytes() for name in ("bootstrap", kind))
    return f"{kind} {sys.version_info[:2]} {hashlib.sha256(content).hexdigest()}"


def installed() -> str:
    """The stamp of what is installed; empty when an installation did not come to its end."""
    try:
        return (VENV / "installed").read_text()
    except OSError:
        return ""


def is_current(kind: str) -> bool:
    # What development needs includes everything that running needs.
    return installed() in {stamp("development"), stamp(kind)}


def prepare(kind: str) -> None:
    """Make ``.venv`` what the requirement files say; two first calls at once wait for each other."""
    if is_current(kind):
        return
    try:
        with (ROOT / ".install.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_current(kind):
                install(kind)
    except OSError as error:
        raise SetupFailed(
            f"The folder {ROOT} cannot be written ({error.strerror}); "
            "make it writable, or clone the project where it is."
        ) from None


def install(kind: str) -> None:
    saying = f"Installing what Hiwar needs into {VENV.name} (the first time only) …"
    print(saying, file=sys.stderr, flush=True)  # what the command prints may be read by a program
    uv = TOOLS / "bin" / "uv"
    if not uv.exists():
        step(
            [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS), "--upgrade"]
            + ["--no-warn-script-location", "--require-hashes", "--root-user-action", "ignore"]
            + ["-r", str(REQUIREMENTS / "bootstrap.txt")],
            "uv, the installer, could not be installed",
        )
    before = installed()
    if before.startswith("development"):
        kind = "development"  # what tests need stays when only the lists have changed
    (VENV / "installed").unlink(missing_ok=True)
    # The certificates that this machine trusts, as pip does.
    environment = {
        "UV_SYSTEM_CERTS": "1",
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        **package_index(),
    }
    environment.pop("VIRTUAL_ENV", None)
    # A whole environment of this Python is added to where it is, under an archive that may be running from it;
    # one that an interrupted installation left is made anew.
    if str(sys.version_info[:2]) not in before:
        step(
            [str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)],
            "The environment could not be made",
            environment,
        )
    step(
        [str(uv), "pip", "sync", "--quiet", "--require-hashes", "--python", str(VENV)]
        + [str(REQUIREMENTS / f"{kind}.txt")],
        "The packages could not be installed",
        environment,
    )
    (VENV / "installed").write_text(stamp(kind))


def package_index() -> dict[str, str]:
    """The package index that pip was told to use is meant for uv too, which does not read pip's settings."""
    if any(name in os.environ for name in ("UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX")):
        return {}
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    address = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": address} if address else {}


def step(command: list[str], failure: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    if "No module named pip" in done.stderr:
        raise SetupFailed(
            "This Python has no pip; install it (on Debian: apt install python3-pip) and call again."
        )
    last = [line for line in done.stderr.strip().splitlines() if line.strip()][-3:]
    raise SetupFailed(
        f"{failure}. The first call needs the network, later ones do not. "
        f"What the installer said: {' '.join(last)}"
    )
