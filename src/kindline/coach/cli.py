"""The command line of the coach: a text, or a stream of JSON lines, in; notes out."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kindline.coach.book import RuleError, load_book
from kindline.coach.ear import listen
from kindline.coach.lenses import LENSES, known
from kindline.coach.note import Heard
from kindline.coach.pages import LIMITS, explained, listed, markdown

FINE, SOMETHING, UNREADABLE = 0, 1, 2
_COLOUR = {"listen": "36", "soften": "33", "stop": "35"}
_HELP_LINE = (
    "Some of this sounds as if you may not be safe, or not well. People who know this can listen: "
    "see Help, or findahelpline.com."
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kindline check",
        description="Listen to what you are about to say: what may land hard, and what already works.",
        epilog=LIMITS,
    )
    parser.add_argument("file", nargs="?", default="-", help="a text file, or - for standard input (default)")
    parser.add_argument("--lens", default="any", choices=LENSES, help="what kind of saying it is (default: any)")
    parser.add_argument("--language", default="en", help="language of the rules (default: en)")
    parser.add_argument("--format", default="text", choices=("text", "json", "jsonl", "markdown"), dest="shape")
    parser.add_argument("--explain", metavar="RULE", help="explain one rule and stop")
    parser.add_argument("--rules", action="store_true", help="list the rules and stop")
    return parser


def as_json(heard: Heard) -> dict[str, Any]:
    """Return what was heard as plain values, in the form other programs rely on."""
    return {
        "notes": [note.as_dict() for note in heard.notes],
        "parts": [{"name": part.name, "start": part.start, "end": part.end} for part in heard.parts],
        "safety": heard.safety,
    }


def _something(heard: Heard) -> bool:
    return any(note.weight != "listen" for note in heard.notes)


def _in_lines(name: str, text: str, heard: Heard, *, colour: bool) -> Iterator[str]:
    """Yield the notes as a linter would: place, weight, words, why and what could be said instead."""

    def painted(code: str, words: str) -> str:
        return f"\033[{code}m{words}\033[0m" if colour else words

    for part in heard.parts:
        yield painted("32", f"already there: {part.name}") + f"  {' '.join(part.words.split())}"
    for note in heard.notes:
        row = text.count("\n", 0, note.start) + 1
        column = note.start - (text.rfind("\n", 0, note.start) + 1) + 1
        weight = painted(_COLOUR[note.weight], note.weight)
        yield f"{name}:{row}:{column}: {weight} {note.fault} ({note.rule})  “{' '.join(note.words.split())}”"
        yield f"    {note.says}"
        yield from (f"    try: {words}" for words in note.tries)
    if heard.safety:
        yield _HELP_LINE
    if not heard.notes and not heard.safety:
        yield "Nothing to soften."


def _write(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


def _stream(source: BinaryIO, lens: str, language: str) -> int:
    """Answer JSON lines one by one; a bad line gets an error of its own and the rest goes on."""
    worst = FINE
    for raw in source:
        if not raw.strip():
            continue
        answer: dict[str, Any] = {}
        try:
            line = json.loads(raw.decode("utf-8"))
            if not isinstance(line, dict):
                raise TypeError("a line must be an object with a text")  # noqa: TRY301 - answered with the others
            if "id" in line:
                answer["id"] = line["id"]
            if not isinstance(line.get("text"), str):
                raise TypeError("a line needs a text in quotes")  # noqa: TRY301 - answered with the others
            given = line.get("lens", lens)
            if not isinstance(given, str):
                raise TypeError("a lens is a word")  # noqa: TRY301 - answered with the others
            heard = listen(line["text"], lens=given, language=language)
        except (ValueError, TypeError, RecursionError) as error:
            answer["error"] = str(error) or type(error).__name__
            worst = UNREADABLE
        else:
            answer |= as_json(heard)
            if _something(heard):
                worst = max(worst, SOMETHING)
        _write(json.dumps(answer, ensure_ascii=True) + "\n")
    return worst


def _about_rules(given: argparse.Namespace) -> int:
    book = load_book(given.language, with_examples=True)
    if given.explain:
        try:
            _write(explained(book.rule(given.explain)))
        except KeyError:
            raise ValueError(f"There is no rule {given.explain!r}. --rules lists them.") from None
    else:
        _write(markdown(book) if given.shape == "markdown" else listed(book))
    return FINE


def _check(given: argparse.Namespace) -> int:
    known(given.lens)
    load_book(given.language)
    if given.shape == "jsonl":
        if given.file == "-":
            return _stream(sys.stdin.buffer, given.lens, given.language)
        with Path(given.file).open("rb") as source:
            return _stream(source, given.lens, given.language)
    raw = sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes()
    text = raw.decode("utf-8")
    heard = listen(text, lens=given.lens, language=given.language)
    if given.shape == "json":
        _write(json.dumps(as_json(heard), ensure_ascii=True) + "\n")
    else:
        name = "<stdin>" if given.file == "-" else given.file
        _write("".join(f"{line}\n" for line in _in_lines(name, text, heard, colour=sys.stdout.isatty())))
    return SOMETHING if _something(heard) else FINE


def main(argv: list[str]) -> int:
    """Run the command with these arguments; return 0 nothing to soften, 1 something, 2 cannot read."""
    try:
        given = _parser().parse_args(argv[1:] if argv[:1] == ["check"] else argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else UNREADABLE
    try:
        if given.explain or given.rules:
            return _about_rules(given)
        if given.shape == "markdown":
            raise ValueError("--format markdown goes with --rules.")  # noqa: TRY301 - said like the others
        return _check(given)
    except BrokenPipeError:
        sys.stderr.close()
        return FINE
    except UnicodeDecodeError as error:
        sys.stderr.write(f"kindline check: {given.file} is not UTF-8 text (byte {error.start}).\n")
    except OSError as error:
        sys.stderr.write(f"kindline check: cannot read {given.file}: {error.strerror}.\n")
    except (RuleError, ValueError) as error:
        sys.stderr.write(f"kindline check: {error}\n")
    return UNREADABLE
