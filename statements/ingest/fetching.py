"""An address fetched: only from the open web, whatever the address or the site tries.

The host is looked up once, every address it has must be a public one, and the one that was looked at is
the one connected to, so that a name cannot mean another machine a moment later. Each redirect is a new
address and looked at anew. Ten seconds and ten megabytes in all; no credentials, cookies or proxies.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from statements.ingest.sources import Original, SourceRefused

SECONDS = 10.0  # for everything: names, connections, redirects, the page
LARGEST = 10 * 1024 * 1024  # bytes of the page
REDIRECTS = 5
LONGEST = 1000  # characters of an address, as long as a capture's
PORTS = {"http": 80, "https": 443}
MOVED = {301, 302, 303, 307, 308}
#: Public by the registries, but machines of a data centre answer there for their own guests.
METADATA = {ipaddress.ip_address("168.63.129.16")}
#: Networks that lead elsewhere or nowhere, and that Python's tables call global in some versions.
CLOSED = [
    ipaddress.ip_network(network)
    for network in ("192.88.99.0/24", "192.0.0.0/24", "2001::/23", "3fff::/20", "5f00::/16", "fec0::/10", "::/96", "64:ff9b:1::/48")
]  # fmt: skip
#: Networks in which every address carries an IPv4 address: it is what will be reached. (network, bits behind it)
CARRYING = [(ipaddress.ip_network("64:ff9b::/96"), 0), (ipaddress.ip_network("2002::/16"), 80)]
HOST = re.compile(r"[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
AGENT = "Hiwar archive of security dialogues (text of public statements)"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address is a machine of the open internet, looking through every way to write another in it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        for network, bits in CARRYING:
            if address in network:
                return is_public(ipaddress.IPv4Address(int(address) >> bits & 0xFFFFFFFF))
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and address not in METADATA
        and not any(address in network for network in CLOSED if network.version == address.version)
    )


@dataclass(frozen=True)
class Door:
    """A loopback port that tests may reach; nothing but a test makes one."""

    port: int
    certificates: ssl.SSLContext | None = None
    #: names that lead to the door, for tests of names and certificates
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Target:
    """An address taken apart and looked at: where it leads, and what is asked for there."""

    scheme: str
    host: str
    port: int
    path: str
    ip: Address

    @property
    def shown_host(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.shown_host}{self.path}"


@dataclass
class Answer:
    target: Target
    status: int
    reason: str
    headers: list[tuple[str, str]]
    asked: list[tuple[str, str]]
    body: bytes = b""


@dataclass
class Clock:
    """What is left of the time for a whole fetch."""

    end: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def fetch(address: str, door: Door | None = None) -> Original:
    """The page at ``address`` with its WARC record; raises SourceRefused with a sentence. Tests alone give a ``door``."""
    clock = Clock()
    answers: list[Answer] = []
    try:
        target = look_at(address, clock, door)
        while True:
            answers.append(ask(target, clock, door))
            moved = {name.lower(): value for name, value in answers[-1].headers}.get("location")
            if answers[-1].status not in MOVED or not moved:
                break
            if len(answers) > REDIRECTS:
                raise SourceRefused(
                    _("The address leads on more than %(n)d times; nothing was taken.")
                    % {"n": REDIRECTS}
                )
            target = look_at(urljoin(target.address, moved), clock, door)
    except TimeoutError:
        raise SourceRefused(
            _("The site did not give the whole page within %(n)d seconds.") % {"n": int(SECONDS)}
        ) from None
    except ssl.SSLCertVerificationError:
        raise SourceRefused(
            _("The site's certificate is not valid for this address, so nothing was taken.")
        ) from None
    except (OSError, http.client.HTTPException, zlib.error, ValueError):
        raise SourceRefused(
            _("The site could not be reached, or answered nothing that can be read.")
        ) from None
    last = answers[-1]
    if last.status != 200:
        raise SourceRefused(
            _("The site answered %(status)d instead of a page.") % {"status": last.status}
        )
    kind = next((value for name, value in last.headers if name.lower() == "content-type"), "")
    charset = re.search(r"charset\s*=\s*[\"']?([\w-]{1,40})", kind, re.IGNORECASE)
    return Original(
        content=last.body,
        address=last.target.address[:LONGEST],
        charset=charset[1] if charset else "",
        warc=as_warc(answers),
    )


# Where an address leads


def look_at(address: str, clock: Clock, door: Door | None) -> Target:
    """The address taken apart, and a public machine that its host is; raises SourceRefused."""
    address = address.strip()
    if len(address) > LONGEST:
        raise SourceRefused(_("The address is longer than %(n)d characters.") % {"n": LONGEST})
    try:
        parts = urlsplit(address)
        named_port = parts.port
        host = (parts.hostname or "").rstrip(".")
        if not host.isascii():
            host = host.encode("idna").decode("ascii").rstrip(".")
    except (ValueError, UnicodeError):
        raise not_an_address() from None
    if parts.scheme not in PORTS:
        raise SourceRefused(_("Only addresses that begin with http:// or https:// are fetched."))
    shown = f"[{host}]" if ":" in host else host
    if not HOST.fullmatch(shown) or re.search(r"[\x00-\x20\x7f\\]", address):
        raise not_an_address()
    if "@" in parts.netloc:
        raise SourceRefused(_("An address with a name or password in it is not fetched."))
    port = named_port or PORTS[parts.scheme]
    if port not in PORTS.values() and not (door and port == door.port):
        raise SourceRefused(_("Only the usual ports of web sites, 80 and 443, are fetched from."))
    # Characters beyond ASCII are sent as a browser sends them; what is encoded already stays so.
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._[]')}" if parts.query else ""
    return Target(parts.scheme, host, port, path + query, the_machine(host, port, clock, door))


def not_an_address() -> SourceRefused:
    return SourceRefused(
        _(
            "This is not a web address; copy it whole from the browser, e.g. “https://www.example.org/page”."
        )
    )


def the_machine(host: str, port: int, clock: Clock, door: Door | None) -> Address:
    """The machine to connect to. One address of a host that is not public is enough to refuse it."""
    if door and host in door.names:
        return ipaddress.ip_address("127.0.0.1")
    found = looked_up(host, port, clock)
    behind_door = door is not None and port == door.port and host == "127.0.0.1"
    if not found:
        raise SourceRefused(_("There is no site of this name."))
    if not behind_door and not all(is_public(address) for address in found):
        raise SourceRefused(
            _("The address leads into a private network, not to a public site; it is not fetched.")
        )
    return found[0]


def looked_up(host: str, port: int, clock: Clock) -> list[Address]:
    """Every address of a host; numbers in any spelling that the system takes are among the hosts."""
    with contextlib.suppress(ValueError):
        return [ipaddress.ip_address(host)]  # a number as it is written today needs no looking up
    pool = concurrent.futures.ThreadPoolExecutor(1)
    try:
        asked = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        rows = asked.result(clock.left())
    except socket.gaierror:
        return []
    except concurrent.futures.TimeoutError:
        raise TimeoutError from None
    finally:
        pool.shutdown(wait=False)
    return [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows]


# Asking


class Timed:
    """A socket that every single read and write asks for what is left of the time, so that a slow site cannot stretch it."""

    clock: Clock

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        self.settimeout(self.clock.left())  # type: ignore[attr-defined]
        return super().recv_into(*arguments, **named)  # type: ignore[misc]

    def sendall(self, *arguments: Any, **named: Any) -> None:
        self.settimeout(self.clock.left())  # type: ignore[attr-defined]
        super().sendall(*arguments, **named)  # type: ignore[misc]


class TimedSocket(Timed, socket.socket):
    pass


class TimedTLS(Timed, ssl.SSLSocket):
    pass


def connect(target: Target, clock: Clock, door: Door | None) -> socket.socket:
    """A connection to the very machine that was looked at; the certificate is checked for the host's name."""
    family = socket.AF_INET if target.ip.version == 4 else socket.AF_INET6
    plain = TimedSocket(family, socket.SOCK_STREAM)
    plain.clock = clock
    try:
        plain.settimeout(clock.left())
        plain.connect((str(target.ip), target.port))
        if target.scheme == "http":
            return plain
        context = (door.certificates if door else None) or ssl.create_default_context()
        context.sslsocket_class = TimedTLS
        plain.settimeout(clock.left())
        secured = cast(
            TimedTLS,
            context.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False),
        )
        secured.clock = clock
        try:
            secured.do_handshake()
        except BaseException:
            secured.close()
            raise
        return secured
    except BaseException:
        plain.close()
        raise


def ask(target: Target, clock: Clock, door: Door | None) -> Answer:
    """One question and its answer, the body no longer than ``LARGEST``."""
    asked = [
        ("Host", target.shown_host),
        ("User-Agent", AGENT),
        ("Accept", "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"),
        ("Accept-Language", "ar,en"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = connect(target, clock, door)
    with contextlib.closing(connection):
        connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in asked:
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        answer = Answer(target, response.status, response.reason, response.getheaders(), asked)
        if response.status not in MOVED:
            answer.body = b"".join(body_of(response, clock))
    return answer


def body_of(response: http.client.HTTPResponse, clock: Clock) -> Iterator[bytes]:
    """The bytes of an answer, unpacked where a site packs them though it was not asked to."""
    declared = response.length
    packed = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise ValueError(packed)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed != "identity" else None
    size = 0
    if declared is not None and declared > LARGEST:
        raise too_large()
    while piece := response.read1(65536):
        clock.left()
        if unpack:
            piece = unpack.decompress(piece, LARGEST + 1)
        size += len(piece)
        if size > LARGEST:
            raise too_large()
        yield piece
    if response.length or (unpack and not unpack.eof):  # the site hung up before the end
        raise http.client.IncompleteRead(b"")


def too_large() -> SourceRefused:
    return SourceRefused(_("The page is larger than %(n)d MB.") % {"n": LARGEST // 1024**2})


# Keeping


def as_warc(answers: list[Answer]) -> bytes:
    """The questions and answers, redirects among them, as WARC 1.1 records, each packed by itself as the format wants."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    moment = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    for answer in answers:
        address = answer.target.address
        headers = [
            # The body is kept as it was after it was put together and unpacked; its headers say so.
            (
                f"X-Fetched-{name}"
                if name.lower() in ("transfer-encoding", "content-encoding")
                else name,
                value,
            )
            for name, value in answer.headers
        ]
        response = writer.create_warc_record(
            address, "response", payload=io.BytesIO(answer.body), length=len(answer.body),
            http_headers=StatusAndHeaders(f"{answer.status} {answer.reason}".strip(), headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-IP-Address": str(answer.target.ip), "WARC-Date": moment},
        )  # fmt: skip
        request = writer.create_warc_record(
            address, "request", payload=io.BytesIO(b""), length=0,
            http_headers=StatusAndHeaders(f"GET {answer.target.path} HTTP/1.1", answer.asked, is_http_request=True),
            warc_headers_dict={"WARC-Date": moment},
        )  # fmt: skip
        writer.write_request_response_pair(request, response)
    return out.getvalue()
