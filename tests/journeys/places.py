"""Every address there is, found in the app itself, and somebody whose place has something on each page."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from kindline.ground.post.tests.devices import Device
from kindline.ground.post.webpush import packed
from tests.visitor import Visitor

# Addresses that only forms and scripts speak to, or that lead on. A new one has to be named here.
NO_PAGES = {
    "agreements:let-go",
    "agreements:page",
    "agreements:wording",
    "agreements:for-two",
    "calendar:event",
    "calendar:feed",
    "calendar:make",
    "calendar:off",
    "calendar:renew",
    "calm:arrange",
    "calm:forget",
    "calm:let-go",
    "calm:tell",
    "coaching:listen",
    "door:devices",
    "door:exit",
    "door:forget",
    "door:guise",
    "door:lock",
    "door:phone-key",
    "door:phone-remove",
    "door:recovery",
    "door:share",
    "door:stay",
    "door:unsaved",
    "drafts:grow",
    "journal:let-go",
    "journal:search",
    "negotiation:let-go",
    "page:manifest",
    "pauses:away",
    "pauses:back",
    "pauses:let-go",
    "pauses:longer",
    "pauses:remove-device",
    "pauses:told",
    "people:wake",
    "post:add-device",
    "post:ask-by-mail",
    "post:remove",
    "post:try-now",
    "page:worker",
    "rhythms:again",
    "rhythms:begin",
    "rhythms:end",
    "rhythms:mark",
    "rhythms:mine",
    "rhythms:put-back",
    "rhythms:skip",
    "rhythms:try",
    "rhythms:wake",
    "takeout:bring",
    "takeout:copy",
    "takeout:let-go",
    "takeout:read",
    "thanks:close",
    "thanks:open",
    "thanks:take-back",
    "together:accept",
    "together:differ",
    "together:keep",
    "together:invite",  # leads on for somebody who shares a space; test_coming_together.py looks at it
    "together:more",
    "together:remove",
    "together:same",  # as above
    "together:take-back",
}
FOR_ANYBODY = {"mark": "none"}  # what public addresses ask for; a mark that nobody signed leads to a page as well
ONLY_LOCKED = {"door:front"}  # leads on to Today for somebody who is unlocked


class Place(NamedTuple):
    """One address: its name, what stands in it, and whether it is open to everybody."""

    name: str
    arguments: tuple[str, ...]
    is_public: bool

    def path(self, ids: dict[str, str]) -> str:
        """Return the address with these ids in it."""
        return reverse(self.name, kwargs={name: ids[name] for name in self.arguments})


def places() -> list[Place]:
    """Return every page that can be opened."""
    return sorted(one for one in _walk(get_resolver().url_patterns, "") if one.name not in NO_PAGES)


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[Place]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        else:
            yield Place(f"{space}{one.name}", tuple(one.pattern.converters), getattr(one.callback, "public", False))


def furnish(somebody: Visitor) -> dict[str, str]:
    """Write what a lively place has in it; return the ids that addresses ask for."""
    entry_id, draft_id = str(uuid4()), str(uuid4())
    for number in range(5):
        somebody.write(f"The {number}th time the plans changed without a word. {'And so on. ' * 12}")
    somebody.post(
        "/mine/journal/write/",
        {
            "form_id": entry_id,
            "what": "Jonas answered before I had finished, averylongwordwithoutanybreakthatmustnotpushthepagewide.",
            "feelings.hurt": "3",
            "feelings.tired": "1",
            "did": "quiet",
            "wanted": "That he waits until I am done.",
        },
    )
    page = somebody.get(f"/mine/journal/{entry_id}/look-again/")
    told = somebody.post(
        f"/mine/journal/{entry_id}/look-again/",
        {**page.hidden, "need": "safety", "need_words": "to finish my sentence", "fear": "that I do not count"},
    )
    assert told.status == 302, told.text
    somebody.post("/mine/journal/write/", {"form_id": str(uuid4()), "kind": "good", "what": "Tea, without asking."})
    lines = {
        "need": "to finish my sentence",
        "limit": "go on when I am cut off, so I'll take ten minutes",
        "ask": "wait until I am done",
        "give": "I'll keep it short, and listen to you",
    }
    sent = {
        "form_id": draft_id,
        "version": "0",
        "kind": "boundary",
        "choice": "warm",
        "shown": "warm",
        "entry": entry_id,
    }
    assert somebody.post("/mine/drafts/new/", {**sent, **lines, "do": "take"}).status == 302
    for step, more in (("take", {"do": "say"}), ("touchstone", {"do": "keep"}), ("said", {"outcome": "agreed"})):
        page = somebody.get(f"/mine/drafts/{draft_id}/{step}/")
        told = somebody.post(f"/mine/drafts/{draft_id}/{step}/", {**page.hidden, **more})
        assert told.status == 302, (step, told.text)
    told = somebody.choose(b"date,text\n2024-05-03,Rain all day.\n2024-05-04,We walked by the river.\n")
    assert told.headers.get("location") == "/takeout/arrival/", told.text
    device = Device.new()
    keys = {"public": packed(device.public), "auth": packed(device.auth)}
    told = somebody.post("/settings/reminders/device/", {"endpoint": "https://push.example.net/to/me", **keys})
    assert told.status == 302, told.text
    alone = {"entry_id": entry_id, "draft_id": draft_id, **FOR_ANYBODY, **_needs(somebody), **_calm(somebody)}
    return {**alone, **_shared(somebody)}


def _shared(somebody: Visitor) -> dict[str, str]:
    """Share one space that was left since, and one that is open."""
    for leaves in (True, False):
        with closing(Visitor(somebody.url, name=f"Sam {uuid4().hex[:12]}")) as other:
            somebody.share_with(other.join())
            if leaves:
                other.get("/together/leave/")
                assert other.post("/together/leave/", {"choice": "leave"}).status == 200
            else:
                ids = _agreements(somebody, other) | _thanks(somebody, other) | _talks(somebody, other)
                ids |= _rhythms(somebody, other) | _pauses(somebody, other)
    found = re.search(r"/together/closed/([0-9a-f-]{36})/", somebody.get("/together/").text)
    assert found, "no closed space"
    return {"space_id": found[1], **ids}


def _agreements(somebody: Visitor, other: Visitor) -> dict[str, str]:
    """Let the other put a wish to them, agree on it, and put a longer wording of it; lay a wish of one's own ready."""
    long_word = "averylongwordwithoutanybreakthatmustnotpushthepagewide"
    lines = {
        "need": f"To be asked first. {long_word}",
        "limit": "I knock.",
        "ask": f"knock? {long_word}",
        "note": "Knock.",
    }
    given = _given(other, "/ours/agreements/new/?for=us", lines)
    _told(somebody, f"{given}yes/", {"passphrase": somebody.passphrase, "word": "Gladly."})
    other.close()
    started = other.post(f"{given}wording/", {}).headers["location"]
    _given(other, started, {**lines, "ask": f"knock, and wait? {long_word}", "offer": "I knock too."})
    prepared = _told(somebody, "/ours/agreements/new/?for=us", {**lines, "offer": "Tea."})
    return {"agreement_id": given.split("/")[-2], "prepared_id": prepared.split("/")[-3]}


def _thanks(somebody: Visitor, other: Visitor) -> dict[str, str]:
    """Let the other thank them, and put a good moment into the jar."""
    _told(other, "/ours/thanks/thank/", {"text": "Thanks for waiting with the talk until after dinner."})
    long_word = "averylongwordwithoutanybreakthatmustnotpushthepagewide"
    given = _told(somebody, "/ours/thanks/put-in/", {"text": f"The heron. {long_word}"})
    jar = re.search(r"/ours/thanks/of/([0-9a-f-]{36})/close/", somebody.get("/ours/thanks/").text)
    assert jar, "no jar"
    return {"line_id": given.split("/")[-2], "circle_id": jar[1]}


def _talks(somebody: Visitor, other: Visitor) -> dict[str, str]:
    """Let the other name a topic, both open what they need, and the other say what makes sense; begin one by phone."""
    long_word = "averylongwordwithoutanybreakthatmustnotpushthepagewide"
    talk = _told(other, "/ours/negotiation/new/", {"topic": f"Evenings {long_word}"})
    for of, need in ((other, f"To land first. {long_word}"), (somebody, "A real hello, and to be asked.")):
        told = {"kind": "needs", "version": "0", "need": need, "fear": f"To come second. {long_word}", "do": "ready"}
        assert of.post(talk, {"form_id": str(uuid4()), **told}).status == 302
    assert other.post(talk, {"form_id": str(uuid4()), "of": "needs", "do": "open"}).status == 302
    words = f"That silence is unclear. {long_word}"
    assert other.post(talk, {"form_id": str(uuid4()), "kind": "sense", "words": words}).status == 302
    phone = _told(somebody, "/ours/negotiation/phone/", {"topic": f"Mornings {long_word}", "other": "Sam"})
    return {"talk_id": talk.split("/")[-2], "one_id": phone.split("/")[-2]}


def _rhythms(somebody: Visitor, other: Visitor) -> dict[str, str]:
    """Plan a check-in, begin it, and let the other give a line in it."""
    long_word = "averylongwordwithoutanybreakthatmustnotpushthepagewide"
    kind = {"kind": "check-in", "often": "weekly", "weekdays": "6", "day": "2026-05-03", "clock": "19:00"}
    words = {"minutes": "20", "title": f"Sundays {long_word}"[:60], "purpose": long_word, "sentence": long_word}
    rhythm = _told(somebody, "/ours/rhythms/new/", {**kind, **words, "whose": "us"})
    other.close()
    begun = other.post(f"{rhythm}begin/", {"form_id": str(uuid4())}).headers["location"]
    _told(other, begun, {"part": "thanks", "words": f"For the tea. {long_word}"})
    return {"rhythm_id": rhythm.split("/")[-2], "check_in_id": begun.split("/")[-2]}


def _pauses(somebody: Visitor, other: Visitor) -> dict[str, str]:
    """Step away and come back, and let the other set a topic aside."""
    day = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    sent = {"form_id": str(uuid4()), "topic": "averylongwordwithoutanybreakthatmustnotpushthepagewide", "day": day}
    topic = _told(other, "/ours/pauses/topics/new/", {**sent, "at": "19:00"})
    somebody.close()
    assert somebody.post("/ours/pauses/away/", {"form_id": str(uuid4()), "minutes": "20"}).status == 302
    back = somebody.post("/ours/pauses/back/", {"form_id": str(uuid4())})
    assert back.status == 302, back.text
    return {"pause_id": back.headers["location"].split("/")[3], "topic_id": topic.split("/")[-2]}


def _given(of: Visitor, path: str, lines: dict[str, str]) -> str:
    """Find words for a wording and give it; return the agreement's address."""
    return _told(of, _told(of, path, lines), {"passphrase": of.passphrase})


def _told(of: Visitor, path: str, fields: dict[str, str]) -> str:
    """Send a page's form with some of its fields written in; return where it leads."""
    of.close()  # the server hangs up on a line that rested while the other one acted
    told = of.post(path.partition("?")[0], {**of.get(path).hidden, **fields})
    assert told.status == 302, (path, told.text)
    return told.headers["location"]


def _needs(somebody: Visitor) -> dict[str, str]:
    """Write what a lively place has about needs."""
    ids = {name: str(uuid4()) for name in ("walk_id", "check_id", "reading_id", "sentence_id")}
    long_word = "averylongwordwithoutanybreakthatmustnotpushthepagewide"
    walk = {"secure": "One sure hello.", "need": "safety", "finer": ["truth", "to-matter"], "refuse": long_word}
    sent: list[tuple[str, dict[str, str | list[str]]]] = [
        ("walk/", {"form_id": ids["walk_id"], **walk, "ask": "say hello before the phone"}),
        ("check/", {"form_id": ids["check_id"], "met-safety": "2", "met-autonomy": "4", "free": "2"}),
        (
            "questions/",
            {
                "form_id": ids["reading_id"],
                "of": "leaning",
                "about": "Jonas",
                **{f"item-{number}": str(1 + number % 7) for number in range(1, 11)},
            },
        ),
        ("sentences/new/", {"form_id": ids["sentence_id"], "text": f"I go quiet. {long_word}"}),
    ]
    for path, fields in sent:
        told = somebody.post(f"/mine/needs/{path}", fields)
        assert told.status == 302, (path, told.text)
    return ids


def _calm(somebody: Visitor) -> dict[str, str]:
    """Write what a lively place has about calming."""
    practice_id = str(uuid4())
    long_word = "averylongwordwithoutanybreakthatmustnotpushthepagewide"
    practice = {"form_id": practice_id, "name": f"Tea {long_word}"[:60], "how": f"Slowly. {long_word}", "minutes": "10"}
    assert somebody.post("/mine/calm/new/", practice).status == 302
    for did in ("walk", "walk", "walk", practice_id, practice_id, practice_id):
        told = somebody.post("/mine/calm/tell/", {"before": "4", "after": "2", "practice": did, "minutes": "20"})
        assert told.status == 302, told.text
    return {"practice_id": practice_id}
