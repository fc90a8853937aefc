"""When something goes wrong, the log names the place in the code, never what somebody wrote."""

import io
import logging
import logging.config
import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import IntegrityError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from kindline import urls as house
from kindline.ground.people.gate import public
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]

SECRET = "the heron nobody may read of"
HEAD = "/broken/"


@public
def raises(request: HttpRequest, how: str) -> HttpResponse:
    """Go wrong in one of many ways, with somebody's words in locals, in the form and in the exception itself."""
    words = request.POST.get("what", SECRET)
    WAYS[how](words)
    return HttpResponse("done")


def wrong(error: type[Exception]) -> Callable[[str], None]:
    def go_wrong(words: str) -> None:
        raise error(words)

    return go_wrong


def chained(words: str) -> None:
    try:
        wrong(ValueError)(words)
    except ValueError as error:
        raise RuntimeError(f"while reading {words}") from error


def grouped(words: str) -> None:
    raise ExceptionGroup(words, [ValueError(words)])


def unicode(words: str) -> None:
    raise UnicodeEncodeError("ascii", words, 0, 1, words)


def refused_by_the_database(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO vault_throttle (bucket) VALUES (%s)", [words])


def logged(words: str) -> None:
    logging.getLogger("kindline.room").warning("could not read %s", words)
    try:
        wrong(IntegrityError)(words)
    except IntegrityError:
        logging.getLogger("kindline.room").exception("could not keep %(what)s", {"what": words})
        logging.getLogger("elsewhere").exception(f"lost\nfuture: {words}")  # noqa: G004 - as some libraries do
    logging.getLogger("elsewhere").error(ValueError(words))


PLAINLY = (ValueError, KeyError, AssertionError, SuspiciousOperation, DisallowedHost, Http404, PermissionError)
WAYS: dict[str, Callable[[str], None]] = {
    **{error.__name__: wrong(error) for error in PLAINLY},
    **{how.__name__: how for how in (chained, grouped, unicode, refused_by_the_database, logged)},
}


class Urls:
    """The house's addresses and one that breaks."""

    handler404, handler500 = house.handler404, house.handler500
    urlpatterns = [*house.urlpatterns, path("broken/<str:how>/", raises)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Set logging up as the server does, writing where the test can read it."""
    written = io.StringIO()
    logging.config.dictConfig(settings.LOGGING)
    handlers = {id(handler): handler for logger in loggers() for handler in logger.handlers}
    streams = [handler for handler in handlers.values() if type(handler) is logging.StreamHandler]
    before = [handler.setStream(written) for handler in streams]
    yield written
    for handler, stream in zip(streams, before, strict=True):
        if stream is not None:
            handler.setStream(stream)


def loggers() -> list[logging.Logger]:
    named = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    return [logging.root, *named]


@pytest.mark.parametrize("how", WAYS)
def test_what_goes_wrong_is_told_without_anybodys_words(how: str, alice: Somebody, log: io.StringIO) -> None:
    alice.client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=Urls):
        answer = alice.client.post(f"/broken/{how}/?q={SECRET}", {"what": SECRET}, headers={"X-Words": SECRET})
    told = log.getvalue()
    # What is not there is no trouble: a line about it would only tell that somebody was here, and when.
    assert bool(told) is (how != "Http404"), told
    for part in (
        SECRET,
        "heron",
        alice.name,
        alice.token,
        repr(SECRET),
        SECRET.replace(" ", "+"),
        SECRET.replace(" ", "%20"),
    ):
        assert part not in told, f"{how}: {told}"
        assert how == "logged" or part not in answer.content.decode().replace("Alice, your place", ""), how
    if answer.status_code == 500:
        assert re.search(r"test_logs_stay_silent\.py:\d+ raises", told), f"the place in the code is named: {told}"


def test_words_in_an_address_are_not_logged(alice: Somebody, log: io.StringIO) -> None:
    for client in (Client(), alice.client):
        client.get("/not/here/the-heron/")
        client.get("/mine/journal/", {"need": "the heron"})
        client.post("/mine/journal/the-heron/", {"what": SECRET})
        client.put("/mine/journal/write/?what=the-heron")
    Client(enforce_csrf_checks=True).post("/unlock/?next=/the-heron/", {"name": "heron", "passphrase": SECRET})
    alice.client.get("/settings/", headers={"Host": "the-heron.example"})
    assert "heron" not in log.getvalue()


def test_a_refused_request_is_told_without_its_words(alice: Somebody, log: io.StringIO) -> None:
    alice.client.raise_request_exception = False
    many = {f"the heron {number}": SECRET for number in range(500)}
    assert alice.client.post("/mine/journal/write/", many).status_code == 400
    head = 'Content-Disposition: form-data; name="what"\r\nContent-Transfer-Encoding: base64'
    body = f"--x\r\n{head}\r\n\r\n{SECRET}\r\n--x--"
    alice.client.generic("POST", "/mine/journal/write/", body, content_type="multipart/form-data; boundary=x")
    assert "heron" not in log.getvalue()


def test_logging_is_the_servers_own(log: io.StringIO) -> None:
    """The settings under test are the real ones, and no handler writes whole records."""
    import kindline.settings as real  # noqa: PLC0415

    assert settings.LOGGING is real.LOGGING
    assert {one["class"] for one in real.LOGGING["handlers"].values()} == {"logging.StreamHandler"}
    assert all("formatter" in one for one in real.LOGGING["handlers"].values())
    assert settings.DEBUG is False
    assert not settings.ADMINS
    logging.getLogger("kindline.room").warning("plainly told")
    assert "plainly told" in log.getvalue()
