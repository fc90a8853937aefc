"""What every answer says to the browser, and who is not answered at all."""

import logging
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from kindline.ground.page.logs import Plain
from kindline.ground.page.middleware import headers, not_in_clear, same_site


def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("203.0.113.7", 403), ("", 403)])
def test_words_do_not_travel_in_clear(address: str, status: int) -> None:
    request = RequestFactory(REMOTE_ADDR=address).get("/")
    assert not_in_clear(fine)(request).status_code == status


@override_settings(SECURE=True)
def test_with_https_everybody_is_answered() -> None:
    assert not_in_clear(fine)(RequestFactory(REMOTE_ADDR="203.0.113.7").get("/")).status_code == 200


@pytest.mark.parametrize(
    ("method", "site", "status"),
    [
        ("post", "cross-site", 403),
        ("post", "same-site", 403),
        ("post", "same-origin", 200),
        ("post", "none", 200),
        ("get", "cross-site", 200),
    ],
)
def test_forms_of_other_sites_are_refused(method: str, site: str, status: int) -> None:
    request = getattr(RequestFactory(headers={"sec-fetch-site": site}), method)("/")
    assert same_site(fine)(request).status_code == status


def test_each_answer_has_a_policy_of_its_own() -> None:
    first, second = (headers(fine)(RequestFactory().get("/")) for _ in range(2))
    assert "'unsafe" not in first["Content-Security-Policy"]
    assert first["Content-Security-Policy"] != second["Content-Security-Policy"]
    assert "no-store" in first["Cache-Control"]


def test_the_log_says_where_and_never_what() -> None:
    words = "she said it again"
    try:
        int(words)
    except ValueError:
        record = logging.LogRecord("kindline", logging.ERROR, __file__, 1, "Broke: %s", (words,), sys.exc_info())
    line = Plain().format(record)
    assert "said" not in line
    assert "ValueError" in line
    assert "test_middleware.py" in line
