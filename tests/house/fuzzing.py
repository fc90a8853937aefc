"""Every form and address of the house as a browser would send it, and the same sent spoilt."""

from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.house.addresses import LISTED, REFUSED, routes
from tests.house.browsing import FORM, Browser, InProcess, absolute
from tests.house.fields import FIELDS, TOKEN
from tests.house.junk import Junk
from tests.house.markup import Field, Form
from tests.house.things import BEFORE, MAKERS
from tests.house.walking import filled, name_of, pressed
from tests.house.writing import Writing
from tests.people import PASSPHRASE, Somebody

NAMES = ("kind", "from", "kept", "at", "back", "minutes", "page", "need", "feeling", "range", "next", "q", "room")
CALLED = "a-file-of-some-name"


@dataclass(frozen=True)
class Known:
    """One request as a browser would send it."""

    method: str
    address: str
    pairs: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()  # the names of its file fields
    for_all: bool = False  # also for somebody without a place


def words(address: str, one: Field) -> str:
    """Return what somebody might have written into a field."""
    return f"You never listen when the {address} is late."[: one.longest or 60]


def of_page(browser: Browser, address: str, *, for_all: bool) -> list[Known]:
    """Return an address, and every form of its page with each of its buttons."""
    answer = browser.ask("GET", address)
    found = [Known("GET", address, for_all=for_all)]
    for form in answer.page.forms:
        for button in form.buttons or [None]:
            to = absolute(address, (button.action if button else "") or form.action or address)
            found.append(_known(form, to, [*_filled(form, to), *pressed(button)], for_all=for_all))
            if form.attrs.get("data-unsaved"):
                pairs = [*_filled(form, to), ("page", urlsplit(address).path)]
                found.append(_known(form, form.attrs["data-unsaved"], pairs, for_all=for_all))
    return found


def _filled(form: Form, to: str) -> list[tuple[str, str]]:
    writing = Writing(words, name="Alice")
    return filled(form, lambda one: writing(name_of(to), one))


def _known(form: Form, to: str, pairs: list[tuple[str, str]], *, for_all: bool) -> Known:
    files = tuple(one.name for one in form.fields if one.kind == "file")
    return Known("POST" if form.method == "post" else "GET", to, tuple(pairs), files, for_all)


def all_known(alice: Somebody) -> list[Known]:
    """Return every address of the house about things of Alice's, and every form on it."""
    found: dict[Known, None] = {}
    # A space that somebody left comes before what is shared with the next one.
    for route in sorted(routes(), key=lambda one: "space_id" not in one.wants):
        line = LISTED.get(route.name)
        if line is None:
            continue
        made = {name: MAKERS[name](alice) for name in route.wants}
        if route.name in BEFORE:
            BEFORE[route.name](alice, *made.values())
        path, for_all = route.path(**made), line.kind == "public"
        if line.get != REFUSED:
            found |= dict.fromkeys(of_page(InProcess(alice.client), path, for_all=for_all))
            if for_all:
                found |= dict.fromkeys(of_page(InProcess(Client()), path, for_all=True))
        if line.post != REFUSED:
            names = [name.replace("*", "sad") for name in FIELDS.get(route.name, {})]
            pairs = [(name, PASSPHRASE if name == "passphrase" else "") for name in names]
            found[Known("POST", path, tuple(pairs), for_all=for_all)] = None
    # Each page brings a token of its own; without it the same form on another page is the same.
    bare = (replace(one, pairs=tuple(pair for pair in one.pairs if pair[0] not in TOKEN)) for one in found)
    return list(dict.fromkeys(bare))


@dataclass
class Sent:
    """One request that was made from junk."""

    client: Client
    known: Known
    junk: Junk

    def send(self) -> int:
        """Send it and return the status of the answer."""
        chance, address = self.junk.chance, urlsplit(self.known.address)
        asks = 0.9 if self.known.method == "GET" else 0.1
        query = self.junk.query(NAMES) if chance.random() < asks else address.query
        path = address.path
        if chance.random() < 0.03:
            path = (
                "/"
                + quote("/".join([*path.strip("/").split("/")[:-1], self.junk.value()[:60]]), errors="replace")
                + "/"
            )
        if self.known.method == "GET":
            pairs = self.junk.pairs(self.known.pairs)
            query = self.junk.body(pairs).decode("latin-1") if pairs else query
            return self.client.generic("GET", path, QUERY_STRING=query).status_code
        pairs = self.junk.pairs(self.known.pairs)
        if self.known.files or chance.random() < 0.03:
            data: dict[str, object] = {name: value for name, value in pairs if name}
            for name in self.known.files or ("file",):
                data[name] = SimpleUploadedFile(CALLED, self.junk.file(), self.junk.kind() or "text/plain")
            title = self.junk.value()[:80].encode(errors="replace")
            body, kind = encode_multipart(BOUNDARY, data).replace(CALLED.encode(), title), MULTIPART_CONTENT
        else:
            body, kind = self.junk.body(pairs), FORM
        kind = self.junk.kind() if chance.random() < 0.03 else kind
        return self.client.generic("POST", path, body, content_type=kind, QUERY_STRING=query).status_code
