"""T12. Two tabs, double submit, the back button, a lock, a page that is gone: no silent overwrite, no text lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.house.addresses import LISTED, REFUSED, Route, routes
from tests.house.browsing import FORM, Answer, InProcess
from tests.house.fields import WORDS, kind_of
from tests.house.kept import counts, kept
from tests.house.markup import Form
from tests.house.test_who_may_open_what import path_of
from tests.house.things import BEFORE
from tests.house.walking import filled, general
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

WRITES = [
    route
    for route in routes()
    if route.name in LISTED and REFUSED not in (LISTED[route.name].get, LISTED[route.name].post)
]
LIMIT = 20_000  # characters of one field


@dataclass
class Desk:
    """One browser window in front of one page that has a form to write in."""

    somebody: Somebody
    route: Route
    path: str

    def open(self) -> Form | None:
        """Open the page and return its form for words, or None when it has none."""
        answer = InProcess(self.somebody.client).ask("GET", self.path)
        return next((form for form in answer.page.forms if "data-unsaved" in form.attrs), None)

    def send(self, form: Form, words: str, pressing: tuple[str, str] | None = None) -> Answer:
        """Fill in the form with some words and send it with its first button, or the one named."""
        address = form.action or self.path
        pairs = [*written(self.route, form, words), *first_button(form, pressing)]
        return InProcess(self.somebody.client).ask("POST", address, pairs)


def written(route: Route, form: Form, words: str) -> list[tuple[str, str]]:
    """Return the form's pairs with the words in every field that is for words."""
    own = [one.name for one in form.fields if kind_of(route.name, general(one.name)) == WORDS and one.kind != "hidden"]
    return [
        (name, f"{words} {own.index(name)}" if name in own else value)
        for name, value in filled(form, lambda one: one.value if one.kind == "hidden" else words)
    ]


def first_button(form: Form, pressing: tuple[str, str] | None) -> list[tuple[str, str]]:
    if pressing:
        return [pressing]
    keeps = [one for one in form.buttons if one.name in {"", "do"} and one.value in {"", "keep"} and not one.action]
    return [(one.name, one.value) for one in keeps[:1] if one.name]


def desks(alice: Somebody) -> Iterator[Desk]:
    for route in WRITES:
        yield Desk(alice, route, path_of(route, alice))


@pytest.fixture
def desk(request: pytest.FixtureRequest, alice: Somebody) -> Desk:
    route: Route = request.param
    path = path_of(route, alice)
    for name, prepare in BEFORE.items():
        if name == route.name:
            prepare(alice, *(part for part in path.split("/") if len(part) == 36))
    return Desk(alice, route, path)


# Pages whose form keeps words. The first test below finds out whether one is missing here.
WORDY = ("journal:write", "journal:edit", "journal:look-again", "journal:ways", "drafts:new", "drafts:draft",
         "drafts:rehearse", "drafts:after", "calm:new", "calm:practice", "needs:walk", "needs:edit",
         "needs:questions", "needs:by-hand", "needs:new-sentence", "needs:sentence",
         "agreements:new", "agreements:prepared", "agreements:no", "agreements:time", "thanks:thank", "thanks:put-in",
         "negotiation:new", "negotiation:new-phone", "negotiation:talk", "negotiation:phone",
         "rhythms:new", "rhythms:change", "rhythms:check-in", "pauses:plan", "pauses:soft",
         "pauses:new-topic")  # fmt: skip
# Pages that take one thing at a time: what comes second waits in its box until there is room.
TAKES_ONE = ("negotiation:new", "thanks:thank")
each_desk = pytest.mark.parametrize(
    "desk", [route for route in WRITES if route.name in WORDY], indirect=True, ids=lambda route: route.name
)
# The same words arrive again and again; what tells the windows apart:
FIRST, SECOND, LATE = "heron first window", "plover second window", "dunlin late autosave"


def test_every_form_for_words_is_kept_as_it_is_written(alice: Somebody) -> None:
    """A new page with a form for words has to join the list above, with all its promises."""
    found = {desk.route.name for desk in desks(alice) if desk.open()}
    found |= set(BEFORE)
    assert found == set(WORDY), "add it to WORDY; if it can't be opened at once, say in things.py what comes before"


@pytest.mark.walks
@each_desk
def test_a_form_for_words_carries_what_keeps_them(desk: Desk) -> None:
    form = desk.open()
    assert form is not None
    assert form.named("form_id"), "the id under which unsaved words are kept"
    assert form.attrs["data-unsaved"] == "/unsaved/"
    assert LISTED[desk.route.name].kind != "thing" or form.named("version"), "the version it was written over"
    textareas = {one.name for one in form.fields if one.kind == "textarea"}
    assert {name for name in textareas if kind_of(desk.route.name, name) == WORDS} == textareas


@each_desk
def test_a_form_sent_twice_is_kept_once(desk: Desk) -> None:
    form = desk.open()
    first = desk.send(form, FIRST)
    once = counts()
    second = desk.send(form, FIRST)
    assert (first.status, second.status) == (302, 302) or FIRST in second.page.words
    assert counts() == once
    assert FIRST in kept(desk.somebody)


@pytest.mark.walks
@each_desk
def test_two_windows_lose_neither_text(desk: Desk) -> None:
    one, other = desk.open(), desk.open()
    assert desk.send(one, FIRST).status == 302
    answer = desk.send(other, SECOND)
    nothing_lost(desk, answer)


@pytest.mark.walks
@each_desk
def test_going_back_and_sending_other_words_loses_neither_text(desk: Desk) -> None:
    form = desk.open()
    assert desk.send(form, FIRST).status == 302
    answer = desk.send(form, SECOND)
    nothing_lost(desk, answer)


def nothing_lost(desk: Desk, answer: Answer) -> None:
    now = kept(desk.somebody)
    assert FIRST in now, "what was kept was overwritten unseen"
    if SECOND in now:
        return
    assert answer.status == 409
    assert SECOND in answer.page.words, "the words just written are gone"
    assert FIRST in answer.page.words, "what is kept meanwhile is not shown beside them"
    assert "nothing is lost" in answer.text
    form = next(form for form in answer.page.forms if form.attrs.get("data-unsaved"))
    if desk.route.name in TAKES_ONE:
        return
    shown = [pair for pair in form.standing() if pair[0]]
    again = InProcess(desk.somebody.client).ask(
        "POST", form.action or answer.address, [*shown, *first_button(form, None)]
    )
    assert again.status == 302, "the second words could not be kept from the page that showed them"
    assert SECOND in kept(desk.somebody)


@pytest.mark.walks
@each_desk
def test_words_that_meet_the_lock_go_on_after_it(desk: Desk) -> None:
    form, browser = desk.open(), InProcess(desk.somebody.client)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        met = desk.send(form, FIRST)
        assert met.status == 401
        wrong = browser.ask("POST", "/unlock/", unlocking(met, desk.somebody.name, "not the words at all, not at all"))
        assert wrong.status == 403
        gone_on = browser.ask("POST", "/unlock/", unlocking(wrong, desk.somebody.name, desk.somebody.passphrase))
        assert gone_on.status == 302
        desk.somebody.token = desk.somebody.client.cookies["kindline"].value
        assert FIRST in kept(desk.somebody)


def unlocking(answer: Answer, name: str, passphrase: str) -> list[tuple[str, str]]:
    form = next(form for form in answer.page.forms if form.named("passphrase"))
    typed = {"name": name, "passphrase": passphrase}
    return [(key, typed.get(key, value)) for key, value in form.standing()]


@pytest.mark.walks
@each_desk
def test_words_typed_and_not_saved_are_there_when_the_page_is_opened_again(desk: Desk) -> None:
    form = desk.open()
    assert autosave(desk, form, FIRST) == 204
    assert FIRST not in kept(desk.somebody)
    desk.open()
    again = desk.open()
    assert FIRST in " ".join(one.value for one in again.fields), "looking once is no reason to forget them"
    assert desk.send(again, SECOND).status == 302
    # A late autosave of the form that was saved meanwhile does not bring it back.
    assert autosave(desk, again, LATE) == 204
    after = desk.open()  # a page that takes one thing a day shows no form any more
    assert after is None or LATE not in " ".join(one.value for one in after.fields)


def autosave(desk: Desk, form: Form, words: str) -> int:
    body = urlencode([*written(desk.route, form, words), ("page", desk.path)])
    headers = {"X-Requested-With": "fetch"}
    return desk.somebody.client.post("/unsaved/", body, content_type=FORM, headers=headers).status_code


@pytest.mark.walks
@each_desk
def test_words_that_are_too_long_are_refused_with_the_limit_named_and_kept_in_the_box(desk: Desk) -> None:
    form, long = desk.open(), FIRST + " " + "x" * (5 * LIMIT)
    own = [one for one in form.fields if one.kind != "hidden" and kind_of(desk.route.name, one.name) == WORDS]
    field = next((one for one in own if one.kind == "textarea"), own[0])
    pairs = [(name, long if name == field.name else value) for name, value in form.standing()]
    answer = InProcess(desk.somebody.client).ask("POST", form.action or desk.path, [*pairs, *first_button(form, None)])
    assert answer.status in {200, 422}
    assert long in [one.value.strip() for form in answer.page.forms for one in form.fields]
    assert any("class" in one.attrs and "wrong" in one.attrs["class"].split() for one in answer.page.elements)
    assert FIRST not in kept(desk.somebody)


def deletes(route: Route) -> Route | None:
    """Return the address that deletes the thing a page is about, or None: what two people share nobody deletes."""
    room = route.name.partition(":")[0]
    return next((one for one in routes() if one.name.startswith(f"{room}:delete") and one.wants == route.wants), None)


DELETABLE = [route for route in WRITES if route.name in WORDY and LISTED[route.name].kind == "thing" and deletes(route)]


@pytest.mark.parametrize("desk", DELETABLE, indirect=True, ids=lambda route: route.name)
def test_words_for_something_deleted_meanwhile_come_back_on_the_page(desk: Desk) -> None:
    form, removing = desk.open(), deletes(desk.route)
    wants = dict(zip(desk.route.wants, [part for part in desk.path.split("/") if len(part) == 36], strict=True))
    gone = removing.path(**wants)
    assert desk.somebody.client.post(gone).status_code == 302
    answer = desk.send(form, SECOND)
    assert SECOND in answer.page.words or SECOND in kept(desk.somebody)


PRIVATE_POSTS = [
    route
    for route in routes()
    if route.name in LISTED and LISTED[route.name].kind != "public" and LISTED[route.name].post != REFUSED
]


@pytest.mark.walks
@pytest.mark.parametrize("route", PRIVATE_POSTS, ids=lambda route: route.name)
def test_whatever_meets_the_lock_is_carried_whole(route: Route, alice: Somebody) -> None:
    sent = [("what", FIRST), ("what", "twice"), ("feelings.sad", "3"), ("empty", ""), ("long", "\u00fc\n" * 9000)]
    path = path_of(route, alice) + "?from=here"
    met = InProcess(Client()).ask("POST", path, sent)
    assert met.status == 401
    form = next(form for form in met.page.forms if form.named("passphrase"))
    carried = [(name.removeprefix("carried."), value) for name, value in form.standing() if name.startswith("carried.")]
    assert [(name, value.replace("\r\n", "\n")) for name, value in carried] == sent
    assert form.named("carried-to").value == path


def test_a_script_that_meets_the_lock_is_told_so_and_keeps_its_words() -> None:
    for headers in ({"X-Requested-With": "fetch"}, {"HX-Request": "true"}):
        answer = Client().post("/unsaved/", {"what": FIRST}, headers=headers)
        assert (answer.status_code, answer["X-Kindline"], answer.content) == (401, "locked", b"")
