"""No address given in a request leads anybody to another site, and nobody is led to a page that acts by itself."""

import pytest
from django.conf import settings
from django.test import Client

from tests.house.addresses import LISTED, REFUSED, routes
from tests.house.browsing import absolute
from tests.house.markup import Page
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]

ELSEWHERE = (
    "https://heron.example/",
    "//heron.example/",
    "/\\heron.example/",
    "\\\\heron.example",
    "/\t/heron.example/",
    "\t//heron.example",
    "javascript:alert(1)",
    "http:heron.example",
    "///heron.example",
    "heron.example",
    "/%09/heron.example/",
    "/\r\nLocation: https://heron.example/",
)


def leads(location: str) -> str:
    """Return where a browser would go: browsers drop tabs and line ends, and read a backslash as a slash."""
    tidy = "".join(sign for sign in location if sign not in "\t\r\n").replace("\\", "/")
    return absolute("http://testserver/", tidy)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_after_unlocking_and_locking_one_stays_here(address: str, alice: Somebody) -> None:
    unlocking = {"name": alice.name, "passphrase": alice.passphrase, "next": address}
    for answer in (
        Client().post("/unlock/", unlocking),
        Client().post("/lock/", {"next": address}),
        alice.client.post("/unsaved/", {"form_id": "8a3c5e0e-5f8e-4a57-9d0c-0f3f5d1a2b3c", "page": address, "a": "b"}),
    ):
        assert answer.status_code in {302, 400}
        if answer.status_code == 302:
            assert leads(answer["Location"]).startswith("/"), answer["Location"]
            assert "\n" not in answer["Location"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_unlock_page_offers_no_way_elsewhere(address: str) -> None:
    page = Page(Client().get("/unlock/", {"next": address}).content.decode())
    for form in page.forms:
        assert absolute("/unlock/", form.action)
    assert all("heron" not in one.attrs.get("href", "") for one in page.elements)


@pytest.mark.parametrize("address", [*ELSEWHERE, "/lock/", "/exit/", "/not/here/", "/unlock/", "/static/page/page.js"])
def test_a_carried_form_goes_on_to_private_pages_only(address: str, alice: Somebody) -> None:
    browser = Client(raise_request_exception=False)
    unlocking = {"name": alice.name, "passphrase": alice.passphrase, "carried-to": address, "carried.what": "words"}
    answer = browser.post("/unlock/", unlocking)
    assert answer.status_code == 404, answer.headers
    assert "Location" not in answer.headers


def test_links_out_of_the_house_are_the_few_that_are_meant() -> None:
    """The exit, and helplines on the Help page; nothing else leads out, and no picture or script comes in."""
    for route in routes():
        if route.wants or LISTED[route.name].kind != "public" or LISTED[route.name].get == REFUSED:
            continue
        page = Page(Client().get(route.path()).content.decode())
        for one in page.elements:
            came = [one.attrs[name] for name in ("src", "srcset", "data", "poster", "background") if name in one.attrs]
            came += [one.attrs["href"]] if one.tag in {"link", "use"} and "href" in one.attrs else []
            assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in came), came
            out = one.attrs.get("href", "") if one.tag == "a" else ""
            if out.startswith(("http", "//")):
                assert route.name in {"care:help", "care:about"} or out == settings.EXIT_URL, (route.name, out)
