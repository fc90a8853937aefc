"""Make ready wordings from the lines of a draft, in the person's own words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kindline.coach.boxes import bare, closed, low, sentences_of
from kindline.coach.sayings import deed_of, does_something, is_deed, is_sentence

TOUCHSTONE_LENGTH = 240
MESSAGE_LENGTH = 240
SHORT_TOPIC = 3  # so few words name a topic and tell no story


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The lines of a draft, each in the person's own words and each possibly empty."""

    need: str = ""
    limit: str = ""
    ask: str = ""
    give: str = ""
    situation: str = ""
    feeling: str = ""
    fear: str = ""
    your_side: str = ""
    landed_as: str = ""
    origin: str = ""
    soothe: str = ""
    firm: str = ""
    flexes: str = ""
    look_again: str = ""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Four ways to say it; each is empty when nothing can be said yet."""

    touchstone: str
    warm: str
    firm: str
    message: str


_OWN_SENTENCE = re.compile(
    r"(?:i|i['’](?:m|ll|d|ve)|we|we['’](?:re|ll|d|ve)|it|it['’]s|there|there['’]s|he|she|they|let['’]s|this|"
    r"my \w+ is|what i)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:i|we|you|he|she|it|they|there|nobody|no one|everyone|everything|nothing|"
    r"my \w+ (?:is|are|was|were|has|do|does)|"
    r"(?:i|you|we|they|he|she|it|there)['’]\w+)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:when(?:ever)?|if|after|before|once|while|every time|each time|as soon as)\b", re.IGNORECASE)
_THING = re.compile(
    r"(?:a|an|the|some|any|no|my|your|our|more|less|one|two|three|five|ten|\d+|time|this|that|these|those|half|another|"
    r"fewer|enough|quiet|patience|help|space|honesty|respect|kindness|peace|love|\w+(?:ness|ment|tion|ity|ance|ence))\b",
    re.IGNORECASE,
)
_GERUND = re.compile(
    r"(?!(?:bring|sing|ring|swing|cling|fling|sling|string|spring|wing)\b)(?:not )?\w{2,}ing\b", re.IGNORECASE
)
_BARE_VERB = re.compile(
    r"(?:feel|know|be|have|hear|see|get|trust|understand|stay|go|keep|make|be able|believe|think|say|tell|find|"
    r"come|sit|sleep in|wake|eat|breathe|talk (?:about|with|to)|listen|give|take|leave|cook|do|try|put|bring|drive|"
    r"wash|clean|call|text|read|write|wait|let|look|join|pick|plan|pay|turn|set|start|stop|show|ask|check|hold)\b",
    re.IGNORECASE,
)
_SORRY = re.compile(r"(?:(?:i['’]m|i am)?\s*(?:so |really |very )?sorry[,;:]?\s*(?:but\s+)?)+", re.IGNORECASE)


def _strip(lead: str) -> Callable[[str], str]:
    pattern = re.compile(rf"(?:(?:{lead})(?![\w'’])[\s,:…]*)+", re.IGNORECASE)

    def stripped(sentence: str) -> str:
        match = pattern.match(sentence)
        rest = sentence[match.end() :] if match else sentence
        return rest if bare(rest) else ""

    return stripped


_after_need = _strip(r"(?:what )?i (?:really |just |do )?need(?: is)?|my need is|i['’]d need|needs?")
_after_cannot = _strip(r"i (?:just |really )?(?:can['’]?t|cannot|can not)|i cant|can['’]?t|cannot|can not|cant")
_after_would = _strip(r"would you|please would you|if you (?:could|would)|that you|you to|to")
_after_give = _strip(r"what i give(?: is)?|i give|from me|i offer|i can offer|what i offer(?: is)?")
_after_feel = _strip(r"i (?:really |just |also )?(?:feel|felt)|i['’]m feeling|i am feeling|feeling|feel")
_after_fear = _strip(r"my fear is|i fear|fear")
_after_see = _strip(r"i (?:can )?see|i know|i get|i understand|i realise|i realize")
_after_landed = _strip(r"it landed(?: on me)?(?: as)?|it felt|as|you may not have meant it|but|and")
_after_soothe = _strip(r"to soothe myself|to settle|i soothe myself by")
_after_look = _strip(
    r"let['’]s look (?:at this |at it )?again|look(?:ing)? (?:at this |at it )?again|we look again|again"
)


def _each(raw: str, strip: Callable[[str], str], first: Callable[[str], str]) -> str:
    """Shape the first sentence of a box, keep the others as they are."""
    found = sentences_of(raw)
    shaped: list[str] = []
    for sentence in found:
        if shaped:
            shaped.append(closed(sentence))
        elif body := strip(sentence):
            shaped.append(first(body))
    return " ".join(shaped)


def _need(body: str) -> str:
    text = bare(low(body))
    if _OWN_SENTENCE.match(text):
        return closed(body)
    if re.match(r"that\s+(?:you|we|i|my|our|the|there|it|he|she|they)\b", text, re.IGNORECASE):
        return closed(f"I need to know {text}")
    if _BARE_VERB.match(text) and is_deed(text):
        return closed(f"I need to {text}")
    deed = deed_of(text) if " " in text else ""  # "understanding" alone is a thing
    return closed(f"I need to {deed}" if deed else f"I need {text}")


def _limit(body: str) -> str:  # noqa: PLR0911 - one branch for each way people fill this box
    text = bare(low(body))
    if so := re.match(r"so,?\s+(?=i\b)", text, re.IGNORECASE):
        return closed(text[so.end() :])
    if _OWN_SENTENCE.match(text) or _WHEN.match(text):
        return closed(text)
    if re.match(r"(?:won['’]t|will|am|don['’]t|do not|refuse)\b", text, re.IGNORECASE):
        return closed(f"I {text}")
    if match := re.match(r"to\s+", text, re.IGNORECASE):
        text = text[match.end() :]
    elif thing := re.match(r"no\s+(?!one\b)", text, re.IGNORECASE):
        return closed(f"I'm not okay with {text[thing.end() :]}")
    elif _GERUND.match(text) or _THING.match(text) or re.match(r"you \w+ing\b", text, re.IGNORECASE):
        return closed(f"I'm not okay with {text}")
    elif _CLAUSE.match(text) or (is_sentence(text) and not is_deed(text)):
        return closed(f"I can't carry on when {text}")
    elif not is_deed(text):
        return closed(f"I'm not okay with {text}")
    return closed(f"I can't {text}")


def _ask(body: str) -> str:  # noqa: PLR0911 - one branch for each way people fill this box
    text = bare(low(body))
    if re.match(
        r"(?:would|could|can|will|do (?:you|we|i)|are|shall|may|might|how|what|when|where|which|is|have)\b",
        text,
        re.IGNORECASE,
    ):
        return closed(text, "?")
    if re.match(r"we\b", text, re.IGNORECASE):
        return closed(re.sub(r"^we\s+(?:(?:could|can|would|will)\s+)?", "could we ", text, flags=re.IGNORECASE), "?")
    if _OWN_SENTENCE.match(text):
        return closed(body)
    if match := re.match(r"(please\s+)?(?:don['’]t|do not)\s+", text, re.IGNORECASE):
        return closed(f"Would you please not {text[match.end() :]}", "?")
    if _WHEN.match(text):
        return closed(f"Would this work for you: {text}", "?")
    if (_THING.match(text) or _GERUND.match(text)) and not text.lower().startswith("help "):
        return closed(f"Would you be open to {text}", "?")
    if not is_deed(re.sub(r"^(?:you|please) ", "", text)) and not text.lower().startswith(("not ", "please ")):
        return closed(f"Would you be open to {text}", "?")
    return closed(f"Would you {re.sub(r'^you ', '', text)}", "?")


def _give(body: str) -> str:
    text = bare(low(body))
    if deed := _offered(text):
        return closed(deed)
    if _OWN_SENTENCE.match(text) or _WHEN.match(text) or _CLAUSE.match(text) or is_sentence(text):
        return closed(body)
    if re.match(r"(?:no|your|and)\b", text, re.IGNORECASE):
        return closed(f"From me: {text}")
    return closed(f"I can offer {text}")


def _offered(text: str) -> str:
    """Say what I will do or leave, where a deed was written: "cooking on Sundays", "not shouting", "paint the hall"."""
    if match := re.match(r"to\s+", text, re.IGNORECASE):
        return f"I'll {text[match.end() :]}"
    if away := re.match(r"not (?=\w+ing\b)", text, re.IGNORECASE):
        return f"I won't {deed_of(text[away.end() :])}"
    if does_something(text) or (_BARE_VERB.match(text) and not _GERUND.match(text) and is_deed(text)):
        return f"I'll {text}"
    return f"I'll {deed}" if (deed := deed_of(text)) else ""


def _feeling(body: str) -> str:
    text = bare(low(body))
    if _CLAUSE.match(text) or _WHEN.match(text) or re.match(r"that\b", text, re.IGNORECASE):
        return closed(text) if _OWN_SENTENCE.match(text) else closed(f"I feel it {text}" if _WHEN.match(text) else text)
    return closed(f"I feel {text}")


def _fear(body: str) -> str:
    text = bare(low(body))
    if re.match(
        r"i(?:['’]m| am| get| feel)? ?(?:so |really |a bit )?(?:afraid|scared|frightened|worr|fear|terrified)",
        text,
        re.IGNORECASE,
    ):
        return closed(text)
    if re.match(r"(?:afraid|scared|frightened|worried|terrified)\b", text, re.IGNORECASE):
        return closed(f"I'm {text}")
    if re.match(r"(?:that|to|of)\b", text, re.IGNORECASE) or _CLAUSE.match(text) or is_sentence(text):
        return closed(f"I'm afraid {text}")
    return closed(f"I'm afraid of {text}")


def _your_side(body: str) -> str:
    text = bare(low(body))
    if re.match(r"(?:that|how|what|why)\b", text, re.IGNORECASE):
        return closed(f"I see {text}")
    if re.match(r"(?:you|we|it|your \w+ (?:is|are|was|has))\b", text, re.IGNORECASE) or is_sentence(text):
        return closed(f"I see that {text}")
    if _OWN_SENTENCE.match(text):
        return closed(text)
    return closed(f"I see your side too: {text}")


def _landed(body: str) -> str:
    text = bare(low(body))
    lead = "Perhaps it was not meant that way; for me it landed"
    if text.lower().startswith("like "):
        return closed(f"{lead} {text}")
    if _CLAUSE.match(text) or is_sentence(text) or text.lower().startswith("that "):
        return closed(f"{lead} as though {text.removeprefix('that ')}")
    return closed(f"{lead} as {text}")


def _soothe(body: str) -> str:
    text = bare(low(body))
    if _OWN_SENTENCE.match(text) or _WHEN.match(text):
        return closed(text)
    if match := re.match(r"to\s+", text, re.IGNORECASE):
        return closed(f"To settle, I'll {text[match.end() :]}")
    if _GERUND.match(text) or _THING.match(text):
        return closed(f"What settles me: {text}")
    return closed(f"To settle, I'll {text}")


def _look_again(body: str) -> str:
    text = bare(low(body))
    lead = "Let's look at this again"
    if re.match(
        r"(?:\d+|a|an|one|two|three|four|five|six|eight|ten|twelve)\s+(?:days?|weeks?|months?|years?)\b",
        text,
        re.IGNORECASE,
    ):
        return closed(f"{lead} in {text}")
    if re.match(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", text, re.IGNORECASE):
        return closed(f"{lead} on {text}")
    if re.match(
        r"(?:in|on|at|by|after|before|next|this|every|each|tomorrow|tonight|soon|later|once|when|around)\b",
        text,
        re.IGNORECASE,
    ):
        return closed(f"{lead} {text}")
    return closed(f"{lead}: {text}")


def _same(body: str) -> str:
    return body


def _labelled(label: str) -> Callable[[str], str]:
    return lambda body: closed(f"{label}: {bare(low(body))}")


def _situation(statement: Statement, feeling: str) -> str:
    """Tell what happened; a half sentence ("when voices rise") is joined to the feeling."""
    found = sentences_of(statement.situation)
    if not found:
        return feeling
    first = bare(found[0])
    rest = [closed(sentence) for sentence in found[1:]]
    if _WHEN.match(first) and "," not in first and not re.search(r"\bi (?:feel|get|felt|am)\b", first, re.IGNORECASE):
        if feeling and not rest:
            return closed(f"{low(first)}, {low(feeling)}")
        opening = closed(f"This is about {low(first)}")
    elif _CLAUSE.match(first) or len(first.split()) > SHORT_TOPIC:
        opening = closed(found[0])
    else:
        opening = closed(f"This is about {low(first)}")
    return " ".join(filter(None, [opening, *rest, feeling]))


def _fitted(said: list[str], weightiest: list[str], limit: int) -> str:
    """Keep what weighs most of what fits, whole and in the order it is said; cut only a weightiest one too long."""
    chosen: list[str] = []
    for words in filter(None, weightiest):
        kept = [one for one in said if one and (one in chosen or one == words)]
        if len(" ".join(kept)) <= limit:
            chosen = kept
        elif not chosen:
            cut = words[: limit - 1]
            chosen = [(cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" .!?,;:…") + "…"]
            said = [chosen[0] if one == words else one for one in said]
    return " ".join(chosen)


def _touchstone(need: str, limit: str, ask: str, give: str) -> str:
    """Leave out the request before the offer: what is asked can be asked again, what is given is kept."""
    return _fitted([need, limit, ask, give], [need, limit, give, ask], TOUCHSTONE_LENGTH)


def _message(need: str, limit: str, ask: str) -> str:
    """Say the limit whenever it fits: a message without it is another message."""
    weightiest = [limit, need, ask] if len(limit) <= MESSAGE_LENGTH else [need, ask, limit]
    return _fitted([need, limit, ask], weightiest, MESSAGE_LENGTH)


def _unapologetic(raw: str) -> str:
    return " ".join(
        _SORRY.sub("", sentence, count=1) if _SORRY.match(sentence) else sentence for sentence in sentences_of(raw)
    )


def compose(statement: Statement, language: str = "en") -> Wordings:
    """Compose touchstone, warm, firm and short wordings; raise ValueError for a language without wordings."""
    if language != "en":
        raise ValueError(f"There are no wordings for the language {language!r} yet.")
    need = _each(statement.need, _after_need, _need)
    limit = _each(statement.limit, _after_cannot, _limit)
    ask = _each(statement.ask, _after_would, _ask)
    give = _each(statement.give, _after_give, _give)
    feeling = _each(statement.feeling, _after_feel, _feeling)
    warm = [
        _each(statement.your_side, _after_see, _your_side),
        _situation(statement, feeling),
        _each(statement.landed_as, _after_landed, _landed),
        _each(statement.fear, _after_fear, _fear),
        _each(statement.origin, _same, _labelled("Part of this is older than us")),
        need,
        limit,
        _each(statement.soothe, _after_soothe, _soothe),
        ask,
        give,
        _each(statement.flexes, _same, _labelled("What can flex")),
        _each(statement.look_again, _after_look, _look_again),
    ]
    warm_text = " ".join(filter(None, warm))
    firm = [
        _each(_unapologetic(statement.need), _after_need, _need),
        _each(_unapologetic(statement.limit), _after_cannot, _limit),
        _each(_unapologetic(statement.ask), _after_would, _ask),
        _each(_unapologetic(statement.firm), _same, _labelled("What is firm")),
    ]
    return Wordings(
        touchstone=_touchstone(need, limit, ask, give),
        warm=f"{warm_text} How is that for you?" if warm_text else "",
        firm=" ".join(filter(None, firm)),
        message=_message(need, limit, ask),
    )
