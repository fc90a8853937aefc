"""The `kindline` command: serve, check, and what keeps a server alive."""

import os
import sys
from collections.abc import Callable

USAGE = """kindline serve              serve on KINDLINE_HOST:KINDLINE_PORT, keeping everything in KINDLINE_DATA
kindline check [FILE|-]     let the language coach read a text; `kindline check --help` says more
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    command = COMMANDS.get(words[0] if words else "serve")
    if command is None:
        wants_help = words[0] in {"-h", "--help", "help"}
        print(USAGE, end="", file=sys.stdout if wants_help else sys.stderr)
        return 0 if wants_help else 2
    return command(words[1:])


def _serve(_words: list[str]) -> int:
    import django  # noqa: PLC0415 - the coach's command must not wait for Django
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    from kindline.ground.storage.folder import Unusable, prepare  # noqa: PLC0415

    os.umask(0o077)  # whatever is made from here on is its owner's only
    try:
        from kindline import settings as configured  # noqa: PLC0415

        # The secret has to be there before the settings are read for good.
        prepare(configured.DATA, keeps_database="sqlite" in str(configured.DATABASES["default"]["ENGINE"]))
        configured.SECRET_KEY = (configured.DATA / "secret").read_text()
        os.environ["DJANGO_SETTINGS_MODULE"] = "kindline.settings"
        django.setup(set_prefix=False)
        from kindline.serve import serve  # noqa: PLC0415

        serve()
    except (Unusable, ImproperlyConfigured) as error:
        print(f"kindline: {error}", file=sys.stderr)
        return 1
    return 0


def _check(words: list[str]) -> int:
    from kindline.coach.cli import main as check  # noqa: PLC0415

    return check(words)


COMMANDS: dict[str, Callable[[list[str]], int]] = {"serve": _serve, "check": _check}

if __name__ == "__main__":
    sys.exit(main())
