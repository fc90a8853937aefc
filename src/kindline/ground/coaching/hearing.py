"""What the coach heard, made ready for a page: at most three notes, the words they are about, what already works."""

from dataclasses import dataclass
from hashlib import blake2b

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline import coach
from kindline.coach import lenses
from kindline.ground.coaching.reach import Sentences, reach

LIMIT = 20_000  # characters (code points)
SHOWN = 3

HEAVIEST_FIRST = {"stop": 0, "soften": 1, "listen": 2}
LOOKS = {"listen": "thought", "soften": "soften", "stop": "stop"}
SAID = {"listen": _("A thought"), "soften": _("Could be softer"), "stop": _("Please wait with this")}

# What already works, in the order it is shown: the need comes first.
WORKS: dict[str, str | Promise] = {
    "need": _("a need"),
    "feeling": _("a feeling"),
    "observation": _("what happened, as a camera would see it"),
    "limit": _("your own step"),
    "request": _("a request"),
    "offer": _("an offer"),
    "validation": _("their side, seen"),
    "ownership": _("your part in it"),
    "impact": _("how it landed"),
    "repair-change": _("what you will change"),
    "return-time": _("when you’ll be back"),
    "self-soothing": _("how you calm yourself"),
    "appreciation": _("something you value"),
    "fear": _("a fear, said openly"),
}

# Where somebody says what is theirs; an answer or an apology is about the other's need.
NAMES_THE_NEED = ("any", "boundary", "complaint", "request", "crossing")

# “I’ll …” is a step of one’s own in most texts, and a change only where something is being put right.
SHOWN_IN = {"repair-change": ("apology", "crossing"), "impact": ("apology", "crossing", "any")}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text as it stands; `look` is empty where nothing is marked."""

    text: str
    look: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """Gentler words, and what else of the sentence around the marked words they take the place of."""

    choice: str
    words: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One note as the page shows it."""

    key: str
    look: str
    weight: str | Promise
    words: str
    says: str
    tries: tuple[Try, ...]
    mark: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """One text with all that is shown about it. An empty text has nothing to show."""

    text: str
    leaves: tuple[str | Promise, ...]
    remarks: tuple[Remark, ...]
    stretches: tuple[Stretch, ...]
    safety: bool
    too_long: bool
    aside: tuple[str, ...]
    more: bool = False
    need: str = ""

    @property
    def quiet(self) -> bool:
        """Say whether there is nothing to soften, stop or think about."""
        return bool(self.text.strip()) and not (self.remarks or self.safety or self.too_long)


def tidy(text: str) -> str:
    """Return the text with line ends as `\\n` and without NUL, as a browser shows it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def hear(
    text: str, *, lens: str = "any", aside: tuple[str, ...] = (), sheet: str = "sheet", language: str = "en"
) -> Hearing:
    """Listen to a text and prepare what a page shows; notes whose key is in `aside` stay silent for this draft."""
    text = tidy(text)
    if len(text) > LIMIT or not text.strip():
        return Hearing(text, (), (), (Stretch(text),), safety=False, too_long=len(text) > LIMIT, aside=aside)
    heard = coach.listen(text, lens=lens if lens in lenses.LENSES else "any", language=language)
    remarks = _remarks(heard, text, aside=aside, sheet=sheet)
    shown = {remark.key for remark in remarks}
    more = any(key_of(note) not in (*shown, *aside) for note in _to_say(heard))
    leaves = _leaves(heard, text, lens)
    stretches = _stretches(text, remarks)
    need = coach.need_under(text, language) if remarks and not heard.safety and lens in NAMES_THE_NEED else ""
    return Hearing(text, leaves, remarks, stretches, heard.safety, too_long=False, more=more, aside=aside, need=need)


def with_try(hearing: Hearing, choice: str) -> str:
    """Return the text with one try put in place of the words it is about; unchanged when the choice is gone."""
    for remark in hearing.remarks:
        for one in remark.tries:
            if one.choice == choice and remark.mark:
                return hearing.text[: one.start] + one.words + hearing.text[one.end :]
    return hearing.text


def key_of(note: coach.Note) -> str:
    """Name a note by its rule and the words it heard, so that it stays aside while the text around it changes."""
    return f"{note.rule}.{blake2b(note.words.casefold().encode(), digest_size=4).hexdigest()}"


def _remarks(heard: coach.Heard, text: str, *, aside: tuple[str, ...], sheet: str) -> tuple[Remark, ...]:
    """Choose the heaviest notes that do not lie on one another; a lighter one speaks once the heavier is settled."""
    chosen: list[coach.Note] = []
    waiting = [note for note in _to_say(heard) if key_of(note) not in aside]
    for note in sorted(waiting, key=lambda note: (HEAVIEST_FIRST[note.weight], note.start, note.end)):
        lies_on_another = any(note.start < other.end and other.start < note.end for other in chosen)
        said_already = any(note.rule == other.rule for other in chosen)
        if len(chosen) < SHOWN and not lies_on_another and not said_already:
            chosen.append(note)
    return tuple(_remark(note, text, mark=f"{sheet}-mark-{number}") for number, note in enumerate(chosen, start=1))


def _to_say(heard: coach.Heard) -> list[coach.Note]:
    """Return the notes that may be said at all: where safety is heard, only what must stop."""
    return [note for note in heard.notes if not heard.safety or note.weight == "stop"]


def _leaves(heard: coach.Heard, text: str, lens: str) -> tuple[str | Promise, ...]:
    """Name what already works, but praise nothing in a sentence that may hurt, and nothing at all beside safety."""
    if heard.safety:
        return ()
    sentences = Sentences(text)
    hurting = bytearray(len(text))  # 1 for each letter of a sentence that may hurt
    for start, end in {sentences.around(note.start, note.end) for note in heard.notes if note.weight != "listen"}:
        hurting[start:end] = b"\1" * (end - start)
    present = {part.name for part in heard.parts if 1 not in hurting[part.start : part.end]}
    return tuple(word for name, word in WORKS.items() if name in present and lens in SHOWN_IN.get(name, (lens,)))


def _remark(note: coach.Note, text: str, *, mark: str) -> Remark:
    key = key_of(note)
    has_place = note.start < note.end
    return Remark(
        key=key,
        look=LOOKS[note.weight],
        weight=SAID[note.weight],
        words=" ".join(note.words.split()) if has_place else "",
        says=note.says,
        tries=tuple(_try(note, text, f"{key}.{number}", words) for number, words in enumerate(note.tries)),
        mark=mark if has_place else "",
        start=note.start,
        end=note.end,
    )


def _try(note: coach.Note, text: str, choice: str, words: str) -> Try:
    start, end = reach(text, note.start, note.end, words)
    return Try(choice, words, start, end, before=text[start : note.start], after=text[note.end : end])


def _stretches(text: str, remarks: tuple[Remark, ...]) -> tuple[Stretch, ...]:
    """Cut the text at the marked words; put together again, the stretches are the text."""
    stretches: list[Stretch] = []
    at = 0
    for remark in sorted((remark for remark in remarks if remark.mark), key=lambda remark: remark.start):
        stretches.append(Stretch(text[at : remark.start]))
        stretches.append(Stretch(text[remark.start : remark.end], remark.look, remark.mark))
        at = remark.end
    stretches.append(Stretch(text[at:]))
    return tuple(stretch for stretch in stretches if stretch.text)
