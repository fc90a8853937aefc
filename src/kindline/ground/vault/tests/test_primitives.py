"""The primitives against published vectors, so that a change of library cannot change what opens."""

import pytest

from kindline.ground.vault.primitives import (
    Cost,
    Unopened,
    decrypt,
    derive,
    derived_id,
    digest,
    encrypt,
    random_bytes,
    stretch,
)


def test_deriving_is_hkdf_of_rfc_5869() -> None:
    # Appendix A.3: no salt, no info; the first block of its output.
    okm = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    assert derive(bytes.fromhex("0b" * 22), "").hex() == okm


def test_purposes_give_unrelated_keys() -> None:
    root = random_bytes()
    assert len({derive(root, purpose) for purpose in ("slot-id", "slot-kek", "session-id", "session-key")}) == 4


def test_an_id_is_found_again_by_whoever_has_the_key_only() -> None:
    key = bytes.fromhex("0b" * 32)
    made = derived_id(key, "marks", b"one")
    assert str(made) == "db3e2d8a-afb0-43df-bb4f-30004f21554c"
    others = (random_bytes(), "marks", b"one"), (key, "wish", b"one"), (key, "marks", b"two"), (key, "marks")
    assert made not in {derived_id(*other) for other in others}


def test_stretching_depends_on_everything() -> None:
    cost = Cost(memory=8192, passes=1)
    base = stretch(b"words", b"s" * 16, cost)
    others = [
        stretch(b"wordz", b"s" * 16, cost),
        stretch(b"words", b"t" * 16, cost),
        stretch(b"words", b"s" * 16, Cost(16384, 1)),
    ]
    assert stretch(b"words", b"s" * 16, cost) == base
    assert base not in others
    assert len(base) == 32


def test_stretching_is_argon2id() -> None:
    # From the reference command: echo -n password | argon2 somesaltsomesalt -id -t 2 -k 64 -p 1 -l 32 -r
    assert stretch(b"password", b"somesaltsomesalt", Cost(memory=65536, passes=2)).hex() == ARGON2ID


ARGON2ID = "1a98fba8e6394425c9bdc333a9c750aaf811df070f5fb4a5788e1cf4db5793a1"


def test_what_was_encrypted_opens_only_with_its_key_and_binding() -> None:
    key = random_bytes()
    sealed = encrypt(key, b"words", b"here")
    assert decrypt(key, sealed, b"here") == b"words"
    for wrong in (
        (random_bytes(), sealed, b"here"),
        (key, sealed, b"there"),
        (key, sealed[:-1], b"here"),
        (key, b"", b"here"),
    ):
        with pytest.raises(Unopened):
            decrypt(*wrong)


def test_the_same_words_never_look_the_same() -> None:
    key = random_bytes()
    assert encrypt(key, b"words", b"") != encrypt(key, b"words", b"")


def test_a_key_changes_a_digest() -> None:
    assert digest(b"name", 16, key=b"a") != digest(b"name", 16, key=b"b")
