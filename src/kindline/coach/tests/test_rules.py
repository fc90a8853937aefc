"""Every rule hears its own examples, stays quiet on the others, and the coach speaks as it teaches."""

from pathlib import Path

import pytest

from kindline.coach import listen
from kindline.coach.book import FAULTS, PARTS, Example, Rule, RuleError, load_book, read_rule
from kindline.coach.book import RULES as RULES_FOLDER
from kindline.coach.ear import by_rules
from kindline.coach.note import Heard
from kindline.coach.patterns import Pattern

BOOK = load_book("en", with_examples=True)
RULES = [pytest.param(rule, id=rule.name) for rule in BOOK.rules if rule.kind != "ear"]
FAULT_RULES = [pytest.param(rule, id=rule.name) for rule in BOOK.rules if rule.kind in ("fault", "ear")]
ASKING_FOR_WHAT_IS_THEIRS = (
    "location", "password", "message", "text me", "clothes", "wear", "dress", "friend", "contact", "money", "sex",
    "phone", "see them",
)  # fmt: skip


def heard_words(rule: Rule, example: Example) -> tuple[Heard, list[str]]:
    """Return what was heard, and the words this rule pointed at."""
    heard = listen(example.text, lens=example.lens)
    if rule.kind == "fault":
        return heard, [note.words for note in heard.notes if note.rule == rule.name]
    if rule.kind == "part":  # what the learned ear guesses beside it is no word of this rule
        parts = by_rules(example.text, example.lens)[1].parts
        return heard, [part.words for part in parts if part.name == rule.serves]
    if rule.kind == "frame":
        return heard, [] if {note.fault for note in heard.notes} & rule.silences else [example.text]
    return heard, ["safety"] if heard.safety else []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_hears_its_own_examples_at_the_place_it_names(rule: Rule) -> None:
    for example in rule.heard:
        _, words = heard_words(rule, example)
        assert words, f"{rule.name} does not hear: {example.text}"
        if rule.kind in ("fault", "part"):
            assert example.part in example.text
            assert any(example.part in found or found in example.part for found in words), (example.part, words)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_stays_quiet_where_it_says_so(rule: Rule) -> None:
    for example in rule.quiet:
        heard, words = heard_words(rule, example)
        assert not words, f"{rule.name} hears: {example.text} {words}"
        if rule.kind == "fault" and "nothing" not in example.text:
            assert not [n for n in heard.notes if n.weight == "stop"], example.text


@pytest.mark.parametrize("rule", FAULT_RULES)
def test_the_coach_speaks_as_it_teaches(rule: Rule) -> None:
    spoken = [rule.says, rule.why, *(words for words in rule.tries if "{own}" not in words)]
    for example in rule.heard:
        spoken += [
            words
            for note in listen(example.text, lens=example.lens).notes
            if note.rule == rule.name
            for words in note.tries
        ]
    for sentence in spoken:
        assert "!" not in sentence
        for lens in ("any", "apology", "boundary"):
            notes = [note for note in listen(sentence, lens=lens).notes if note.weight != "listen"]
            assert not notes, f"{rule.name}: {sentence!r} -> {[(n.rule, n.words) for n in notes]}"


@pytest.mark.parametrize("rule", FAULT_RULES)
def test_nothing_the_coach_offers_is_heard_as_danger(rule: Rule) -> None:
    for sentence in (rule.says, *rule.tries):
        for borrowed in ("tell me about your day", "wait for me"):
            assert not listen(sentence.replace("{own}", borrowed)).safety, sentence


def test_no_try_for_control_or_threat_reaches_for_what_is_theirs() -> None:
    for rule in BOOK.rules:
        if rule.serves in ("control", "threat"):
            for words in rule.tries:
                plain = words.lower().replace("call a friend", "")
                assert not [sought for sought in ASKING_FOR_WHAT_IS_THEIRS if sought in plain], words
                assert "would you" not in plain
                assert "could you" not in plain
                assert "{own}" not in words


@pytest.mark.parametrize("rule", FAULT_RULES)
def test_at_least_one_try_is_always_there(rule: Rule) -> None:
    assert [words for words in rule.tries if "{own}" not in words]


def test_every_fault_and_every_part_has_a_rule() -> None:
    assert {rule.serves for rule in BOOK.rules if rule.kind == "fault"} == set(FAULTS)
    assert {rule.serves for rule in BOOK.rules if rule.kind == "part"} == set(PARTS)


def test_every_rule_names_its_source_and_reason() -> None:
    for rule in BOOK.rules:
        assert rule.source
        assert rule.why.endswith(".")
        if rule.kind != "ear":
            assert len(rule.heard) >= 2
            assert len(rule.quiet) >= 2


def test_an_option_of_several_words_that_would_be_cut_is_refused_with_file_and_line(tmp_path: Path) -> None:
    whole = (RULES_FOLDER / "en" / "stonewalling.toml").read_text(encoding="utf-8")
    first = "do not follow ~2\n"
    for cut in (
        "^ that is|this is|it is over",
        "am i|was i being late",
        "you can be|have been late",
        "we took you|are late",
    ):
        refused = tmp_path / "stonewalling.toml"
        refused.write_text(whole.replace(first, f"{cut}\n"), encoding="utf-8")
        line = whole[: whole.index(first)].count("\n") + 1
        with pytest.raises(RuleError, match=rf"stonewalling\.toml:{line}: options of several words"):
            read_rule(refused, "fault", BOOK.vocabulary, with_examples=True)


def test_options_of_several_words_are_heard_as_written() -> None:
    pattern = Pattern("^ that_is|it_would_be late", BOOK.vocabulary)
    for text, found in (("that is late", True), ("it would be late", True), ("that be late", False)):
        line = "".join(BOOK.vocabulary.encoded(word) for word in text.split())
        assert (pattern.found(line) is not None) is found


def test_no_asking_is_offered_for_what_is_threat_or_control() -> None:
    for text in ("Give me your phone.", "Pack your bags and get out of my house tonight."):
        notes = listen(text).notes
        assert [note for note in notes if note.weight == "stop"], text
        assert not [note for note in notes if note.fault == "demand"], text


def test_no_try_tells_a_story_of_its_own_after_an_insult() -> None:
    for text in ("You're selfish.", "Everyone thinks you're a bad mother.", "Stop crying."):
        offered = " ".join(words for note in listen(text).notes for words in note.tries)
        assert offered
        assert "last night" not in offered
        assert "tonight" not in offered
