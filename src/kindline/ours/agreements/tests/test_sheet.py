"""One agreement on one page: whatever it says, it stays words, and as much as fits is on one page."""

import re

import pytest

from kindline.ours.agreements.sheet import Part, Sheet, pdf, short

SHEET = Sheet(
    title="Quiet first",
    parts=(Part("What I need", "half an hour to land"), Part("Would you", "keep plans until we’ve eaten?", large=True)),
    yeses=("Alice said yes on 3 May 2026", "Bob said yes on 4 May 2026"),
    reminder="A reminder between two people, not a contract. Either can change their mind at any time.",
    digest="3f2a99c10d7e5521" + "0" * 48,
)


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", made))


def test_an_agreement_is_one_page() -> None:
    made = pdf(SHEET)
    assert made.startswith(b"%PDF-")
    assert pages(made) == 1


def test_a_long_one_becomes_smaller_before_it_becomes_two_pages() -> None:
    long = SHEET._replace(parts=(Part("What I need", "words that go on and on " * 60),))
    assert pages(pdf(long)) == 1
    assert pages(pdf(SHEET._replace(parts=(Part("What I need", "words that go on and on " * 900),)))) > 1


@pytest.mark.parametrize(
    "words",
    [
        "#panic()",
        '#read("/etc/passwd")',
        "$x^2$ *bold* _it_ [ ] { } \\ @ref <label>",
        "//",
        "/*",
        "`",
        "\u202e\u0000",
        "😀 你好 שלום",
    ],
)
def test_what_somebody_wrote_is_never_markup(words: str) -> None:
    assert pages(pdf(SHEET._replace(parts=(Part("What I need", words),), title=words))) == 1


def test_the_digest_is_short_enough_to_compare_by_eye() -> None:
    assert short(SHEET) == "3f2a 99c1 0d7e 5521"
