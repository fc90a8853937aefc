"""Bytes as text, whatever program wrote them."""

from kindline.front.takeout.reading.told import Refused

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FINE = frozenset("\t\n\r\f")


def text_of(raw: bytes, *, may_be_old: bool = False) -> str:
    """Return the text of a file; `may_be_old` allows the letters of older programs. Raise Refused when it is none."""
    encoding = next((name for mark, name in _MARKED if raw.startswith(mark)), "")
    try:
        text = raw.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding or not may_be_old:
            raise Refused("letters", line=raw.count(b"\n", 0, error.start) + 1) from error
        text = _old(raw)
    at = text.find("\0")
    if at >= 0:
        raise Refused("nul", line=text.count("\n", 0, at) + 1)
    return text


def _old(raw: bytes) -> str:
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    strange = next((at for at, sign in enumerate(text) if sign < " " and sign not in _FINE), -1)
    if strange >= 0:
        raise Refused("foreign")
    return text
