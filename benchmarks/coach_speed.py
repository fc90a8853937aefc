"""Measure the coach: start, short, long, memory; with --others FOLDER, beside other tools that read sentences.

Run: python benchmarks/coach_speed.py [FILE] [--others FOLDER]. `benchmarks/README.md` says how FOLDER is made.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 7
SOURCE = Path(__file__).parents[1] / "src"
SCRIPTS = Path(__file__).parent / "coach_others"
START = """import time
begun = time.process_time()
from kindline.coach import listen
listen("")
print(time.process_time() - begun)
"""
MEMORY = """import json, sys
from kindline.coach import listen
for text in json.load(sys.stdin):
    listen(text)
with open("/proc/self/status") as file:
    print(next(line.split()[1] for line in file if line.startswith("VmHWM")))
"""
OURS = SOURCE / "kindline" / "coach" / "tests" / "said.jsonl"
LONG = 100_000
MANY = 10_000  # lines
# Each tool, the language it is written in, and what it is: they hear other things, only their speed is compared.
TOOLS = {
    "kindline": ("python", "this coach, both ears"),
    "rules-alone": ("python", "this coach without the learned ear"),
    "vader": ("python", "mood of a text, one number from a word list"),
    "textblob": ("python", "mood of a text, two numbers from a word list"),
    "proselint": ("python", "style of prose"),
    "write-good": ("node", "style: passive, weasel words, clichés"),
    "alex": ("node", "words that exclude somebody"),
    "textlint": ("node", "a frame for rules, here with those of alex and write-good"),
    "harper": ("node", "spelling and grammar, in WebAssembly"),
}
BARE = "nothing"


def texts_from(file: Path) -> list[str]:
    """Return every text of a JSONL file of utterances."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [line.get("text") or line.get("good") or line["bad"] for line in lines]


def milliseconds(texts: list[str], ear: Callable[[str], object]) -> float:
    """Return the time for one text, warm, the best of several rounds, in milliseconds of processor time."""
    for text in texts:
        ear(text)
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for text in texts:
            ear(text)
        rounds.append((time.process_time() - begun) / len(texts) * 1000)
    return min(rounds)


def compiled_in(place: str) -> dict[str, str]:
    """Return an environment in which our own modules are compiled once, as those of an installed package are."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**env, "PYTHONPATH": str(SOURCE), "PYTHONPYCACHEPREFIX": place}


def memory(texts: list[str]) -> float:
    """Return the most memory in MB that a process holds which does nothing but listen to these texts."""
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", MEMORY]
    told = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True, env=env)
    return int(told.stdout) / 1024


def ours(texts: list[str]) -> None:
    """Print the table of our own figures beside their aims."""
    from kindline.coach import listen  # noqa: PLC0415 - the start is measured apart
    from kindline.coach.ear import by_rules  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as kept:
        command, env = [sys.executable, "-c", START], compiled_in(kept)
        starts = [
            float(subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout)
            for _ in range(ROUNDS)
        ]
    statement = " ".join(texts)[:300].rpartition(" ")[0]
    long = " ".join(texts * (LONG // len(" ".join(texts)) + 1))[:LONG]
    unbroken = ("you never listen to me and i feel " * (LONG // 30))[:LONG]
    short = [text for text in texts if len(text) < 60]
    rows = [
        ("import and rules, processor ms", min(starts) * 1000, "< 100"),
        (
            f"a short sentence, rules alone, ms ({len(short)} under 60 characters)",
            milliseconds(short, by_rules),
            "<= 0.05",
        ),
        ("a short sentence, both ears, ms", milliseconds(short, listen), "<= 0.2"),
        ("a statement of 300 characters, ms", milliseconds([statement] * 20, listen), "< 1"),
        ("100,000 characters, s", milliseconds([long], listen) / 1000, "< 2"),
        ("100,000 characters without a stop, s", milliseconds([unbroken], listen) / 1000, "< 2"),
        ("memory, these lines and 100,000 characters twice, MB", memory([*texts, long, unbroken]), "< 40"),
    ]
    print(f"{'measure':64} {'ours':>8} {'aim':>8}")
    for name, value, aim in rows:
        print(f"{name:64} {value:8.3f} {aim:>8}")


def measured(tool: str, language: str, folder: Path, lines: Path, many: int) -> dict[str, float]:
    """Return the figures of one tool, from a process of its own in which nothing else was loaded."""
    env = dict(os.environ)
    if language == "node":
        command = ["node", str(folder / "listen.mjs")]
    elif tool in {"kindline", "rules-alone"}:
        command, env = [sys.executable, str(SCRIPTS / "listen.py")], compiled_in(str(lines.parent / "compiled"))
    else:
        command = [str(folder / "python" / "bin" / "python"), str(SCRIPTS / "listen.py")]
    ran = subprocess.run([*command, tool, str(lines), str(many)], capture_output=True, text=True, check=True, env=env)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def beside(texts: list[str], folder: Path, runs: int) -> None:
    """Print one table of all tools, taken in turn on the same lines, each with its ratio to ours."""
    shutil.copy(SCRIPTS / "listen.mjs", folder)  # a script finds the packages that lie beside it
    rows = {**TOOLS, f"{BARE} (Python)": ("python", "what the language itself takes")}
    rows[f"{BARE} (Node)"] = ("node", "what the language itself takes")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in rows}
    with tempfile.TemporaryDirectory() as place:
        lines = Path(place) / "lines.json"
        lines.write_text(json.dumps(texts), encoding="utf-8")
        for left in reversed(range(runs)):
            for name, (language, _about) in rows.items():
                many = 0 if left else MANY  # only the last run listens to many lines
                found[name].append(measured(name.partition(" ")[0], language, folder, lines, many))
    best = {name: {**ran[-1], **{key: min(one[key] for one in ran) for key in BEST}} for name, ran in found.items()}
    mine = best["kindline"]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"\nPython {platform.python_version()}, Node {node}; waited time, in brackets how often ours goes into it;")
    print(f"load and a short line are the best of {runs} runs\n")
    print("| tool | what it is | load, ms | one short line, ms | 10,000 lines, s | peak memory, MB |")
    print("|---|---|---|---|---|---|")
    for name, (_, about) in rows.items():
        cells = [f"{best[name][key]:{form}} ({best[name][key] / mine[key]:.2g})" for key, form in FORMS.items()]
        print(f"| {name} | {about} | {' | '.join(cells)} |")


BEST = ("load", "short")
FORMS = {"load": ".0f", "short": ".3f", "many": ".2f", "memory": ".0f"}


def main() -> int:
    """Print our own figures and, if asked, those of other tools on the same lines in the same run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=OURS)
    parser.add_argument("--others", type=Path, metavar="FOLDER", help="where the other tools were put")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    texts = texts_from(given.file)
    ours(texts)
    if given.others:
        beside(texts, given.others, given.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
