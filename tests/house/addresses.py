"""Every address of the house: who may open it, and what each role gets. An address that is not listed fails the tests.

Three kinds of address:
  public   anybody; `get` and `post` say what somebody without a key gets, `get_in` and `post_in` what somebody unlocked
           gets, where that differs
  private  whoever is unlocked, each in their own place; without a key a GET is led to the lock (302) and a POST
           meets the lock with its words carried along (401)
           some of them open without a key to a device that may pause while it is locked: `by_device`
  thing    private, and about one thing (an id in the address): somebody else's is 404, as if it were not there

`get` and `post` are the status for somebody unlocked (for a thing: its owner). A post is sent empty, so a form that
needs words answers with itself, 200 or 422. 405 says that the method is refused. Every other method is refused
everywhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

REFUSED = 405
LOCK_GET, LOCK_POST = 302, 401


@dataclass(frozen=True)
class Address:
    """One line of the table."""

    kind: str
    name: str
    get: int
    post: int
    get_in: int = 0  # public only: for somebody unlocked, where it differs
    post_in: int = 0
    by_device: int = 0  # a post by a locked device that may pause without unlocking, where it is let in

    def for_device(self, method: str) -> int:
        """Return the status for a locked device that may pause: nothing but a few posts opens to it."""
        if method == "POST" and self.by_device:
            return self.by_device
        return REFUSED if self.by_device else self.for_anybody(method)

    def for_anybody(self, method: str) -> int:
        """Return the status without a key: never unlocked, or locked by now."""
        if self.kind == "public":
            return self.get if method == "GET" else self.post
        return LOCK_GET if method == "GET" else LOCK_POST

    def for_owner(self, method: str) -> int:
        """Return the status for somebody unlocked, in their own place."""
        if method == "GET":
            return self.get_in or self.get
        return self.post_in or self.post

    def for_stranger(self, method: str) -> int:
        """Return the status for somebody else who is unlocked."""
        return 404 if self.kind == "thing" and self.for_owner(method) != REFUSED else self.for_owner(method)


def public(name: str, get: int, post: int, **unlocked: int) -> Address:
    return Address("public", name, get, post, **unlocked)


def private(name: str, get: int, post: int, *, by_device: int = 0) -> Address:
    return Address("private", name, get, post, by_device=by_device)


def thing(name: str, get: int, post: int) -> Address:
    return Address("thing", name, get, post)


TABLE = (
    # front/door: coming in and going out
    public("door:front", 200, REFUSED, get_in=302),
    public("door:check", 200, 200),
    public("door:share", 302, 200),
    public("door:join", 200, 200),
    private("door:recovery", 200, 200),
    public("door:unlock", 200, 200),
    public("door:lock", REFUSED, 302),
    public("door:exit", REFUSED, 302),
    private("door:stay", REFUSED, 204),
    public("door:recover", 200, 200),
    private("door:unsaved", REFUSED, 400),
    private("door:settings", 200, 200),
    private("door:name", 200, 200),
    private("door:passphrase", 200, 200),
    private("door:new-recovery", 200, 200),
    private("door:phone-lock", 200, 200),
    private("door:phone-key", REFUSED, 200),
    private("door:phone-remove", REFUSED, 404),
    private("door:devices", REFUSED, 302),
    private("door:guise", REFUSED, 404),
    public("door:forget", REFUSED, 302),
    private("door:empty", 200, 200),
    private("door:delete", 200, 200),
    # front/takeout: a copy to take along, a file to bring in
    private("takeout:takeout", 200, REFUSED),
    private("takeout:copy", REFUSED, 200),
    private("takeout:read", 302, 422),
    private("takeout:arrival", 302, REFUSED),
    private("takeout:bring", REFUSED, 302),
    private("takeout:let-go", REFUSED, 302),
    # front/calendar: what is ahead; its feed opens to whoever has the address
    private("calendar:calendar", 200, REFUSED),
    private("calendar:make", REFUSED, 302),
    private("calendar:renew", REFUSED, 302),
    private("calendar:off", REFUSED, 302),
    thing("calendar:event", 200, REFUSED),
    public("calendar:feed", 200, REFUSED),
    # front/today, moment, care
    private("today:today", 200, REFUSED),
    public("moment:moment", 200, REFUSED),
    public("moment:pause", 200, REFUSED),
    public("moment:back", 200, REFUSED),
    public("care:help", 200, REFUSED),
    public("care:about", 200, REFUSED),
    public("care:parting", 200, REFUSED),
    # front/together: being invited, comparing, leaving
    private("together:together", 200, REFUSED),
    private("together:more", REFUSED, 302),
    private("together:invite", 200, 302),
    private("together:take-back", REFUSED, 302),
    private("together:same", 302, 409),
    private("together:differ", REFUSED, 200),
    private("together:compare", 302, 302),
    private("together:leave", 302, 302),
    thing("together:closed", 200, REFUSED),
    thing("together:keep", REFUSED, 404),
    thing("together:remove", REFUSED, 302),
    public("together:invited", 200, 200),
    private("together:accept", REFUSED, 302),
    # ours/agreements
    private("agreements:list", 200, 200),
    private("agreements:new", 200, 422),
    private("agreements:let-go", REFUSED, 302),
    private("agreements:yes-to-all", 200, 422),
    thing("agreements:prepared", 200, 422),
    thing("agreements:give", 200, 422),
    thing("agreements:delete-prepared", 200, 302),
    thing("agreements:agreement", 200, REFUSED),
    thing("agreements:wording", REFUSED, 302),
    thing("agreements:for-two", REFUSED, 409),
    thing("agreements:yes", 200, 422),
    thing("agreements:no", 200, 422),
    thing("agreements:time", 200, 422),
    thing("agreements:back", 200, 409),
    thing("agreements:touchstone", 200, REFUSED),
    thing("agreements:page", 200, REFUSED),
    # ours/thanks: somebody alone has a jar, and nobody to thank
    private("thanks:thanks", 200, REFUSED),
    private("thanks:thank", 302, 409),
    private("thanks:put-in", 200, 200),
    thing("thanks:of", 200, REFUSED),
    thing("thanks:close", REFUSED, 302),
    thing("thanks:open", REFUSED, 302),
    thing("thanks:given", 200, REFUSED),
    thing("thanks:take-back", REFUSED, 302),
    # ground/people: what open pages of two people listen to; somebody alone has nothing to wait for
    private("people:wake", 204, REFUSED),
    private("growth:growth", 200, REFUSED),
    private("growth:saying", 200, REFUSED),
    # ground/page: what a device asks for
    public("page:manifest", 200, REFUSED),
    public("page:worker", 200, REFUSED),
    public("page:kept", 200, REFUSED),
    public("page:offline", 200, REFUSED),
    # ground/post: reminders; the two links in e-mails work without a key, each for one thing
    private("post:reminders", 200, 200),
    private("post:add-device", 302, 422),
    private("post:ask-by-mail", 302, 422),
    private("post:try-now", 302, 200),
    thing("post:remove", REFUSED, 302),
    public("post:confirm", 200, 200),
    public("post:stop", 200, 200),
    # ground/coaching: keeps nothing
    private("coaching:listen", REFUSED, 200),
    # mine/journal
    private("journal:list", 200, REFUSED),
    private("journal:search", 302, 200),
    private("journal:patterns", 200, REFUSED),
    private("journal:write", 200, 200),
    private("journal:let-go", REFUSED, 302),
    thing("journal:entry", 200, REFUSED),
    thing("journal:kept", 200, REFUSED),
    thing("journal:edit", 200, 200),
    thing("journal:delete", 200, 302),
    thing("journal:look-again", 200, 409),
    thing("journal:ways", 200, 200),
    # mine/calm
    private("calm:list", 200, REFUSED),
    private("calm:new", 200, 200),
    private("calm:arrange", REFUSED, 302),
    private("calm:let-go", REFUSED, 302),
    private("calm:helps", 200, REFUSED),
    private("calm:tell", REFUSED, 302),
    thing("calm:forget", REFUSED, 302),
    thing("calm:practice", 200, 200),
    thing("calm:delete", 200, 302),
    # mine/needs
    private("needs:needs", 200, REFUSED),
    private("needs:walk", 200, 422),
    private("needs:walks", 200, REFUSED),
    thing("needs:walked", 200, REFUSED),
    thing("needs:edit", 200, 409),
    thing("needs:delete", 200, 302),
    private("needs:check", 200, 302),
    private("needs:checks", 200, REFUSED),
    thing("needs:delete-check", 200, 302),
    private("needs:leaning", 200, REFUSED),
    private("needs:by-hand", 200, 422),
    private("needs:questions", 200, 422),
    thing("needs:reading", 200, REFUSED),
    thing("needs:delete-reading", 200, 302),
    private("needs:sentences", 200, REFUSED),
    private("needs:new-sentence", 200, 422),
    thing("needs:sentence", 200, 422),
    thing("needs:delete-sentence", 200, 302),
    # ours/pauses: somebody alone has nobody to tell
    private("pauses:pauses", 200, REFUSED),
    private("pauses:away", REFUSED, 302, by_device=302),
    private("pauses:longer", REFUSED, 302, by_device=302),
    private("pauses:back", REFUSED, 302, by_device=302),
    private("pauses:plan", 302, 302),
    # What a device kept: without a key there is nobody to tell, to somebody alone neither.
    public("pauses:told", REFUSED, 410, by_device=422),
    private("pauses:devices", 200, 302),
    thing("pauses:remove-device", REFUSED, 302),
    private("pauses:new-topic", 302, 302),
    thing("pauses:topic", 200, 302),
    thing("pauses:let-go", REFUSED, 302),
    thing("pauses:soft", 200, 422),
    # ours/rhythms
    private("rhythms:list", 200, REFUSED),
    private("rhythms:kinds", 200, REFUSED),
    private("rhythms:new", 200, 422),
    private("rhythms:season", 200, 422),
    private("rhythms:wake", REFUSED, 302),
    thing("rhythms:rhythm", 200, REFUSED),
    thing("rhythms:change", 200, 422),
    thing("rhythms:move", 200, 409),
    thing("rhythms:skip", REFUSED, 409),
    thing("rhythms:put-back", REFUSED, 409),
    thing("rhythms:mark", REFUSED, 302),
    thing("rhythms:mine", REFUSED, 302),
    thing("rhythms:end", REFUSED, 302),
    thing("rhythms:again", REFUSED, 302),
    thing("rhythms:side", 200, REFUSED),
    thing("rhythms:begin", REFUSED, 302),
    thing("rhythms:check-in", 200, 422),
    thing("rhythms:try", REFUSED, 409),
    # ours/negotiation
    private("negotiation:list", 200, REFUSED),
    private("negotiation:new", 200, 422),
    private("negotiation:paper", 200, REFUSED),
    private("negotiation:let-go", REFUSED, 302),
    private("negotiation:new-phone", 200, 422),
    thing("negotiation:phone", 200, 302),
    thing("negotiation:delete-phone", 200, 302),
    thing("negotiation:talk", 200, 422),
    # mine/drafts
    private("drafts:list", 200, REFUSED),
    private("drafts:new", 200, 400),
    private("drafts:grow", REFUSED, 200),
    thing("drafts:draft", 200, 400),
    thing("drafts:delete", 200, 302),
    thing("drafts:until-morning", 200, REFUSED),
    thing("drafts:rehearse", 200, 422),
    thing("drafts:take", 200, 200),
    thing("drafts:touchstone", 200, 200),
    thing("drafts:said", 200, 200),
    thing("drafts:after", 302, 302),
)
LISTED = {address.name: address for address in TABLE}


@dataclass(frozen=True)
class Route:
    """One address as the resolver knows it."""

    name: str
    pattern: str
    wants: tuple[str, ...]  # what the address takes, such as an id
    view: Callable[..., object]

    def path(self, **given: object) -> str:
        """Return the address filled in."""
        return reverse(self.name, kwargs={name: given[name] for name in self.wants})


def routes() -> list[Route]:
    """Return every address there is, found by walking the resolver."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[Route]:
    for part in resolver.url_patterns:
        pattern = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from _walk(part, pattern, f"{space}{part.namespace}:" if part.namespace else space)
        elif isinstance(part, URLPattern):
            yield Route(f"{space}{part.name}", pattern, tuple(part.pattern.converters), part.callback)
