"""What somebody means to sign, as a form brought it, and when it cannot be signed any more. Pure."""

from datetime import date
from typing import NamedTuple
from uuid import UUID


class Moved(Exception):  # noqa: N818 - what happened
    """There is a newer wording than the one on the page, or the one on the page is gone. Nothing was signed."""


class Yes(NamedTuple):
    """A yes about to be signed: to which agreement, to which exact version, by which form, with which word."""

    agreement: UUID
    exact: str
    nonce: UUID
    word: str = ""


class Answer(NamedTuple):
    """An answer about to be signed: what, to which exact version, by which form."""

    choice: str
    exact: str
    nonce: UUID
    word: str = ""
    until: date | None = None
