"""Tries are made of the person's own words, are grammatical, plain and firm, and pass the coach themselves."""

import json
import re
from copy import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindline.coach import Note, listen
from kindline.coach.book import FAULTS, RULES
from kindline.coach.ear import by_rules
from kindline.coach.lenses import LENSES
from kindline.coach.tries.choose import is_firm
from kindline.coach.tries.phrases import phrases_for
from kindline.coach.tries.verbs import verbs

HERE = Path(__file__).parent
HARSH = [
    line["bad"]
    for line in map(json.loads, (HERE / "said.jsonl").read_text(encoding="utf-8").splitlines())
    if "bad" in line
]
CORPUS = [
    line
    for file in sorted((HERE.parents[3] / "benchmarks" / "corpus" / "en" / "ear").glob("*.jsonl"))
    for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()[::4])
]
LENS_OF = {"validation": "response", "feeling": "complaint", "other": "any"}
ILL_FORMED = re.compile(r"  | [.,?!]|\b(\w+) \1\b|[?.!]{2}|\bi\b|[{}!]")
OF_THE_OTHER = (
    "location", "password", "message", "text me", "clothes", "wear", "dress", "friend", "contact", "money", "sex",
    "phone", "see them", "would you", "could you", "please",
)  # fmt: skip


def all_tries(text: str, lens: str = "any") -> list[str]:
    return [words for note in listen(text, lens=lens).notes for words in note.tries]


def passes(words: str, lens: str) -> bool:
    heard = listen(words, lens=lens)
    return not heard.safety and all(note.weight == "listen" for note in heard.notes)


def passes_an_ear(words: str, lens: str) -> bool:
    """Tell whether both ears let it pass, or the rules alone: what one would soften is left out as tries are made."""
    heard = by_rules(words, lens=lens)[1]
    return passes(words, lens) or (not heard.safety and all(note.weight == "listen" for note in heard.notes))


@pytest.mark.parametrize(
    ("text", "lens", "said"),
    [
        ("You never take the bins out.", "any", "I'd like you to take the bins out. It matters to me."),
        ("You always interrupt me.", "complaint", "I get frustrated when you interrupt me."),
        ("You've not once filled the tank.", "complaint", "I'm angry that you haven't filled the tank."),
        ("Why can't we ever go to the lake?", "complaint", "I'd like us to go to the lake."),
        ("You hijack every story I tell.", "complaint", "I get frustrated when you take over the stories I tell."),
        ("Every conversation circles back to your car.", "complaint", "circle back to your car"),
        ("Just do the dishes!", "request", "I'd like you to do the dishes."),
        ("You've got to quit borrowing my car.", "request", "I'd like you to stop borrowing my car."),
        ("I feel like you're bored of me.", "complaint", "I'm afraid that you're bored of me. Is that so?"),
        ("If you cared you'd call.", "complaint", "It would mean a lot to me if you called."),
        ("I'm sorry I yelled, but you missed the exit.", "apology", "I'm sorry I yelled. I regret it."),
        ("Sorry you were offended by me correcting you.", "apology", "I'm sorry I corrected you. I regret it."),
        ("It's always me getting up with the baby.", "complaint", "take turns getting up with the baby"),
        ("You embarrass me showing people those photos.", "complaint", "embarrassed when you show people those photos"),
        ("You ruined Christmas.", "complaint", "I'm angry about how Christmas went."),
        ("Nobody died, it's only a mug.", "response", "The mug mattered to you. I see that."),
        (
            "You dumped wet towels on my side, you savage.",
            "complaint",
            "I'm angry that you left wet towels on my side.",
        ),
    ],
)
def test_a_try_tells_it_in_the_persons_own_words(text: str, lens: str, said: str) -> None:
    assert said in " | ".join(all_tries(text, lens))


@pytest.mark.parametrize(
    ("text", "lens", "said"),
    [
        ("You're forever at the gym.", "complaint", "I get frustrated when you're at the gym so much."),
        ("You always have time for golf.", "complaint", "I'd like some of the time you have for golf."),
        ("You make me so anxious when you drive.", "complaint", "I feel so anxious when you drive."),
        ("You gave me nightmares.", "complaint", "I've had nightmares, and I need to tell you about it."),
        ("I never agreed to hosting!", "response", "As I remember it, I didn't agree to hosting."),
        ("And when did you ever mention the party?", "response", "I don't remember you mentioning the party."),
        ("A decent man would have called.", "request", "if you had called."),
        ("You'd walk with me on Sundays if you cared.", "request", "if you walked with me on Sundays."),
        ("You only mention the fee now?", "complaint", "I'm upset that you only mention the fee now"),
        ("You cancel each and every Friday.", "complaint", "I get frustrated when you cancel on Fridays."),
        ("I feel we are drowning.", "complaint", "I'm scared that we're drowning"),
        (
            "You let that whole cake burn. Have you any idea?",
            "complaint",
            "I'm angry that you let that whole cake burn.",
        ),
        ("You're a slob. Look at this kitchen.", "complaint", "I'm frustrated about this kitchen"),
        ("It's just a mug, darling, not a tragedy.", "response", "mug"),
        ("Quit asking when we'll have children.", "boundary", "I need this to stop, and I'm saying so."),
        ("You made me look stupid at the party.", "complaint", "I felt embarrassed at the party"),
        ("You sold that ring as though it were junk.", "complaint", "I'm angry that you sold that ring."),
        ("You always have to start on politics.", "complaint", "I get frustrated when you start on politics."),
        ("You should ring me every two hours.", "request", "I'd like you to ring me every two hours."),
        (
            "You spend your entire life in that shed.",
            "complaint",
            "I get frustrated when you spend hours in that shed.",
        ),
        ("We can't go anywhere as a family any more, ever.", "complaint", "I'd like us to go somewhere as a family."),
        ("If I mattered, you'd offer before I had to ask.", "request", "It would mean a lot to me if you offered."),
        ("You pounce on every word.", "complaint", "I get frustrated when you pick up on what I say."),
        ("Must you forever be in that shed?", "complaint", "I get frustrated when you're in that shed so much."),
        ("You look at us like we're dirt.", "complaint", "why you look at us like that."),
    ],
)
def test_a_try_tells_it_in_its_size_and_in_its_place(text: str, lens: str, said: str) -> None:
    assert said in " | ".join(all_tries(text, lens))


@pytest.mark.parametrize(
    ("text", "lens", "left_out"),
    [
        ("You lounge about on the sofa all day.", "complaint", "lounge"),
        ("You whine about my mother every Sunday.", "complaint", "whine"),
        ("You're overreacting again.", "complaint", "overreacting"),
        ("You've swaddled her all wrong.", "complaint", "wrong"),
        ("Put that down and act like an adult.", "request", "act like"),
        ("Can't you climb with half a brain?", "complaint", "half a brain"),
        ("Speak properly or let me do the talking.", "request", "properly"),
        ("Your mum cries after you go up.", "complaint", "when you go up"),
        ("And what did you do to upset him?", "response", "that you did"),
        ("If you'd lit a lamp, you'd have seen the step.", "response", "had seen"),
        ("Touch my lunch again and your cheese goes.", "boundary", "touch my lunch"),
        ("I'm sorry if you thought I moved my chair.", "apology", "my chair"),
        ("Sorry if I was trying to help, so sorry for being thoughtful.", "apology", "was thoughtful"),
        ("Put a proper dress on.", "request", "dress"),
        ("It's a wonder you can be the clever one for once.", "complaint", "be the clever one"),
        ("Knock through? You idiot.", "boundary", "would you knock"),
        ("How long should they wait till you learn to cook?", "response", "that you learn"),
        ("Sorry my soup isn't up to your mother's.", "apology", "my soup"),
        ("I do the cooking, the driving, everything. You got the flu and I got the rest.", "complaint", "got the flu"),
        ("Laid off. And what am I supposed to tell my mother?", "response", "i supposed"),
        ("From today you don't take her anywhere without me.", "request", "take her somewhere"),
        ("You let her in, and I'm the one who lives with it.", "complaint", "take turns living"),
        ("Is this soup or did you strain the sea?", "complaint", "strain the sea"),
        ("You want to go because she'll be there.", "complaint", "you want to go."),
        ("That's how you travel, out of sight.", "complaint", "why you travel"),
        ("I shouted because I care, you should be flattered.", "request", "would you be flattered"),
        ("If I'd waited for you we'd be renting when we're dead.", "response", "you to waited"),
        ("You and your sister laughed, and I passed the salt.", "complaint", "when you and"),
        ("More shoes. How many feet have you grown since payday?", "complaint", "you grown"),
        ("I'm sorry gaming bothers you so much, maybe get a hobby.", "apology", "gamm"),
        ("The waiter was very kind tonight, you know.", "complaint", "waiter was"),
        ("Put. It. Back.", "request", "would you put?"),
        ("I feel like the only adult in the building.", "complaint", "seems to me that the only"),
        ("I thought I'd help you. Sorry for the kind thought.", "apology", "kind thought"),
        ("Two glasses before the cake. You're such a drunk.", "complaint", "the cake"),
        ("Don't make me pay for your mistakes.", "response", "i pay"),
        ("Just drop it.", "response", "tell me more"),
        ("Go away already!", "response", "tell me more"),
        ("After everything I did for you, this is what I get.", "complaint", "i did for you"),
        ("After all that I gave you!", "complaint", "i gave you"),
        ("Why can't you just be normal?", "complaint", "normal"),
        ("Just be reasonable for once.", "request", "be reasonable"),
    ],
)
def test_a_try_neither_judges_nor_turns_what_was_meant(text: str, lens: str, left_out: str) -> None:
    tries = " ".join(all_tries(text, lens)).lower()
    assert tries
    assert left_out not in tries


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("You never listen, you idiot.", "idiot"),
        ("You always leave your stupid bike here.", "stupid"),
        ("Cancel on me again and I'll cancel the wedding.", "cancel on me"),
        ("You're not taking that job.", "aren't taking"),
        ("How come it stinks when you were home all morning?", "that you were home"),
        ("Give me your diary.", "diary"),
    ],
)
def test_a_try_leaves_out_names_bans_and_conditions(text: str, left_out: str) -> None:
    assert left_out not in " ".join(all_tries(text, "complaint")).lower()


@pytest.mark.parametrize("lens", ["any", "complaint", "response", "apology"])
def test_every_try_passes_the_coach_and_one_is_plain_and_firm(lens: str) -> None:
    for text in HARSH:
        for note in listen(text, lens=lens).notes:
            assert 1 <= len(note.tries) <= 3
            assert any(map(is_firm, note.tries)), (text, note.tries)
            for words in note.tries:
                assert passes(words, lens), (text, words)
                assert not ILL_FORMED.search(words), (text, words)


def test_every_try_over_the_corpus_is_well_formed() -> None:
    if not CORPUS:
        pytest.skip("installed without the corpus")
    for line in CORPUS:
        for note in listen(line["text"], lens=LENS_OF.get(line["kind"], line["kind"])).notes:
            for words in note.tries:
                assert words[0].isupper(), words
                assert words[-1] in ".?", words
                assert not ILL_FORMED.search(words), (line["text"], words)


def own_side(note: Note) -> bool:
    return note.fault in ("control", "threat")


def test_beside_control_and_threat_a_try_turns_to_the_writer() -> None:
    heard = 0
    for line in [*CORPUS, *({"text": text, "kind": "any"} for text in HARSH)]:
        for note in listen(line["text"], lens=LENS_OF.get(line["kind"], line["kind"])).notes:
            heard += own_side(note)
            for words in note.tries if own_side(note) else ():
                plain = words.lower().replace("call a friend", "")
                assert not [sought for sought in OF_THE_OTHER if sought in plain], (line["text"], words)
    assert heard


def test_what_stands_on_the_pages_of_phrases_passes_the_coach() -> None:
    for fault in (*FAULTS, "areas"):
        phrases = phrases_for("en", fault)
        for topic in phrases.topics:
            assert any(map(is_firm, topic.tries)), (fault, topic.tries)
            for words in topic.tries:
                assert passes_an_ear(words, "any"), (fault, words)
        for lens in LENSES:
            assert all(passes_an_ear(words, lens) for words in phrases.whole(lens)), (fault, lens)


def test_a_page_of_phrases_belongs_to_a_fault_or_to_a_part_of_life() -> None:
    assert {file.stem for file in (RULES / "en" / "tries").glob("*.toml")} <= {*FAULTS, "areas"}


def test_tries_are_a_field_like_any_other_once_asked_for() -> None:
    note = listen("You never call me back.").notes[0]
    again = listen("You never call me back.").notes[0]
    assert note.as_dict()["tries"] == note.tries == again.tries
    assert (copy(note), hash(note)) == (note, hash(again))
    assert copy(note).tries == note.tries
    assert repr(note) == repr(again)
    with pytest.raises(AttributeError):
        note.weight = "listen"


@pytest.mark.parametrize("text", ["Don't", "So don't", "?!/don't", "Do not", "Leave me alone and", "Honestly, just"])
def test_a_sentence_that_breaks_off_is_answered_too(text: str) -> None:
    for lens in LENSES:
        assert all(note.tries for note in listen(text, lens=lens).notes), lens


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                "you never always don't have to do the dishes why can't not once every time stop I feel like sorry if "
                "but my joke and , . ? ! only a just be is 's"
            ).split()
        ),
        max_size=14,
    ),
    st.sampled_from(LENSES),
)
def test_any_order_of_words_gives_tries(words: list[str], lens: str) -> None:
    for note in listen(" ".join(words), lens=lens).notes:
        assert 1 <= len(note.tries) <= 3


@pytest.mark.parametrize(
    ("form", "base", "past", "running"),
    [
        ("took", "take", "took", "taking"), ("stopped", "stop", "stopped", "stopping"),
        ("leaves", "leave", "left", "leaving"), ("tried", "try", "tried", "trying"),
        ("sped", "speed", "sped", "speeding"),
        ("decided", "decide", "decided", "deciding"), ("nitpicking", "nitpick", "nitpicked", "nitpicking"),
        ("watches", "watch", "watched", "watching"), ("forgotten", "forget", "forgot", "forgetting"),
    ],
)  # fmt: skip
def test_a_verb_is_known_in_all_its_forms(form: str, base: str, past: str, running: str) -> None:
    assert (verbs().of(form), verbs().past(base), verbs().running(base)) == (base, past, running)
