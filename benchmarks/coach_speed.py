"""Measure the coach: start, short, long, memory. Run: python benchmarks/coach_speed.py [FILE]."""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 7
START = """import time
begun = time.process_time()
from kindline.coach import listen
listen("")
print(time.process_time() - begun)
"""
OURS = Path(__file__).parents[1] / "src" / "kindline" / "coach" / "tests" / "said.jsonl"
LONG = 100_000


def texts_from(file: Path) -> list[str]:
    """Return every text of a JSONL file of utterances."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [line.get("text") or line.get("good") or line["bad"] for line in lines]


def milliseconds(texts: list[str]) -> float:
    """Return the median time for one text over several rounds, warm, in milliseconds of processor time."""
    from kindline.coach import listen  # noqa: PLC0415 - the start is measured apart

    for text in texts:
        listen(text)
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for text in texts:
            listen(text)
        rounds.append((time.process_time() - begun) / len(texts) * 1000)
    return statistics.median(rounds)


def main() -> int:
    """Print the table; other tools are measured in an environment of their own, beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=OURS)
    given = parser.parse_args()
    starts = [
        float(subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    texts = texts_from(given.file)
    statement = " ".join(texts)[:300].rpartition(" ")[0]
    long = " ".join(texts * (LONG // len(" ".join(texts)) + 1))[:LONG]
    unbroken = ("you never listen to me and i feel " * (LONG // 30))[:LONG]
    short = [text for text in texts if len(text) < 60]
    rows = [
        ("import and rules, processor ms", statistics.median(starts) * 1000, "< 100"),
        (f"a short sentence, ms ({len(short)} lines under 60 characters)", milliseconds(short), "<= 0.2"),
        ("a statement of 300 characters, ms", milliseconds([statement] * 20), "< 1"),
        ("100,000 characters, s", milliseconds([long]) / 1000, "< 2"),
        ("100,000 characters without a stop, s", milliseconds([unbroken]) / 1000, "< 2"),
        ("memory, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "< 40"),
    ]
    print(f"{'measure':60} {'ours':>8} {'aim':>8}")
    for name, value, aim in rows:
        print(f"{name:60} {value:8.3f} {aim:>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
