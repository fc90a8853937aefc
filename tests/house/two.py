"""Two people who walk through what they share, form by form: what one gives, the other reads and answers.

A walk alone meets each form once; here some forms have to come after others, and each from the right one of the two.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from kindline.ground.vault.passphrases import ALPHABET
from tests.house.browsing import Answer, Browser, absolute
from tests.house.markup import Button, Form
from tests.house.walking import NEVER, Walk, name_of
from tests.house.writing import Writing
from tests.visitor import BY_DAY

NEW, TALKS, PAUSE, RHYTHMS = "/ours/agreements/new/?for=us", "/ours/negotiation/", "/moment/", "/ours/rhythms/"
BETWEEN = ("/today/", "/together/", "/ours/", "/moment/")  # where two look round
# What would end it, or take away what the other is still to read.
STAY = (*NEVER, "together:leave", "together:remove", "together:take-back", "thanks:take-back", "agreements:back")


def join(browser: Browser, called: str, passphrase: str) -> str:
    """Join through the pages, write the recovery code down, and return it."""
    form = next(form for form in browser.ask("GET", "/join/").page.forms if form.action == "/join/")
    typed = {"name": called, "own": passphrase, "time_zone": BY_DAY}
    answer = browser.ask("POST", "/join/", [(one.name, typed.get(one.name, one.value)) for one in form.fields])
    assert (answer.status, answer.location) == (302, "/join/recovery/")
    page = browser.ask("GET", "/join/recovery/").page
    code = "-".join(
        one.text for one in page.elements if one.tag == "span" and len(one.text) == 4 and set(one.text) <= set(ALPHABET)
    )
    form = next(form for form in page.forms if form.named("last_group"))
    pairs = [(one.name, code[-4:] if one.name == "last_group" else one.value) for one in form.fields]
    assert browser.ask("POST", "/join/recovery/", pairs).status == 302
    return code


@dataclass
class Hand:
    """One of the two: their walk, and what they write."""

    walk: Walk
    writing: Writing

    def press(self, page: str, leads_to: str, do: str = "", **only: str) -> Answer:
        """Open a page, fill in its form that leads to an address, and send it; `only` says what is chosen there."""
        there = self.walk.open(page)
        for form in there.page.forms:
            for button in form.buttons or [Button("", "", "")]:
                address = absolute(there.address, button.action or form.action or there.address)
                if name_of(address) == leads_to and button.value in {do, do or button.value} and _offers(form, only):
                    return self.walk.send(there.address, form, button, only)
        words = " ".join(" ".join(there.page.texts).split())
        raise AssertionError(f"no form on {page} leads to {leads_to} {do} {only}: {words}")

    def follow(self, page: str, name: str) -> Answer:
        """Open a page, and the first of its links that leads to an address of this name."""
        there = self.walk.open(page)
        for link in there.page.links:
            if name_of(absolute(there.address, link)) == name:
                return self.walk.open(absolute(there.address, link))
        raise AssertionError(f"no link on {page} leads to {name}")

    def look_round(self) -> None:
        """Open whatever there is between the two, and send every form there that ends nothing."""
        round_ = Walk(self.walk.browser, self.writing, STAY, within=BETWEEN)
        round_.through(list(BETWEEN[:2]))
        self.walk.take_over(round_)


def _offers(form: Form, only: dict[str, str]) -> bool:
    """Say whether a form has these fields, with these values where it has values to choose from or its own."""
    fields = [(one.name, "" if one.kind == "date" else one.value) for one in form.fields]
    return all((name, value) in fields or (name, "") in fields for name, value in only.items())


def together(one: Hand, other: Hand, other_joins: tuple[str, str]) -> None:
    """Let two live through everything that two can: meet, agree, thank, talk, step away, part."""
    one.press("/ours/thanks/put-in/", "thanks:put-in")  # a jar of one's own stays beside the one of two
    meet(one, other, *other_joins)
    agree(one, other)
    thank(one, other)
    talk(one, other)
    come_round(one, other)
    step_away(one, other)
    for who in (one, other):
        who.look_round()
    part(one, other)


def meet(one: Hand, other: Hand, called: str, passphrase: str) -> None:
    """Let one invite somebody new, who joins by the code; the words differ at first, and then they are the same."""
    other.writing.code = invited(one)
    other.press("/invited/", "together:invited")
    join(other.walk.browser, called, passphrase)
    one.press("/together/same/", "together:differ")
    other.writing.code = invited(one)
    other.press("/invited/", "together:invited")
    other.press("/invited/", "together:accept")
    one.press("/together/same/", "together:same")
    other.press("/together/same/", "together:same")
    other.press("/today/", "together:more")
    one.press("/together/compare/", "together:compare")


def invited(one: Hand) -> str:
    """Let somebody make a code, and return it."""
    page = one.press("/together/invite/", "together:invite")
    code = re.search(r'id="code"[^>]*>([^<]+)<', page.text)
    assert code, "no code on the page"
    return code[1]


def given(one: Hand) -> str:
    """Let somebody put something to the other, and return its address."""
    shown = one.press(NEW, "agreements:new")
    return one.press(shown.address, "agreements:give").address


def agree(one: Hand, other: Hand) -> None:
    """Let one ask, and the other answer in each way there is."""
    agreed = given(one)
    other.press(f"{agreed}yes/", "agreements:yes")
    stays = given(one)
    other.press(f"{stays}yes/", "agreements:yes")
    asked = given(one)  # one at a time, until it is answered
    other.press(f"{asked}time/", "agreements:time")
    one.walk.open(asked)
    shown = other.press(other.press(asked, "agreements:wording").address, "agreements:prepared")
    other.press(shown.address, "agreements:give")
    one.press("/ours/agreements/yes/", "agreements:yes-to-all")
    for who in (one, other):
        who.walk.open(asked)
        who.walk.open(agreed)
        who.follow(f"{agreed}touchstone/", "agreements:page")
    one.press(f"{agreed}back/", "agreements:back")
    last = given(one)  # what got a no is not asked again in the same words
    other.press(f"{last}no/", "agreements:no")
    one.walk.open(last)
    own = one.press("/ours/agreements/new/?for=me", "agreements:new").address
    one.walk.open(one.press(own, "agreements:for-two").address)


def thank(one: Hand, other: Hand) -> None:
    """Let one thank, and the other put a moment in, close the jar, open it, and look into their own."""
    one.press("/ours/thanks/thank/", "thanks:thank")
    moment = other.press("/ours/thanks/put-in/", "thanks:put-in").address
    one.walk.open("/ours/thanks/")
    other.press("/ours/thanks/", "thanks:close")
    other.press("/ours/thanks/", "thanks:open")
    one.follow("/ours/thanks/", "thanks:of")
    other.press(moment, "thanks:take-back")


def talk(one: Hand, other: Hand) -> None:
    """Let two hold a talk, step by step, to where it is laid out and one option is written as an agreement."""
    at, name = one.press(f"{TALKS}new/", "negotiation:new").address, "negotiation:talk"
    one.press(at, name, "keep", kind="needs")
    for who in (one, other):
        who.press(at, name, "ready", kind="needs")
    one.press(at, name, "open")
    for who in (one, other):
        who.press(at, name, kind="sense")
    one.press(at, name, kind="correct")
    other.press(at, name, kind="sense")
    for who in (one, other):
        who.press(at, name, "right")
    one.press(at, name, kind="loop")
    other.press(at, name, "accept")
    for who in (one, other, one):
        who.press(at, name, kind="option")
    one.press(at, name, "take-off")
    for who in (one, other):
        who.press(at, name, "all")
    for who in (one, other):
        who.press(at, name, "ready", kind="taps")
    one.press(at, name, "open")
    other.walk.open(at)
    one.press(at, name, "agree")


def come_round(one: Hand, other: Hand) -> None:
    """Let one plan, the other move and leave one out, both hold a check-in, and one have a quiet season."""
    lately = (timezone.localtime() - timedelta(days=9)).date().isoformat()
    there = one.walk.open(f"{RHYTHMS}new/?kind=alone")
    form = next(form for form in there.page.forms if form.named("often"))
    planned = one.walk.send(there.address, form, None, {"day": lately}).address
    one.press(planned, "rhythms:mark")
    other.press(planned, "rhythms:skip")
    one.press(planned, "rhythms:put-back")
    other.press(other.follow(planned, "rhythms:move").address, "rhythms:move")
    other.press(other.follow(planned, "rhythms:change").address, "rhythms:change")
    other.press(planned, "rhythms:mine")
    one.press(planned, "rhythms:end")
    other.press(planned, "rhythms:again")
    planned = one.press(f"{RHYTHMS}new/?kind=check-in", "rhythms:new").address
    held, name = other.press(planned, "rhythms:begin").address, "rhythms:check-in"
    for who in (one, other):
        who.press(held, name, part="thanks")
    for _ in range(3):
        other.press(held, name, "on")
    one.press(held, name, part="wish")
    other.press(held, name, "on")
    one.press(held, "rhythms:try")
    again = one.press(planned, "rhythms:begin").address
    other.press(again, name, "enough")
    one.press(f"{RHYTHMS}season/", "rhythms:season", whose="me")
    one.press(RHYTHMS, "rhythms:wake")


def step_away(one: Hand, other: Hand) -> None:
    """Let one step away, need longer, come back softly and set a time; the other lets that time go."""
    one.press("/ours/pauses/devices/", "pauses:devices")
    plan = one.press("/ours/pauses/plan/", "pauses:plan").address
    one.press(plan, name_of(plan))
    one.press(PAUSE, "pauses:away")
    other.walk.open("/ours/pauses/")
    one.press(f"{PAUSE}?longer", "pauses:longer")
    soft = one.press("/ours/pauses/", "pauses:back").address
    soon = (timezone.localtime() + timedelta(days=2)).date().isoformat()
    one.press(soft, "pauses:soft", way="set-aside", day=soon)
    topic = other.follow("/today/", "pauses:topic").address
    # Five days: three may be the same moment once more, where the two live in different zones.
    later = (timezone.localtime() + timedelta(days=5)).date().isoformat()
    other.press(topic, "pauses:topic", "another", day=later)
    one.press(topic, "pauses:topic", "suits")
    other.press(topic, "pauses:let-go")
    other.press("/ours/pauses/topics/new/", "pauses:new-topic")
    one.press("/ours/pauses/devices/", "pauses:remove-device")


def part(one: Hand, other: Hand) -> None:
    """Let one leave; the other reads what is there, lets one thing go on for themself, and removes the rest."""
    one.press("/together/leave/", "together:leave", choice="leave")
    closed = other.follow("/together/", "together:closed").address
    other.press(closed, "together:keep")
    other.press(closed, "together:remove")
