"""`kindline verify`: check the signed words in a file somebody took along, with nothing but that file."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import msgspec

from kindline.front.takeout.shapes import FORMAT, Document, Heading, Space, Takeout
from kindline.ground.storage.folder import Unusable
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.sealing import Shape, parsed
from kindline.ours.agreements.queries import SHAPES
from kindline.ours.agreements.verifying import Checked, verified

SAYS = {
    "stands": "stands",
    "open": "waits for an answer",
    "rests": "rests after a no",
    "taken-back": "was taken back",
    "ended": "ended",
    "closed": "belongs to a space that is closed",
    "unverified": "CAN'T BE VERIFIED",
}
WHAT_WAS_CHECKED = """
Checked: each wording follows the one before it unchanged; each answer names the exact wording it is to, follows what
that person said before, and carries their signature; nothing in between is missing; what stands has everybody's yes.
Not checked, because no file can show it: whether these keys are really theirs (compare the six words with each other),
whether the newest words were left out of the file, and whether somebody was free to say no."""
SHOWN = 70  # characters of an agreement


def verify(file: Path) -> tuple[list[str], bool]:
    """Return what to say about a file's agreements, and whether all of them hold; raise Unusable for another file."""
    takeout = _read(file)
    lines, fine = [f"Taken along by {takeout.person.name} on {takeout.made_at:%d %B %Y}."], True
    for space in takeout.circles:
        names = " and ".join(one.name for one in space.members)
        lines += ["", f"What {names} share{'s alone' if len(space.members) == 1 else ''}:"]
        lines += [f"  {one.name} signs with {_grouped(one.key)}" for one in space.members]
        checked = _checked(space)
        fine = fine and not any(one.wrong for one in checked)
        lines += [line for one in checked for line in _told(one)] or ["  No agreements."]
    if not takeout.circles:
        lines.append("Nothing in it is shared with anybody.")
    return [*lines, *WHAT_WAS_CHECKED.split("\n")], fine


def _read(file: Path) -> Takeout:
    try:
        raw = file.read_bytes()
        if msgspec.json.decode(raw, type=Heading).format != FORMAT:
            raise Unusable(f"{file} is not a file that Kindline made for taking along.")
        return msgspec.json.decode(raw, type=Takeout)
    except OSError as error:
        raise Unusable(f"{file} can't be read: {error.strerror}.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unusable(f"{file} is not a whole file that Kindline made for taking along.") from error


def _checked(space: Space) -> list[Checked]:
    try:
        keys = {
            one.account: tuple(bytes.fromhex(key) for key in (one.key, *reversed(one.former))) for one in space.members
        }
    except ValueError as error:
        raise Unusable("A public key in this file is no key.") from error
    documents = list(_documents(space.rooms.get("agreements", [])))
    return verified(documents, circle=space.circle, keys=keys, is_closed=space.closed_at is not None)


def _documents(documents: list[Document]) -> Iterator[tuple[UUID, Shape]]:
    shapes = {shape.__name__.lower(): shape for shape in SHAPES}
    for one in documents:
        if one.kind not in shapes:
            raise Unusable(f"This file holds a {one.kind!r}, which this version of Kindline doesn't know.")
        try:
            yield one.id, parsed(bytes(one.holds), shapes[one.kind], one.schema)
        except Unopened as error:
            raise Unusable(f"The {one.kind} {one.id} in this file can't be read.") from error


def _told(one: Checked) -> Iterator[str]:
    shown = one.standing.shown
    words = next((line for line in (shown.version.text.ask, shown.version.text.limit) if line), "") if shown else ""
    since = f" since {one.standing.since:%d %B %Y}" if one.standing.since else ""
    yield f"  {_short(words)}"
    yield f"    {SAYS[one.standing.state]}{since}; {one.versions} wordings and {one.signatures} signed answers hold"
    if one.former:
        yield f"    {one.former} of them with a key from before a new passphrase: the file alone can't tell from when"
    if shown:
        yield f"    {_grouped(shown.digest)}"
    for what in one.wrong:
        yield f"    WRONG: {what}"


def _short(words: str) -> str:
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    return f"“{line[:SHOWN]}{'…' if len(line) > SHOWN else ''}”"


def _grouped(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))
