"""Checking agreements that were taken along: offline, with nothing but the file. docs/keys.md tells the format."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

import msgspec

from kindline.ground.vault.sealing import Shape
from kindline.ours.agreements import rules, statements
from kindline.ours.agreements.rules import Facts, Standing
from kindline.ours.agreements.shapes import Stated, Wording
from kindline.ours.agreements.statements import Keys


class Checked(NamedTuple):
    """What checking an agreement came to: where it stands, and what did not hold, each in a short sentence."""

    agreement: UUID
    standing: Standing
    versions: int
    signatures: int
    former: int  # of the signatures: with a key that its person no longer signs with
    wrong: tuple[str, ...]


class _Place(msgspec.Struct):
    """Where a version or statement says it belongs, whatever else it says."""

    agreement: UUID
    number: int = 0
    turn: int = 0


class _Kept(NamedTuple):
    """One agreement in the file: its wordings by number, its statements with their rows by turn."""

    agreement: UUID
    wordings: Mapping[int, Wording]
    stated: Mapping[int, tuple[UUID, Stated]]


def verified(documents: Iterable[tuple[UUID, Shape]], *, circle: UUID, keys: Keys, is_closed: bool) -> list[Checked]:
    """Check every chain, digest and signature of a circle's agreements. `keys` are its members' public keys."""
    wordings: dict[UUID, dict[int, Wording]] = defaultdict(dict)
    stated: dict[UUID, dict[int, tuple[UUID, Stated]]] = defaultdict(dict)
    stray = []
    for row, document in documents:
        try:
            if isinstance(document, Wording):
                place = msgspec.json.decode(document.exact, type=_Place)
                wordings[place.agreement][place.number] = document
            elif isinstance(document, Stated):
                place = msgspec.json.decode(document.exact, type=_Place)
                stated[place.agreement][place.turn] = row, document
        except msgspec.MsgspecError:
            stray.append(f"{row} cannot be read")
    return [
        _checked(_Kept(agreement, wordings[agreement], stated[agreement]), circle, keys, stray, is_closed=is_closed)
        for agreement in sorted({*wordings, *stated}, key=str)
    ]


def _checked(kept: _Kept, circle: UUID, keys: Keys, stray: list[str], *, is_closed: bool) -> Checked:
    agreement = kept.agreement
    wrong = list(stray)  # whose it was cannot be told, so it may have been this one's
    written, said = [], []
    for number, wording in sorted(kept.wordings.items()):
        version = statements.read_version(wording, circle=circle, agreement=agreement, number=number)
        if version is None:
            wrong.append(f"version {number} is not of this circle, or holds more than it shows")
        else:
            written.append(version)
    for turn, (row, stored) in sorted(kept.stated.items()):
        statement = statements.read_statement(stored, row, circle=circle, agreement=agreement, turn=turn)
        if statement is None:
            wrong.append(f"statement {turn} is not of this circle or row, or holds more than it shows")
            continue
        one = statements.checked(stored, statement, keys)
        if not one.is_signed:
            wrong.append(f"statement {turn} does not carry its person's signature")
        said.append(one)
    facts = Facts(tuple(keys), tuple(written), tuple(said), unread=len(wrong), is_closed=is_closed)
    if not wrong and not rules.is_sound(facts):
        wrong.append("something is missing or out of its order")
    signed, former = sum(one.is_signed for one in said), sum(one.is_signed and one.is_former for one in said)
    return Checked(agreement, rules.standing(facts), len(written), signed, former, tuple(wrong))
