"""One tool in a process of its own: python listen.py TOOL LINES.json MANY, where LINES.json holds a list of texts.

Prints JSON: milliseconds until the first answer and for one short line, seconds for MANY lines, peak megabytes.
Knows only the standard library and the tool it is asked for.
"""
# ruff: noqa: PLC0415 - each tool is loaded only where it is asked for, and its loading is measured

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 5
SHORT = 60  # characters


def kindline() -> Callable[[str], object]:
    """Return Kindline's coach with both ears."""
    from kindline.coach import listen

    return listen


def rules_alone() -> Callable[[str], object]:
    """Return Kindline's coach without the learned ear."""
    from kindline.coach.ear import by_rules

    return by_rules


def proselint() -> Callable[[str], object]:
    """Return proselint with all its checks."""
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: LintFile(source="line", content=text).lint()


def textblob() -> Callable[[str], object]:
    """Return TextBlob's reading of how positive a text sounds."""
    from textblob import TextBlob

    return lambda text: TextBlob(text).sentiment


def vader() -> Callable[[str], object]:
    """Return VADER's reading of how positive a text sounds."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer().polarity_scores


def nothing() -> Callable[[str], object]:
    """Return what reads nothing: what the language itself costs."""
    return len


TOOLS = {
    "kindline": kindline, "rules-alone": rules_alone, "proselint": proselint, "textblob": textblob, "vader": vader,
    "nothing": nothing,
}  # fmt: skip


def peak() -> float:
    """Return the most memory this program has had, in megabytes; where told, without that of what started it."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(tool: str, file: Path, lines: int) -> None:
    """Measure one tool and print what was found."""
    texts: list[str] = json.loads(file.read_text(encoding="utf-8"))
    begun = time.perf_counter()
    listen = TOOLS[tool]()
    listen(texts[0])
    load = time.perf_counter() - begun
    short = [text for text in texts if len(text) < SHORT]
    many = (texts * (lines // len(texts) + 1))[:lines]

    def waited(some: list[str], rounds: int) -> float:
        best = float("inf")
        for _ in range(rounds):
            begun = time.perf_counter()
            for text in some:
                listen(text)
            best = min(best, time.perf_counter() - begun)
        return best

    waited(short, 1)  # warm
    figures = {
        "load": load * 1000,
        "short": waited(short, ROUNDS) / len(short) * 1000,
        "many": waited(many, 1),
        "memory": peak(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
