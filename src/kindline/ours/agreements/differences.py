"""What changed between two wordings, word by word, as somebody would read it."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "gone", "new"]
PIECES = re.compile(r"\w+(?:[’'\-]\w+)*|\s+|[^\w\s]")
LONGEST = 2_000  # pieces; two longer texts are shown whole, one after the other, as comparing them takes too long


class Part(NamedTuple):
    """Some words of a line: as they were, taken out, or put in."""

    kind: Kind
    words: str

    @property
    def begins_a_word(self) -> bool:
        """Say whether it needs a space before it, or old and new words run together when copied."""
        return self.words[:1].isalnum()


def differences(before: str, after: str) -> list[Part]:
    """Return a line with what was taken out and what was put in, in reading order."""
    if before == after:
        return [Part("same", after)] if after else []
    old, new = PIECES.findall(before), PIECES.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return [part for part in (Part("gone", before), Part("new", after)) if part.words]
    found: list[Part] = []
    for what, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Part("same", "".join(new[k:m])))
            continue
        found += [part for part in (Part("gone", "".join(old[i:j])), Part("new", "".join(new[k:m]))) if part.words]
    return _joined(found)


def _joined(parts: list[Part]) -> list[Part]:
    """Put changes together that only a space keeps apart: one change of three words reads better than three."""
    found: list[Part] = []
    for part in parts:
        if part.kind == "same" and not part.words.strip() and found:
            found += [Part("gone", part.words), Part("new", part.words)]
        else:
            found.append(part)
    return _sorted(found)


def _sorted(parts: list[Part]) -> list[Part]:
    """Bring each run of changes into order: first all that was taken out, then all that was put in."""
    found: list[Part] = []
    gone = new = ""
    for part in [*parts, Part("same", "")]:
        if part.kind == "gone":
            gone += part.words
        elif part.kind == "new":
            new += part.words
        else:
            tail = _shared_tail(gone, new)
            cut = len(tail)
            found += [
                one for one in (Part("gone", gone[: len(gone) - cut]), Part("new", new[: len(new) - cut])) if one.words
            ]
            if tail or part.words:
                found.append(Part("same", tail + part.words))
            gone = new = ""
    return found


def _shared_tail(one: str, other: str) -> str:
    """Return the spaces that two runs end with alike."""
    tail = one[len(one.rstrip()) :]
    return tail if tail and other.endswith(tail) and other[: -len(tail)] == other[: -len(tail)].rstrip() else ""
