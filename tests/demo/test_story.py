"""The story is lively, nothing worse than everyday hurt, and speaks as Kindline does."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kindline.coach import listen
from kindline.demo.days import Calendar
from kindline.demo.lives import CHAPTERS, NAMES, SHARED, STORY, told
from kindline.mine.drafts.rules import ANSWERS, KINDS, OUTCOMES, PARTS
from kindline.mine.journal import rules
from kindline.mine.needs.rules import NEEDS
from tests.house.test_words import FORBIDDEN, LABELS

MOMENTS = told("alice/[0-9]-*.toml")["moment"]
DRAFTS = told("alice/drafts.toml")["draft"]
CHECKS = [row for table in told("alice/needs.toml")["checks"] for row in table["told"]]
CALM = [row for table in told("alice/calm.toml")["moments"] for row in table["told"]]
EVERYBODYS_MOMENTS = [*MOMENTS, *told("bob/[0-9]-*.toml")["moment"]]
EVERYBODYS_DRAFTS = [*DRAFTS, *told("bob/drafts.toml")["draft"]]
FILES = [
    *(f"{name.lower()}/{files}" for name in NAMES for files, _live in CHAPTERS),
    *(f"both/{files}" for files, _share in SHARED),
]
STORED = {"at", "kind", "from", "taken", "told", "touchstone_at", "outcome", "choice"}


def texts(told: Any, of: str = "") -> Iterator[str]:
    """Yield every text of a story that somebody reads on a page."""
    if isinstance(told, dict):
        for name, inner in told.items():
            yield from () if name in STORED and not isinstance(inner, list) else texts(inner, name)
    elif isinstance(told, list):
        for inner in told:
            yield from texts(inner, of)
    elif isinstance(told, str):
        yield told


def all_texts() -> list[str]:
    return [text for files in FILES for text in texts(told(files))]


def whole_texts() -> list[str]:
    """Return what stands on a page by itself: moments of both, thanks, the jar."""
    thanks = told("both/thanks.toml")
    given = [text for kind in ("thanks", "moments") for table in thanks[kind] for _at, text in table["told"]]
    return [*(one["what"] for one in EVERYBODYS_MOMENTS), *given]


def test_there_are_sixty_different_texts_and_more() -> None:
    whole = whole_texts()
    assert len(MOMENTS) >= 60
    assert len(set(whole)) == len(whole) >= 130
    begins = Counter(" ".join(text.split()[:4]) for text in whole)
    assert begins.most_common(1)[0][1] == 1, "no two begin with the same four words"


def test_the_texts_that_are_read_are_all_looked_at() -> None:
    assert "You wrote down the meter readings. I’d have guessed them." in all_texts()
    assert any(text.startswith("I like knowing that somebody could come") for text in all_texts())


def test_no_text_holds_a_word_that_is_never_shown() -> None:
    assert [text for text in all_texts() if FORBIDDEN.search(text) or LABELS.search(text)] == []


def test_no_text_shouts() -> None:
    assert [text for text in all_texts() if "!" in text] == []


def test_nothing_tells_of_fear_or_harm() -> None:
    for one in (*EVERYBODYS_MOMENTS, *EVERYBODYS_DRAFTS):
        assert not listen("\n".join(texts(one)), lens="any").safety, one["at"]
    for text in all_texts():
        assert not listen(text, lens="any").safety, text


def test_what_is_said_has_nothing_to_soften() -> None:
    said = [text for one in EVERYBODYS_DRAFTS for text in (*one.get("edited", {}).values(), one.get("touchstone", ""))]
    assert [note.words for text in said for note in listen(text, lens="any").notes if note.weight != "listen"] == []


def test_every_choice_is_one_that_the_rooms_offer() -> None:
    finer = {name for below in NEEDS.values() for name in below}
    for one in EVERYBODYS_MOMENTS:
        assert one.get("kind", rules.FRICTION) in rules.KINDS
        assert set(one.get("feelings", {}).values()) <= {1, 2, 3}
        assert set(one.get("did", ())) <= set(rules.DID)
        assert one.get("need", "safety") in NEEDS
        assert set(one.get("finer", ())) <= finer
    for one in EVERYBODYS_DRAFTS:
        assert one.get("kind", "boundary") in KINDS
        assert set(one.get("parts", {})) <= set(PARTS)
        assert one.get("outcome", "agreed") in OUTCOMES
        assert set(one.get("rehearsal", {}).get("plan", {})) <= set(ANSWERS)


def test_it_is_lively_with_voices_feelings_times_and_a_gap() -> None:
    frictions = [one for one in MOMENTS if one.get("kind") != rules.GOOD]
    assert len(MOMENTS) - len(frictions) >= 20
    assert sum("need" in one for one in frictions) >= 20
    assert {need for one in frictions for need in [one.get("need")] if need} == set(NEEDS)
    assert len({name for one in MOMENTS for name in one.get("feelings", {})} & set(rules.FEELINGS)) >= 14
    assert {name for one in frictions for name in one.get("did", ())} == set(rules.DID)
    hours = {int(one["at"].split()[2][:2]) for one in MOMENTS if len(one["at"].split()) == 3}
    assert {min(hour // 6, 3) for hour in hours} >= {1, 2, 3}
    assert max(hours) > 21
    weeks = {int(one["at"].split()[0]) for one in MOMENTS if len(one["at"].split()) == 3}
    assert weeks < set(range(27)), "some weeks hold nothing"


def test_there_are_checks_with_gaps_and_moments_of_many_kinds() -> None:
    assert len(CHECKS) >= 20
    assert all(level in range(5) for _at, *levels in CHECKS for level in levels)
    assert len({practice for _at, practice, *_steps in CALM}) >= 8
    assert all(step in range(1, 6) for _at, _practice, before, after, _minutes in CALM for step in (before, after))


def test_every_moment_lies_behind_whatever_the_day_it_is_told_on() -> None:
    for day in range(16, 23):
        calendar = Calendar(datetime(2026, 11, day, 0, 5, tzinfo=UTC), ZoneInfo("UTC"))
        for at, *_rest in (*CHECKS, *CALM):
            assert calendar.at(at) < calendar.now
        for one in (*EVERYBODYS_MOMENTS, *EVERYBODYS_DRAFTS):
            begun = calendar.at(one["at"])
            assert all(calendar.at(one[name]) >= begun for name in ("taken", "told", "touchstone_at") if name in one)


def test_what_two_people_do_comes_one_after_another_whatever_the_day() -> None:
    for day in range(16, 23):
        calendar = Calendar(datetime(2026, 11, day, 0, 5, tzinfo=UTC), ZoneInfo("UTC"))
        for one in (*told("both/agreements.toml")["agreement"], *told("both/talks.toml")["talk"]):
            moments = [calendar.at(step["at"]) for step in (one, *one.get("then", ()))]
            assert moments == sorted(moments), one["at"]
        for one in told("both/pauses.toml")["pause"]:
            moments = [calendar.at(at) for at in (one["at"], *(at for at, _more in one.get("longer", ())), one["back"])]
            assert moments == sorted(moments), one["at"]


def test_nobody_gives_two_lines_of_a_kind_on_one_day_whatever_the_hour() -> None:
    thanks = told("both/thanks.toml")
    for hours in range(7 * 24):
        calendar = Calendar(datetime(2026, 11, 16, 0, 5, tzinfo=UTC) + timedelta(hours=hours), ZoneInfo("UTC"))
        for table in (*thanks["thanks"], *thanks["moments"]):
            days = [calendar.at(at).date() for at, _text in table["told"]]
            assert len(set(days)) == len(days), calendar.now


def test_over_a_day_ago_is_always_in_time_to_look_again() -> None:
    for hours in range(30):
        now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC) + timedelta(hours=hours)
        written_at = Calendar(now, ZoneInfo("Europe/Berlin")).at("over-a-day 19:30") + timedelta(minutes=5)
        assert rules.is_time_to_look_again(kind="friction", written_at=written_at, looked=False, now=now)


def test_a_draft_comes_from_a_friction_that_was_told() -> None:
    for name in ("alice", "bob"):
        known = {one["at"] for one in told(f"{name}/[0-9]-*.toml")["moment"]}
        assert {one["from"] for one in told(f"{name}/drafts.toml")["draft"] if "from" in one} <= known


def test_every_file_of_the_story_is_told() -> None:
    assert {file for files in FILES for file in STORY.glob(files)} == set(STORY.rglob("*.toml"))
