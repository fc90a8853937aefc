"""Two small browsers without scripts: one inside the process, one over a real connection. Both keep cookies."""

import http.client
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol
from urllib.parse import urlencode, urljoin, urlsplit

from django.test import Client

from tests.house.markup import Page

FORM = "application/x-www-form-urlencoded"
Pairs = Sequence[tuple[str, str]]


@dataclass
class Answer:
    """What came back."""

    address: str
    status: int
    headers: list[tuple[str, str]]
    text: str

    @cached_property
    def page(self) -> Page:
        """Return the answer parsed; a file that is no page is read by no browser as one."""
        return Page(self.text if self.kind.startswith("text/html") else "", self.address)

    @property
    def kind(self) -> str:
        """Return the kind of content that the answer says it is."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "text/html")

    @property
    def location(self) -> str:
        """Return where a redirect leads, or ""."""
        return next((value for name, value in self.headers if name.lower() == "location"), "")


class Browser(Protocol):
    """Asks for a page, or sends a form."""

    def ask(self, method: str, address: str, pairs: Pairs = (), site: str = "same-origin") -> Answer:
        """Send one request as led to by `site`, and return the answer, redirects not followed."""
        ...


@dataclass
class InProcess:
    """A browser around Django's own test client."""

    client: Client

    def ask(self, method: str, address: str, pairs: Pairs = (), site: str = "same-origin") -> Answer:
        """Send one request and return the answer."""
        body = urlencode(list(pairs)) if method == "POST" else ""
        answer = self.client.generic(method, address, body, FORM, headers={"Sec-Fetch-Site": site})
        body = b"".join(answer) if answer.streaming else answer.content
        return Answer(address, answer.status_code, list(answer.items()), body.decode("utf-8", "replace"))


@dataclass
class OverHttp:
    """A browser that speaks to a server at a real address and remembers everything it got."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)

    def ask(self, method: str, address: str, pairs: Pairs = (), site: str = "same-origin") -> Answer:
        """Send one request and return the answer."""
        sent = {"Sec-Fetch-Site": site, "Accept-Language": "en", "Accept-Encoding": "gzip, br"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if method == "POST":
            body = urlencode(list(pairs)).encode()
            sent |= {"Content-Type": FORM, "Origin": f"http://{self.host}:{self.port}"}
        line = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            line.request(method, address, body, sent)
            reply = line.getresponse()
            text = reply.read().decode("utf-8", "replace")
        finally:
            line.close()
        for cookie in reply.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        answer = Answer(address, reply.status, reply.getheaders(), text)
        self.answers.append(answer)
        return answer


def absolute(base: str, address: str) -> str:
    """Return a link's path and query as seen from a page, or "" when it leads elsewhere."""
    parts = urlsplit(urljoin(base, address))
    if parts.scheme not in {"", "http", "https"} or (
        parts.netloc and not parts.netloc.startswith(("127.", "testserver"))
    ):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
