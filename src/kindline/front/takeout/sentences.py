"""What a person reads when a file can't come in: one sentence, with the place in the file, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kindline.front.takeout.reading.told import Refused

WHY: dict[str, str | Promise] = {
    "nothing": gettext_lazy("There is nothing in this file that could come in."),
    "foreign": gettext_lazy(
        "Kindline doesn’t know this kind of file. It reads its own, those of Day One, Journiv and DailyTxT, "
        "and tables (CSV)."
    ),
    "columns": gettext_lazy(
        "In a table, the first line names the columns. Kindline looks for one called “date” and one called “text”."
    ),
    "newer": gettext_lazy("A newer Kindline made this file. Once this one is up to date, it can come in."),
    "cut": gettext_lazy("This file ends in the middle. Fetching it once more may help."),
    "malformed": gettext_lazy("Something in this file is not as it was written."),
    "twice": gettext_lazy("Something in this file stands there twice under one name, and only one could come in."),
    "same-id": gettext_lazy("Two things in this file have the same id, and only one could come in."),
    "deep": gettext_lazy("This file is folded into itself more often than any journal is."),
    "much": gettext_lazy("This is more than Kindline takes in one go. Two smaller files would fit."),
    "large": gettext_lazy("Unpacked, this file is larger than Kindline takes in one go. The text alone would fit."),
    "packing": gettext_lazy("This zip is packed in a way Kindline doesn’t read. Packed as usual, it could come in."),
    "letters": gettext_lazy("This file holds letters that can’t be read. Saved as UTF-8, it could come in."),
    "nul": gettext_lazy("This file holds a sign that belongs in no text."),
    "date": gettext_lazy("There is a day or time that Kindline can’t place. Days from 1900 until now can come in."),
    "two-ways": gettext_lazy("A day like 03/04/2024 can be read in two ways. Written as 2024-04-03, it could come in."),
    "wrong": gettext_lazy("Something in this file is not what belongs there."),
    "long": gettext_lazy("There is more in one place than a page here can hold: up to 20,000 characters."),
    "row": gettext_lazy("There is a line that doesn’t end where it should, or is longer than a page."),
    "locked-copy": gettext_lazy("This copy is locked with a passphrase. A readable copy from there can come in."),
    "one-month": gettext_lazy(
        "This is one month of DailyTxT, and it doesn’t say which. The whole zip from there can come in."
    ),
}


def sentence(refused: Refused) -> str:
    """Return why a file was refused, where in it, and that nothing changed."""
    why = str(WHY[refused.why])
    where = _place(refused)
    said = _("%(where)s: %(why)s") % {"where": where, "why": why} if where else why
    return _("%(said)s Nothing was changed.") % {"said": said}


def _place(refused: Refused) -> str:
    what = {"what": refused.what, "entry": refused.entry, "line": refused.line}
    if refused.entry and refused.what:
        return _("Entry %(entry)d (%(what)s)") % what
    if refused.entry:
        return _("Entry %(entry)d") % what
    if refused.line and refused.what:
        return _("Line %(line)d (%(what)s)") % what
    if refused.line:
        return _("Line %(line)d") % what
    return refused.what
