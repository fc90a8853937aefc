"""Wordings stay in the person's own words, grammatical and within their lengths, however the boxes are filled."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kindline.coach import Statement, Wordings, compose

FULL = Statement(
    need="I need quiet evenings.", limit="think when voices rise, so i'll take a walk",
    ask="would you text me when you’re late??",
    give="my full attention at eight", situation="When voices rise at dinner", feeling="scared and small",
    fear="you'll leave",
    your_side="you work long hours", landed_as="I don't matter", origin="Silence at home meant trouble",
    soothe="Breathe on the balcony",
    firm="I leave the room", flexes="The time", look_again="in four weeks",
)  # fmt: skip

NEEDS = (
    "quiet evenings", "I need quiet evenings.", "i need i need rest", "to feel safe", "feel safe",
    "That you're on my side", "some space",
    "A little calm…", "We need time", "an hour to myself!!", "I want us to slow down",
    "need sleep. And Sundays off.", "you to listen",
    "QUIET IN THE EVENING", "honesty 🙏", "I’d like a plan", "Sundays off", "patience\nand time",
)  # fmt: skip
LIMITS = (
    "I can't think then, so I'll take a shower", "think when voices rise, so I'll take a walk",
    "can't sleep with shouting", "being shouted at",
    "the shouting", "insults", "I won't argue after ten.", "so I'll leave the room", "when voices rise I'll go out",
    "cannot lend money",
    "you shouting at me", "to be called names", "I'll leave at nine", "you raise your voice, so i go",
)  # fmt: skip
ASKS = (
    "call me", "Would you call me?", "would you would you call me", "please call me when you're late",
    "Could we talk at eight?", "to call me",
    "some help with bath time", "a text when you're late 🙂", "don't shout", "not shout", "That you call me",
    "I'd like you to call me",
    "we talk on Sundays", "let's try Fridays", "calling me", "no shouting", "you to call me",
    "Sit with me. Just for a bit!", "ten minutes",
)  # fmt: skip
GIVES = (
    "listening",
    "I'll listen",
    "to listen",
    "listen without fixing",
    "What I give: patience",
    "my full attention",
    "I'd cook.",
    "coffee in bed",
)
OTHERS = (
    "", "it", "when you come home late", "on Friday the door was open until two", "dinner yesterday", "sad",
    "I feel sad", "a bit lost...",
    "like a guest", "that you'll go", "being alone", "of losing you", "I'm afraid of silence",
    "I see you are tired", "long days", "my father",
    "it landed as rejection", "not mattering", "take a walk", "breathing", "To settle, I'll run", "in four weeks",
    "4 weeks", "Sunday", "next month",
    "after the holidays", "?", "🙂", "sorry, but I need this", "e.g. at 7 p.m. on Mondays", "…", "i", "I", "\u200b",
)  # fmt: skip

box = st.one_of(st.sampled_from(NEEDS + LIMITS + ASKS + GIVES + OTHERS), st.text(max_size=40))
statements = st.builds(
    Statement, need=st.one_of(st.sampled_from(NEEDS), box), limit=st.one_of(st.sampled_from(LIMITS), box),
    ask=st.one_of(st.sampled_from(ASKS), box), give=st.one_of(st.sampled_from(GIVES), box), situation=box,
    feeling=box, fear=box,
    your_side=box, landed_as=box, origin=box, soothe=box, firm=box, flexes=box, look_again=box,
)  # fmt: skip

DOUBLED = re.compile(r"\b(i need|would you|i can'?t|so i'll|i feel|i see that|i'll)[\s,]+\1\b", re.IGNORECASE)


def checked(words: Wordings) -> None:
    assert len(words.touchstone) <= 240
    assert len(words.message) <= 240
    for text in (words.touchstone, words.warm, words.firm, words.message):
        if not text:
            continue
        assert text[-1] in ".?…", text
        assert ".." not in text.replace("…", ""), text
        assert text == text.strip()
        first = re.search(r"[^\W_]", text)
        assert first is None or not ("a" <= first.group() <= "z"), text
    assert not words.warm or words.warm.endswith("How is that for you?")


@settings(max_examples=300, deadline=None)
@given(statements)
@example(Statement())
@example(FULL)
def test_any_filling_gives_tidy_wordings(statement: Statement) -> None:
    checked(compose(statement))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NEEDS), st.sampled_from(LIMITS), st.sampled_from(ASKS), st.sampled_from(GIVES))
def test_real_fillings_are_never_doubled_nor_begin_small(need: str, limit: str, ask: str, give: str) -> None:
    words = compose(Statement(need=need, limit=limit, ask=ask, give=give))
    for text in (words.touchstone, words.warm, words.firm, words.message):
        assert not DOUBLED.search(text), text
        assert not re.search(r"(?<![a-z]\.[a-z])[.?] [a-z]", text), text
        assert not re.search(r"\bi\b", text), text


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("quiet evenings", "I need quiet evenings."), ("I need quiet evenings.", "I need quiet evenings."),
        ("to feel safe", "I need to feel safe."),
        ("feel safe", "I need to feel safe."), ("That you're on my side", "I need to know that you're on my side."),
        ("Sundays off", "I need Sundays off."), ("I want us to slow down", "I want us to slow down."),
        ("you to listen", "I need you to listen."),
    ],
)  # fmt: skip
def test_a_need_is_said_as_a_sentence(box: str, said: str) -> None:
    assert compose(Statement(need=box)).touchstone == said


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("I can't think then, so I'll take a shower", "I can't think then, so I'll take a shower."),
        ("think when voices rise, so i'll take a walk", "I can't think when voices rise, so I'll take a walk."),
        ("can't sleep with shouting", "I can't sleep with shouting."),
        ("being shouted at", "I'm not okay with being shouted at."),
        ("so I'll leave the room", "I'll leave the room."), ("to be called names", "I can't be called names."),
        ("won't argue after ten", "I won't argue after ten."),
        ("you shouting at me", "I'm not okay with you shouting at me."),
    ],
)  # fmt: skip
def test_a_limit_is_said_as_a_sentence(box: str, said: str) -> None:
    assert compose(Statement(limit=box)).touchstone == said


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("call me", "Would you call me?"), ("Would you call me?", "Would you call me?"),
        ("Could we talk at eight?", "Could we talk at eight?"),
        ("to call me", "Would you call me?"), ("you to call me", "Would you call me?"),
        ("don't shout", "Would you please not shout?"),
        ("a text when you're late", "Would you be open to a text when you're late?"),
        ("calling me", "Would you be open to calling me?"),
        ("I'd like you to call me", "I'd like you to call me."), ("we talk on Sundays", "Could we talk on Sundays?"),
    ],
)  # fmt: skip
def test_a_request_is_asked_as_a_question(box: str, said: str) -> None:
    assert compose(Statement(ask=box)).touchstone == said


def test_the_warm_version_carries_every_filled_line() -> None:
    warm = compose(FULL).warm
    for words in (
        "long hours",
        "scared and small",
        "matter",
        "leave",
        "trouble",
        "quiet evenings",
        "balcony",
        "text me",
        "attention",
        "time",
        "four weeks",
    ):
        assert words in warm


def test_half_a_sentence_about_the_situation_joins_the_feeling() -> None:
    assert "When voices rise at dinner, I feel scared and small." in compose(FULL).warm


def test_the_firm_version_has_no_apology_and_keeps_the_limit() -> None:
    firm = compose(
        Statement(need="sorry, but I need sleep", limit="I won't argue after ten", ask="Sorry, would you wait?")
    ).firm
    assert "sorry" not in firm.lower()
    assert "I won't argue after ten." in firm


def test_an_empty_draft_gives_no_wordings() -> None:
    assert compose(Statement()) == Wordings("", "", "", "")
    assert compose(Statement(need="I need", ask="Would you…", limit=" \n")) == Wordings("", "", "", "")


def test_a_long_touchstone_keeps_whole_sentences_and_words() -> None:
    words = compose(Statement(need="calm " * 100, limit="talk then", ask="wait"))
    assert len(words.touchstone) <= 240
    assert words.touchstone.endswith("calm…")
    two = compose(Statement(need="a " + "calm " * 40, limit="talk " * 30, ask="wait a moment"))
    assert two.touchstone.endswith("Would you wait a moment?")


def test_a_message_keeps_the_limit_beside_the_request() -> None:
    lines = Statement(
        need="an hour to land", limit="I won't talk at the door", ask="wait until eight", give="I'll cook"
    )
    assert compose(lines).message == "I need an hour to land. I won't talk at the door. Would you wait until eight?"


def test_a_message_that_is_too_long_lets_go_of_the_request_and_then_of_the_need() -> None:
    limit = "I won't talk at the door"
    long = compose(Statement(need="an hour " + "and rest " * 12, limit=limit, ask="wait " * 30)).message
    assert long.startswith("I need an hour")
    assert long.endswith("I won't talk at the door.")
    assert compose(Statement(need="rest " * 45, limit=limit, ask="wait")).message == f"{limit}. Would you wait?"
    assert compose(Statement(need="rest", limit="talk " * 60, ask="wait")).message == "I need rest. Would you wait?"


def test_a_touchstone_keeps_the_offer_before_the_request() -> None:
    lines = Statement(need="an hour to land", limit="I won't talk at the door", give="I'll ask about your day")
    whole = compose(lines).touchstone
    assert whole.endswith("I'll ask about your day.")
    crowded = compose(replace(lines, ask="wait " * 40)).touchstone
    assert crowded == whole


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NEEDS), st.sampled_from(LIMITS), st.sampled_from(ASKS), st.sampled_from(GIVES))
def test_short_lines_all_reach_touchstone_and_message(need: str, limit: str, ask: str, give: str) -> None:
    words = compose(Statement(need=need, limit=limit, ask=ask, give=give))
    [own_limit, offer] = [compose(Statement(limit=limit)).touchstone, compose(Statement(give=give)).touchstone]
    assert own_limit in words.message
    assert own_limit in words.touchstone
    assert words.touchstone.endswith(offer)


def test_a_language_without_wordings_is_refused() -> None:
    with pytest.raises(ValueError, match="no wordings"):
        compose(Statement(need="Ruhe"), language="xx")


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("you can have the car on Saturdays", "You can have the car on Saturdays."),
        ("Dinner is on me on Fridays", "Dinner is on me on Fridays."),
        ("mine goes in the drawer first", "Mine goes in the drawer first."),
        ("cooking on Sundays", "I'll cook on Sundays."),
        ("not shouting", "I won't shout."),
        ("paint the hall with you", "I'll paint the hall with you."),
        ("coffee in bed", "I can offer coffee in bed."),
        ("no calls while you're away", "From me: no calls while you're away."),
    ],
)
def test_an_offer_is_said_as_a_sentence_of_its_own(box: str, said: str) -> None:
    assert compose(Statement(give=box)).touchstone == said


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("phones at the table", "I'm not okay with phones at the table."),
        ("no calls before noon", "I'm not okay with calls before noon."),
        ("host on weeknights", "I can't host on weeknights."),
        ("sign anything I haven't read", "I can't sign anything I haven't read."),
        ("people walk in without knocking", "I can't carry on when people walk in without knocking."),
    ],
)
def test_a_limit_knows_a_thing_from_a_deed(box: str, said: str) -> None:
    assert compose(Statement(limit=box)).touchstone == said


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (Statement(need="trust"), "I need trust."),
        (Statement(need="being heard"), "I need to be heard."),
        (Statement(ask="headphones after ten"), "Would you be open to headphones after ten?"),
        (Statement(ask="do the bathroom"), "Would you do the bathroom?"),
    ],
)
def test_a_need_and_an_ask_know_a_thing_from_a_deed(statement: Statement, said: str) -> None:
    assert compose(statement).touchstone == said


def test_what_was_feared_or_felt_may_be_a_sentence() -> None:
    assert "I'm afraid the kids remember this." in compose(Statement(fear="the kids remember this")).warm
    assert "as though my view doesn't count." in compose(Statement(landed_as="my view doesn't count")).warm
