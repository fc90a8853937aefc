"""Where questionnaires stand: our own beside this module, an operator's in the data folder. Reads files only."""

import re
import stat
from pathlib import Path
from typing import NamedTuple

from kindline.mine.needs.instruments import Instrument, Unfit, read

OURS = Path(__file__).parent / "questions"
OWN_CHECK = "leaning"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LARGEST = 200_000  # bytes of one file
MOST = 50  # files


class Shelf(NamedTuple):
    """Every questionnaire that can be used, our own first, and a sentence for each file that can't."""

    instruments: tuple[Instrument, ...]
    problems: tuple[str, ...]

    def find(self, instrument_id: str) -> Instrument | None:
        """Return the questionnaire of an id, or None."""
        return next((one for one in self.instruments if one.id == instrument_id), None)


def shelf(folder: Path, language: str) -> Shelf:
    """Return our own check in a language (English where there is no other) and what stands in an operator's folder."""
    ours = next(
        path for path in (OURS / language / f"{OWN_CHECK}.toml", OURS / f"en/{OWN_CHECK}.toml") if path.exists()
    )
    found, problems = [_read(ours)], []
    try:
        files = sorted(folder.glob("*.toml"))
    except OSError as error:
        return Shelf(tuple(found), (f"instruments: {error.strerror}",))
    if len(files) > MOST:
        problems.append(f"instruments: only the first {MOST} files are used.")
    for file in files[:MOST]:
        try:
            found.append(_theirs(file))
        except Unfit as unfit:
            problems.append(f"instruments/{file.name}: {unfit}")
    return Shelf(tuple(found), tuple(problems))


def _theirs(file: Path) -> Instrument:
    if not NAME.fullmatch(file.stem):
        raise Unfit("its name should be small letters, digits and hyphens, at most 40 of them.")
    if file.stem == OWN_CHECK:
        raise Unfit(f"the name “{OWN_CHECK}” is taken by Kindline’s own check; choose another one.")
    try:
        told = file.stat()
        if not stat.S_ISREG(told.st_mode):
            raise Unfit("it is no file.")
        if told.st_size > LARGEST:
            raise Unfit(f"it is larger than {LARGEST} bytes.")
        return _read(file)
    except UnicodeDecodeError:
        raise Unfit("it is not written in UTF-8.") from None
    except OSError as error:
        raise Unfit(f"it can't be read: {error.strerror}.") from None


def _read(file: Path) -> Instrument:
    return read(file.read_text(encoding="utf-8"), file.stem)
