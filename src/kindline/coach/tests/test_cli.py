"""The command: exit codes, streaming, explaining, and running with the standard library alone."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import kindline
from kindline.coach.book import load_book
from kindline.coach.cli import main
from kindline.coach.pages import markdown

SRC = Path(kindline.__file__).parents[1]


def run(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run `python -m kindline.coach` without site packages, as a bare machine would."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "kindline.coach", *argv],
        input=stdin, capture_output=True, cwd=SRC, env={"PYTHONPATH": str(SRC)}, check=False, timeout=180,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_it_runs_with_the_standard_library_alone() -> None:
    code, out, err = run(stdin=b"You never listen to me.")
    assert (code, err) == (1, "")
    assert "<stdin>:1:1: soften absolute (absolute-you)" in out
    assert "try: " in out


def test_a_kind_text_ends_with_zero() -> None:
    code, out, _ = run(stdin=b"I feel sad. Would you sit with me?")
    assert code == 0
    assert "already there: feeling" in out
    assert "Nothing to soften." in out


def test_safety_shows_where_help_is() -> None:
    code, out, _ = run(stdin=b"You grabbed my arm.")
    assert code == 0
    assert "Help" in out


def test_json_has_the_promised_shape() -> None:
    code, out, _ = run("--format", "json", "--lens", "complaint", stdin="You’re such a slob. I feel sad.".encode())
    heard = json.loads(out)
    assert code == 1
    assert set(heard) == {"notes", "parts", "safety"}
    assert set(heard["notes"][0]) == {"rule", "fault", "weight", "start", "end", "words", "says", "tries"}
    assert set(heard["parts"][0]) == {"name", "start", "end"}


def test_a_stream_answers_every_line_in_order_and_survives_bad_ones() -> None:
    lines = [
        b'{"id": 1, "text": "I feel sad."}', b"not json", b'{"id": "b", "text": 7}', b"[1]",
        b'{"id": 3, "text": "x", "lens": "none"}',
        b'{"id": 4, "text": "x", "lens": 4}', b"\xff\xfe", b"", b'{"text": "You never listen."}',
    ]  # fmt: skip
    code, out, err = run("check", "--format", "jsonl", stdin=b"\n".join(lines))
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (2, "")
    assert len(answers) == 8
    assert answers[0]["id"] == 1
    assert answers[0]["notes"] == []
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, True, True, False]
    assert [answer.get("id") for answer in answers] == [1, None, "b", None, 3, 4, None, None]


def test_a_stream_with_something_to_soften_ends_with_one() -> None:
    assert run("--format", "jsonl", stdin=b'{"id": 1, "text": "You never listen."}')[0] == 1
    assert run("--format", "jsonl", stdin=b'{"id": 1, "text": "I love you."}\n')[0] == 0


@pytest.mark.parametrize(
    "argv",
    [
        ["--lens", "nothing"],
        ["--language", "xx"],
        ["/no/such/file"],
        ["--explain", "nothing"],
        ["--format", "markdown"],
        ["--odd"],
    ],
)
def test_what_cannot_be_read_ends_with_two_and_one_sentence(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err


def test_a_file_that_is_no_text_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfe\x00")
    assert main([str(tmp_path / "x")]) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_a_file_is_named_with_its_row_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("Hello love.\nHonestly, you never listen.\n", encoding="utf-8")
    assert main(["check", str(tmp_path / "note.txt")]) == 1
    assert "note.txt:2:11: soften absolute" in capsys.readouterr().out


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rules"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(load_book("en").rules)
    assert main(["--explain", "absolute-you"]) == 0
    assert "Why: " in capsys.readouterr().out


def test_the_page_of_rules_is_current() -> None:
    page = SRC.parent / "docs" / "coach-rules.md"
    if not page.parent.is_dir():
        pytest.skip("installed without the docs")
    assert page.read_text(encoding="utf-8") == markdown(load_book("en", with_examples=True)), (
        "run: python -m kindline.coach --rules --format markdown > docs/coach-rules.md"
    )


def test_a_reader_that_goes_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Gone())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert main(["--rules"]) == 0
