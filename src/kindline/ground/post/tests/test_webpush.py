"""Web Push as its documents say: their own examples come out byte by byte, and only the device opens a message."""

from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from kindline.ground.post import webpush
from kindline.ground.post.tests.devices import Device

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
DEVICE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
# RFC 8292, section 2.4.
SIGNED = (
    "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3Njgs"
    "InN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjj"
    "vW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(webpush.unpacked(text)), webpush.CURVE)


def test_the_documents_own_example_comes_out_byte_by_byte() -> None:
    device = Device(private(DEVICE), webpush.unpacked(AUTH))
    made = webpush.encrypted(
        PLAIN, device.public, device.auth, key=private(SENDER), salt=webpush.unpacked(SALT), padded_to=0
    )
    assert webpush.packed(made) == MESSAGE
    assert device.opened(webpush.unpacked(MESSAGE)) == PLAIN


def test_the_documents_own_signature_is_taken_and_a_changed_one_is_not() -> None:
    assert webpush.is_authorized(SIGNED)
    assert not webpush.is_authorized(SIGNED.replace("aXdXb1", "aXdXb2").replace("i3CYb7t4", "i3CYb7t5"))


def test_only_the_device_opens_a_message() -> None:
    device, other = Device.new(), Device.new()
    made = webpush.encrypted(PLAIN, device.public, device.auth)
    assert device.opened(made) == PLAIN
    with pytest.raises(InvalidTag):
        other.opened(made)
    with pytest.raises(InvalidTag):
        Device(device.key, other.auth).opened(made)


def test_two_messages_of_the_same_words_have_nothing_in_common_but_their_size() -> None:
    device = Device.new()
    one, other, longer = (webpush.encrypted(words, device.public, device.auth) for words in (PLAIN, PLAIN, PLAIN * 3))
    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]
    assert len(one) == len(other) == len(longer)


def test_a_token_names_origin_contact_and_an_hour_within_a_day() -> None:
    key = webpush.own_key("ab" * 32)
    header = webpush.authorization(key, "https://push.example.net:8443/to/somebody", "https://kind.example", NOW)
    assert webpush.is_authorized(header)
    claims = webpush.unpacked(header.split(".")[1])
    assert claims == (
        b'{"aud":"https://push.example.net:8443","exp":%d,"sub":"https://kind.example"}'
        % int(datetime(2026, 11, 22, 21, tzinfo=UTC).timestamp())
    )


@pytest.mark.parametrize("secret", ["00" * 32, "ff" * 32, f"{webpush.ORDER - 1:064x}", f"{webpush.ORDER:064x}"])
def test_any_64_digits_make_a_key(secret: str) -> None:
    assert len(webpush.public_bytes(webpush.own_key(secret))) == 65


@pytest.mark.parametrize(
    ("public", "auth"),
    [(b"", b"a" * 16), (b"\x04" + bytes(64), b"a" * 16), (b"\x02" + bytes(32), b"a" * 16)],
)
def test_what_is_no_key_is_refused(public: bytes, auth: bytes) -> None:
    with pytest.raises(webpush.NoKey):
        webpush.check_device(public, auth)
    with pytest.raises(webpush.NoKey):
        webpush.check_device(Device.new().public, auth[:15])


@pytest.mark.parametrize("text", ["a", "a=", "a+/b", "é", "AB\n"])
def test_what_is_no_base64url_is_refused(text: str) -> None:
    with pytest.raises(webpush.NoKey):
        webpush.unpacked(text)
