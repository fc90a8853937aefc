"""Agreements as two people could have signed them on paper: rules and signatures without any database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from kindline.ground.vault.primitives import signing_public
from kindline.ours.agreements import rules, statements
from kindline.ours.agreements.rules import Facts, Standing
from kindline.ours.agreements.shapes import Stated, Statement, Text, Wording

BEGAN = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)


class Signer:
    """Somebody with a key of their own."""

    def __init__(self, number: int) -> None:
        self.id = UUID(int=number, version=4)
        self.seed = bytes([number]) * 32
        self.key = signing_public(self.seed)


MIA, JONAS, ANNA = Signer(1), Signer(2), Signer(3)


class Paper:
    """One agreement on paper: its wordings and what was said to them, each act an hour after the one before."""

    def __init__(self, *members: Signer, circle: UUID | None = None, agreement: UUID | None = None) -> None:
        self.members = members or (MIA, JONAS)
        self.circle, self.agreement = circle or uuid4(), agreement or uuid4()
        self.wordings: list[Wording] = []
        self.stated: list[tuple[UUID, Stated]] = []
        self.closed = False
        self.now = BEGAN

    def words(self, by: Signer, ask: str = "Would you knock?") -> "Paper":
        """Write the next wording and say yes to it."""
        before = statements.digest_of(self.wordings[-1].exact) if self.wordings else ""
        self.wordings.append(
            statements.written(
                circle=self.circle,
                agreement=self.agreement,
                number=len(self.wordings) + 1,
                author=by.id,
                before=before,
                text=Text(ask=ask, limit="I close the door."),
                now=self.now,
            )
        )
        return self.says(by, "yes")

    def says(self, by: Signer, choice: str, to: int = 0, **changes: object) -> "Paper":
        """Say something to a wording, the newest unless another is named; `changes` falsify the statement."""
        number = to or len(self.wordings)
        self.now += timedelta(hours=1)
        statement = Statement(
            ns=statements.STATEMENT_NS,
            circle=self.circle,
            agreement=self.agreement,
            version=number,
            exact=statements.digest_of(self.wordings[number - 1].exact),
            turn=len(self.stated) + 1,
            previous=self.last_of(by),
            choice=choice,
            person=by.id,
            key=by.key.hex(),
            nonce=uuid4(),
            at=self.now,
        )
        statement = msgspec.structs.replace(statement, **changes)
        self.stated.append((statement.nonce, statements.stated(by.seed, statement)))
        return self

    def last_of(self, by: Signer) -> str:
        """Return the digest of somebody's last statement, or ""."""
        own = [stored.exact for _row, stored in self.stated if f'"person":"{by.id}"' in stored.exact]
        return statements.digest_of(own[-1]) if own else ""

    def facts(self, stated: Sequence[tuple[UUID, Stated]] | None = None) -> Facts:
        """Return what a reader makes of the paper, row by row in the order given."""
        keys = {one.id: (one.key,) for one in self.members}
        where = {"circle": self.circle, "agreement": self.agreement}
        versions = [statements.read_version(one, **where, number=at) for at, one in enumerate(self.wordings, 1)]
        said = []
        for turn, (row, stored) in enumerate(self.stated if stated is None else stated, 1):
            statement = statements.read_statement(stored, row, **where, turn=turn)
            said.append(statements.checked(stored, statement, keys) if statement else None)
        return Facts(
            tuple(keys),
            tuple(one for one in versions if one),
            tuple(one for one in said if one),
            unread=versions.count(None) + said.count(None),
            is_closed=self.closed,
        )

    @property
    def standing(self) -> Standing:
        """Return where the agreement stands."""
        return rules.standing(self.facts())
