"""Every field of every form, and what stands in it. A field that is not listed fails the tests.

WORDS    somebody's own words, kept: a canary is written into it, and has to come back on a page of theirs
PASSING  somebody's own words, used and not kept (what is searched for, what the coach hears)
SECRET   passphrases and codes
CHOICE   one of a few stored words, a day, a time of day, a mark set
CLEAR    chosen by its person to be read outside: no canary is written into it
MACHINE  ids, versions, tokens: written by the page itself
"""

WORDS, PASSING, SECRET, CHOICE, MACHINE, CLEAR = "words", "passing", "secret", "choice", "machine", "clear"

TOKEN = {"csrfmiddlewaretoken": MACHINE}
FORM_ID = {"form_id": MACHINE, "version": MACHINE}
COACH = {"lens": CHOICE, "sheet": MACHINE, "aside": MACHINE, "listen": CHOICE, "use": CHOICE, "put_aside": CHOICE}
ENTRY = {
    **FORM_ID,
    "kind": CHOICE,
    "what": WORDS,
    "feelings.*": CHOICE,
    "feelings-own": WORDS,
    "did": CHOICE,
    "wanted": WORDS,
    "day": CHOICE,
    "time": CHOICE,
    "both": CHOICE,
}
PRACTICE = {**FORM_ID, "name": WORDS, "how": WORDS, "minutes": CHOICE, "both": CHOICE}
NEEDS = ("safety", "predictability", "autonomy", "emotional-regulation")
WALK = {
    **FORM_ID,
    **dict.fromkeys(("secure", "accept", "refuse", "need_words", "ask", "origin"), WORDS),
    "need": CHOICE,
    "finer": CHOICE,
    "do": CHOICE,
}
PARTS = (
    *("need", "limit", "ask", "give", "situation", "feeling", "fear", "your_side", "landed_as", "origin", "soothe"),
    *("firm", "flexes", "look_again"),
)
SAY = {
    **FORM_ID,
    **COACH,
    **dict.fromkeys(PARTS, WORDS),
    **{f"edited-{name}": WORDS for name in ("touchstone", "warm", "firm", "message")},
    "kind": CHOICE,
    "entry": MACHINE,
    "start": MACHINE,
    "shown": CHOICE,
    "composed": PASSING,
    "choice": CHOICE,
    "text": WORDS,
    "grow": CHOICE,
    "anew": CHOICE,
    "do": CHOICE,
}
TABLE_OF_TWO = {
    **dict.fromkeys(("need", "fear", "matters"), WORDS),
    "tap.*": CHOICE,
    "finer.*": CHOICE,
    "guess": CHOICE,
    "on": MACHINE,
    "do": CHOICE,
}
# The same form on its way to the coach or the composer, which keep nothing.
HEARD = {name: PASSING if kind == WORDS else kind for name, kind in SAY.items()}
AGREEMENT = {
    **FORM_ID,
    **dict.fromkeys(("need", "cannot", "limit", "ask", "offer", "flex", "plan", "note"), WORDS),
    "over": MACHINE,
    "whose": CHOICE,
    "look_again_on": CHOICE,
}
NEW_PASSPHRASE = {"offered": SECRET, "own": SECRET, "own-again": CHOICE, "other-words": CHOICE}
CHECKED = {**COACH, "text": PASSING, "look": CHOICE}

RHYTHM = {
    **FORM_ID,
    **dict.fromkeys(("title", "purpose", "back", "brings", "sentence"), WORDS),
    **dict.fromkeys(("kind", "often", "weekdays", "day", "clock", "minutes", "whose"), CHOICE),
    **dict.fromkeys(("circle", "line"), MACHINE),
}
ONE_TIME = {"original": MACHINE, "over": MACHINE}
HOW_LONG = {"form_id": MACHINE, "minutes": CHOICE, "at": CHOICE, "from": CHOICE, "back": CHOICE}

FIELDS: dict[str, dict[str, str]] = {
    "door:check": CHECKED,
    "door:share": dict.fromkeys(("title", "text", "url"), PASSING),
    # What was checked comes along when a place is made, and waits as unsaved words of journal:write.
    "door:join": {**CHECKED, "bring": CHOICE, **NEW_PASSPHRASE, "name": WORDS, "time_zone": CHOICE, "hours": CHOICE},
    "door:recovery": {"last_group": SECRET},
    "door:unlock": {
        "next": MACHINE,
        "name": WORDS,
        "passphrase": SECRET,
        "credential": MACHINE,
        "key": SECRET,
        "carried-to": MACHINE,
        "carried-file": MACHINE,
        "carried.*": PASSING,
    },
    "door:recover": {**NEW_PASSPHRASE, "code": SECRET, "outside": CHOICE},
    "door:lock": {"next": MACHINE},
    "door:exit": {},
    "door:settings": {"theme": CHOICE, "hours": CHOICE, "idle_minutes": CHOICE, "time_zone": CHOICE},
    "door:name": {"name": WORDS, "passphrase": SECRET},
    "door:passphrase": {**NEW_PASSPHRASE, "passphrase": SECRET, "outside": CHOICE},
    "door:new-recovery": {"passphrase": SECRET, "outside": CHOICE},
    "door:phone-lock": {"passphrase": SECRET, "label": WORDS},
    "door:phone-key": {"confirmed": MACHINE, "label": PASSING, "credential": MACHINE, "key": SECRET},
    "door:phone-remove": {"slot": MACHINE},
    "door:devices": {},
    "door:guise": {"guise": CHOICE},
    "door:forget": {},
    "door:delete": {"passphrase": SECRET},
    "door:empty": {"passphrase": SECRET},
    "calendar:make": {},
    "calendar:renew": {"over": MACHINE},
    "calendar:off": {},
    "together:more": {},
    "together:invite": {},
    "together:take-back": {},
    "together:same": {"passphrase": SECRET},
    "together:differ": {},
    "together:compare": {"compared": MACHINE},
    "together:leave": {"choice": CHOICE},
    "together:keep": {"agreement": MACHINE, "form_id": MACHINE},
    "together:remove": {},
    "together:invited": {"code": SECRET, "put-down": CHOICE},
    "together:accept": {},
    "agreements:list": {"asked": PASSING},
    "agreements:new": AGREEMENT,
    "agreements:prepared": AGREEMENT,
    "agreements:let-go": {name: PASSING if kind == WORDS else kind for name, kind in AGREEMENT.items()},
    "agreements:give": {**FORM_ID, "passphrase": SECRET},
    "agreements:delete-prepared": {},
    "agreements:wording": {},
    "agreements:for-two": {**FORM_ID},
    "agreements:yes": {"to": MACHINE, "word": WORDS, "passphrase": SECRET},
    "agreements:yes-to-all": {"to": CHOICE, "passphrase": SECRET},
    "agreements:no": {**FORM_ID, "exact": MACHINE, "word": WORDS},
    "agreements:time": {**FORM_ID, "exact": MACHINE, "until": CHOICE, "word": WORDS},
    "agreements:back": {"form_id": MACHINE, "exact": MACHINE, "do": CHOICE},
    "thanks:thank": {"form_id": MACHINE, "circle": MACHINE, "text": WORDS},
    "thanks:put-in": {"form_id": MACHINE, "circle": MACHINE, "text": WORDS},
    "negotiation:new": {"form_id": MACHINE, "topic": WORDS},
    "negotiation:new-phone": {"form_id": MACHINE, "topic": WORDS, "other": WORDS},
    "negotiation:talk": {**FORM_ID, **TABLE_OF_TWO, "kind": MACHINE, "of": MACHINE, "words": WORDS},
    "negotiation:phone": {
        **FORM_ID,
        **TABLE_OF_TWO,
        **dict.fromkeys(("sense_one", "sense_other", "loop", "options"), WORDS),
        "at": MACHINE,
        "again": MACHINE,
    },
    "negotiation:delete-phone": {},
    "negotiation:let-go": {"form_id": MACHINE},
    "pauses:away": {**HOW_LONG, "alone": CHOICE, "promised": CHOICE},
    "pauses:longer": {**HOW_LONG, "over": MACHINE, "promised": CHOICE},
    "pauses:back": {"told": CHOICE},
    "pauses:soft": {**FORM_ID, "sentence": WORDS, "way": CHOICE, "topic": WORDS, "day": CHOICE, "at": CHOICE},
    "pauses:plan": {"form_id": MACHINE, "signal": WORDS, "minutes": CHOICE, "where": WORDS, "children": WORDS},
    "pauses:new-topic": {"form_id": MACHINE, "topic": WORDS, "day": CHOICE, "at": CHOICE},
    "pauses:topic": {"over": MACHINE, "says": CHOICE, "day": CHOICE, "at": CHOICE},
    "pauses:let-go": {},
    "pauses:devices": {},
    "pauses:remove-device": {},
    # A script of ours sends it: what a device kept of a pause without a connection.
    "pauses:told": {"id": MACHINE, "started_at": MACHINE, "return_at": MACHINE, "now": MACHINE, "back": CHOICE},
    "rhythms:new": RHYTHM,
    "rhythms:change": RHYTHM,
    "rhythms:season": {"whose": CHOICE, "until": CHOICE},
    "rhythms:wake": {"whose": CHOICE},
    "rhythms:move": {**ONE_TIME, "on": MACHINE, "day": CHOICE, "clock": CHOICE},
    "rhythms:skip": ONE_TIME,
    "rhythms:put-back": ONE_TIME,
    "rhythms:mark": {"original": MACHINE, "how": CHOICE},
    # What a calendar calls it is chosen to be read outside.
    "rhythms:mine": {"reminds": CHOICE, "feed": CLEAR},
    "rhythms:end": {},
    "rhythms:again": {},
    "rhythms:side": {"part": CHOICE, "until": CHOICE},
    "rhythms:begin": {"form_id": MACHINE},
    "rhythms:check-in": {**FORM_ID, "part": CHOICE, "words": WORDS, "do": CHOICE},
    "rhythms:try": {"line": MACHINE},
    "thanks:close": {},
    "thanks:open": {},
    "thanks:take-back": {},
    "post:reminders": dict.fromkeys(("when", "daily", "quiet_from", "quiet_until"), CHOICE),
    "post:add-device": dict.fromkeys(("endpoint", "public", "auth"), MACHINE),
    "post:ask-by-mail": {"address": CLEAR},
    "post:try-now": {},
    "post:remove": {},
    "post:confirm": {},
    "post:stop": {},
    "takeout:copy": {"as": CHOICE},
    "takeout:read": {"file": PASSING},
    "takeout:bring": {"arrival": MACHINE, "kind": CHOICE},
    "takeout:let-go": {"arrival": MACHINE, "kind": CHOICE},
    "coaching:listen": HEARD,
    "journal:write": ENTRY,
    "journal:edit": ENTRY,
    "journal:delete": {},
    "journal:let-go": {"form_id": MACHINE, "entry": MACHINE},
    "journal:search": {"asked": PASSING, "page": CHOICE},
    "journal:list": {"need": CHOICE, "feeling": CHOICE, "page": CHOICE},
    "growth:growth": {"range": CHOICE},
    "growth:saying": {"range": CHOICE},
    "journal:look-again": {
        **FORM_ID,
        "need": CHOICE,
        "finer": CHOICE,
        "need_words": WORDS,
        "fear": WORDS,
        "other": WORDS,
    },
    "journal:ways": {**FORM_ID, "step": WORDS},
    "needs:walk": WALK,
    "needs:edit": WALK,
    "needs:delete": {},
    "needs:check": {"form_id": MACHINE, "free": CHOICE, **{f"met-{need}": CHOICE for need in NEEDS}},
    "needs:delete-check": {},
    "needs:by-hand": {"form_id": MACHINE, "about": WORDS, "reaching": CHOICE, "stepping_back": CHOICE, "do": CHOICE},
    "needs:questions": {
        "form_id": MACHINE,
        "of": MACHINE,
        "about": WORDS,
        "do": CHOICE,
        **{f"item-{number}": CHOICE for number in range(1, 11)},
    },
    "needs:delete-reading": {},
    "needs:new-sentence": {**FORM_ID, **COACH, "text": WORDS, "do": CHOICE},
    "needs:sentence": {**FORM_ID, **COACH, "text": WORDS, "do": CHOICE},
    "needs:delete-sentence": {},
    "drafts:new": SAY,
    "drafts:draft": SAY,
    "drafts:grow": HEARD,
    "drafts:delete": {},
    "drafts:rehearse": {
        **FORM_ID,
        "read_aloud": CHOICE,
        "stands_by": CHOICE,
        **{f"ready-{name}": CHOICE for name in ("agrees", "hurt", "pushes-back", "quiet")},
        **{f"own-{name}": WORDS for name in ("agrees", "hurt", "pushes-back", "quiet")},
    },
    "drafts:take": {"version": MACHINE, "do": CHOICE},
    "drafts:touchstone": {"version": MACHINE, "do": CHOICE},
    "drafts:said": {"version": MACHINE, "outcome": CHOICE},
    "drafts:after": {**FORM_ID, "touchstone": WORDS},
    "calm:new": PRACTICE,
    "calm:practice": PRACTICE,
    "calm:delete": {},
    "calm:arrange": {"first": CHOICE, "up": CHOICE},
    "calm:let-go": {"form_id": MACHINE},
    "calm:tell": {
        "form_id": MACHINE,
        "practice": CHOICE,
        "minutes": CHOICE,
        "before": CHOICE,
        "after": CHOICE,
    },
    "calm:forget": {},
    "moment:pause": {"minutes": CHOICE, "at": CHOICE, "back": CHOICE, "from": CHOICE},
}


def kind_of(address: str, field: str) -> str:
    """Return what stands in a field of the form that leads to an address, or "" when nobody listed it."""
    return {**TOKEN, **FIELDS.get(address, {})}.get(field, "")
