"""What every answer tells the browser: run nothing foreign, keep nothing, embed nowhere, ask for no sensor."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from tests.house.addresses import Route, routes
from tests.house.test_who_may_open_what import path_of, undone
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'", "nonce"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "connect-src": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
}
# Sharing is allowed to a page itself without a word here.
MAY_USE = {"clipboard-write", "web-share", "fullscreen", "screen-wake-lock", "publickey-credentials-get"}
WATCHING = {
    "camera",
    "microphone",
    "geolocation",
    "accelerometer",
    "gyroscope",
    "magnetometer",
    "idle-detection",
    "usb",
}


def policy(text: str) -> dict[str, set[str]]:
    parts = [part.split() for part in text.split(";")]
    return {name: {"nonce" if word.startswith("'nonce-") else word for word in words} for name, *words in parts}


def check(headers: dict[str, str], where: str) -> None:
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS, where
    kept = {part.strip() for part in headers.get("Cache-Control", "").split(",")}
    assert {"no-store", "private", "no-transform"} <= kept, where
    said = policy(headers["Content-Security-Policy"])
    assert {name: said.get(name) for name in POLICY} == POLICY, where
    assert said["form-action"] == {"'self'", settings.EXIT_URL.rstrip("/")}, where
    assert not {word for words in said.values() for word in words} & {
        "'unsafe-inline'",
        "'unsafe-eval'",
        "*",
        "data:",
    }, where
    allowed = dict(part.strip().split("=", 1) for part in headers["Permissions-Policy"].split(","))
    assert {name for name, who in allowed.items() if who != "()"} <= MAY_USE, where
    assert {name for name, who in allowed.items() if who == "()"} >= WATCHING, where
    assert "Content-Encoding" not in headers, f"{where}: private pages are not compressed"
    assert "ETag" not in headers, where


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_every_answer_carries_the_headers(route: Route, alice: Somebody) -> None:
    path = path_of(route, alice)
    for who, client in (("anonymous", Client()), ("alice", alice.client)):
        for method in ("GET", "POST", "PUT"):
            with undone():
                answer = client.generic(method, path, headers={"Accept-Encoding": "gzip, br"})
            check(dict(answer.items()), f"{who} {method} {path}: {answer.status_code}")


def test_answers_about_trouble_carry_the_headers_too(alice: Somebody) -> None:
    strict = Client(enforce_csrf_checks=True)
    for what, answer in {
        "not here": alice.client.get("/not/here/"),
        "no token": strict.post("/unlock/"),
        "another site": alice.client.post("/lock/", headers={"Sec-Fetch-Site": "cross-site"}),
        "no slash": alice.client.get("/settings"),
    }.items():
        check(dict(answer.items()), what)


def test_each_answer_has_a_nonce_of_its_own() -> None:
    said = {Client().get("/help/")["Content-Security-Policy"] for _ in range(5)}
    assert len(said) == 5


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(alice: Somebody) -> None:
    browser = Client()
    browser.get("/unlock/")
    browser.post("/unlock/", {"name": alice.name, "passphrase": PASSPHRASE})
    assert {settings.SESSION_COOKIE, settings.DEVICE_COOKIE, settings.CSRF_COOKIE_NAME} <= set(browser.cookies)
    for name, cookie in browser.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
    assert browser.cookies[settings.SESSION_COOKIE]["max-age"] == "", "a session's cookie ends with the browser"


def test_on_https_cookies_are_secure_and_bound_to_the_host() -> None:
    names = ["SESSION_COOKIE", "DEVICE_COOKIE", "CSRF_COOKIE_NAME"]
    facts = [*names, "SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG"]
    code = f"import json, kindline.settings as s; print(json.dumps({{n: getattr(s, n) for n in {facts}}}))"
    environment = {**os.environ, "KINDLINE_URL": "https://kindline.example"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    read = json.loads(done.stdout)
    assert all(read[name].startswith("__Host-") for name in names)
    assert read["SECURE"] is read["CSRF_COOKIE_SECURE"] is True
    assert read["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert read["DEBUG"] is False


def test_locking_and_leaving_replace_the_cookie(alice: Somebody) -> None:
    """A new cookie also empties the browser's back/forward cache."""
    for address in ("/lock/", "/exit/"):
        with undone():
            answer = alice.client.post(address)
        assert answer.cookies[settings.SESSION_COOKIE].value not in {"", alice.token}
        alice.client.cookies[settings.SESSION_COOKIE] = alice.token
