"""The learned ear: its file is whole and current, it is quick, sure before it stops, and the rules come first."""

import itertools
import json
import time
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindline.coach import listen, weights
from kindline.coach.book import FAULTS, PARTS, load_book
from kindline.coach.ear import by_rules
from kindline.coach.learned import EARS, HARD, LONGEST_STRETCH, ear_for, stretches
from kindline.coach.lenses import LENSES
from kindline.coach.reading import read
from kindline.coach.weights import Weights, WeightsError

FILE = EARS / "en.ear"
ROOT = Path(__file__).parents[4]
LARGEST_FILE = 1_500_000
MADE_FROM = ("benchmarks/corpus/en/ear/*.*", "tools/*ear*.py", "src/kindline/coach/traits.py")


def test_the_file_is_small_and_hears_every_part_and_nearly_every_fault() -> None:
    ear = Weights(FILE)
    assert FILE.stat().st_size <= LARGEST_FILE
    assert set(ear.hears) == {HARD, *FAULTS, *PARTS} - {"no-offer", "no-request"}


def test_the_file_was_made_from_this_corpus_and_this_script() -> None:
    if not (ROOT / "tools" / "train_ear.py").is_file():
        pytest.skip("installed without the tools")
    found = sha256()
    for pattern in MADE_FROM:
        for file in sorted(ROOT.glob(pattern)):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    assert Weights(FILE).about["made-from"] == found.hexdigest(), "run: python tools/train_ear.py (CONTRIBUTING.md)"


@pytest.mark.parametrize("spoilt", [b"", b"{}\n", b"no line", b'{"kind": 1}\n', b"[1]\n"])
def test_a_file_that_is_no_ear_is_refused_by_name(tmp_path: Path, spoilt: bytes) -> None:
    file = tmp_path / "odd.ear"
    file.write_bytes(spoilt)
    with pytest.raises(WeightsError, match=r"odd\.ear"):
        Weights(file)


@pytest.mark.parametrize("by", [-1, 1])
def test_a_file_cut_short_or_grown_is_refused(tmp_path: Path, by: int) -> None:
    whole = FILE.read_bytes()
    file = tmp_path / "odd.ear"
    file.write_bytes(whole[:by] if by < 0 else whole + b"x")
    with pytest.raises(WeightsError):
        Weights(file)


def test_a_file_whose_marks_are_out_of_order_is_refused(tmp_path: Path) -> None:
    whole = FILE.read_bytes()
    start = whole.index(b"\n") + 1
    first, second = whole[start : start + 4], whole[start + 4 : start + 8]
    file = tmp_path / "odd.ear"
    file.write_bytes(whole[:start] + second + first + whole[start + 8 :])
    with pytest.raises(WeightsError, match=r"odd\.ear.*ascend"):
        Weights(file)


def test_what_it_remembers_of_traits_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ear, some = Weights(FILE), [f"w {word}" for word in ("never", "sorry", "qwertz", "you", "thanks")]
    first = ear.sums(some)
    assert any(first[place] != nothing for place, nothing in enumerate(ear.sums([])))
    monkeypatch.setattr(weights, "MOST_MET", 2)
    assert [ear.sums(some) for _ in range(3)] == [first] * 3


def test_every_fault_it_names_has_a_page_that_says_why_and_what_else() -> None:
    pages = {rule.serves for rule in load_book("en").rules if rule.kind == "ear"}
    assert pages == set(Weights(FILE).hears) & set(FAULTS)


def test_adding_long_numbers_adds_every_weight(tmp_path: Path) -> None:
    about = {
        "kind": "kindline ear 1", "hears": ["a", "b", "c"], "traits": 2, "limits": {},
        "scales": [1, 0.5, 1], "biases": [0, 1, -1],
    }  # fmt: skip
    from zlib import crc32  # noqa: PLC0415 - only here

    rows = {crc32(b"w x"): (-128, 127, 0), crc32(b"w y"): (-1, -127, 5)}
    content = json.dumps(about).encode() + b"\n" + b"".join(mark.to_bytes(4, "little") for mark in sorted(rows))
    content += b"".join(b"".join(n.to_bytes(1, "little", signed=True) for n in rows[mark]) for mark in sorted(rows))
    (tmp_path / "small.ear").write_bytes(content)
    ear = Weights(tmp_path / "small.ear")
    assert ear.sums(["w x", "w y", "w z"]) == [-129.0, 1.0, 4.0]
    assert ear.sums([]) == [0.0, 1.0, -1.0]
    assert ear.sums(["w \ud800"]) == [0.0, 1.0, -1.0]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(LENSES))
def test_safety_is_the_rules_alone(text: str, lens: str) -> None:
    _, rules = by_rules(text, lens)
    both = listen(text, lens)
    assert both.safety == rules.safety
    if rules.safety:
        assert both.notes == rules.notes


def test_a_rule_keeps_its_word_where_it_stops() -> None:
    for text in ("If you go out tonight, I'm leaving you.", "Give me your phone.", "You disgust me."):
        assert [note for note in listen(text).notes if note.weight == "stop"] == [
            note for note in by_rules(text)[1].notes if note.weight == "stop"
        ]


def test_it_hears_what_no_rule_does() -> None:
    text = "Lovely. Another evening of your back."
    heard = [note for note in listen(text, lens="complaint").notes if note.rule.startswith("ear-")]
    quiet = [note for note in by_rules(text, "complaint")[1].notes if note.weight != "listen"]
    assert not quiet
    assert heard
    assert all(text[note.start : note.end] == note.words for note in heard)


def test_a_greeting_does_not_cover_what_follows() -> None:
    assert {note.weight for note in listen("Hello love.\nHonestly, you never listen.").notes} == {"soften"}


@pytest.mark.parametrize(
    "text",
    [
        "Under stress I go quiet. It isn't about you.", "I love you.", "Could you pick up milk?", "See you at six.",
        "The train is late, start without me.", "I'm furious that the rent is gone.", "Thank you for last night.",
    ],
)  # fmt: skip
def test_ordinary_lines_stay_quiet(text: str) -> None:
    for lens in ("any", "response"):
        assert not [note for note in listen(text, lens=lens).notes if note.weight != "listen"], lens


def test_a_long_text_is_weighed_in_stretches_of_whole_sentences() -> None:
    sentences = read("You never call me. I wait by the phone all day. " * 200)
    found = stretches(sentences)
    assert sum(len(stretch.sentences) for stretch in found) == len(sentences)
    assert all(sum(len(s.words) for s in stretch.sentences) <= LONGEST_STRETCH for stretch in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_time_grows_with_length_and_no_faster() -> None:
    def seconds(text: str) -> float:
        begun = time.process_time()
        listen(text)
        return time.process_time() - begun

    line = "You parked me at your mother's and then you laughed, so well done. "
    seconds(line * 100)
    short, long = min(seconds(line * 150) for _ in range(3)), min(seconds(line * 1500) for _ in range(3))
    assert long < 50 * short, "ten times as long; squared it would be a hundred"
    assert long < 2


def test_a_language_without_an_ear_is_heard_by_rules() -> None:
    assert ear_for("xx") is None


def test_loading_is_quick() -> None:
    def seconds() -> float:
        begun = time.process_time()
        Weights(FILE)
        return time.process_time() - begun

    assert min(seconds() for _ in range(3)) < 0.05


def test_it_adds_nothing_less_sure_to_what_a_rule_has_said() -> None:
    assert [note.rule for note in listen("I need some air.", lens="pause").notes] == ["no-return-time"]


def test_a_kind_form_keeps_it_silent_too() -> None:
    assert listen("Aren't you cold?").notes == ()


def test_it_hears_no_control_in_an_apology() -> None:
    pages = {rule.serves: rule for rule in load_book("en").rules if rule.kind == "ear"}
    assert not pages["control"].listens("apology")
    assert not pages["threat"].listens("apology")


def test_what_a_rule_only_thought_softens_where_the_ear_is_sure_of_the_same() -> None:
    text = "It's just a lift, we'll go another day."
    assert {note.weight for note in by_rules(text, "response")[1].notes} == {"listen"}
    heard = listen(text, lens="response").notes
    assert [(note.fault, note.weight) for note in heard] == [("minimising", "soften")]
    assert not [note for note in heard if note.rule.startswith("ear-")]


@pytest.mark.parametrize(
    "gives", ["I'd sit with you on Sunday", "I'd make us breakfast before", "Sunday is all yours then", "Ask me at ten"]
)
def test_what_one_ear_has_heard_is_not_missed_by_the_other(gives: str) -> None:
    text = f"I need the evenings. I can't take calls then, would you ring at noon? {gives}."
    assert "no-offer" in {note.fault for note in by_rules(text, "boundary")[1].notes}
    heard = listen(text, lens="boundary")
    is_missed = "no-offer" in {note.fault for note in heard.notes}
    assert is_missed == ("offer" not in {part.name for part in heard.parts})
