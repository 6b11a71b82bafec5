"""``manage.py up``: from nothing to a running archive, and back to nothing with Ctrl-C."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from archive.bootstrap import ROOT, explain

HELP = """usage: manage.py up

Starts the archive at http://127.0.0.1:8000 (or PORT), with its data in var/ (or DATA).
Example: PORT=8123 DATA=/srv/hiwar python3 manage.py up
"""
#: The advisory lock of those who prepare a database; any number that nobody else uses.
PREPARING = 7_448_927


def main(arguments: list[str]) -> int:
    if arguments:
        return explain(HELP, arguments)
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from archive.database.server import ServerFailed

    # Stopping is one thing, by Ctrl-C or by a supervisor.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return serve()
    except KeyboardInterrupt:
        print("Stopped; nothing that was confirmed is lost.", file=sys.stderr)
        return 130
    except (ImproperlyConfigured, ServerFailed) as failure:
        print(failure, file=sys.stderr)
    except DatabaseError as error:
        print(str(error).strip().splitlines()[0], file=sys.stderr)
    return 1


def serve() -> int:
    import django
    from django.conf import settings

    settings.DEBUG  # noqa: B018  reads and checks the environment before anything is done
    host, port = settings.BIND, settings.PORT
    if not port_gets_free(host, port):
        other = port + 1 if port < 65535 else 8000
        print(
            f"Port {port} is taken. Stop what uses it, or choose another: PORT={other} python3 manage.py up",
            file=sys.stderr,
        )
        return 1
    django.setup()
    compile_translations()
    prepare_database()
    collect_static()
    check_connections(settings.WORKERS, settings.THREADS)
    return run_server(host, port, settings.WORKERS, settings.THREADS)


def port_gets_free(host: str, port: int, seconds: float = 4) -> bool:
    """Whether the port is free, or is soon: a web server whose ``up`` was killed needs a moment to leave."""
    end = time.monotonic() + seconds
    while True:
        with socket.socket(family(host)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, port))
                return True
        if time.monotonic() > end:
            return False
        time.sleep(0.05)


def family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def compile_translations() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in (ROOT / "statements" / "locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        partial = target.with_suffix(f".{os.getpid()}.partial")
        with partial.open("wb") as file:
            write_mo(file, catalogue)
        partial.replace(target)


def prepare_database() -> None:
    """Tables, rules and, on first use, the demo archive; two that start at once on one database take turns."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
    try:
        prepare_tables()
        renew_index()
        first_use()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def prepare_tables() -> None:
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from statements.models.checks import database_fits
    from statements.models.triggers import is_installed

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending or not is_installed(apps.get_app_config("statements"), connection.alias):
        print("Preparing the database …", file=sys.stderr, flush=True)
        problems = database_fits(databases=[connection.alias])
        if problems:
            raise ImproperlyConfigured(" ".join(problem.msg for problem in problems))
        call_command("migrate", verbosity=0, interactive=False)


def renew_index() -> None:
    """The search index anew when an older version made it; until then it answers as that version did."""
    from django.core.management import call_command

    from statements.models import SearchProgress
    from statements.search.index import FORMAT

    if SearchProgress.objects.exclude(format=FORMAT).exists():
        print("Making the search index anew …", file=sys.stderr, flush=True)
        call_command("rebuild_search", verbosity=0)


def first_use() -> None:
    """The demo archive and an account for its editor, once, in an archive that nobody has used yet."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.db import transaction

    from statements.models import Change

    users: Any = get_user_model().objects
    if Change.objects.exists() or users.exists():
        return
    files = sorted(str(path) for path in (ROOT / "fixtures").glob("*.jsonl"))
    if not files:
        return
    print("Loading the demo archive …", flush=True)
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        with open(os.devnull, "w") as nowhere:
            call_command("import_records", *files, stdout=nowhere)
        editor = users.create_user("editor", password=password, is_staff=True)
        editor.groups.add(Group.objects.get(name="editor"))
        # Before it is kept: whoever is stopped in between has no account whose password nobody saw.
        print(f"\nAn account for the desk was made: editor, password {password}")
        print("It is shown this once; change it at the desk, or make your own:")
        print("python3 manage.py createsuperuser\n", flush=True)
    call_command("rebuild_search", verbosity=0)


def collect_static() -> None:
    """Copy and compress static files when one is newer than the last collection; one at a time in a folder."""
    import django.contrib.admin
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    manifest = root / "staticfiles.json"
    sources = [*(ROOT / "static").rglob("*"), Path(django.contrib.admin.__file__)]
    newest = max(path.stat().st_mtime for path in sources)
    with root.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not manifest.exists() or manifest.stat().st_mtime < newest:
            call_command("collectstatic", verbosity=0, interactive=False)


def check_connections(workers: int, threads: int) -> None:
    """Refuse to start when PostgreSQL has not a connection for every thread (docs/operations.md)."""
    from django.core.exceptions import ImproperlyConfigured

    from archive.database.capacity import shortages

    if found := shortages(workers, threads, pooled="DATABASE_DIRECT_URL" in os.environ):
        raise ImproperlyConfigured(" ".join(found))


def run_server(host: str, port: int, workers: int, threads: int) -> int:
    """The web server as a child; this process holds the database for it and ends with it."""
    from django.conf import settings
    from django.db import connections

    from archive.revision import SHARED

    connections.close_all()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--no-ws", "--http", "1",
        "--log-level", "warning", "archive.wsgi:application",
    ]  # fmt: skip
    shown = Path(settings.DATA) / f"shown-{port}"
    shown.parent.mkdir(parents=True, exist_ok=True)
    shown.unlink(missing_ok=True)  # another run's
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SERVING": "1", SHARED: str(shown)}
    # A group of its own: a Ctrl-C reaches it once, through this process, because two signals at once
    # make it wait for its workers for ever.
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, process_group=0, preexec_fn=end_with_parent
    )
    try:
        if answers(host, port, server):
            address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
            print(f"Hiwar is at {address}/  (desk: {address}/admin/, interface: {address}/api/v1/)")
            print("Stop it with Ctrl-C.", flush=True)
            if not ip_address(host).is_loopback:
                print(
                    "Anybody who reaches this machine reaches it at that address, unencrypted: keep a proxy in front.",
                    file=sys.stderr,
                )
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        try:
            server.wait(15)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        return 0
    finally:
        shown.unlink(missing_ok=True)


def end_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent is gone, however it went; without it, a killed ``up`` leaves its port taken."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def answers(host: str, port: int, server: subprocess.Popen[bytes], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with socket.create_connection((reached(host), port), 1):
                return True
        except OSError:
            time.sleep(0.05)
    return False


def reached(host: str) -> str:
    """Where this machine reaches a server that listens there."""
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # nosec B104
    return anywhere.get(host, host)
