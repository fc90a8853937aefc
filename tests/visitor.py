"""Somebody who visits a real server over HTTP, as a browser without scripts would: cookies, forms, one connection."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from http.client import HTTPConnection
from time import monotonic
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

PASSPHRASE = "plainly copper otter hums at noon"
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
TOKEN = "csrfmiddlewaretoken"
LINE = "a-line-between-the-fields"
# Four hours apart, and none of them ever changes its clocks.
ZONES = (
    "Pacific/Honolulu",
    "America/Guatemala",
    "America/Noronha",
    "Africa/Maputo",
    "Asia/Dhaka",
    "Pacific/Port_Moresby",
)
# Where it is about noon: what a page says by night or around midnight is for the tests that ask for it.
BY_DAY = min(ZONES, key=lambda zone: abs(datetime.now(ZoneInfo(zone)).hour - 12))
IDLE = 1  # seconds; after five the server hangs up, and a request on its way then meets nobody


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the page, by name."""
        found = [dict(ATTRIBUTE.findall(tag)) for tag in INPUT.findall(self.text)]
        return {
            one["name"]: unescape(one.get("value", ""))
            for one in found
            if one.get("type") == "hidden" and one.get("name")
        }


@dataclass
class Visitor:
    """One browser on one server."""

    url: str
    name: str = "Alice"
    passphrase: str = PASSPHRASE
    timeout: float = 60
    cookies: dict[str, str] = field(default_factory=dict)
    _line: HTTPConnection | None = None
    _used: float = 0

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str | list[str]], headers: dict[str, str] | None = None) -> Answer:
        """Send a form, with the token that came with an earlier page."""
        body = urlencode({TOKEN: self.cookies.get("kindline-form", ""), **fields}, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, {**kind, **(headers or {})})

    def choose(self, raw: bytes) -> Answer:
        """Choose a file to bring in."""
        parts = [("", TOKEN, self.cookies.get("kindline-form", "").encode()), ('; filename="a"', "file", raw)]
        body = b"".join(
            f'--{LINE}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"
            for more, name, content in parts
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={LINE}"}
        return self._ask("POST", "/takeout/read/", body + f"--{LINE}--\r\n".encode(), kind)

    def join(self) -> "Visitor":
        """Make a place and type the recovery code's last group back."""
        offered = self.get("/join/").hidden["offered"]
        fields = {"name": self.name, "own": self.passphrase, "offered": offered, "time_zone": BY_DAY}
        joined = self.post("/join/", fields)
        assert joined.headers.get("location") == "/join/recovery/", (joined.status, joined.text)
        groups = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}\b", re.sub(r"<[^>]+>", " ", self.get("/join/recovery/").text))
        written = self.post("/join/recovery/", {"last_group": groups[8]})
        assert written.status == 302, written.text
        return self

    def unlock(self) -> Answer:
        """Type name and passphrase into the unlock page."""
        self.get("/unlock/")
        return self.post("/unlock/", {"name": self.name, "passphrase": self.passphrase})

    def write(self, words: str, entry_id: UUID | None = None) -> Answer:
        """Keep an entry in the journal; the same id again is the same form sent again."""
        return self.post("/mine/journal/write/", {"what": words, "form_id": str(entry_id or uuid4())})

    def plan(self, title: str, rhythm_id: UUID, circle: str) -> Answer:
        """Plan something for both of a space, which the other can read from then on."""
        fields = {"form_id": str(rhythm_id), "circle": circle, "whose": "us", "kind": "own", "often": "whenever"}
        return self.post("/ours/rhythms/new/", {**fields, "title": title, "minutes": "20"})

    def share_with(self, other: "Visitor") -> None:
        """Come to share a space with somebody, as two people would: a code, the same six words, both say so."""
        self.get("/together/invite/")
        self.post("/together/invite/", {})
        code = re.search(r'id="code"[^>]*>([^<]+)<', self.get("/together/invite/").text)
        assert code, "no code on the page"
        steps = (
            (other, "/invited/", {"code": code[1]}),
            (other, "/invited/yes/", {}),
            (self, "/together/same/", {"passphrase": self.passphrase}),
            (other, "/together/same/", {}),
        )
        for who, path, fields in steps:
            who.close()  # the server hangs up on whoever waits for their turn for long
            who.get("/invited/")
            told = who.post(path, fields)
            assert told.status == 302, (path, told.text)

    def twin(self) -> "Visitor":
        """Return another window of the same browser, with a connection of its own."""
        return replace(self, cookies=dict(self.cookies), _line=None)

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if monotonic() - self._used > IDLE:
            self.close()
        if self._line is None:
            self._line = HTTPConnection(urlsplit(self.url).netloc, timeout=self.timeout)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._line.request(method, path, body, headers)
            response = self._line.getresponse()
            text = response.read().decode(errors="replace")
        except OSError:
            self.close()
            raise
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie = value.partition(";")[0]
                self.cookies[cookie.partition("=")[0]] = cookie.partition("=")[2]
        if response.will_close:
            self.close()
        self._used = monotonic()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)
