"""Every address there is, found in the app itself, and somebody whose place has something on each page."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.visitor import Visitor

# Addresses that only forms and scripts speak to, or that lead on. A new one has to be named here.
NO_PAGES = {
    "calm:arrange",
    "calm:forget",
    "calm:let-go",
    "calm:tell",
    "coaching:listen",
    "door:devices",
    "door:exit",
    "door:lock",
    "door:phone-key",
    "door:phone-remove",
    "door:recovery",
    "door:stay",
    "door:unsaved",
    "drafts:grow",
    "journal:let-go",
    "journal:search",
}
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
    return {"entry_id": entry_id, "draft_id": draft_id}
