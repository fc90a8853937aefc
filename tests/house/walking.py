"""A walk through the whole house: every link followed, every form filled in and sent with each of its buttons.

Nothing here knows the rooms by name. A new page that is linked is walked through, a new form is filled in.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.urls import Resolver404, resolve
from django.utils import timezone

from tests.house.browsing import Answer, Browser, absolute
from tests.house.markup import Button, Field, Form

WRITTEN_IN = {"text", "textarea", "search", "email", "url", "tel", ""}
VISITS = 3  # of one kind of address
HOPS = 5
FEW_WORDS = 40  # characters
LED_BY = "led-by"  # on a form that no page holds: which site a browser says led there
WRONG = "wrong"  # the class of a sentence beside a field that does not take what was written
# What ends the walk, or takes away what others would still look at, comes last.
LAST = (
    "journal:delete",
    "drafts:delete",
    "needs:delete",
    "needs:delete-check",
    "needs:delete-reading",
    "needs:delete-sentence",
    "negotiation:delete-phone",
    "door:phone-remove",
    "door:devices",
    "door:new-recovery",
    "door:name",
    "door:passphrase",
)
NEVER = ("door:lock", "door:exit", "door:forget", "door:delete", "door:empty")

# A form that comes again at each stage of what it is about; these fields of it say which stage.
STAGES = {"negotiation:phone": ("at", "version"), "negotiation:talk": ("kind",)}

# How a link opens a calendar app, which then asks here.
CALENDAR = re.compile(r"^webcal://[^/]+")

# A button's value that names a choice; other values, such as a suggestion of the coach, differ from page to page.
CHOICE = re.compile(r"[a-z-]*|\d")

Writer = Callable[[str, Field], str | None]  # None: leave the field as it is


@dataclass
class Sent:
    """One form as it was sent, and what came of it."""

    name: str
    form: Form
    pairs: list[tuple[str, str]]
    answer: Answer


@dataclass
class Walk:
    """Walks as one person until nothing new is found."""

    browser: Browser
    write: Writer
    never: tuple[str, ...] = NEVER  # forms that are left alone
    within: tuple[str, ...] = ("/",)  # addresses that are gone to
    pages: list[Answer] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    reached: set[tuple[str, str]] = field(default_factory=set)  # (method, name of the address)
    _visits: Counter[object] = field(default_factory=Counter)
    _known: set[str] = field(default_factory=set)
    _waiting: list[str] = field(default_factory=list)
    _later: list[tuple[str, Form, Button, str]] = field(default_factory=list)

    def through(self, addresses: list[str]) -> "Walk":
        """Start at these addresses, follow everything, and return the walk itself."""
        for address in addresses:
            self._note(address)
        while self._waiting or self._later:
            if self._waiting:
                self._take(self.open(self._waiting.pop(0)))
            else:
                self._later.sort(key=lambda one: LAST.index(one[3]))
                base, form, button, _ = self._later.pop(0)
                fresh = self._again(base, form)
                if fresh:
                    self._take(self.send(base, fresh, button))
        return self

    def open(self, address: str) -> Answer:
        """Open an address and follow where it leads."""
        return self._follow(self.browser.ask("GET", address))

    def send(self, base: str, form: Form, button: Button | None = None, only: dict[str, str] | None = None) -> Answer:
        """Fill in a form, send it with one of its buttons, and follow where that leads; `only` says what is chosen."""
        form = chosen(form, only or {})
        address = absolute(base, (button.action if button else "") or form.action or base)
        name = name_of(address)
        pairs = [*filled(form, lambda one: self.write(name, one)), *pressed(button)]
        if form.method == "get":
            query = "&".join(f"{key}={value}" for key, value in pairs)
            return self.open(f"{address.partition('?')[0]}?{query}".replace(" ", "+"))
        answer = self._post(name, form, address, pairs)
        refused = _like(form, answer, base)
        if refused and any(WRONG in one.attrs.get("class", "").split() for one in answer.page.elements):
            # As somebody would who reads that it is too long: once more, in few words.
            refused = chosen(refused, only or {})
            pairs = filled(refused, lambda one: self.write(name, replace(one, longest=FEW_WORDS)))
            answer = self._post(name, refused, address, [*pairs, *pressed(button)])
        return self._follow(answer)

    def take_over(self, other: "Walk") -> None:
        """Count what another walk saw and sent as met on this one."""
        self.pages += other.pages
        self.sent += other.sent
        self.reached |= other.reached

    def _post(self, name: str, form: Form, address: str, pairs: list[tuple[str, str]]) -> Answer:
        answer = self.browser.ask("POST", address, pairs, form.attrs.get(LED_BY, "same-origin"))
        self.reached.add(("POST", name))
        self.sent.append(Sent(name, form, pairs, answer))
        return answer

    def _follow(self, answer: Answer) -> Answer:
        for _ in range(HOPS):
            self.pages.append(answer)
            if answer.status in {200, 404, 409}:
                self.reached.add(("GET", name_of(answer.address)))
            onward = absolute(answer.address, answer.location) if answer.location else ""
            if answer.status not in {301, 302, 303, 307} or not onward:
                break
            self._known.add(onward.partition("#")[0])
            answer = self.browser.ask("GET", onward)
        return answer

    def _take(self, answer: Answer) -> None:
        for link in answer.page.links:
            if not link.startswith("#"):
                self._note(absolute(answer.address, CALENDAR.sub("", link)))
        for form in [*answer.page.forms, *shared_to(answer)]:
            for button in form.buttons or [Button("", "", "")]:
                self._offer(answer.address, form, button)

    def _offer(self, base: str, form: Form, button: Button) -> None:
        address = absolute(base, button.action or form.action or base)
        name = name_of(address)
        fields = frozenset(general(one.name) for one in form.fields)
        choice = CHOICE.fullmatch(button.value) and button.value
        stage = frozenset((one.name, one.value) for one in form.fields if one.name in STAGES.get(name, ()))
        looks = (name, name_of(base), form.method, fields, stage, button.name, choice)
        if not address or name in self.never or self._visits[looks]:
            return
        self._visits[looks] += 1
        self._leave_unsaved(base, form)
        if name in LAST and form.method == "post":
            self._later.append((base, form, button, name))
        else:
            self._take(self.send(base, form, button))

    def _leave_unsaved(self, base: str, form: Form) -> None:
        """Do what the page's script does two seconds after the last key; then look at the page once more."""
        address = form.attrs.get("data-unsaved", "")
        looks = ("unsaved", name_of(base), frozenset(general(one.name) for one in form.fields))
        if not address or self._visits[looks]:
            return
        self._visits[looks] += 1
        name = name_of(form.action or base)
        pairs = [*filled(form, lambda one: self.write(name, one)), ("page", base.partition("?")[0])]
        self._post(name_of(address), form, address, pairs)
        self._take(self.open(base))

    def _again(self, base: str, form: Form) -> Form | None:
        """Look at a page once more before a late form is sent: its version may have moved meanwhile."""
        return _like(form, self.open(base), base)

    def _note(self, address: str) -> None:
        address = address.partition("#")[0]
        name = name_of(address)
        keys = tuple(sorted(part.partition("=")[0] for part in address.partition("?")[2].split("&")))
        if (
            not name
            or not address.startswith(self.within)
            or address in self._known
            or self._visits[(name, keys)] >= VISITS
        ):
            return
        self._known.add(address)
        self._visits[(name, keys)] += 1
        self._waiting.append(address)


def shared_to(answer: Answer) -> list[Form]:
    """Return what a phone's share sheet would send because of a manifest; no page leads there."""
    if name_of(answer.address) != "page:manifest":
        return []
    target = json.loads(answer.text)["share_target"]
    fields = [Field(name, "text") for name in target["params"].values()]
    return [Form(target["action"], target["method"].lower(), {LED_BY: "none"}, fields)]


def name_of(address: str) -> str:
    """Return the name of the view behind an address, or "" when there is none."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def pressed(button: Button | None) -> list[tuple[str, str]]:
    """Return the pair that the pressed button sends along."""
    return [(button.name, button.value)] if button and button.name else []


def _like(form: Form, answer: Answer, base: str) -> Form | None:
    """Return the form of an answer that is the same as one seen before."""
    looks = (name_of(absolute(base, form.action or base)), {general(one.name) for one in form.fields})
    for other in answer.page.forms:
        action = name_of(absolute(answer.address, other.action or answer.address))
        if (action, {general(one.name) for one in other.fields}) == looks:
            return other
    return None


def general(name: str) -> str:
    """Return a field's name without what differs from one chip to the next."""
    return f"{name.partition('.')[0]}.*" if "." in name else name


def chosen(form: Form, only: dict[str, str]) -> Form:
    """Return a form in which nothing else can be chosen, and where other fields than choices stand as said."""
    fields = [one for one in form.fields if one.kind != "radio" or only.get(one.name, one.value) == one.value]
    return replace(form, fields=[replace(one, value=only.get(one.name, one.value)) for one in fields])


def filled(form: Form, words: Callable[[Field], str | None]) -> list[tuple[str, str]]:
    """Return the pairs a person would send who fills in everything."""
    pairs: list[tuple[str, str]] = []
    chosen: set[str] = set()
    for one in form.fields:
        if one.kind in WRITTEN_IN or one.kind in {"password", "hidden"}:
            written = words(one)
            pairs.append((one.name, one.value if written is None else written))
        elif one.kind == "radio":
            if one.name not in chosen and one.value not in {"", "0"}:
                chosen.add(one.name)
                pairs.append((one.name, one.value))
        elif one.kind == "checkbox":
            pairs.append((one.name, one.value))
        elif one.kind == "select":
            pairs.append((one.name, next((value for value in one.options if value), "")))
        else:
            pairs.append((one.name, _plain(one)))
    return pairs


def _plain(one: Field) -> str:
    if one.kind == "date":
        return one.value or (timezone.localtime() - timedelta(days=1)).date().isoformat()
    if one.kind in {"time", "number"}:
        return one.value or ("12:15" if one.kind == "time" else "10")
    return one.value
