"""The words of a draft: from its lines, or as changed by hand."""

from datetime import UTC, datetime
from uuid import uuid4

from kindline.mine.drafts.outline import TITLE_LENGTH, first_words, outline
from kindline.mine.drafts.rules import PARTS, WORDINGS
from kindline.mine.drafts.shapes import Draft
from kindline.mine.drafts.wording import Words, composed, touchstone_of, with_its_touchstone, words_of

NOW = datetime(2026, 5, 3, 18, tzinfo=UTC)
LINES = {
    "need": "quiet after ten",
    "limit": "sleep with music on, so I’ll close the door",
    "give": "I’ll say good night",
}


def draft(**facts: object) -> Draft:
    return Draft(begun_at=NOW, changed_at=NOW, **facts)


def test_nothing_is_composed_before_the_first_line() -> None:
    assert composed({}) == dict.fromkeys(WORDINGS, "")


def test_the_first_line_alone_makes_every_wording() -> None:
    made = composed({"need": "quiet after ten"})
    assert all("I need quiet after ten" in made[name] for name in WORDINGS)


def test_every_part_reaches_the_composer_and_unknown_ones_do_not() -> None:
    for name in PARTS:
        assert composed({name: "in three weeks on a Sunday"}) != composed({}), name
    assert composed({"colour": "green"}) == composed({})


def test_a_wording_changed_by_hand_stays_when_the_lines_change() -> None:
    words = words_of(draft(parts=LINES, edited={"warm": "Quiet after ten, please."}))
    assert words.of("warm") == "Quiet after ten, please."
    assert words.of("firm") == words.composed["firm"]


def test_an_unknown_wording_is_empty() -> None:
    assert Words({}).of("warm") == ""


def test_a_touchstone_keeps_what_is_offered_apart() -> None:
    sentence, offer = touchstone_of(draft(parts=LINES))
    assert sentence.startswith("I need quiet after ten.")
    assert "good night" not in sentence
    assert offer.endswith("good night.")


def test_an_offer_alone_is_the_sentence() -> None:
    sentence, offer = touchstone_of(draft(parts={"give": "I’ll say good night"}))
    assert "good night" in sentence
    assert offer == ""


def test_a_touchstone_changed_by_hand_is_shown_as_it_was_written() -> None:
    assert touchstone_of(draft(parts=LINES, edited={"touchstone": "Quiet at ten."})) == ("Quiet at ten.", "")


def test_a_kept_touchstone_stays_whatever_happens_to_the_lines() -> None:
    kept = draft(parts={"need": "something else"}, touchstone="Quiet at ten.", touchstone_at=NOW)
    assert touchstone_of(kept) == ("Quiet at ten.", "")


def test_a_touchstone_let_go_leaves_its_sentence_among_the_wordings() -> None:
    kept = draft(parts=LINES, edited={"warm": "W."}, touchstone="Quiet at ten.", touchstone_offer="Tea.")
    assert with_its_touchstone(kept) == {
        "choice": "touchstone",
        "edited": {"warm": "W.", "touchstone": "Quiet at ten. Tea."},
    }
    sentence, offer = touchstone_of(draft(parts=LINES))
    composed_so = draft(parts=LINES, touchstone=sentence, touchstone_offer=offer)
    assert with_its_touchstone(composed_so) == {"choice": "touchstone"}


def test_a_thanks_keeps_the_sentence_of_its_touchstone_below_its_words() -> None:
    thanks = draft(kind="thanks", edited={"message": "Thank you for the tea."}, touchstone="Tea on Sundays.")
    assert with_its_touchstone(thanks) == {"edited": {"message": "Thank you for the tea.\n\nTea on Sundays."}}
    assert with_its_touchstone(draft(kind="thanks", edited={"message": "Tea."}, touchstone="Tea.")) == {}


def test_a_draft_is_known_by_its_touchstone_then_its_wording_then_any_line() -> None:
    assert first_words(draft(parts=LINES, touchstone="Quiet at ten.")) == "Quiet at ten."
    assert first_words(draft(parts=LINES)).startswith("I need quiet after ten.")
    assert first_words(draft(kind="sorry", edited={"message": "I shouted.\nI’m sorry."})) == "I shouted. I’m sorry."
    assert first_words(draft()) == ""


def test_a_long_title_is_cut_between_words() -> None:
    title = first_words(draft(kind="thanks", edited={"message": "thank you " * 40}))
    assert len(title) <= TITLE_LENGTH
    assert title.endswith(("thank…", "you…"))


def test_a_long_title_without_spaces_is_cut_too() -> None:
    assert len(first_words(draft(kind="thanks", edited={"message": "x" * 500}))) <= TITLE_LENGTH


def test_the_outline_carries_what_lists_and_today_need() -> None:
    draft_id = uuid4()
    line = outline(draft_id, 3, draft(parts=LINES, taken_at=NOW, kind="boundary"))
    assert (line.id, line.version, line.state, line.taken_at) == (draft_id, 3, "going", NOW)
