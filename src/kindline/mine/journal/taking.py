"""An entry on its way out and back in: how it reads on paper, and whether it could have been written here."""

from kindline.ground.page.readable import Readable
from kindline.mine.journal import rules, shapes, words

MOST_FEELINGS = 60  # those offered, and plenty of one's own
LONGEST_FEELING = 60  # characters; all of them stand in the table of contents


def readable(entry: shapes.Entry, *, safety: bool) -> Readable:
    """Return an entry in words, with what was found under it; where safety was heard, without the other's side."""
    insight = entry.insight or shapes.Insight()
    need = insight.need_words or ", ".join(words.finer_said(insight.finer)) or str(words.NEEDS.get(insight.need, ""))
    parts = {
        "feelings": ", ".join(words.feelings_said(entry.feelings)),
        "did": ", ".join(words.did_said(entry.did)),
        "wanted": entry.wanted,
        "need": need,
        "fear": insight.fear,
        "other": "" if safety else insight.other,
        "step": insight.step,
    }
    said = [(str(words.PARTS[name]), text) for name, text in parts.items() if text]
    return Readable(str(words.KIND_OF_ONE[entry.kind]), entry.happened_at, [("", entry.what), *said], entry.timed)


def is_sound(entry: shapes.Entry) -> bool:
    """Say whether the journal's own pages could have written this entry."""
    insight = entry.insight or shapes.Insight()
    return (
        bool(entry.what.strip())
        and entry.kind in rules.KINDS
        and len(entry.feelings) <= MOST_FEELINGS
        and all(name.strip() and len(name) <= LONGEST_FEELING for name in entry.feelings)
        and all(1 <= depth <= rules.STRONGEST for depth in entry.feelings.values())
        and set(entry.did) <= set(rules.DID)
        and insight.need in ("", *words.NEEDS)
        and set(insight.finer) <= set(words.FINER)
    )
