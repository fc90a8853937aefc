"""Letting somebody in: a new session, its cookie, and the mark of a known device."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from kindline.front.takeout.actions import let_go_if_abandoned
from kindline.ground.people.queries import person_of
from kindline.ground.people.shapes import Profile
from kindline.ground.vault import circles, sessions, throttle
from kindline.ground.vault.keyring import Keyring


def let_in(request: HttpRequest, response: HttpResponseBase, keyring: Keyring, profile: Profile) -> HttpResponseBase:
    """Unlock this device for somebody who has just joined; whoever was here before is locked."""
    end_session(request)
    token = sessions.start(keyring, timezone.now(), profile.idle_minutes)
    return with_cookies(request, response, token, profile.name, keyring)


def enter(request: HttpRequest, keyring: Keyring) -> str:
    """Start a session and set the person on this very request; return the token."""
    end_session(request)
    now = timezone.now()
    keyring = circles.remember_closed(keyring)
    token = sessions.start(keyring, now)
    opened = sessions.opened(token, now)
    assert opened is not None
    person = person_of(opened)
    sessions.set_idle_minutes(person.id, person.profile.idle_minutes)
    let_go_if_abandoned(person=person, now=now)
    asked: Any = request
    asked.person = person
    translation.activate(person.profile.language)
    timezone.activate(person.zone)
    return token


def end_session(request: HttpRequest) -> None:
    """Lock this device, if it is unlocked."""
    person = request.person  # type: ignore[attr-defined]
    if person is not None:
        sessions.end(person.session)


def with_cookies(
    request: HttpRequest, response: HttpResponseBase, token: str, name: str, keyring: Keyring
) -> HttpResponseBase:
    """Hand the token to the browser, and a mark by which this device is known for that name and place."""
    sessions.set_cookie(response, token)
    response.set_cookie(
        settings.DEVICE_COOKIE,
        throttle.device_cookie(request, name, keyring),
        max_age=throttle.DEVICE_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
