"""Under which name and icon Kindline stands on a device."""

import json
import struct
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory

from kindline.ground.page.guises import GUISES, OWN, Guise, guise_of, manifest, put_on

each = pytest.mark.parametrize("guise", GUISES, ids=lambda guise: guise.slug)


def told(slug: str) -> dict:
    answer = Client().get(f"/manifest/{slug}/")
    assert answer["Content-Type"] == "application/manifest+json"
    return json.loads(answer.content)


@each
def test_a_manifest_has_what_a_browser_installs_by(guise: Guise) -> None:
    said = told(guise.slug)
    assert said["name"] == said["short_name"] == str(guise.name)
    assert (said["display"], said["scope"], said["start_url"]) == ("standalone", "/", "/today/")
    assert {(icon["sizes"], icon["purpose"]) for icon in said["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert [one["url"] for one in said["shortcuts"]] == ["/moment/"]
    assert said["share_target"]["action"] == "/share/"


@each
def test_every_icon_is_there_in_the_size_it_says(guise: Guise) -> None:
    sizes = {"192": 192, "512": 512, "maskable": 512, "touch": 180}
    for name, size in sizes.items():
        found = finders.find(f"page/guises/{guise.slug}-{name}.png")
        assert found, name
        head = Path(found).read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", head[16:]) == (size, size)
    assert finders.find(f"page/guises/{guise.slug}.svg")


def test_a_discreet_guise_does_not_speak_of_kindline() -> None:
    for guise in GUISES[1:]:
        said = json.dumps(told(guise.slug)).lower()
        for word in ("kindline", "boundar", "partner", "i need"):
            assert word not in said, guise.slug


def test_no_two_guises_are_one_app_to_a_browser() -> None:
    assert len({manifest(guise)["id"] for guise in GUISES}) == len(GUISES)


def test_a_guise_that_is_not_there_is_not_found() -> None:
    assert Client().get("/manifest/banking/").status_code == 404


def test_the_device_s_cookie_chooses_and_an_unknown_one_changes_nothing() -> None:
    request = RequestFactory().get("/")
    assert guise_of(request) is guise_of(None) is OWN
    request.COOKIES[settings.GUISE_COOKIE] = "evening"
    assert guise_of(request).slug == "evening"
    request.COOKIES[settings.GUISE_COOKIE] = "<script>"
    assert guise_of(request) is OWN


def test_the_cookie_says_only_the_name() -> None:
    response = HttpResponse()
    put_on(response, GUISES[2])
    cookie = response.cookies[settings.GUISE_COOKIE]
    assert cookie.value == "lines"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_page_without_a_key_wears_the_guise_too() -> None:
    browser = Client()
    browser.cookies[settings.GUISE_COOKIE] = "notes"
    page = browser.get("/moment/").content.decode()
    assert "I need a moment · Notes</title>" in page
    assert 'href="/manifest/notes/"' in page
    assert "Kindline" not in page.partition("</header>")[0]
