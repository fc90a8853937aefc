"""Whatever arrives in a field, an address or a cookie: a refusal or a page, never a fault of ours."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.house.addresses import LISTED, REFUSED, Route, routes
from tests.house.browsing import FORM
from tests.house.fields import FIELDS
from tests.house.test_who_may_open_what import path_of, undone
from tests.people import Somebody
from tests.size import FULL

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]

JUNK = (
    "%00",
    "%00" * 300,
    "%FF%FE%80",
    "%ED%A0%80",  # half of a pair that UTF-8 has no place for
    "9" * 400,
    "-1",
    "1e309",
    "NaN",
    "0000-13-45",
    "99:99",
    "00000000-0000-0000-0000-000000000000",
    "{%22a%22:[[[[" + "[" * 500,
    "%F0%9F%AB%A5%E2%80%AE%CC%81" * 50,
    "..%2F..%2Fetc%2Fpasswd",
    "a=b&a=c&&&=",
    "x" * 30_000,
)
LONGEST_LINE = 8_000  # no browser sends a longer address
POSTED = [route for route in routes() if route.name in LISTED and LISTED[route.name].post != REFUSED]
READ = [route for route in routes() if route.name in LISTED and LISTED[route.name].get != REFUSED]


def junk_for(number: int) -> list[str]:
    """Return what the form or page of some number meets: NUL and a part of the rest; any five in a row meet all."""
    return list(JUNK) if FULL else [JUNK[0], *JUNK[1 + number % 5 :: 5]]


def bodies(route: Route) -> list[str]:
    """Return forms in which every field holds the same junk, and some that are no forms at all."""
    names = [name.replace("*", "sad") for name in FIELDS.get(route.name, {})]
    names = [name for name in names if name != "passphrase"] + ["form_id", "version", "page", "fields"]
    whole = "form_id=8a3c5e0e-5f8e-4a57-9d0c-0f3f5d1a2b3c&version=1&"
    junk = ["&".join(f"{quote(name)}={value}" for name in names) for value in junk_for(POSTED.index(route))]
    return [*junk, *(whole + one for one in junk[:3]), "&" * 900, "%", "=" * 50, "\x00\x01\x02"]


@pytest.mark.parametrize("route", POSTED, ids=lambda route: route.name)
def test_a_form_full_of_junk_is_no_fault_of_ours(route: Route, alice: Somebody) -> None:
    path = path_of(route, alice)
    for body in bodies(route):
        with undone():
            answer = alice.client.post(path, body, content_type=FORM)
            assert answer.status_code < 500, body[:80]
    for kind in ("multipart/form-data; boundary=x", "application/json", "text/plain", "", "multipart/form-data"):
        with undone():
            assert alice.client.generic("POST", path, "--x\r\n\r\n{", content_type=kind).status_code < 500, kind


@pytest.mark.parametrize("route", READ, ids=lambda route: route.name)
def test_an_address_full_of_junk_is_no_fault_of_ours(route: Route, alice: Somebody) -> None:
    path = path_of(route, alice)
    names = ("kind", "from", "kept", "at", "back", "minutes", "page", "need", "feeling", "range", "next")
    for value in junk_for(READ.index(route)):
        if len(value) > LONGEST_LINE:
            continue
        query = "&".join(f"{name}={value}" for name in names)
        for client in (Client(), alice.client)[LISTED[route.name].kind != "public" :]:
            assert client.get(f"{path}?{query}").status_code < 500, value[:80]


def test_junk_in_cookies_and_headers_opens_nothing_and_breaks_nothing(alice: Somebody) -> None:
    for value in ("", "zz", "00", "0" * 63, "0" * 64, "0" * 6400, "\xe9\xff", '"', "a;b", alice.token.upper()[:-1]):
        browser = Client()
        for name in (settings.SESSION_COOKIE, settings.DEVICE_COOKIE, settings.CSRF_COOKIE_NAME):
            browser.cookies[name] = value
        assert browser.get("/settings/").status_code == 302
        assert browser.post("/unlock/", {"name": "x", "passphrase": "y"}).status_code < 500
    odd = {"Accept-Language": "x" * 5000 + ",;q=z", "HX-Request": "x", "HX-Current-URL": "\xff", "Cookie": "=;=;a"}
    assert alice.client.get("/help/", headers=odd).status_code == 200


def test_a_token_cut_or_lengthened_opens_nothing(alice: Somebody) -> None:
    for token in (alice.token[:-2], alice.token + "00", alice.token[::-1], alice.token[:-1] + "g"):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE] = token
        assert browser.get("/settings/").status_code == 302
    assert alice.client.get("/settings/").status_code == 200


def test_the_clock_of_one_person_does_not_reach_the_next_request(alice: Somebody) -> None:
    before = timezone.get_current_timezone_name()
    zone = {"time_zone": "Pacific/Auckland", "idle_minutes": "10", "hours": "12", "theme": ""}
    assert alice.client.post("/settings/", zone).status_code == 302
    for client, address in ((alice.client, "/today/"), (Client(), "/unlock/")):
        client.post(address, {"name": alice.name, "passphrase": alice.passphrase})
        client.get("/today/")
        assert timezone.get_current_timezone_name() == before
    assert "Auckland" not in Client().get("/moment/").content.decode()
