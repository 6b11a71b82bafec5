"""nginx as docs/operations ships it, on 127.0.0.1 without its certificate, and nginx with nothing but files."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.processes import ROOT, free_port, running

SHIPPED = ROOT / "docs" / "operations" / "nginx.conf"
MAIN = """
worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/log; {user}
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000;
client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{rest} }}
"""


def shipped(port: int, behind: int, folder: Path, static: Path | None = None) -> str:
    """The shipped configuration for plain http on a port, before an application on another; its cache in a folder."""
    text = SHIPPED.read_text()
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = re.sub(r"\n\s*(?:listen \[::\]|ssl_)[^\n]*", "", text)
    text = text.replace("/var/cache/nginx/hiwar", f"{folder}/cache")
    return text.replace("/srv/hiwar/static", str(static)) if static else text


def unlimited(text: str) -> str:
    """Without the limits for one address: who measures is one address."""
    text = re.sub(r"rate=\d+r/s", "rate=1000000r/s", text)
    return re.sub(r"\n\s*limit_(?:conn|req) [^\n]*", "", text)


def write(folder: Path, rest: str) -> list[str]:
    """Write a configuration into a folder of its own; gives the command that runs it."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, rest=rest, user=user))
    return ["nginx", "-c", str(folder / "nginx.conf")]


@contextlib.contextmanager
def files(folder: Path) -> Iterator[str]:
    """nginx with the files of ``folder/files``; gives its address."""
    port = free_port()
    (folder / "files").mkdir(parents=True, exist_ok=True)
    with running(
        write(folder, f"server {{ listen 127.0.0.1:{port}; root {folder}/files; }}"), port
    ) as place:
        yield place


@contextlib.contextmanager
def before(behind: int, folder: Path, static: Path) -> Iterator[str]:
    """nginx as shipped, without limits, before an application on a port; gives its address."""
    port = free_port()
    with running(write(folder, unlimited(shipped(port, behind, folder, static))), port) as place:
        yield place
