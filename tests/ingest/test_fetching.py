"""Addresses fetched: from a server of the test's own, and never from a machine that is not a public site."""

from __future__ import annotations

import gzip
import http.server
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_socket
from warcio.archiveiterator import ArchiveIterator

from statements.ingest import fetching
from statements.ingest.fetching import Door, fetch, is_public
from statements.ingest.sources import SourceRefused, read
from tests.ingest import files


@pytest.fixture(autouse=True)
def loopback(closed_network: None) -> None:
    """The machine itself is within reach: what keeps the tests off it is the code alone."""
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "0.0.0.0"])  # noqa: S104


class Site(http.server.ThreadingHTTPServer):
    """A site whose pages are functions of the request; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def door(self) -> Door:
        return Door(self.server_port)

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A fetch that was given up is no error of the site's."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.pages[self.path.partition("?")[0]](self)
        self.close_connection = True

    def log_message(self, *_arguments: Any) -> None:
        pass


def answering(body: bytes, status: int = 200, **headers: str) -> Callable[[Any], None]:
    def answer(request: Any) -> None:
        request.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def to(address: str, status: int = 302) -> Callable[[Any], None]:
    return answering(b"", status, Location=address)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


class Trap:
    """Listens on loopback, of both kinds where the machine has both, and notes whoever comes."""

    def __init__(self) -> None:
        self.visitors: list[Any] = []
        self.sockets = [socket.socket(socket.AF_INET)]
        self.sockets[0].bind(("0.0.0.0", 0))  # noqa: S104
        self.port = self.sockets[0].getsockname()[1]
        try:
            sixth = socket.socket(socket.AF_INET6)
            sixth.bind(("::1", self.port))
            self.sockets.append(sixth)
        except OSError:  # a machine without IPv6
            pass
        for one in self.sockets:
            one.listen()
            threading.Thread(target=self.listen, args=(one,), daemon=True).start()

    def listen(self, one: socket.socket) -> None:
        while True:
            try:
                visitor, address = one.accept()
            except OSError:
                return
            self.visitors.append(address)
            visitor.close()

    def close(self) -> None:
        for one in self.sockets:
            one.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.close()


# Machines that are not public


PRIVATE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.1.2.3 169.254.169.254 172.16.0.1 172.31.255.255
    192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1
    255.255.255.255 168.63.129.16
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
    64:ff9b:1::7f00:1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe:: 2002:c0a8:101:: fc00::1 fd00:ec2::254
    fe80::1 fec0::1 ff02::1 5f00::1 3fff::1
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_reserved_or_metadata_machine_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", "1.1.1.1 93.184.216.34 2606:4700::1111 64:ff9b::101:101 ::ffff:1.1.1.1 2002:101:101::1".split()
)  # fmt: skip
def test_sites_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


#: Ways to write a machine of one's own, «PORT» the trap's.
HOSTILE = """
    http://127.0.0.2:PORT/ http://localhost:PORT/ http://LOCALHOST:PORT/ http://localhost.:PORT/ http://127.1:PORT/
    http://127.0.1:PORT/ http://2130706433:PORT/ http://017700000001:PORT/ http://0177.0.0.1:PORT/ http://0x7f000001:PORT/
    http://0x7f.0x0.0x0.0x1:PORT/ http://0x7f.1:PORT/ http://0:PORT/ http://0.0.0.0:PORT/ http://127.000.000.001:PORT/
    http://[::1]:PORT/ http://[0:0:0:0:0:0:0:1]:PORT/ http://[::ffff:127.0.0.1]:PORT/ http://[::ffff:7f00:1]:PORT/
    http://[::127.0.0.1]:PORT/ http://[::]:PORT/ http://[64:ff9b::127.0.0.1]:PORT/ http://[2002:7f00:1::]:PORT/
    http://[::1%25lo]:PORT/ http://[fe80::1%25eth0]:PORT/ http://①②⑦.⓪.⓪.②:PORT/ http://127。0。0。2:PORT/ http://%31%32%37.0.0.2:PORT/
    http://user@127.0.0.1:PORT/ http://example.org@127.0.0.1:PORT/ http://127.0.0.1:PORT@localhost:PORT/ http://user:pass@localhost:PORT/
    http://localhost:PORT\\@example.org/ http://example.org\\@localhost:PORT/ http://localhost%00.example.org:PORT/ http://localhost%2eexample:PORT/
    http:localhost:PORT http:///localhost:PORT/ //localhost:PORT/ localhost:PORT https://localhost:PORT/ https://127.1:PORT/
    ftp://127.0.0.1:PORT/ file:///etc/passwd gopher://127.0.0.1:PORT/_x data:text/html,x javascript:alert(1) jar:http://localhost:PORT/!/
    http://169.254.169.254/latest/meta-data/ http://[fd00:ec2::254]/ http://168.63.129.16/ http://100.100.100.200/ http://10.0.0.1/
    http://192.168.0.1/ http://127.0.0.1/ http://127.0.0.1:80/ http://localhost/ http://224.0.0.1/ http://255.255.255.255/
    http://127.0.0.1:22/ http://1.1.1.1:6379/ http://1.1.1.1:8080/ http://127.0.0.1:99999/ http://127.0.0.1:x/ http:// http://. http://[ http://[::1
""".split()  # fmt: skip
WRITTEN = ["", "   ", "words", "http://loc\talhost:PORT/", "http://localhost:PORT/ x", "http://localhost\n:PORT/", "http://" + "a" * 2000]  # fmt: skip


def test_no_hostile_address_is_ever_connected_to(trap: Trap) -> None:
    # The door opens the trap's port, so that only the check of the machine stands before it.
    door = Door(trap.port)
    for address in [*HOSTILE, *WRITTEN]:
        with pytest.raises(SourceRefused) as refused:
            fetch(address.replace("PORT", str(trap.port)), door)
        assert str(refused.value).endswith((".", "”."))
    assert trap.visitors == []


def test_without_a_door_not_even_the_plain_address_of_the_machine_is_fetched(site: Site) -> None:
    site.pages["/"] = answering(b"words")
    with pytest.raises(SourceRefused, match="ports"):
        fetch(site.at("/"))
    assert site.asked == []


def test_a_redirect_to_a_hostile_address_is_not_followed(site: Site, trap: Trap) -> None:
    for address in HOSTILE:
        site.pages["/"] = to(
            address.replace("PORT", str(trap.port)).encode("utf-8").decode("latin-1")
        )
        with pytest.raises(SourceRefused):
            fetch(site.at("/"), site.door)
    assert trap.visitors == []


def test_a_name_that_means_another_machine_a_moment_later_is_looked_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rebinding: public when it is checked, loopback when it is connected to."""
    answers = ["93.184.216.34", "127.0.0.1"]
    reached: list[Any] = []

    def looked_up(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    def connect(_self: socket.socket, address: Any) -> None:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(fetching.socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(fetching.TimedSocket, "connect", connect, raising=False)
    with pytest.raises(SourceRefused, match="could not be reached"):
        fetch("http://rebinding.example/")
    assert reached == [("93.184.216.34", 80)]


def test_one_private_machine_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(SourceRefused, match="private"):
        fetch("http://example.org/")


# What a site may do


def test_a_page_is_fetched_with_what_was_asked_and_answered(site: Site) -> None:
    site.pages["/old"] = to("/news?id=7")
    site.pages["/news"] = answering(
        files.page(None).encode("cp1256"), Content_Type="text/html; charset=windows-1256", Set_Cookie="a=b"
    )  # fmt: skip
    found = fetch(site.at("/old#part"), site.door)
    assert found.address == site.at("/news?id=7")
    assert found.content == files.page(None).encode("cp1256")
    assert files.PARAGRAPHS[0] in read(found).text
    assert [path for path, _headers in site.asked] == ["/old", "/news?id=7"]
    for _path, headers in site.asked:
        assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Connection"}  # fmt: skip
    records = []
    for record in ArchiveIterator(io.BytesIO(found.warc or b"")):
        payload = record.content_stream().read()
        records.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), payload))
    assert [(kind, address) for kind, address, _payload in records] == [
        ("response", site.at("/old")),
        ("request", site.at("/old")),
        ("response", site.at("/news?id=7")),
        ("request", site.at("/news?id=7")),
    ]
    assert records[2][2] == found.content


def test_neither_proxy_nor_credentials_come_from_the_environment(
    site: Site, trap: Trap, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    site.pages["/"] = answering(b"words and words")
    assert fetch(site.at("/"), site.door).content == b"words and words"
    assert trap.visitors == []
    assert "Authorization" not in site.asked[0][1]


def test_an_arabic_address_is_asked_for_as_a_browser_asks(site: Site) -> None:
    path = "/%D8%AE%D8%A8%D8%B1"
    site.pages[path] = answering(b"words")
    assert fetch(site.at("/خبر?q=a b".replace(" ", "+")), site.door).content == b"words"
    assert site.asked[0][0] == f"{path}?q=a+b"


def test_a_page_that_is_packed_unasked_is_unpacked(site: Site) -> None:
    body = files.page().encode()
    site.pages["/"] = answering(gzip.compress(body), Content_Encoding="gzip")
    assert fetch(site.at("/"), site.door).content == body


def chunked(pieces: Iterator[bytes], pause: float = 0) -> Callable[[Any], None]:
    def answer(request: Any) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for piece in pieces:
            request.wfile.write(b"%X\r\n%s\r\n" % (len(piece), piece))
            request.wfile.flush()
            time.sleep(pause)
        request.wfile.write(b"0\r\n\r\n")

    return answer


def dripping(text: bytes, pause: float) -> Callable[[Any], None]:
    """Bytes of an answer one at a time, its very first line among them."""

    def answer(request: Any) -> None:
        for byte in text:
            request.wfile.write(bytes([byte]))
            request.wfile.flush()
            time.sleep(pause)

    return answer


def endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 100_000


@pytest.mark.parametrize(
    ("page", "said"),
    [
        pytest.param(lambda: chunked(endless()), "larger than 10 MB", id="endless"),
        pytest.param(lambda: chunked(endless(), 0.05), "within 1 seconds", id="endless and slow"),
        pytest.param(lambda: dripping(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 99, 0.05), "within 1 seconds", id="slow headers"),
        pytest.param(lambda: dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + b"x" * 999, 0.01), "within 1 seconds", id="slow body"),
        pytest.param(lambda: (lambda _request: time.sleep(3)), "within 1 seconds", id="silent"),
        pytest.param(lambda: answering(b"x", Content_Length=str(11 * 1024**2)), "larger than 10 MB", id="said to be large"),
        pytest.param(lambda: answering(gzip.compress(bytes(20 * 1024**2)), Content_Encoding="gzip"), "larger than 10 MB", id="packed bomb"),
        pytest.param(lambda: answering(b"x", Content_Length="500"), "could not be reached", id="cut off"),
        pytest.param(lambda: answering(b"x", Content_Encoding="gzip"), "could not be reached", id="not what it says"),
        pytest.param(lambda: answering(b"x", Content_Encoding="br"), "could not be reached", id="packed otherwise"),
        pytest.param(lambda: dripping(b"no protocol at all\r\n\r\n", 0), "could not be reached", id="no protocol"),
        pytest.param(lambda: dripping(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500, 0), "could not be reached", id="headers without number"),
        pytest.param(lambda: answering(b"gone", 404), "answered 404", id="missing"),
        pytest.param(lambda: answering(b"", 500), "answered 500", id="broken"),
        pytest.param(lambda: to("/"), "more than 5 times", id="round and round"),
        pytest.param(lambda: answering(b"", 302), "answered 302", id="to nowhere"),
        pytest.param(lambda: to("http://[::1"), "not a web address|could not be reached", id="to no address"),
    ],
)  # fmt: skip
def test_slow_endless_large_and_broken_answers_end_in_time_with_a_sentence(
    site: Site, monkeypatch: pytest.MonkeyPatch, page: Any, said: str
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 1.0)
    site.pages["/"] = page()
    started = time.monotonic()
    with pytest.raises(SourceRefused, match=said):
        fetch(site.at("/"), site.door)
    assert time.monotonic() - started < 2.5


def test_a_name_that_takes_too_long_to_look_up_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: time.sleep(1))
    with pytest.raises(SourceRefused, match="seconds"):
        fetch("http://example.org/")


@pytest.mark.parametrize(("named", "good"), [("site.example", True), ("other.example", False)])
def test_a_certificate_is_checked_for_the_name_that_was_asked_for(
    site: Site, tmp_path: Path, named: str, good: bool
) -> None:
    """The machine is connected to by its number, the certificate and the server's name go by the host."""
    certificate, authority = self_signed("site.example", tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    seen: list[str | None] = []
    serving.sni_callback = lambda _socket, name, _context: seen.append(name)
    site.socket = serving.wrap_socket(site.socket, server_side=True)
    site.pages["/"] = answering(b"words")
    trusting = ssl.create_default_context(cafile=str(authority))
    door = Door(site.server_port, trusting, frozenset({"site.example", "other.example"}))
    address = f"https://{named}:{site.server_port}/"
    if good:
        assert fetch(address, door).content == b"words"
        assert site.asked[0][1]["Host"] == f"{named}:{site.server_port}"
    else:
        with pytest.raises(SourceRefused, match="certificate"):
            fetch(address, door)
        assert site.asked == []
    assert seen == [named]


def self_signed(name: str, folder: Path) -> tuple[Path, Path]:
    """(key and certificate, certificate) of a site, signed by itself."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public = signed.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "both.pem").write_bytes(private + public)
    (folder / "certificate.pem").write_bytes(public)
    return folder / "both.pem", folder / "certificate.pem"


def test_no_setting_opens_a_door() -> None:
    """The desk and the command call without one; nothing else makes one."""
    from tests.test_layout import FILES

    makers = [path.name for path in FILES if "Door(" in path.read_text("utf-8")]
    callers = [
        line.strip()
        for path in FILES
        for line in path.read_text("utf-8").splitlines()
        if "fetching.fetch(" in line
    ]
    assert makers == []
    assert len(callers) == 2
    assert all("door" not in line and "," not in line for line in callers)
