"""TOML out of a file that an operator put here, perhaps from elsewhere: read, unless it would take hours to read."""

import re
import tomllib
from typing import Any

# Names within names: the standard library's reader takes the square of them, and more.
_LONG_NAME = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){20}")


def tables(text: str) -> dict[str, Any]:
    """Return what a file says, or raise TOMLDecodeError with a sentence."""
    if _LONG_NAME.search(text):
        raise tomllib.TOMLDecodeError("a name has more than twenty parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("lists or tables lie too deep in one another") from None
    except ValueError as error:  # a number with thousands of digits
        raise tomllib.TOMLDecodeError(str(error)) from None
