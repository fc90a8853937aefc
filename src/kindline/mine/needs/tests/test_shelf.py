"""Where questionnaires stand: ours always, an operator's when the file is right, a sentence for each that is wrong."""

import os
import re
from pathlib import Path

import pytest

from kindline.mine.needs import queries, rules
from kindline.mine.needs.instruments import read
from kindline.mine.needs.shelf import LARGEST, MOST, OURS, OWN_CHECK, shelf
from kindline.mine.needs.tests.files import CSI_4, ECR_RS
from tests.house.test_words import FORBIDDEN, LABELS
from tests.house.tree import ROOT


def ids(folder: Path) -> list[str]:
    return [one.id for one in shelf(folder, "en").instruments]


def test_without_any_files_our_own_check_stands_there(tmp_path: Path) -> None:
    assert ids(tmp_path) == [OWN_CHECK]
    assert ids(tmp_path / "not-there") == [OWN_CHECK]
    assert shelf(tmp_path, "en").problems == ()


def test_an_operators_files_stand_beside_it(tmp_path: Path) -> None:
    (tmp_path / "ecr-rs.toml").write_text(ECR_RS)
    (tmp_path / "csi-4.toml").write_text(CSI_4)
    (tmp_path / "notes.txt").write_text("not an instrument")
    assert ids(tmp_path) == [OWN_CHECK, "csi-4", "ecr-rs"]


def test_a_wrong_file_is_skipped_and_named_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "ecr-rs.toml").write_text(ECR_RS)
    (tmp_path / "csi-4.toml").write_text(CSI_4.replace("ordinary = 3", "ordinary = 0"))
    found = shelf(tmp_path, "en")
    assert [one.id for one in found.instruments] == [OWN_CHECK, "ecr-rs"]
    assert len(found.problems) == 1
    assert found.problems[0].startswith("instruments/csi-4.toml: “ordinary”")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("leaning.toml", ECR_RS.encode(), "taken"),
        ("My File.toml", ECR_RS.encode(), "small letters"),
        ("latin.toml", ECR_RS.replace("ECR-RS", "Nähe").encode("latin-1"), "UTF-8"),
        ("huge.toml", ECR_RS.encode() + b"\n#" + b"x" * LARGEST, "larger"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert ids(tmp_path) == [OWN_CHECK]
    assert says in shelf(tmp_path, "en").problems[0]


def test_a_folder_in_the_place_of_a_file_is_a_problem_and_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").mkdir()
    assert ids(tmp_path) == [OWN_CHECK]
    assert len(shelf(tmp_path, "en").problems) == 1


def test_a_crowd_of_files_is_cut(tmp_path: Path) -> None:
    for number in range(MOST + 1):
        (tmp_path / f"n{number:03}.toml").write_text(ECR_RS)
    assert len(ids(tmp_path)) == 1 + MOST
    assert f"first {MOST}" in shelf(tmp_path, "en").problems[0]


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "ecr-rs.toml"
    file.write_text(ECR_RS)
    shelf(tmp_path, "en")
    file.write_text(ECR_RS.replace('"ECR-RS"', '"Another name"'))
    os.utime(file, ns=(1, 1))
    assert shelf(tmp_path, "en").instruments[1].name == "Another name"


def test_doctor_hears_of_problems(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments/broken.toml").write_text("name = ")
    assert len(queries.instrument_problems()) == 1
    assert "broken.toml" in queries.instrument_problems()[0]


def test_our_own_check_has_ten_statements_on_two_lines_from_1_to_7(tmp_path: Path) -> None:
    ours = shelf(tmp_path, "en").instruments[0]
    assert len(ours.items) == 10
    assert {scale.name for scale in ours.scales} == set(rules.LEANING)
    assert sorted(number for scale in ours.scales for number in scale.items) == list(range(1, 11))
    assert {ours.ends(scale) for scale in ours.scales} == {(rules.LEAST, rules.MOST)}
    assert (ours.ordinary, ours.again_after_days, ours.shows) == (rules.ORDINARY, 90, "line")
    assert all(0 < len(scale.reverse) < len(scale.items) for scale in ours.scales), "some are said the other way round"


def test_a_language_without_a_translation_gets_the_english_one(tmp_path: Path) -> None:
    assert shelf(tmp_path, "xx").instruments[0] == shelf(tmp_path, "en").instruments[0]


def test_the_example_in_the_docs_can_be_used_as_it_stands() -> None:
    example = (ROOT / "docs/instruments.md").read_text().partition("```toml")[2].partition("```")[0]
    evenings = read(example, "our-evenings")
    assert [len(one.steps) for one in evenings.items] == [7, 7, 4]
    assert evenings.numbers({"1": 6, "2": 2, "3": 0}) == {"warmth": 6.0}


@pytest.mark.parametrize("file", sorted(OURS.rglob("*.toml")), ids=lambda file: file.parent.name)
def test_our_own_statements_use_no_word_that_is_never_shown(file: Path) -> None:
    said = re.sub(r"^#.*$", "", file.read_text(), flags=re.MULTILINE)
    assert not FORBIDDEN.search(said)
    assert not LABELS.search(said)
    assert "!" not in said
