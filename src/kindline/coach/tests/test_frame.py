"""The frame under the rules: levelling, reading, patterns, the gate, the book's refusals, and linear work."""

from functools import reduce
from operator import or_
from pathlib import Path

import pytest

from kindline.coach.book import Rule, RuleError, load_book, read_rule
from kindline.coach.clauses import CLAUSE_MARKS
from kindline.coach.ear import gate_for
from kindline.coach.patterns import Pattern, PatternError
from kindline.coach.reading import IF, LONGEST_SENTENCE, QUESTION, opened, read
from kindline.coach.text import Levelled
from kindline.coach.words import Vocabulary, words_in

VOCABULARY = load_book("en").vocabulary

WHOLE = """hears = "a form"
fault = "label"
weight = "soften"
lenses = []
why = "Because."
source = "own"
says = "It may land hard."
tries = ["I feel sad."]
words = '''
you are ~2 @insult
'''
"""
EXAMPLES = """
[[heard]]
text = "a"
part = "a"

[[heard]]
text = "b"
part = "b"

[[quiet]]
text = "c"

[[quiet]]
text = "d"
"""


def line_of(text: str) -> str:
    return gate_for("en").write(read(text)[0].words, "any")[0]


def finds(written: str, text: str) -> bool:
    return Pattern(written, VOCABULARY).expression.search(line_of(text)) is not None


def refused(tmp_path: Path, content: str) -> RuleError:
    file = tmp_path / "a-rule.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read_rule(file, "fault", VOCABULARY)
    return caught.value


def test_short_forms_are_opened() -> None:
    assert opened("you're") == ("you", "are")
    assert opened("won't") == ("will", "not")
    assert opened("shouldn't've") == ("should", "not", "have") or opened("shouldn't've")[-1] == "have"
    assert opened("mum's") == ("mum", "'s")
    assert opened("it's") == ("it", "is")
    assert opened("n't") == ("n't",)


def test_places_lead_back_through_invisible_and_growing_letters() -> None:
    levelled = Levelled("a\u200bİb")
    assert levelled.plain[0] == "a"
    assert levelled.origin(1) == 2
    assert levelled.origin(len(levelled.plain)) == 4


def test_sentences_end_at_stops_and_new_lines_not_at_clock_times() -> None:
    assert len(read("I'm home. Are you?\nYes")) == 3
    assert len(read("Back at 21.15, or 9 p.m. at the latest")) == 1


def test_marks_tell_questions_and_conditions() -> None:
    first, second = read("Would you call? I'll go if it rains.")
    assert first.marks & QUESTION
    assert second.marks & IF


def test_a_long_sentence_is_read_in_pieces() -> None:
    sentences = read("word " * 1000)
    assert max(len(sentence.words) for sentence in sentences) <= LONGEST_SENTENCE + 2


def test_patterns_hear_words_classes_gaps_and_edges() -> None:
    assert finds("you ~2 late", "You were very late")
    assert not finds("you ~1 late", "You were so very late")
    assert not finds("you ~5 late", "You came, late")
    assert finds("you ~,5 late", "You came, late")
    assert finds("you are @insult", "You are a liar") is False
    assert finds("you are a? @insult", "You're a liar")
    assert finds("< stop", "Oh, honestly, stop")
    assert not finds("< stop", "I will stop")
    assert finds("^ you", "When it rains, you drive")
    assert finds("i feel !@feeling", "I feel like it")
    assert not finds("i feel !@feeling", "I feel sad")
    assert finds("no >", "No, thanks")


@pytest.mark.parametrize("written", ["you @nothing-there", "you ~20 late", "* *", "a ~ b ~ c ~ d ~ e ~ f"])
def test_a_pattern_that_cannot_stand_is_refused(written: str) -> None:
    with pytest.raises(PatternError):
        Pattern(written, VOCABULARY)


def test_the_gate_never_hides_a_pattern_that_would_match() -> None:
    gate = gate_for("en")
    for rule in load_book("en", with_examples=True).rules:
        for example in (*rule.heard, *rule.quiet):
            for sentence in read(example.text):
                line, left = gate.write(sentence.words, example.lens)
                for bit, (other, pattern, _) in enumerate(gate.entries):
                    if not left >> bit & 1 and other.listens(example.lens):
                        assert pattern.found(line) is None, (pattern.written, example.text)


def test_a_class_told_by_its_ending_lets_a_pattern_through_only_beside_such_a_word() -> None:
    gate = gate_for("en")
    (bit,) = (bit for bit, (_, pattern, _) in enumerate(gate.entries) if pattern.written == "^ you @ed ~6")
    for text, lets in (("You zorbed my plan.", 1), ("You zorb my plan.", 0)):
        assert gate.write(read(text)[0].words, "any")[1] >> bit & 1 == lets


def test_marks_that_are_said_to_be_impossible_are_not_there_when_the_clauses_are_read() -> None:
    reader, refused = gate_for("en").reader, 0
    for rule in load_book("en", with_examples=True).rules:
        for example in (*rule.heard, *rule.quiet):
            for sentence in read(example.text):
                there = reduce(or_, [clause.marks for clause in reader.clauses(sentence)])
                for name, mark in CLAUSE_MARKS.items():
                    if not reader.may_mark(sentence, mark):
                        refused += 1
                        assert not there & mark, (name, example.text)
    assert refused > 1000


def test_the_gate_lets_few_patterns_through_and_first_those_of_the_first_rule() -> None:
    gate = gate_for("en")
    _, left = gate.write(read("You never listen to me.")[0].words, "any")
    assert 0 < left.bit_count() < len(gate.entries) / 50
    names = [rule.name for rule, _, _ in reversed(gate.entries)]
    heard = [rule for rule in load_book("en").rules if rule.name in names]
    assert list(dict.fromkeys(names)) == [rule.name for rule in heard]
    for rule, _, lowest in gate.entries:
        assert gate.entries[lowest][0] is rule
        assert lowest == 0 or gate.entries[lowest - 1][0] is not rule


def test_a_whole_rule_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "fine.toml"
    file.write_text(WHOLE + EXAMPLES, encoding="utf-8")
    assert isinstance(read_rule(file, "fault", VOCABULARY), Rule)


@pytest.mark.parametrize("missing", ["hears", "why", "source", "weight", "lenses", "says", "tries", "words"])
def test_a_rule_without_a_reason_or_words_is_refused_by_name(tmp_path: Path, missing: str) -> None:
    content = WHOLE.partition(missing + " = ")[0] + "\n".join(WHOLE.partition(missing + " = ")[2].split("\n")[1:])
    content = content.replace("you are ~2 @insult\n'''\n", "") if missing == "words" else content
    error = refused(tmp_path, content + EXAMPLES)
    assert f"the rule has no {missing}" in str(error)
    assert "a-rule.toml:1:" in str(error)


@pytest.mark.parametrize("kind", ["heard", "quiet"])
def test_a_rule_with_one_example_is_refused(tmp_path: Path, kind: str) -> None:
    error = refused(
        tmp_path, WHOLE + EXAMPLES.replace(f'[[{kind}]]\ntext = "{"a" if kind == "heard" else "c"}"\n', "", 1)
    )
    assert f"the rule has 1 [[{kind}]], needs 2" in str(error)


def test_a_broken_pattern_is_refused_with_its_line(tmp_path: Path) -> None:
    error = refused(tmp_path, WHOLE.replace("@insult", "@insults") + EXAMPLES)
    assert "a-rule.toml:10:" in str(error)
    assert "@insults" in str(error)


def test_broken_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "a-rule.toml:3:" in str(refused(tmp_path, WHOLE.replace('weight = "soften"', "weight = soften") + EXAMPLES))


def test_verbs_bring_their_forms() -> None:
    assert words_in("call+ stop=+ go/went/gone+ hurry+ x") == [
        "call", "calls", "calling", "called", "stop", "stops", "stopping", "stopped", "go", "goes", "going", "went",
        "gone",
        "hurry", "hurries", "hurrying", "hurried", "x",
    ]  # fmt: skip


def test_a_class_may_hold_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("@one\na b\n@two\n@one c\n", encoding="utf-8")
    vocabulary = Vocabulary(tmp_path)
    assert vocabulary.classes["one"] == {"a", "b"}


def test_no_pattern_takes_more_than_a_few_gaps_so_the_work_stays_linear() -> None:
    """Counts the words each pattern may skip in inner gaps: the bound of its work at one place of a sentence."""
    for rule in load_book("en").rules:
        for pattern in (*rule.patterns, *rule.unless.patterns, *rule.unless_text.patterns):
            gaps = [int(part.strip("~,()[]") or 3) for part in pattern.written.split()[:-1] if part.startswith("~")]
            work = 1
            for gap in gaps:
                work *= gap + 1
            assert work <= 1000, (rule.name, pattern.written)
