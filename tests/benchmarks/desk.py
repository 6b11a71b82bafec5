"""An editor at the desk over http: signs in, opens a form, and saves it as a browser would."""

from __future__ import annotations

import http.client
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit


class Form(HTMLParser):
    """The fields of a page's forms as a browser would send them, in the page's order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.problems: list[str] = []
        self.area = ""
        self.select = ""
        self.first: str | None = None
        self.telling = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name, kind = said.get("name", ""), said.get("type", "text")
        self.telling = "errorlist" in said.get("class", "") or (self.telling and tag == "li")
        if tag == "input" and name and kind not in ("submit", "button", "file", "image", "reset"):
            if kind not in ("checkbox", "radio") or "checked" in said:
                self.fields.append((name, said.get("value", "on" if kind == "checkbox" else "")))
        elif tag == "textarea" and name:
            self.area = name
            self.fields.append((name, ""))
        elif tag == "select":
            self.select, self.first = name, None if "multiple" in said else ""
        elif tag == "option" and self.select:
            if "selected" in said:
                self.fields.append((self.select, said.get("value", "")))
                self.first = None
            elif self.first == "":
                self.first = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            if self.first is not None:
                self.fields.append((self.select, self.first))
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            name, value = self.fields[-1]
            # HTML does not count a line end that begins a text area.
            self.fields[-1] = (name, value + (data if value else data.removeprefix("\n")))
        elif self.telling and data.strip():
            self.problems.append(data.strip())


class Editor:
    """A session at the desk of the archive at an address such as ``http://127.0.0.1:8000``."""

    def __init__(self, place: str, name: str, password: str) -> None:
        self.host = urlsplit(place).netloc
        self.cookies: SimpleCookie = SimpleCookie()
        fields = dict(Form(self.get("/en/admin/login/")).fields)
        status, said = self.ask(
            "POST", "/en/admin/login/", urlencode(fields | {"username": name, "password": password})
        )
        if status != 302:
            raise RuntimeError(f"The desk let nobody in ({status}): {Form(said).problems}")

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """(status, body) of an answer; keeps its cookies."""
        headers = {"Cookie": "; ".join(f"{n}={m.value}" for n, m in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies.load(line)
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def get(self, path: str) -> str:
        status, page = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return page

    def save(self, path: str, fields: list[tuple[str, str]], **changed: str) -> None:
        """Send a form; raises RuntimeError with what the desk said when it was not saved."""
        sent = [(name, changed.get(name, value)) for name, value in fields]
        status, page = self.ask("POST", path, urlencode(sent))
        if status != 302:
            raise RuntimeError(f"{path} was not saved ({status}): {Form(page).problems[:5]}")
