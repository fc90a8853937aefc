"""T21. Hostile text stays text on every page that shows it, and no page holds a script, style or handler of its own."""

import pytest
from django.test import Client

from kindline.front.takeout import paper
from tests.house import two
from tests.house.addresses import LISTED, REFUSED, routes
from tests.house.browsing import Answer, InProcess
from tests.house.markup import ADDRESSES, Field, Page
from tests.house.walking import NEVER, Walk
from tests.house.writing import Writing
from tests.people import Somebody
from tests.visitor import BY_DAY

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]

# Each breaks out of another place: text, attributes of either quote, comments, raw text, addresses.
HOSTILE = (
    "<kl-planted kl-mark=1>",
    '"><kl-planted kl-mark=2>',
    "' kl-mark=3 x='",
    '" kl-mark=4 x="',
    "--></title></textarea></script></style></svg><kl-planted kl-mark=5>",
    "javascript:kl_planted()",
    "{{ 7|add:7 }}{% kl_planted %}<kl-planted kl-mark=6>",
    "</mark><img src=kl-planted onerror=kl_planted()>",
)
LEADS_FAR = ("drafts:new",)  # a boundary can be rehearsed only before it was said
LONGEST = max(map(len, HOSTILE))
ALL_OF_IT = "You never listen. " + " ".join(HOSTILE)


class Hostile:
    """Writes hostile text: all of it where it fits, in turn otherwise."""

    def __init__(self) -> None:
        self.turn = 0

    def __call__(self, _address: str, one: Field) -> str:
        if not one.longest or one.longest >= len(ALL_OF_IT):
            return ALL_OF_IT
        self.turn += 1
        # Another order each time round: the same wish is not asked twice in the same words.
        return HOSTILE[(self.turn + self.turn // len(HOSTILE)) % len(HOSTILE)][: one.longest]


def starts(*, person: bool) -> list[str]:
    """Return the addresses that need nothing to be known, for a walk to start at; those that lead far come first."""
    found = [
        route
        for route in routes()
        if not route.wants and LISTED[route.name].get != REFUSED and (person or LISTED[route.name].kind == "public")
    ]
    return [route.path() for route in sorted(found, key=lambda route: route.name not in LEADS_FAR)]


def planted(page: Page) -> list[str]:
    """Return what on a page came to life out of somebody's words; the copy to read brings its own style with it."""
    found = []
    for one in page.elements:
        if one.tag.startswith("kl-") or any(name.startswith(("kl-", "on")) for name in one.attrs):
            found.append(f"<{one.tag} {one.attrs}>")
        found += [f"{name}={value}" for name, value in one.attrs.items() if name in ADDRESSES
                  and value != paper.STYLE
                  and value.lower().lstrip().startswith(("javascript:", "data:", "vbscript:"))]  # fmt: skip
    return found


def own_code(page: Page, nonce: str) -> list[str]:
    """Return the scripts, styles and handlers that stand in a page itself."""
    found = []
    for one in page.elements:
        if "style" in one.attrs or one.tag == "style" or one.tag in {"iframe", "object", "embed", "base"}:
            found.append(f"<{one.tag} {one.attrs}>")
        if one.tag == "script" and (one.text.strip() or not one.attrs.get("src", "").startswith("/static/")):
            found.append(f"<script> {one.attrs} {one.text[:60]}")
        if one.tag == "script" and "nonce" in one.attrs and one.attrs["nonce"] != nonce:
            found.append("a script with another nonce")
        if any(name.startswith(("on", "hx-on")) for name in one.attrs):
            found.append(f"<{one.tag} {one.attrs}>")
    return found


def nonce_of(answer: Answer) -> str:
    policy = next(value for name, value in answer.headers if name == "Content-Security-Policy")
    return policy.partition("'nonce-")[2].partition("'")[0]


def test_hostile_text_stays_text_wherever_it_is_shown(alice: Somebody, bob: Somebody) -> None:
    Client().post("/unlock/", {"name": alice.name, "passphrase": alice.passphrase})  # a second device, to be locked
    # By night a page asks first whether words can wait; the walk would then keep them and meet the other ways no more.
    by_day = {"idle_minutes": "10", "hours": "24", "theme": "", "time_zone": BY_DAY}
    assert alice.client.post("/settings/", by_day).status_code == 302
    walk = Walk(InProcess(alice.client), Writing(Hostile(), alice.name)).through(starts(person=True))
    assert nothing_came_to_life(walk) > 30, "the walk hardly met its own words again"

    one, other = two_hostile_hands(bob)
    two.together(one, other, ("Jo", other.writing.passphrase))
    for hand in (one, other):
        assert nothing_came_to_life(hand.walk) > 30, "they hardly met each other's words"
        walk.take_over(hand.walk)
    assert_everything_was_walked_through(walk)


def nothing_came_to_life(walk: Walk) -> int:
    """Look at every page of a walk, and return on how many of them hostile text stands as text."""
    for answer in walk.pages:
        assert planted(answer.page) == [], answer.address
        assert own_code(answer.page, nonce_of(answer)) == [], answer.address
        assert answer.status < 500, answer.address
    return sum("kl-planted" in answer.page.words for answer in walk.pages)


def two_hostile_hands(bob: Somebody) -> tuple[two.Hand, two.Hand]:
    """Return somebody who is here, and somebody who will be, both writing nothing but hostile text."""
    one = Writing(Hostile(), bob.name)
    other = Writing(Hostile(), "Jo", "quiet otters by the old stone mill")
    return two.Hand(Walk(InProcess(bob.client), one), one), two.Hand(Walk(InProcess(Client()), other), other)


def assert_everything_was_walked_through(walk: Walk) -> None:
    """What the walk does not reach, the tests that use it do not protect."""
    pages = {route.name for route in routes() if LISTED[route.name].for_owner("GET") == 200}
    forms = {route.name for route in routes() if LISTED[route.name].post != REFUSED}
    not_opened = pages - {name for method, name in walk.reached if method == "GET"} - OPENED_OTHERWISE
    not_sent = forms - {name for method, name in walk.reached if method == "POST"} - SENT_OTHERWISE
    assert (sorted(not_opened), sorted(not_sent)) == ([], []), (
        "link these pages, or teach tests/house/walking.py the way"
    )


OPENED_OTHERWISE = {"post:confirm", "post:stop"}  # only e-mails lead there
# Ways out, which would end the walk, the script that says somebody is still there, and what needs a file first
# (src/kindline/front/takeout/tests/test_pages.py).
SENT_OTHERWISE = {
    *("door:lock", "door:exit", "door:forget", "door:empty", "door:delete", "door:stay"),
    *("takeout:bring", "takeout:let-go"),
    *("post:confirm", "post:stop", "post:ask-by-mail"),  # with a mail server (ground/post/tests/test_mailing.py)
    "pauses:told",  # by a script, of what a device kept (src/kindline/ours/pauses/tests/test_telling.py)
    "agreements:list",  # to find one of many (src/kindline/ours/agreements/tests/test_finding.py)
    "negotiation:let-go",  # only for words whose step is over (src/kindline/ours/negotiation/tests/test_pages.py)
}


def test_somebody_without_a_key_plants_nothing(db: None) -> None:
    stays_out = (*NEVER, "door:join")
    walk = Walk(InProcess(Client()), Writing(Hostile(), "Nobody"), stays_out).through(starts(person=False))
    for answer in walk.pages:
        assert planted(answer.page) == [], answer.address
        assert own_code(answer.page, nonce_of(answer)) == [], answer.address


def test_hostile_addresses_and_carried_fields_plant_nothing(alice: Somebody) -> None:
    for text in HOSTILE:
        for client in (Client(), alice.client):
            for path in (route.path() for route in routes() if not route.wants):
                names = ("next", "kind", "from", "kept", "at", "back", "minutes", "page", "need", "feeling", "range")
                answer = client.get(path, dict.fromkeys(names, text))
                assert planted(Page(answer.content.decode())) == [], path
                assert answer.status_code < 500, path
        carried = Client().post("/mine/journal/write/", {"what": text, text: text})
        assert carried.status_code == 401
        assert planted(Page(carried.content.decode())) == []


def test_the_parser_would_see_a_planted_script() -> None:
    bad = '<p kl-mark=1>a</p><a href=" JavaScript:x()">b</a><p style="c" onclick="d"></p><script>e</script>'
    assert len(planted(Page(bad))) == 3
    assert len(own_code(Page(bad), "n")) == 3
    assert planted(Page("<p>&lt;kl-planted&gt;</p>")) == []
