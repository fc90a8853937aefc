"""What is kept of somebody's words, and where a clause ends: no absolutes, no swearing, all the rest."""

from kindline.coach.tries.spoken import Spoken

LEFT_OUT = frozenset(
    (
        "always never constantly forever ever even just still really literally totally completely simply honestly "
        "obviously clearly nonstop continually perpetually endlessly permanently actually basically seriously bloody "
        "damn damned fucking freaking frigging sodding flipping stinking blasted goddamn already hardly barely "
        "apparently evidently plainly suddenly conveniently once finally utterly purely "
        "invariably incessantly relentlessly repeatedly ruddy sure then absolutely so again all "
        "probably maybe perhaps quite rarely seldom"
    ).split()
)
DENIES = frozenset(("not", "never", "hardly", "barely", "rarely", "seldom"))
ENDS = frozenset((",", ";", ":", "—", "-", "--", "(", ")", '"'))
JOINS = frozenset(("and", "but", "so", "because", "or", "cos", "yet", "though", "although", "then"))
_TAKES_A_MANNER = frozenset(("treat", "treated", "act", "acted", "behave", "look", "talk", "speak", "feel", "feels"))
_LIFELONG = (["your", "entire", "life"], ["your", "whole", "life"])
_COUNTED = frozenset(("two", "three", "four", "five", "six", "ten", "few", "couple", "other", "second"))
_PURPOSE = frozenset(("can", "could", "do", "will", "would", "need"))  # "so you can …" is what for
_STARTS_ANEW = frozenset(
    (
        "i you we he she it they nobody nothing everyone not never my your the there that this who what don't here "
        "then now"
    ).split()
)
_ALL_OF_IT = (
    ("all", "the", "time"), ("the", "whole", "time"), ("all", "day", "long"), ("all", "day"), ("at", "all"),
    ("in", "forever"), ("as", "usual"), ("for", "once"), ("one", "bit"), ("not", "once"), ("every", "bit"),
    ("even", "once"), ("on", "purpose"),
    ("in", "your", "life"), ("day", "in"), ("day", "out"), ("time", "and", "time"), ("every", "time"),
    ("every", "single", "time"), ("every", "day"), ("every", "single", "day"), ("each", "time"), ("every", "chance"),
    ("every", "chance", "you", "get"),
    ("every", "single", "one"), ("in", "years"), ("in", "ages"), ("ever", "again"), ("one", "single"),
    ("for", "a", "change"), ("at", "least"), ("at", "once"), ("right", "now"), ("this", "instant"), ("or", "else"),
    ("every", "bloody", "time"), ("every", "damn", "time"), ("for", "god's", "sake"), ("in", "the", "world"),
    ("on", "earth"), ("the", "hell"), ("will", "you"), ("would", "you"), ("these", "days"), ("for", "goodness", "sake"),
)  # fmt: skip
_AT = {"night": ["at", "night"], "weekend": ["at", "weekends"], "lunchtime": ["at", "lunchtime"]}
PEOPLE = frozenset(("i", "you", "we", "he", "she", "they"))
_TIMES = frozenset(("morning", "evening", "night", "afternoon", "weekend", "lunchtime"))
MOST_NOUNS = 3
NO_NOUN = frozenset(
    (
        "i you he she we they it this that these those a an the my your his her our their to of in on at by for from "
        "with without about into like as up out off over back down when while if and but so or because who which "
        "there here then since after before is are was were be has have had do does did can could will would goes go "
        "again not never me us him them alone myself yourself tonight today"
    ).split()
)
_WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_TIMES_PASSING = frozenset(("week", "month", "year", "hour", "minute"))
_VOWELS = "aeiou"


def end_of(words: list[str], place: int) -> int:
    """Return where a clause ends: at a mark, or at a joining word after which somebody new acts."""
    for here in range(place, len(words)):
        word = words[here]
        if word in ENDS or word[0] in ".!?…\n":
            return here
        if word == "as" and here > place and words[here + 1 : here + 2] in (["though"], ["if"]):
            if _TAKES_A_MANNER.isdisjoint(words[place - 1 : here] if place else words[:here]):
                return here  # "you sold that ring as though it were junk": what it was like is the judgement
            continue
        if word in JOINS and here > place:
            after = words[here + 1 : here + 2]
            if word == "but" and words[here - 1] in (
                "anyone",
                "anybody",
                "anything",
                "everyone",
                "everybody",
                "nothing",
            ):
                continue  # "anyone but me"
            if word == "so" and not _PURPOSE.isdisjoint(words[here + 2 : here + 5]):
                continue
            if words[here + 1 : here + 3] == ["do", "not"]:
                return here
            if word not in ("and", "or") or not after or after[0] in _STARTS_ANEW:
                return here
    return len(words)


def kept(spoken: Spoken, first: int, last: int) -> list[str]:
    """Return a stretch as it was written, without what makes it all of life, and without swearing."""
    words = spoken.words
    found: list[str] = []
    place = first
    while place < last:
        whole = max((len(some) for some in _ALL_OF_IT if tuple(words[place : place + len(some)]) == some), default=0)
        if whole:
            if _is_time_before_clause(words, place, whole):
                found.append("when")
            place += whole
            continue
        if words[place : place + 3] == ["each", "and", "every"]:
            place += 2
        if words[place : place + 2] == ["every", "waking"] or words[place : place + 3] in _LIFELONG:
            found.append("hours")
            place += 3
            continue
        if words[place] in ("every", "each") and place + 1 < last and words[place + 1] not in _COUNTED:
            place, some = _some_of(spoken, place + 1, last)
            found += some
            continue
        if words[place] == "everything" and (place + 1 >= last or words[place + 1] not in PEOPLE):
            found.append("things")
        elif place == last - 1 and words[place - 1] == "you" and spoken.written[place][0].isupper():
            pass  # a name they are called by: "I forgot you Priya"
        elif not _is_left_out(words, place, last):
            found.append(spoken.written[place])
        place += 1
    return found


def _is_left_out(words: list[str], place: int, last: int) -> bool:
    word, before = words[place], words[place - 1] if place else ""
    if word == "stupid":
        return before in ("your", "the", "that", "this", "my", "those")
    if word in ("damn", "bloody"):
        return before != "a"
    if word == "stinking":
        return words[place + 1 : place + 2] != ["of"]
    if word == "single":
        return before in ("a", "one", "every", "each", "not")
    if word in ("all", "so", "once"):
        return place + 1 >= last
    return word in LEFT_OUT and word not in DENIES


def _is_time_before_clause(words: list[str], place: int, width: int) -> bool:
    return words[place + width - 1] == "time" and words[place] in ("every", "each") and (
        len(words) > place + width + 1 and words[place + width][0].isalpha()
    )  # fmt: skip


def _some_of(spoken: Spoken, place: int, last: int) -> tuple[int, list[str]]:
    """Turn "every story I tell" into "the stories I tell", "every morning" into "in the mornings"."""
    words = spoken.words
    while place < last - 1 and words[place] in LEFT_OUT | {"single", "last"}:
        place += 1
    end = place + 1
    while end < min(last, place + MOST_NOUNS) and words[end].isalpha() and words[end] not in NO_NOUN:
        end += 1
    if end - place > 1 and (words[end - 1].endswith("s") or words[place] in _TIMES_PASSING):
        end = place + 1  # "every conversation circles": a verb
    if end == place + 1 and words[place] == "word" and not PEOPLE.intersection(words[end : end + 1]):
        return end, ["what", "I", "say"]
    if end == place + 1 and words[place] in _TIMES:
        return end, _AT.get(words[place], ["in", "the", plural(words[place])])
    if end == place + 1 and words[place] in _WEEKDAYS:
        return end, ["on", plural(spoken.written[place])]
    if end == place + 1 and words[place] in _TIMES_PASSING and place > 1:
        return end, []
    noun = [*spoken.written[place : end - 1], plural(spoken.written[end - 1])]
    return end, ["the", *noun] if words[end : end + 1] and words[end] in PEOPLE | {"of"} else noun


def plural(noun: str) -> str:
    """Return the plural of an English noun that has a regular one."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun if noun.endswith("s") and not noun.endswith("ss") else noun + "es"
    return noun + "s"
