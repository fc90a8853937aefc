"""Messages reach their device through a push service, and go nowhere else: not inside, not elsewhere, not for long."""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kindline.ground.post import outside, pushing, webpush
from kindline.ground.post.models import Channel
from kindline.ground.post.outcome import GONE, LATER, REFUSED, SENT, Outcome
from kindline.ground.post.pushing import Push
from tests.push_service import PushService, push_service

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def loopback(settings: Any) -> None:
    settings.PUSH_LOOPBACK = True


def channel(endpoint: str, service: PushService | None = None) -> Channel:
    device = service.devices[endpoint.rpartition("/")[2]] if service else None
    public, auth = (device.public, device.auth) if device else (b"", b"")
    return Channel(target=endpoint, public=public, auth=auth)


def send(service: PushService, times: int = 1) -> list[Outcome]:
    push = Push(NOW)
    try:
        return [push.send(channel(service.device()[0], service), b"{}") for _ in range(times)]
    finally:
        push.close()


@pytest.mark.usefixtures("loopback")
def test_a_message_arrives_and_only_its_device_reads_it() -> None:
    with push_service() as service:
        assert send(service) == [SENT]
    [arrived] = service.arrived
    assert arrived.plain == b"{}"
    assert arrived.topic == "reminder"
    assert arrived.head["host"] == service.url.removeprefix("http://")


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, SENT), (201, SENT), (202, SENT), (404, GONE), (410, GONE), (429, LATER), (500, LATER), (503, LATER),
        (301, REFUSED), (307, REFUSED), (400, REFUSED), (403, REFUSED), (413, REFUSED),
    ],
)  # fmt: skip
def test_every_answer_has_its_outcome(status: int, outcome: Outcome) -> None:
    with push_service() as service:
        service.status, service.body = status, b"words that nobody reads"
        assert send(service, 2) == [outcome, outcome]


@pytest.mark.usefixtures("loopback")
def test_a_service_that_sends_somewhere_else_is_not_followed() -> None:
    with push_service() as elsewhere, push_service() as service:
        service.status, service.more = 307, {"Location": f"{elsewhere.url}/to/anybody"}
        assert send(service) == [REFUSED]
        assert elsewhere.asked == 0


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Sun, 22 Nov 2026 09:30:00 GMT", timedelta(minutes=30)),
        ("Sun, 22 Nov 2026 08:30:00 GMT", timedelta(0)),
        ("soon", timedelta(0)),
        ("-5", timedelta(0)),
        ("99999999999999999999", timedelta(seconds=1_000_000)),
    ],
)
def test_a_service_says_how_long_it_wants_to_be_left_alone(asked: str, wait: timedelta) -> None:
    with push_service() as service:
        service.status, service.more = 429, {"Retry-After": asked}
        assert send(service) == [LATER._replace(wait=wait)]


@pytest.mark.usefixtures("loopback")
def test_an_answer_that_drips_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "IN_ALL", 0.4)
    with push_service() as service:
        service.drips = 0.1
        assert send(service) == [LATER]


@pytest.mark.usefixtures("loopback")
def test_a_service_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "READ", 0.2)
    with push_service() as service:
        service.takes = 1
        assert send(service) == [LATER]


@pytest.mark.usefixtures("loopback")
def test_nobody_there_is_later() -> None:
    with push_service() as service:
        endpoint, _device = service.device()
    push = Push(NOW)
    assert push.send(channel(endpoint, service), b"{}") == LATER
    push.close()


# What is written, and what a name may resolve to.

INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd12::1", "fec0::1",
    "ff02::1", "ff0e::1", "2001:db8::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::10.0.0.1",
    "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::1", "2001:0:1::1",
    "::ffff:0:127.0.0.1", "::ffff:0:8.8.8.8", "5f00::1", "3fff::1", "192.88.99.1",
)  # fmt: skip


def resolves(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(socket.AF_INET6 if ":" in one else socket.AF_INET, 1, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused_however_it_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = f"[{address}]" if ":" in address else address
    with pytest.raises(outside.NotOutside):
        outside.read(f"https://{written}/to/me")
    resolves(monkeypatch, address)
    with pytest.raises(outside.NotOutside):
        outside.resolved(outside.read("https://push.example.net/to/me"))
    resolves(monkeypatch, "93.184.216.34", address)
    with pytest.raises(outside.NotOutside):
        outside.resolved(outside.read("https://push.example.net/to/me"))


@pytest.mark.parametrize("address", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost"])
def test_loopback_in_disguise_is_refused_when_it_is_resolved(address: str) -> None:
    with pytest.raises((outside.NotOutside, outside.Unresolved)):
        outside.resolved(outside.read(f"https://{address}/to/me"))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_a_public_address_is_taken(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolves(monkeypatch, address)
    assert outside.resolved(outside.read("https://push.example.net/to/me")) == address


@pytest.mark.parametrize(
    "endpoint",
    [
        "", "push.example.net", "http://push.example.net/", "ftp://push.example.net/", "file:///etc/passwd", "https://",
        "https:///to/me", "https://somebody@push.example.net/", "https://push.example.net:0x50/",
        "https://push.example.net/#a",
        "https://push.example.net/a b", "https://püsh.example.net/", "https://push.example.net/\r\nHost: other",
        "https://push.example.net:99999/", "https://push.example.net/" + "a" * 1000, "https://[::1/",
        "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_endpoint_is_refused(endpoint: str) -> None:
    with pytest.raises(outside.NotOutside):
        outside.read(endpoint)


def test_without_the_test_setting_loopback_is_refused() -> None:
    with push_service() as service:
        assert send(service) == [REFUSED]
        assert service.asked == 0


@pytest.mark.usefixtures("loopback")
def test_the_test_setting_opens_loopback_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in set(INSIDE) - {"127.0.0.1", "::1"}:
        resolves(monkeypatch, address)
        for scheme in ("http", "https"):
            with pytest.raises(outside.NotOutside):
                outside.resolved(outside.read(f"{scheme}://push.example.net/to/me"))
    resolves(monkeypatch, "93.184.216.34")
    with pytest.raises(outside.NotOutside):
        outside.resolved(outside.read("http://push.example.net/to/me"))


# The name is resolved once: who answers for it must have its certificate.


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for a name; return a server's context with it, and the file that trusts it."""
    key = ec.generate_private_key(webpush.CURVE)
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    trusted, both = folder / f"{name}.pem", folder / f"{name}-both.pem"
    trusted.write_bytes(made.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    both.write_bytes(secret + trusted.read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, trusted


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(("name", "outcome"), [("localhost", SENT), ("somebody-else.example", LATER)])
def test_a_service_needs_the_certificate_of_its_name(
    name: str, outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certified(tmp_path, name)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with push_service(context) as service:
        assert send(service, 2) == [outcome, outcome]
        assert len(service.arrived) == (2 if outcome == SENT else 0)


@pytest.mark.usefixtures("loopback")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context, _trusted = certified(tmp_path, "localhost")
    with push_service(context) as service:
        assert send(service) == [LATER]
        assert service.asked == 0


@pytest.mark.usefixtures("loopback")
def test_the_checked_address_is_the_one_connected_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere a moment later (DNS rebinding) leads nowhere: it is asked for once."""
    context, trusted = certified(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    truly, asked = socket.getaddrinfo, []

    def once(host: str, *rest: object, **named: object) -> object:
        asked.append(host)
        return truly("127.0.0.1" if len(asked) == 1 else host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    with push_service(context) as service:
        assert send(service, 3) == [SENT] * 3
    assert [host for host in asked if not _is_number(host)] == ["localhost"]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
