"""Every string that somebody may read: from templates, from marked strings in Python, from the coach's rules."""

import ast
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.house.tree import SOURCE, modules, of_kind, place, templates, walked

MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
READ_ALOUD = {"aria-label", "aria-description", "alt", "title", "placeholder", "label", "aria-roledescription"}
BUTTON_TYPES = {"submit", "button", "reset"}
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
BLOCK = re.compile(r"{%\s*block(?:trans|translate)\b[^%]*%}(.*?){%\s*endblock(?:trans|translate)\s*%}", re.DOTALL)
TRANSLATE = re.compile(r"{%\s*(?:trans|translate)\s+(?P<quote>[\"'])(.*?)(?P=quote)", re.DOTALL)
SPOKEN_ARGUMENT = re.compile(r"_\((?P<quote>[\"'])(.*?)(?P=quote)\)")
# A block that fills a class attribute of the base page; no one reads it.
CLASSES = re.compile(r"{%\s*block \w+_class\s*%}.*?{%\s*endblock[^%]*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SENTENCE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
LETTERS = re.compile(r"[^\W\d_]{2,}")


def template_strings(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, string) for every marked string of a template."""
    text = COMMENT.sub("", file.read_text())
    for match in BLOCK.finditer(text):
        yield place(file), TAG.sub("…", match[1])
    for pattern in (TRANSLATE, SPOKEN_ARGUMENT):
        for match in pattern.finditer(text):
            yield place(file), match[2]


class _Unmarked(HTMLParser):
    """Collects what a reader would see in a template whose marked strings and tags were taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.quiet = 0
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.quiet += tag in {"script", "style"}
        self.seen += [value for name, value in attrs if name in READ_ALOUD and value]
        if tag == "input" and given.get("type") in BUTTON_TYPES:
            self.seen.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.seen.append(data)


def unmarked(file: Path) -> list[str]:
    """Return what stands in a template in plain letters, outside of every mark for translation."""
    parser = _Unmarked()
    parser.feed(TAG.sub(" ", CLASSES.sub("", BLOCK.sub(" ", COMMENT.sub("", file.read_text())))))
    parser.close()
    return [" ".join(text.split()) for text in parser.seen if LETTERS.search(text)]


def python_strings(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, string) for every string marked for translation in a Python file."""
    for call in walked(file, ast.Call):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name not in MARKS:
            continue
        for given in call.args:
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield place(file, call.lineno), given.value


def coach_strings(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, string) for what a rule of the coach says; the examples it hears are other people's words."""
    spoken = tomllib.loads(file.read_text())
    for key in ("hears", "why", "says", "tries"):
        value = spoken.get(key, [])
        for text in [value] if isinstance(value, str) else value:
            if isinstance(text, str):
                yield place(file), text


def composed_strings(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, string) for sentences that the coach's Python puts together; its docstrings are not spoken."""
    silent = {
        id(node.body[0].value)
        for node in walked(file, (ast.Module, ast.ClassDef, ast.FunctionDef))
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for text in walked(file, ast.Constant):
        if isinstance(text.value, str) and id(text) not in silent and is_spoken(text.value):
            yield place(file, text.lineno), text.value


def is_spoken(text: str) -> bool:
    """Say whether a string is a sentence rather than a pattern for one."""
    return bool(SENTENCE.search(text)) and "(?" not in text


def coach_rules() -> list[Path]:
    """Return the rule files of the coach."""
    return of_kind(".toml", under=SOURCE / "coach/rules")


def not_tests(file: Path) -> bool:
    return "tests" not in file.parts


def everything_said() -> list[tuple[str, str]]:
    """Return every string that somebody may read, with its place."""
    said = [pair for file in templates() for pair in template_strings(file)]
    said += [(place(file), text) for file in templates() for text in unmarked(file)]
    said += [pair for file in modules() for pair in python_strings(file)]
    said += [
        pair for file in of_kind(".py", under=SOURCE / "coach") if not_tests(file) for pair in composed_strings(file)
    ]
    return said + [pair for file in coach_rules() for pair in coach_strings(file)]
