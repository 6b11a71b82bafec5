"""Environment variables: each read once, checked, and refused with a sentence that names it (docs/configuration.md)."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent


def refuse(name: str, value: str, wanted: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is “{value}”, but must be {wanted}.")


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise refuse(name, value, "1 or 0")


def number(name: str, default: int, lowest: int, highest: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not re.fullmatch(r"\d{1,9}", value) or not lowest <= int(value) <= highest:
        raise refuse(name, value, f"a whole number from {lowest} to {highest}")
    return int(value)


def listed(name: str, default: list[str]) -> list[str]:
    value = os.environ.get(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or default


def hosts() -> list[str]:
    names = listed("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
    for name in names:
        if not re.fullmatch(r"\.?[A-Za-z0-9.\-]+|\[[0-9a-fA-F:]+\]", name):
            raise refuse("ALLOWED_HOSTS", name, "host names without a scheme, parted by commas")
    return names


def origins() -> list[str]:
    addresses = listed("TRUSTED_ORIGINS", [])
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in ("https", "http") or not parts.netloc or parts.path:
            raise refuse(
                "TRUSTED_ORIGINS", address, "addresses such as https://archive.example.org"
            )
    return addresses


def bind() -> str:
    """BIND: the address at which the web server listens; only this machine's own unless told otherwise."""
    value = os.environ.get("BIND", "").strip() or "127.0.0.1"
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise refuse("BIND", value, "an address such as 127.0.0.1 or 0.0.0.0") from None


def data_folder() -> Path:
    folder = Path(os.environ.get("DATA") or ROOT / "var").expanduser().resolve()
    if set(str(folder)) & set("\"'$`\\\n"):  # PostgreSQL's own starter hands the path to a shell
        raise refuse("DATA", str(folder), "a path without quotes, $, backslashes and line ends")
    return folder


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or one made once for this data folder and readable by its owner alone."""
    given = os.environ.get("SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured(
                "SECRET_KEY has fewer than 32 characters; use a long random one, or unset it to have one made."
            )
        return given
    file = folder / "secret-key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists() and (known := file.read_text().strip()):
            return known
        with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+") as new:
            fcntl.flock(new, fcntl.LOCK_EX)  # two may start at once
            made = new.read().strip() or secrets.token_urlsafe(60)
            new.seek(0)
            new.write(made)
        return made
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be written ({error.strerror}); set DATA to a folder that can."
        ) from None


#: For the web server: whatever a reader asks has an index, tables are joined as the question names them after the first
#: few (planning all orders costs more than answering), a prepared question has one plan whatever is asked, and no answer
#: takes longer than this.
SERVING_OPTIONS = " -c enable_seqscan=off -c enable_mergejoin=off -c join_collapse_limit=6 -c plan_cache_mode=force_generic_plan -c statement_timeout=4s"


#: What every connection has, however it is addressed.
COMMON: dict[str, Any] = {
    "ENGINE": "archive.database",
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
}
EXAMPLE = "write postgresql://user:password@host:5432/name"


def database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL as libpq understands it (several hosts, sockets, service files), else the embedded server.

    Commands take DATABASE_DIRECT_URL when there is one: DATABASE_URL may then name a pooler, which only the web
    server's requests go with.
    """
    from archive.database.server import DATABASE, USER, Server

    serving = flag("SERVING", False)
    name = "DATABASE_URL"
    if os.environ.get("DATABASE_DIRECT_URL", "").strip():
        if not os.environ.get(name, "").strip():
            raise ImproperlyConfigured("DATABASE_DIRECT_URL is set without DATABASE_URL; set both.")
        name = name if serving else "DATABASE_DIRECT_URL"
    address = os.environ.get(name, "").strip()
    if address:
        return at_address(name, address, 5)
    server = Server.at(folder, fast=flag("DATA_MAY_BE_LOST", False))
    return COMMON | {
        "EMBEDDED": str(folder),
        "HOST": str(server.socket),
        "PORT": "5432",  # whatever PGPORT says
        "NAME": DATABASE,
        "USER": USER,
        "OPTIONS": {"options": "-c timezone=UTC" + SERVING_OPTIONS * serving},
    }


def replicas() -> dict[str, dict[str, Any]]:
    """DATABASE_REPLICA_URLS: the streaming replicas of DATABASE_URL, by the names that ``/healthz`` gives them."""
    name = "DATABASE_REPLICA_URLS"
    addresses = listed(name, [])
    if addresses and not os.environ.get("DATABASE_URL", "").strip():
        raise ImproperlyConfigured(
            f"{name} is set without DATABASE_URL; the embedded database has no replicas."
        )
    found = {}
    for number, address in enumerate(addresses, 1):
        place = f"{name} (address {number} of {len(addresses)})"  # not the address: it may hold a password
        if not address.startswith(("postgresql://", "postgres://")):
            raise ImproperlyConfigured(
                f"{place} is no address of a database; {EXAMPLE}, one for each replica, parted by commas."
            )
        if address in addresses[: number - 1] or address == os.environ["DATABASE_URL"].strip():
            raise ImproperlyConfigured(
                f"{place} is there twice, or is the primary's; name it once."
            )
        # libpq waits for two seconds at least; a server that went away in the middle is given up after one.
        one = at_address(place, address, 2)
        one["OPTIONS"].setdefault("tcp_user_timeout", 1000)
        found[f"replica-{number}"] = one | {"TEST": {"MIRROR": "default"}}
    return found


def at_address(name: str, address: str, seconds: int) -> dict[str, Any]:
    """Settings of a database from its address; ``seconds`` to connect, unless it says so itself."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(address))
    except ProgrammingError as error:
        reason = str(error).strip().splitlines()[0]
        raise ImproperlyConfigured(f"{name} cannot be read ({reason}); {EXAMPLE}.") from None
    if not parts.get("dbname") and not parts.get("service"):
        raise ImproperlyConfigured(f"{name} names no database; {EXAMPLE}.")
    known = {
        key: str(parts.pop(key, "") or "") for key in ("host", "port", "dbname", "user", "password")
    }
    if "," in known["host"] or "," in known["port"]:  # several hosts are libpq's business
        parts |= {key: known[key] for key in ("host", "port") if known[key]}
        known |= {"host": "", "port": ""}
    parts.setdefault("connect_timeout", seconds)
    if flag("SERVING", False) and not os.environ.get("DATABASE_DIRECT_URL", "").strip():
        # A pooler takes no options; it sets them itself (docs/operations/pgbouncer.ini).
        parts["options"] = f"{SERVING_OPTIONS} {parts.get('options', '')}".strip()
    return COMMON | {
        "NAME": known["dbname"],
        "USER": known["user"],
        "PASSWORD": known["password"],
        "HOST": known["host"],
        "PORT": known["port"],
        "OPTIONS": parts,
    }
