"""The exact bytes two people put their names to. If one of these changes, what was agreed can no longer be checked."""

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ground.vault.primitives import is_signed
from kindline.ours.agreements import proven as proven_module
from kindline.ours.agreements import statements
from kindline.ours.agreements.proven import Proven
from kindline.ours.agreements.rules import Written
from kindline.ours.agreements.shapes import Stated, Statement, Text
from kindline.ours.agreements.tests.papers import JONAS, MIA

CIRCLE, AGREEMENT, NONCE = (UUID(int=number, version=4) for number in (7, 8, 9))
AT = datetime(2026, 5, 3, 18, 0, 30, 999, tzinfo=UTC)
TEXT = Text(need="quiet", ask="Would you knock?", plan={str(MIA.id): "I breathe."}, look_again_on=date(2026, 6, 14))

EXACT_VERSION = (
    '{"agreement":"00000000-0000-4000-8000-000000000008","author":"00000000-0000-4000-8000-000000000001","before":"",'
    '"circle":"00000000-0000-4000-8000-000000000007","made_at":"2026-05-03T18:00:30Z",'
    '"ns":"kindline/agreement/version/1","number":1,"text":{"ask":"Would you knock?","cannot":"","flex":"","limit":"",'
    '"look_again_on":"2026-06-14","need":"quiet","note":"","offer":"",'
    '"plan":{"00000000-0000-4000-8000-000000000001":"I breathe."}}}'
)
VERSION_DIGEST = "08d594efaff720f0582a67ba68710251ef02fe2fa325529cdb50380235ca4ce8"
EXACT_STATEMENT = (
    '{"agreement":"00000000-0000-4000-8000-000000000008","at":"2026-05-03T18:00:30Z","choice":"yes",'
    '"circle":"00000000-0000-4000-8000-000000000007","exact":"08d594efaff720f0582a67ba68710251ef02fe2fa325529cdb50380235ca4ce8",'
    '"key":"8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394",'
    '"nonce":"00000000-0000-4000-8000-000000000009","ns":"kindline/agreement/statement/1",'
    '"person":"00000000-0000-4000-8000-000000000002","previous":"","turn":2,"until":null,"version":1,"word":"Gladly."}'
)
SIGNATURE = (
    "8fc9bba17a110f82dadbb894b1abc910c175f620f7bea2757e788a81bafb6440"
    "a9165c7cbdd215bd2e166216840c137b0e3957a687f2287a736cc0260723f200"
)


def version() -> str:
    return statements.written(
        circle=CIRCLE, agreement=AGREEMENT, number=1, author=MIA.id, before="", text=TEXT, now=AT
    ).exact


def statement() -> Statement:
    return Statement(
        ns=statements.STATEMENT_NS,
        circle=CIRCLE,
        agreement=AGREEMENT,
        version=1,
        exact=VERSION_DIGEST,
        turn=2,
        previous="",
        choice="yes",
        person=JONAS.id,
        key=JONAS.key.hex(),
        nonce=NONCE,
        at=statements.to_the_second(AT),
        word="Gladly.",
    )


def test_a_wording_has_exactly_these_bytes() -> None:
    assert version() == EXACT_VERSION
    assert statements.digest_of(version()) == VERSION_DIGEST


def test_a_statement_has_exactly_these_bytes_and_this_signature() -> None:
    stored = statements.stated(JONAS.seed, statement())
    assert stored.exact == EXACT_STATEMENT
    assert stored.signature.hex() == SIGNATURE


def read(exact: str) -> Written | None:
    return statements.read_version(statements.Wording(exact=exact), circle=CIRCLE, agreement=AGREEMENT, number=1)


def test_a_text_from_before_a_field_came_keeps_its_digest() -> None:
    """The bytes that were agreed are kept as they are, never made anew."""
    older = EXACT_VERSION.replace('"note":"",', "")
    found = read(older)
    assert found is not None
    assert found.digest == statements.digest_of(older) != VERSION_DIGEST
    assert found.version.text == TEXT


MORE = {
    "a name that no page shows": EXACT_VERSION.replace('"note":""', '"more":"and your phone","note":""'),
    "a name beside the text": EXACT_VERSION.replace('"ns":', '"more":"and your phone","ns":'),
    "a name that stands twice": EXACT_VERSION.replace('"ask":', '"ask":"Would you show me your phone?","ask":'),
    "names in another order": EXACT_VERSION.replace('"cannot":"","flex":""', '"flex":"","cannot":""'),
    "the same letter in another spelling": EXACT_VERSION.replace("knock", "kn\\u006fck"),
    "a space between": EXACT_VERSION.replace('"number":1', '"number": 1'),
    "something after the end": EXACT_VERSION + " ",
}


@pytest.mark.parametrize("exact", MORE.values(), ids=MORE.keys())
def test_bytes_that_hold_more_than_they_show_are_no_wording(exact: str) -> None:
    assert read(EXACT_VERSION) is not None
    assert exact != EXACT_VERSION
    assert read(exact) is None


def test_an_answer_that_holds_more_than_it_shows_is_none() -> None:
    where = {"circle": CIRCLE, "agreement": AGREEMENT, "turn": 2}
    for exact, is_one in (
        (EXACT_STATEMENT, True),
        (EXACT_STATEMENT.replace('"word":', '"more":"and your phone","word":'), False),
        (EXACT_STATEMENT.replace('"word":', '"word":"And my phone.","word":'), False),
    ):
        stored = Stated(exact=exact, signature=bytes(64))
        assert (statements.read_statement(stored, NONCE, **where) is not None) is is_one


ANY = st.text(st.characters(codec="utf-8"), max_size=60)


@given(ask=ANY, plan=ANY, word=ANY)
def test_whatever_words_are_written_here_are_read_here(ask: str, plan: str, word: str) -> None:
    text = Text(ask=ask, plan={str(MIA.id): plan})
    where = {"circle": CIRCLE, "agreement": AGREEMENT}
    wording = statements.written(**where, number=1, author=MIA.id, before="", text=text, now=AT)
    found = statements.read_version(wording, **where, number=1)
    assert found is not None
    assert found.version.text == text
    said = msgspec.structs.replace(statement(), word=word)
    assert statements.read_statement(statements.stated(JONAS.seed, said), NONCE, **where, turn=2) == said


def test_what_was_checked_once_is_known_and_nothing_else() -> None:
    proven, stored = Proven(most=2), statements.stated(JONAS.seed, statement())
    message = stored.exact.encode()
    for _ in range(2):
        assert proven.is_signed(JONAS.key, message, stored.signature)
        assert not proven.is_signed(MIA.key, message, stored.signature)
        assert not proven.is_signed(JONAS.key, message + b" ", stored.signature)
        assert not proven.is_signed(JONAS.key, message, stored.signature[::-1])
    [found] = proven.found.values()
    assert len(found) == 1
    assert message not in b"".join(found)


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    proven = Proven(most=2)
    for turn in range(5):
        stored = statements.stated(JONAS.seed, msgspec.structs.replace(statement(), turn=turn))
        assert proven.is_signed(JONAS.key, stored.exact.encode(), stored.signature)
    [found] = proven.found.values()
    assert len(found) == 2


def test_what_one_reader_checked_is_checked_again_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """By counting: whoever looks second must not find the work done."""
    checked, stored = [], statements.stated(JONAS.seed, statement())

    def counted(public: bytes, message: bytes, signature: bytes) -> bool:
        checked.append(message)
        return is_signed(public, message, signature)

    monkeypatch.setattr(proven_module, "is_signed", counted)
    proven = Proven(most=1)
    for reader in (MIA.id, MIA.id, JONAS.id, MIA.id):
        assert proven.is_signed(JONAS.key, stored.exact.encode(), stored.signature, reader)
    assert len(checked) == 2
