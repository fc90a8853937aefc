"""The frame of every page: who sees what in it, and the pages for when something is amiss."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve

from kindline.ground.page.templatetags.page import BAR, _place_of
from kindline.ground.page.views import page_or_part

ROOM = Path(__file__).parent.parent
NEEDS_A_REQUEST = ("404.html", "403.html", "403_csrf.html")
NEEDS_NOTHING = ("400.html", "413.html", "500.html")


def asked(path: str = "/", person: Any = None, **headers: str) -> HttpRequest:
    """Make a request as the middleware would leave it."""
    request = RequestFactory().get(path, headers=headers)
    request.person = person
    request.csp_nonce = "n0nce"
    return request


def mia(**more: Any) -> SimpleNamespace:
    return SimpleNamespace(
        **{"name": "Mia", "theme": "", "lock_after": 600, "essentials": False, "is_alone": True} | more
    )


def frame(request: HttpRequest) -> str:
    return render_to_string("404.html", request=request)


def test_a_visitor_has_no_bar_no_lock_and_no_place() -> None:
    html = frame(asked())
    for thing in ("data-lock-after", 'class="bar"', 'class="me"', "lock.js", "unsaved.js", 'id="lock"'):
        assert thing not in html
    assert "data-exit" in html


def test_a_person_has_a_bar_a_lock_and_a_place() -> None:
    html = frame(asked(person=mia(lock_after=120)))
    assert 'data-lock-after="120"' in html
    assert 'aria-label="Mia, your place"' in html
    assert '<nav class="bar"' in html
    assert 'id="locking"' in html


def test_the_theme_is_the_person_s_or_the_device_s() -> None:
    assert "data-theme" not in frame(asked(person=mia()))
    assert 'data-theme="dark"' in frame(asked(person=mia(theme="dark")))
    assert '<meta name="color-scheme" content="light dark">' in frame(asked())


def test_a_name_cannot_leave_its_place() -> None:
    html = frame(asked(person=mia(name='"><script>x</script>')))
    assert "<script>x" not in html


@pytest.mark.parametrize("name", [*NEEDS_A_REQUEST, *NEEDS_NOTHING])
def test_no_page_carries_a_script_or_style_of_its_own(name: str) -> None:
    html = render_to_string(name, request=asked(person=mia()))
    assert not re.findall(r"<script(?![^>]* src=)", html)
    assert "<style" not in html
    assert " style=" not in html
    assert not re.findall(r"\son[a-z]+=", html)


@pytest.mark.parametrize("name", NEEDS_NOTHING)
def test_the_last_pages_render_without_request_context_or_database(name: str) -> None:
    html = render_to_string(name)
    assert "<h1>" in html
    assert 'class="exit"' in html


def test_htmx_may_run_nothing_it_was_sent() -> None:
    html = frame(asked())
    for rule in ('"allowEval": false', '"allowScriptTags": false', '"historyCacheSize": 0', '"selfRequestsOnly": true'):
        assert rule in html
    assert 'nonce="n0nce"' in html


def test_every_icon_that_a_template_names_is_in_the_set() -> None:
    there = set(re.findall(r'<symbol id="([a-z]+)"', (ROOM / "static/page/icons.svg").read_text()))
    templates = [path for path in ROOM.parents[1].rglob("*.html") if "templates" in path.parts]
    assert templates
    for path in templates:
        for name in re.findall(r'{% icon "([a-z-]+)" %}', path.read_text()):
            assert name in there, f"{path.name} draws {name}"
    assert {icon for _name, icon, _word in BAR} | {"thought", "soften", "stop"} <= there


def test_an_icon_s_name_cannot_leave_its_place() -> None:
    html = Template("{% load page %}{% icon name %}").render(Context({"name": '"/><script>'}))
    assert "<script>" not in html


def test_a_page_belongs_to_its_own_place_or_to_its_room_s() -> None:
    names = ["today:today", "journal:write", "growth:growth", "drafts:list"]
    assert _place_of("growth:growth", names) == "growth:growth"
    assert _place_of("journal:patterns", names) == "growth:growth"
    assert _place_of("journal:entry", names) == "journal:write"
    assert _place_of("door:settings", names) == ""


def test_the_bar_marks_where_one_is() -> None:
    request = asked(person=mia())
    request.resolver_match = SimpleNamespace(view_name="journal:write")
    html = Template("{% load page %}{% bar %}").render(Context({"request": request}))
    assert html.count("aria-current") == 1


@pytest.mark.parametrize(("alone", "word", "other"), [(True, "For me", "Together"), (False, "Together", "For me")])
def test_for_somebody_alone_the_bar_says_for_me(alone: bool, word: str, other: str) -> None:  # noqa: FBT001
    html = bar_of(mia(is_alone=alone), "agreements:agreement")
    assert word in html
    assert other not in html
    assert html.count("aria-current") == 1


def test_who_came_by_invitation_has_two_places_at_the_thumb() -> None:
    html = bar_of(mia(essentials=True), "today:today")
    assert html.count("<a ") == 2
    assert "/today/" in html
    assert "/together/" in html


def bar_of(person: SimpleNamespace, view_name: str) -> str:
    request = HttpRequest()
    request.person, request.resolver_match = person, SimpleNamespace(view_name=view_name)
    return Template("{% load page %}{% bar %}").render(Context({"request": request}))


def test_htmx_gets_a_part_and_a_browser_the_page() -> None:
    def answer(**headers: str) -> bytes:
        return page_or_part(asked(**headers), "page/plain.html", "page/part_enough.html", {}).content

    assert b"<html" in answer()
    assert b"<html" not in answer(**{"HX-Request": "true"})
    assert b"<html" in answer(**{"HX-Request": "true", "HX-Boosted": "true"})
    assert b"<html" in answer(**{"HX-Request": "true", "HX-History-Restore-Request": "true"})


def test_a_part_and_a_page_are_never_mistaken_for_one_another() -> None:
    response = page_or_part(asked(), "page/plain.html", "page/part_enough.html", {})
    assert "HX-Request" in response["Vary"]


def test_the_way_out_and_help_are_real_addresses() -> None:
    html = frame(asked())
    for path in re.findall(r'(?:action|href)="(/[^"#]*)"', html):
        if not path.startswith("/static/"):
            assert resolve(path)


def test_what_parts_small_facts_stays_with_the_word_after_it() -> None:
    """A line that wraps on a phone never ends with what parts two words."""
    no_text = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|<title>.*?</title>", re.DOTALL)
    templates = [path for path in ROOM.parents[1].rglob("*.html") if "templates" in path.parts]
    said = {path.name: no_text.sub("", path.read_text()) for path in templates}
    assert any("·&nbsp;" in text for text in said.values())
    assert [name for name, text in said.items() if re.search("·(?!&nbsp;)", text)] == []
