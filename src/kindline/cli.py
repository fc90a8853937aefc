"""The `kindline` command: one table of what can be said to it."""

import os
import sys
from collections.abc import Callable
from difflib import get_close_matches
from importlib.metadata import version
from typing import NamedTuple

STOPPED = 130  # what shells know Ctrl and C by


class Command(NamedTuple):
    """One command: what runs it, and what help says about it."""

    run: Callable[[list[str]], int]
    takes: str
    does: str


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        print("kindline: stopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read along has read enough; nothing is left to be said to them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(words: list[str]) -> int:
    name = words[0] if words else "serve"
    if name in COMMANDS:
        return COMMANDS[name].run(words[1:])
    if name in {"-V", "--version", "version"}:
        print(f"Kindline {version('kindline')}")
        return 0
    if name in {"-h", "--help", "help"}:
        print(usage())
        return 0
    print(_unknown(name), usage(), sep="\n\n", file=sys.stderr)
    return 2


def _unknown(name: str) -> str:
    near = get_close_matches(name, COMMANDS, n=1)
    meant = f" Did you mean `kindline {near[0]}`?" if near else ""
    return f"kindline: there is no command {name!r}.{meant}"


def usage() -> str:
    """Return one line for each command."""
    said = {f"kindline {name} {command.takes}".rstrip(): command.does for name, command in COMMANDS.items()}
    wide = max(map(len, said))
    lines = [f"{words:{wide}}  {does}" for words, does in said.items()]
    more = "`kindline COMMAND --help` says more. Settings are read from the environment: README.md."
    return "\n".join([*lines, "", more])


def _serve(words: list[str]) -> int:
    if words:
        wants_help = words[0] in {"-h", "--help"}
        said = "kindline serve takes nothing; its settings are read from the environment: README.md."
        print(said, file=sys.stdout if wants_help else sys.stderr)
        return 0 if wants_help else 2
    return _with_settings(_serve_from_folder)


def _serve_from_folder() -> int:
    from kindline import settings as configured  # noqa: PLC0415
    from kindline.ground.storage.folder import make, occupied, prepare  # noqa: PLC0415
    from kindline.ground.storage.swapping import finish  # noqa: PLC0415

    make(configured.DATA)
    with occupied(configured.DATA):
        if sentence := finish(configured.DATA, configured.DATABASES["default"]):
            print(f"kindline: {sentence}", file=sys.stderr)
        # The secret has to be there before the settings are read for good.
        prepare(configured.DATA, keeps_database="sqlite" in str(configured.DATABASES["default"]["ENGINE"]))
        configured.SECRET_KEY = (configured.DATA / "secret").read_text()
        configured.PUSH_KEY = (configured.DATA / "push-key").read_text()
        _set_up_django()
        from kindline.serve import serve  # noqa: PLC0415

        serve()
    return 0


def _operate(name: str) -> Callable[[list[str]], int]:
    def run(words: list[str]) -> int:
        def operate() -> int:
            _set_up_django()
            from kindline.operating.cli import main as operator  # noqa: PLC0415

            return operator(name, words)

        return _with_settings(operate)

    return run


def _with_settings(run: Callable[[], int]) -> int:
    """Run what reads settings and the data folder; what stands in its way is one sentence."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - `check` must not wait for Django

    from kindline.ground.storage.folder import Unusable  # noqa: PLC0415

    os.umask(0o077)  # whatever is made from here on is its owner's only
    try:
        return run()
    except (Unusable, ImproperlyConfigured) as error:
        print(f"kindline: {error}", file=sys.stderr)
        return 1


def _set_up_django() -> None:
    import django  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "kindline.settings"
    django.setup(set_prefix=False)


def _demo(words: list[str]) -> int:
    from kindline.demo.cli import main as demo  # noqa: PLC0415

    return _with_settings(lambda: demo(words))


def _check(words: list[str]) -> int:
    from kindline.coach.cli import main as check  # noqa: PLC0415

    return check(words)


COMMANDS = {
    "serve": Command(_serve, "", "serve on KINDLINE_HOST:KINDLINE_PORT, keeping everything in KINDLINE_DATA"),
    "backup": Command(_operate("backup"), "FILE", "write everything into one file, while the server goes on"),
    "restore": Command(_operate("restore"), "FILE", "put a backup in the place of what is there, which is kept aside"),
    "demo": Command(_demo, "[FOLDER]", "write half a year of two invented people, and say how to look at it"),
    "move": Command(_operate("move"), "ADDRESS", "copy everything into PostgreSQL, or back, and compare every row"),
    "verify": Command(_operate("verify"), "FILE", "check the signed agreements in a file somebody took along"),
    "worker": Command(_operate("worker"), "", "send reminders from here, beside a server with KINDLINE_WORKER=off"),
    "doctor": Command(_operate("doctor"), "", "say how everything stands, and what to do"),
    "people": Command(
        _operate("people"), "--list | --remove ID", "list the places here (no names), or delete one for good"
    ),
    "check": Command(_check, "[FILE|-]", "let the language coach read a text"),
}

if __name__ == "__main__":
    sys.exit(main())
