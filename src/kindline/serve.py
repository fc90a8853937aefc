"""Serve: prepare the folder, bring the database up to date, collect what browsers need, listen."""

import errno
import gc
import os
import resource
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kindline.front.worker.working import work
from kindline.ground.storage.database import SERVING, bring_up_to_date, empty_log
from kindline.ground.storage.folder import COLLECTED, Unusable
from kindline.ground.vault.sessions import forget_expired


def serve() -> None:
    """Serve until stopped; raise Unusable when it can't start."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # should it ever crash, no keys are written with it
    os.environ["PGAPPNAME"] = SERVING  # so that a restore from elsewhere sees that the database is in use
    listening = _listen()
    if kept := bring_up_to_date(settings.DATA, timezone.now()):
        print(f"The database is up to date now; a backup from before is in {kept}", flush=True)  # noqa: T201
    _collect_static()
    threading.Thread(target=_sweep, name="sweep", daemon=True).start()
    stopped = threading.Event()
    if settings.WORKER:
        threading.Thread(target=work, args=(stopped,), name="worker", daemon=True).start()
    # Both take a while to load, and WhiteNoise looks for the collected files while it does.
    import uvicorn  # noqa: PLC0415

    from kindline.asgi import application  # noqa: PLC0415
    from kindline.listening import MOST_HEAD, Patient  # noqa: PLC0415

    _rest_the_collector()

    behind = "" if settings.ON_LOOPBACK else f", listening on {settings.HOST}:{settings.PORT}"
    print(f"Kindline is at {settings.URL}{behind}", flush=True)  # noqa: T201
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            access_log=False,
            log_config=None,
            lifespan="off",
            server_header=False,
            proxy_headers=settings.SECURE,
            forwarded_allow_ips=settings.TRUSTED_PROXY,
            timeout_graceful_shutdown=5,
            http=Patient,
            h11_max_incomplete_event_size=MOST_HEAD,
        )
    )
    application.hub.closing = lambda: server.should_exit  # or every stop would wait for open streams
    try:
        server.run(sockets=[listening])
    finally:
        stopped.set()


def _rest_the_collector() -> None:
    """Leave what lives as long as the process out of every collection, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _listen() -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every page waits up to 40 ms for an acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.HOST, settings.PORT))
    except OSError as error:
        said = f"Kindline can't listen on {settings.HOST}:{settings.PORT}: {error.strerror}."
        raise Unusable(f"{said} {_instead(error)}") from error
    return listening


def _instead(error: OSError) -> str:
    """Return what to do when an address can't be listened on."""
    if error.errno == errno.EADDRINUSE:
        return "Another program has this port (`ss -ltnp` names it): stop that one, or set KINDLINE_PORT to another."
    if error.errno == errno.EACCES:
        return "Ports below 1024 are for the web server in front; set KINDLINE_PORT to a higher one."
    return "KINDLINE_HOST is an address of this machine; without it, Kindline listens on 127.0.0.1."


def _collect_static() -> None:
    """Copy style, scripts and icons beside the data, unless these very files were collected before."""
    stamp = settings.DATA / COLLECTED
    state = "\n".join(sorted(_states()))
    if stamp.is_file() and stamp.read_text() == state:
        return
    try:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(state)
    except OSError as error:
        raise Unusable(f"{settings.STATIC_ROOT} can't be written: {error.strerror}.") from error


def _states() -> list[str]:
    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))  # noqa: PTH116 - a storage gives plain text
            found.append(f"{name} {state.st_mtime_ns} {state.st_size}")
    return [str(Path(sys.prefix)), *found]


def _sweep() -> None:
    """Once a minute forget sessions whose time is over: after that not even their cookie opens them."""
    wait = threading.Event()
    while True:
        close_old_connections()
        with suppress(DatabaseError):  # a full disk, say: the next minute tries again
            forget_expired(timezone.now())
            empty_log()
        close_old_connections()
        wait.wait(settings.SWEEP_EVERY)
