"""One settings file, read from the environment, safe when nothing is set. README.md lists each name."""

import ipaddress
import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from kindline import rooms

BASE = Path(__file__).parent


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) not in range(1, 1 << 16):
        raise ImproperlyConfigured(f"KINDLINE_PORT is a number from 1 to 65535, not {text!r}.")
    return int(text)


def _address(text: str) -> str:
    """Return an address without the slash at its end, or raise ImproperlyConfigured for what browsers can't open."""
    said = f"KINDLINE_URL is the address people open, like https://kindline.example.org, not {text!r}."
    try:
        parts = urlsplit(text)
        fine = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        fine = False
    if not fine or any(not sign.isprintable() or sign.isspace() for sign in text):
        raise ImproperlyConfigured(said)
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(f"{said} Kindline needs a name of its own and can't live under a path.")
    return text.rstrip("/")


# Where things are kept, and who may come in.
DATA = Path(os.environ.get("KINDLINE_DATA") or Path.home() / ".local/share/kindline").expanduser().absolute()
HOST = os.environ.get("KINDLINE_HOST", "127.0.0.1")
PORT = _port(os.environ.get("KINDLINE_PORT", "8000"))
_listened = f"http://[{HOST}]:{PORT}" if ":" in HOST else f"http://{HOST}:{PORT}"
URL = _address(os.environ.get("KINDLINE_URL") or _listened)
OPERATOR = os.environ.get("KINDLINE_OPERATOR", "")
EXIT_URL = os.environ.get("KINDLINE_EXIT_URL", "https://www.wikipedia.org/")
FRONT_DOOR_COACH = os.environ.get("KINDLINE_FRONT_DOOR_COACH", "on") != "off"


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_public = urlsplit(URL)
SECURE = _public.scheme == "https"
ON_LOOPBACK = _loopback(HOST) and _loopback(_public.hostname or "")
JOIN = os.environ.get("KINDLINE_JOIN", "open" if ON_LOOPBACK else "invited")

DEBUG = False
# `kindline serve` makes the file at the first start; without it (tests, tools) nothing outlives the process.
_secret = DATA / "secret"
try:
    SECRET_KEY = _secret.read_text()
except (OSError, UnicodeDecodeError):
    SECRET_KEY = secrets.token_hex(32)

# What reminders to devices are signed with. A device knows the public half, so another one would reach none of them.
try:
    PUSH_KEY = (DATA / "push-key").read_text()
except (OSError, UnicodeDecodeError):
    PUSH_KEY = secrets.token_hex(32)
# For tests: a push service on this machine, also without https.
PUSH_LOOPBACK = os.environ.get("KINDLINE_PUSH_LOOPBACK", "") == "allow"
# Reminders go out from the server itself, or from `kindline worker` beside it.
WORKER = os.environ.get("KINDLINE_WORKER", "on") != "off"

ALLOWED_HOSTS = [_public.hostname or "", *(["localhost", "127.0.0.1", "[::1]"] if ON_LOOPBACK else [])]
CSRF_TRUSTED_ORIGINS = [URL]
# With an https address, a request that came through the proxy in clear is sent round again.
TRUSTED_PROXY = os.environ.get("KINDLINE_PROXY", "127.0.0.1")
SECURE_SSL_REDIRECT = SECURE

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    *(f"kindline.ground.{name}" for name in rooms.GROUND),
    *(f"kindline.ours.{name}" for name in rooms.OURS),
    *(f"kindline.mine.{name}" for name in rooms.MINE),
    *(f"kindline.front.{name}" for name in rooms.FRONT),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kindline.ground.page.middleware.headers",
    "kindline.ground.page.middleware.not_in_clear",
    "kindline.ground.page.middleware.same_site",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kindline.ground.people.gate.Gate",
]

ROOT_URLCONF = "kindline.urls"
ASGI_APPLICATION = "kindline.asgi.application"
FORM_RENDERER = "kindline.ground.page.forms.PageRenderer"
CSRF_FAILURE_VIEW = "kindline.front.care.views.stale_form"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
            ],
        },
    },
]


def postgresql(address: str) -> dict[str, Any]:
    """Return the settings of a PostgreSQL database from its address, as libpq understands it."""
    from psycopg import Error  # noqa: PLC0415 - without PostgreSQL it need not be loaded
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    try:
        parts = conninfo_to_dict(address)
    except Error:
        # What stands there may hold a password: it is not repeated.
        raise ImproperlyConfigured("KINDLINE_DATABASE_URL is no address of a PostgreSQL database.") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {**parts, "pool": {"min_size": 1, "max_size": 26, "timeout": 10}},
    }


def sqlite(file: Path) -> dict[str, Any]:
    """Return the settings of a SQLite database in a file."""
    # FULL: a power cut loses nothing that was acknowledged. IMMEDIATE: writers queue instead of failing half-way.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000"
            ),
        },
    }


_database = os.environ.get("KINDLINE_DATABASE_URL", "")
DATABASES = {"default": postgresql(_database) if _database else sqlite(DATA / "kindline.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Argon2id for a new installation: 64 MiB, three passes. The figures then stand in the installation's own row.
STRETCH_MEMORY = 64 * 1024 * 1024
STRETCH_PASSES = 3
# What no installation goes below, whatever its row says. These two never rise: older installations would not open.
STRETCH_LEAST_MEMORY = 64 * 1024 * 1024
STRETCH_LEAST_PASSES = 3

SWEEP_EVERY = 60  # seconds: how often what has run out is forgotten, and the database's log emptied


class MailServer(NamedTuple):
    """The operator's mail server, as KINDLINE_MAIL_URL names it."""

    host: str
    port: int
    name: str
    password: str
    encrypted: str  # "ssl" from the start, "starttls" before anything is said, or "" not at all
    sender: str


def mail_server(address: str) -> MailServer:
    """Return what an address of a mail server says, or raise ImproperlyConfigured when it is none.

    smtps:// is encrypted from the start, smtp:// from STARTTLS on; only on this machine smtp:// is plain.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        asked = dict(parse_qsl(parts.query))
    except ValueError:
        host, asked = "", {}
    sender = asked.get("from", "")
    fine = host and parts.scheme in {"smtp", "smtps"} and parts.path in {"", "/"} and set(asked) == {"from"}
    if not fine or not sender.isprintable() or "@" not in sender:
        # What stands there may hold a password: it is not repeated.
        raise ImproperlyConfigured(
            "KINDLINE_MAIL_URL is no address of a mail server. One looks like "
            "smtps://name:password@mail.example.org?from=kindline@example.org, with signs such as @ or / in name and "
            "password written as %40 or %2F."
        )
    encrypted = "ssl" if parts.scheme == "smtps" else "" if _loopback(host) else "starttls"
    usual = {"ssl": 465, "starttls": 587, "": 25}[encrypted]
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(host, port or usual, name, password, encrypted, sender)


# Without a mail server nobody is offered reminders by e-mail.
_mail_url = os.environ.get("KINDLINE_MAIL_URL", "")
MAIL = bool(_mail_url)
_mail_server = mail_server(_mail_url or "smtp://localhost?from=kindline@localhost")
EMAIL_HOST, EMAIL_PORT = _mail_server.host, _mail_server.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail_server.name, _mail_server.password
EMAIL_USE_SSL, EMAIL_USE_TLS = (_mail_server.encrypted == way for way in ("ssl", "starttls"))
DEFAULT_FROM_EMAIL = _mail_server.sender
EMAIL_TIMEOUT = 15  # seconds

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

# A person's words never touch a temporary file: a body is either held in memory or refused.
BODY_LIMIT = 2 * 1024 * 1024
# A whole journal comes as a file, at one address only.
FILE_LIMIT = 24 * 1024 * 1024
FILE_PATHS = ("/takeout/read/",)
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = FILE_LIMIT * 2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE = f"{COOKIE_PREFIX}kindline"
DEVICE_COOKIE = f"{COOKIE_PREFIX}kindline-device"
PHONE_LOCK_COOKIE = f"{COOKIE_PREFIX}kindline-phone"
PAUSE_COOKIE = f"{COOKIE_PREFIX}kindline-pause"
GUISE_COOKIE = f"{COOKIE_PREFIX}kindline-guise"
INVITED_COOKIE = f"{COOKIE_PREFIX}kindline-invited"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}kindline-form"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
X_FRAME_OPTIONS = "DENY"

# No access log; what is logged names the path's template, never its values, bodies or locals.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "kindline.ground.page.logs.Plain", "format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "propagate": False},
        # Pages that were not found, refused or tried in vain would make the log tell who was here and when.
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        # A database that can't be reached is said once, by whoever needed it.
        "psycopg.pool": {"level": "ERROR"},
    },
}
