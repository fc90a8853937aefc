"""What a device keeps for the time without a connection, and that none of it is anybody's."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from kindline.ground.page import shell
from kindline.ground.page.guises import GUISES, OWN
from tests.people import Somebody


def keep(client: Client) -> dict:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "no-store" in answer["Cache-Control"]
    found = re.match(r"self\.KEEP = (\{.*\});\nimportScripts\(", answer.content.decode())
    assert found
    return json.loads(found[1])


def test_only_pages_for_everybody_are_kept() -> None:
    moment = {"/moment/", "/moment/pause/", "/moment/back/"}
    assert set(keep(Client())["pages"]) == moment | {"/help/", "/kept/", "/offline/"}
    for path in keep(Client())["pages"].values():
        assert Client().get(path).status_code == 200


def test_a_kept_page_knows_that_nobody_answered_for_it() -> None:
    for path, asked in keep(Client())["pages"].items():
        assert "data-at-hand" in Client().get(asked).content.decode()
        assert "data-at-hand" not in Client().get(path).content.decode()


@pytest.mark.django_db
@pytest.mark.storage
def test_somebody_unlocked_is_told_the_same_as_anybody(alice: Somebody) -> None:
    assert alice.client.get("/sw.js").content == Client().get("/sw.js").content


def test_kept_pages_wear_the_device_s_guise() -> None:
    browser = Client()
    browser.cookies[settings.GUISE_COOKIE] = "evening"
    pages = keep(browser)["pages"]
    assert pages["/offline/"] == "/offline/?at-hand=&as=evening"
    assert "Kindline" not in Client().get(pages["/offline/"]).content.decode().partition("</header>")[0]
    assert keep(browser)["name"] != keep(Client())["name"]


def test_another_release_has_another_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("one")
    monkeypatch.setattr(shell, "SOURCE", tmp_path)
    shell.release.cache_clear()
    before = shell.kept_for_later(OWN)["name"]
    assert shell.kept_for_later(OWN)["name"] == before
    shell.release.cache_clear()
    (tmp_path / "page.html").write_text("two")
    assert shell.kept_for_later(OWN)["name"] != before
    shell.release.cache_clear()


def test_an_operator_s_new_helplines_reach_every_device(tmp_path: Path) -> None:
    with override_settings(DATA=tmp_path):
        before = shell.kept_for_later(OWN)["name"]
        (tmp_path / "helplines.toml").write_text("[[helpline]]")
        assert shell.kept_for_later(OWN)["name"] != before


def test_every_guise_has_a_store_of_its_own() -> None:
    assert len({shell.kept_for_later(guise)["name"] for guise in GUISES}) == len(GUISES)


def test_the_page_without_a_connection_says_so_and_has_a_way_to_a_moment_and_to_help() -> None:
    page = Client().get("/offline/").content.decode()
    assert "You’re without a connection." in page
    assert 'href="/moment/"' in page
    assert 'href="/help/"' in page
