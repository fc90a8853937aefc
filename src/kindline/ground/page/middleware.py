"""What every answer says to the browser about itself, and which requests are not even looked at."""

import ipaddress
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

Handler = Callable[[HttpRequest], HttpResponseBase]

# Sharing needs no word here: it is allowed to a page itself, and some browsers complain about a name they do not know.
ALLOWED = ("clipboard-write", "fullscreen", "screen-wake-lock", "publickey-credentials-get")
REFUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "serial",
    "storage-access", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join([*(f"{name}=(self)" for name in ALLOWED), *(f"{name}=()" for name in REFUSED)])


def content_security_policy(nonce: str) -> str:
    """Return the policy: everything from here, scripts by nonce or file, and forms may lead to the exit site."""
    leave = urlsplit(settings.EXIT_URL)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            f"form-action 'self' {leave.scheme}://{leave.netloc}",
        )
    )


def is_loopback(address: str) -> bool:
    """Say whether an address is this very machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def headers(get_response: Handler) -> Handler:
    """Set the headers that keep a page to itself: its policy, no cache, no embedding, no sensors."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = get_response(request)
        response["Content-Security-Policy"] = content_security_policy(request.csp_nonce)  # type: ignore[attr-defined]
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        patch_cache_control(response, no_store=True, private=True, no_transform=True)
        return response

    return answer


def not_in_clear(get_response: Handler) -> Handler:
    """Explain https to somebody who comes over the network without it, instead of letting words travel in clear."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if settings.SECURE or is_loopback(request.META.get("REMOTE_ADDR", "")):
            return get_response(request)
        return HttpResponse(render_to_string("page/add_https.html"), status=403)

    return answer


def same_site(get_response: Handler) -> Handler:
    """Refuse a form that the browser itself says comes from another site, before anything reads it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        if request.method not in {"GET", "HEAD"} and site not in {"same-origin", "none"}:
            return HttpResponseForbidden("This form came from another site.", content_type="text/plain")
        return get_response(request)

    return answer
