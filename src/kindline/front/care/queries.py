"""Which helplines this server shows: the operator's own file, or else the few that come with Kindline."""

import logging
from pathlib import Path

from django.conf import settings

from kindline.front.care.helplines import List, read

OURS = Path(__file__).parent / "helplines.toml"
LONGEST_FILE = 500_000  # bytes

log = logging.getLogger(__name__)


def operators_file() -> Path:
    """Return where the operator's own list lies, if there is one."""
    return Path(settings.DATA) / "helplines.toml"


def helplines() -> List:
    """Return the list to show; an operator's file that holds no usable entry gives way to ours."""
    try:
        with operators_file().open("rb") as file:
            own = read(file.read(LONGEST_FILE).decode("utf-8", "replace"))
    except FileNotFoundError:
        return read(OURS.read_text("utf-8"))
    except OSError as error:
        own = List((), (f"helplines.toml can't be opened: {error.strerror}",))
    for problem in own.problems:
        log.warning(problem.replace("%", " "))
    return own if own.entries else List(read(OURS.read_text("utf-8")).entries, own.problems)
