"""Letters through a real mail server: confirmed first, one sentence, ended by one press, late rather than lost."""

import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from kindline.ground.post import delivering
from kindline.ground.post.models import Channel
from kindline.ground.post.tests.reminding import NOON, Clock, Planned, choose, remind_by_mail, rounds
from kindline.settings import MailServer, mail_server
from tests.people import Somebody
from tests.serving import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

PAGE = "/settings/reminders/"
ADDRESS = "somebody@example.org"


@dataclass
class Mailbox:
    """A mail server on this machine, and what it took."""

    port: int
    letters: list[Message] = field(default_factory=list)
    says: str = "250 Taken"  # to a recipient
    _serving: Controller | None = None

    def start(self) -> None:
        """Begin to take letters."""
        self._serving = Controller(self, hostname="127.0.0.1", port=self.port)
        self._serving.start()

    def stop(self) -> None:
        """Be gone."""
        if self._serving is not None:
            self._serving.stop()
            self._serving = None

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope, to: str, _more: list[str]
    ) -> str:
        del server, session
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(to)
        return self.says

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        del server, session
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content))
        return "250 Taken"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox(free_port())
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    settings.DEFAULT_FROM_EMAIL = "Kindline <kindline@example.org>"
    box.start()
    yield box
    box.stop()


def words_of(letter: Message) -> str:
    raw = letter.get_payload(decode=True)
    assert isinstance(raw, bytes)
    return raw.decode()


def link_in(letter: Message, kind: str) -> str:
    found = re.search(rf"https?://[^/]+(/reminders/{kind}/[^\s>]+)", words_of(letter))
    assert found, words_of(letter)
    return found[1]


def test_an_address_is_asked_first_and_hears_nothing_before_its_yes(
    alice: Somebody, mailbox: Mailbox, planned: Planned, clock: Clock
) -> None:
    assert alice.client.post(f"{PAGE}mail/", {"address": ADDRESS}).status_code == 302
    [asks] = mailbox.letters
    planned.plan(alice.person.id, NOON + timedelta(hours=1))
    assert rounds(planned, clock, NOON + timedelta(hours=2)) == []
    anybody = Client()
    assert "say yes" in anybody.get(link_in(asks, "yes")).content.decode()
    assert not Channel.objects.get().is_confirmed, "looking changes nothing: mail programs open links by themselves"
    assert "come to this address now" in anybody.post(link_in(asks, "yes")).content.decode()
    planned.plan(alice.person.id, NOON + timedelta(hours=3))
    assert rounds(planned, clock, NOON + timedelta(hours=4)) == [NOON + timedelta(minutes=150)]
    assert len(mailbox.letters) == 2


def test_a_link_that_asks_is_good_for_two_days(alice: Somebody, mailbox: Mailbox, clock: Clock) -> None:
    alice.client.post(f"{PAGE}mail/", {"address": ADDRESS})
    link = link_in(mailbox.letters[0], "yes")
    with time_machine.travel(NOON + timedelta(days=2, minutes=1), tick=False):
        for ask in (Client().get, Client().post):
            assert "not good any more" in ask(link).content.decode()
    assert not Channel.objects.get().is_confirmed


def test_a_letter_holds_one_sentence_the_address_of_this_place_and_a_way_to_end_it(
    alice: Somebody, bob: Somebody, mailbox: Mailbox, planned: Planned, clock: Clock
) -> None:
    for one in (alice, bob):
        remind_by_mail(one, f"{one.name.lower()}@example.org")
        planned.plan(one.person.id, NOON + timedelta(hours=1), key=f"of {one.name}")
    assert rounds(planned, clock, NOON + timedelta(hours=1)) == [NOON + timedelta(minutes=30)] * 2
    one, other = mailbox.letters
    plain = [re.sub(r"/reminders/stop/\S+", "/reminders/stop/…", words_of(letter)) for letter in (one, other)]
    assert plain[0] == plain[1]
    assert plain[0].splitlines()[0] == "You asked to be reminded."
    assert {letter["Subject"] for letter in (one, other)} == {"A reminder"}
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link_in(one, "stop") in one["List-Unsubscribe"]
    for letter in (one, other):
        assert not [word for word in ("Alice", "Bob", "rhythm") if word in letter.as_string().replace("@example", "")]


def test_one_press_ends_the_letters_without_a_key(
    alice: Somebody, mailbox: Mailbox, planned: Planned, clock: Clock
) -> None:
    remind_by_mail(alice)
    planned.plan(alice.person.id, NOON + timedelta(hours=1))
    rounds(planned, clock, NOON + timedelta(hours=1))
    link, strict = link_in(mailbox.letters[0], "stop"), Client(enforce_csrf_checks=True)
    assert "No more reminders at this address?" in strict.get(link).content.decode()
    assert strict.post(link, {"other": "field"}).status_code == 403
    assert Channel.objects.exists()
    # As a mail program does it (RFC 8058), which knows no token.
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Channel.objects.exists()
    assert "No more reminders come" in Client().get(link).content.decode()


@pytest.mark.parametrize("mark", ["nothing", "a:b", "0e06ce961ccf4ac8bded3e9e2fb62703:AAAA", "%00"])
def test_a_made_up_mark_does_nothing(alice: Somebody, mailbox: Mailbox, mark: str) -> None:
    remind_by_mail(alice)
    for kind in ("yes", "stop"):
        for ask in (Client().get, Client().post):
            assert ask(f"/reminders/{kind}/{mark}/").status_code == 200
    assert Channel.objects.get().is_confirmed


def test_the_mark_of_one_link_does_not_do_for_the_other(alice: Somebody, mailbox: Mailbox, clock: Clock) -> None:
    alice.client.post(f"{PAGE}mail/", {"address": ADDRESS})
    asks = link_in(mailbox.letters[0], "yes").split("/")[3]
    stop = mailbox.letters[0]["List-Unsubscribe"].split("/")[-2]
    Client().post(f"/reminders/stop/{asks}/")
    Client().post(f"/reminders/yes/{stop}/")
    assert not Channel.objects.get().is_confirmed


def test_a_mail_server_that_is_down_for_a_day_loses_nothing_and_doubles_nothing(
    alice: Somebody, bob: Somebody, mailbox: Mailbox, planned: Planned, clock: Clock
) -> None:
    for one in (alice, bob):
        remind_by_mail(one, f"{one.name.lower()}@example.org")
        choose(one, quiet_from=time(0), quiet_until=time(0))
        for hours in (1, 5, 9, 20):
            planned.plan(one.person.id, NOON + timedelta(hours=hours))
    mailbox.stop()
    assert rounds(planned, clock, NOON + timedelta(hours=24), minutes=15) == []
    assert "could not be reached yet" in alice.client.get(PAGE).content.decode()
    mailbox.start()
    arrived = rounds(planned, clock, NOON + timedelta(hours=48), minutes=15)
    assert len(arrived) == len(mailbox.letters) == 2, "what waited is told together"
    assert {letter["To"] for letter in mailbox.letters} == {"alice@example.org", "bob@example.org"}
    assert "could not be reached" not in alice.client.get(PAGE).content.decode()


def test_a_mail_server_that_is_down_is_knocked_at_once_a_round(
    alice: Somebody, bob: Somebody, planned: Planned, clock: Clock, mailbox: Mailbox
) -> None:
    mailbox.stop()
    for one in (alice, bob):
        remind_by_mail(one, f"{one.name.lower()}@example.org")
        planned.plan(one.person.id, NOON + timedelta(minutes=35))
    knocks: list[int] = []

    def knock(*_: object, **__: object) -> None:
        knocks.append(1)
        raise ConnectionRefusedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtplib.SMTP, "__init__", knock)
        assert rounds(planned, clock, NOON + timedelta(minutes=5)) == []
    assert len(knocks) == 1


@pytest.mark.parametrize("says", ["550 Nobody of that name", "451 Try again"])
def test_an_address_that_the_server_does_not_take_is_given_up_or_tried_again(
    says: str, alice: Somebody, mailbox: Mailbox, planned: Planned, clock: Clock
) -> None:
    remind_by_mail(alice)
    planned.plan(alice.person.id, NOON + timedelta(minutes=35))
    mailbox.says = says
    assert rounds(planned, clock, NOON + timedelta(minutes=5)) == []
    channel, for_good = Channel.objects.get(), says.startswith("5")
    assert (channel.given_up_at is not None) == for_good
    assert (channel.tries > 0) != for_good


def test_a_letter_that_is_sent_once_more_has_the_same_id(
    alice: Somebody, mailbox: Mailbox, planned: Planned, clock: Clock
) -> None:
    """The worker died after handing it on: two copies, and a mailbox that shows one."""
    remind_by_mail(alice)
    planned.plan(alice.person.id, NOON + timedelta(minutes=35))
    settle = delivering.outbox.settle
    delivering.outbox.settle = lambda *_: None
    try:
        rounds(planned, clock, NOON + timedelta(minutes=5))
    finally:
        delivering.outbox.settle = settle
    clock.on(minutes=6)
    assert delivering.deliver(clock, planned.between) == 1
    one, other = mailbox.letters
    assert one["Message-ID"] == other["Message-ID"]


def test_nobody_can_be_asked_without_end(alice: Somebody, mailbox: Mailbox, clock: Clock) -> None:
    for number in range(5):
        assert alice.client.post(f"{PAGE}mail/", {"address": f"{number}@example.org"}).status_code == 302
    told = alice.client.post(f"{PAGE}mail/", {"address": "another@example.org"})
    assert told.status_code == 422
    assert "Tomorrow" in told.content.decode()
    assert [letter["To"] for letter in mailbox.letters] == [f"{number}@example.org" for number in range(5)]
    assert Channel.objects.get().target == "4@example.org"


def test_an_address_nobody_said_yes_to_is_forgotten(alice: Somebody, mailbox: Mailbox, clock: Clock) -> None:
    alice.client.post(f"{PAGE}mail/", {"address": ADDRESS})
    rounds(Planned(), clock, NOON + timedelta(days=5), minutes=360)
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "somebody", "a@b", "a@example.org\r\nBcc: b@example.org", "a" * 300 + "@a.org"]
)
def test_what_is_no_address_is_refused(address: str, alice: Somebody, mailbox: Mailbox) -> None:
    assert alice.client.post(f"{PAGE}mail/", {"address": address}).status_code == 422
    assert not Channel.objects.exists()
    assert mailbox.letters == []


# KINDLINE_MAIL_URL


@pytest.mark.parametrize(
    ("address", "server"),
    [
        (
            "smtps://na%40me:p%2Fw%3A@mail.example.org?from=Kindline%20%3Ck@example.org%3E",
            MailServer("mail.example.org", 465, "na@me", "p/w:", "ssl", "Kindline <k@example.org>"),
        ),
        (
            "smtp://me:pw@mail.example.org?from=k@example.org",
            MailServer("mail.example.org", 587, "me", "pw", "starttls", "k@example.org"),
        ),
        (
            "smtp://localhost?from=k@example.org",
            MailServer("localhost", 25, "", "", "", "k@example.org"),
        ),
        (
            "smtp://mail.example.org:2525/?from=k@example.org",
            MailServer("mail.example.org", 2525, "", "", "starttls", "k@example.org"),
        ),
    ],
)  # fmt: skip
def test_the_address_of_a_mail_server_says_all_of_it(address: str, server: MailServer) -> None:
    assert mail_server(address) == server


@pytest.mark.parametrize(
    "address",
    [
        "mail.example.org", "http://mail.example.org?from=k@example.org", "smtp://?from=k@example.org",
        "smtp://mail.example.org", "smtp://mail.example.org?from=nobody", "smtp://mail.example.org?from=k@a.org&tls=no",
        "smtp://mail.example.org:port?from=k@example.org", "smtp://mail.example.org/path?from=k@example.org",
        "smtp://mail.example.org?from=k@example.org%0ABcc:%20a@b.org", "smtp://[::1?from=k@example.org",
    ],
)  # fmt: skip
def test_what_is_no_mail_server_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        mail_server(address.replace("://", "://me:very-secret@"))
    assert "very-secret" not in str(refused.value)
