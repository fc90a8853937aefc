"""The colours hold their contrast in both themes, and the styles keep within what a first visit may weigh."""

import re
from math import cos, radians, sin
from pathlib import Path

import brotli
import django_htmx
import pytest

STATIC = Path(__file__).parent.parent / "static/page"
TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)")
FIRST_VISIT = 60_000  # bytes: styles, scripts, htmx and the longest pages together

FORBIDDEN = ("http:", "https:", "localStorage", "setItem", "indexedDB", "document.cookie", "eval(", "innerHTML")

# Ink on ground, and the least contrast it must keep.
PAIRS = [
    *(("ink", ground, 7.0) for ground in ("paper", "card", "sunk", "card-over")),
    *(("ink", wash, 7.0) for wash in ("deep-wash", "ochre-wash", "plum-wash", "leaf-wash", "clay-1", "clay-2")),
    *(("ink-soft", ground, 4.5) for ground in ("paper", "card", "sunk", "deep-wash", "ochre-wash", "plum-wash")),
    *(("deep", ground, 4.5) for ground in ("paper", "card", "deep-wash", "ochre-wash", "plum-wash")),
    *(("clay", ground, 4.5) for ground in ("paper", "card", "clay-1")),
    ("on-deep", "fill", 4.5),
    ("on-deep", "fill-press", 4.5),
    ("on-clay-3", "clay-3", 4.5),
    ("leaf", "paper", 4.5),
    ("ochre", "ochre-wash", 4.5),
    ("plum", "plum-wash", 4.5),
    *(("edge", ground, 3.0) for ground in ("paper", "card")),
    *((line, "card", 3.0) for line in ("ochre-line", "plum", "deep", "clay-3")),
]


def colours(theme: int) -> dict[str, tuple[float, float, float]]:
    """Read each token's lightness, chroma and hue: theme 0 is light, 1 is dark."""
    found = TOKEN.findall((STATIC / "tokens.css").read_text())
    return {name: tuple(float(part) for part in (light, dark)[theme].split()) for name, light, dark in found}


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Return the relative luminance (WCAG 2) of an oklch colour, after Ottosson's matrices."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return sum(
        weight * min(max(part, 0.0), 1.0)
        for weight, part in zip((0.2126, 0.7152, 0.0722), (red, green, blue), strict=True)
    )


def test_white_on_black_is_twenty_one_to_one() -> None:
    assert (luminance(1, 0, 0) + 0.05) / (luminance(0, 0, 0) + 0.05) == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=str)
def test_every_pair_in_use_can_be_read(theme: int, ink: str, ground: str, least: float) -> None:
    there = colours(theme)
    one, other = sorted((luminance(*there[ink]), luminance(*there[ground])), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= least


def test_every_token_that_is_used_is_defined() -> None:
    sheets = "\n".join(path.read_text() for path in STATIC.glob("*.css"))
    defined = set(re.findall(r"(--[a-z0-9-]+):", sheets))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", sheets)) <= defined


def test_no_sheet_reaches_outside() -> None:
    for path in STATIC.glob("*.css"):
        text = path.read_text()
        assert "url(" not in text
        assert "@import" not in text


def test_no_script_reaches_outside_and_two_keep_what_they_are_told_to() -> None:
    keeps = {"kept.js": {"localStorage", "setItem"}, "apart.js": {"localStorage", "setItem"}}
    for path in STATIC.glob("*.js"):
        text = path.read_text()
        for word in (
            "http:",
            "https:",
            "localStorage",
            "setItem",
            "indexedDB",
            "document.cookie",
            "eval(",
            "innerHTML",
        ):
            assert word not in text or word in keeps.get(path.name, ()), f"{path.name} uses {word}"


def test_a_first_visit_leaves_room_for_the_page() -> None:
    # The service worker and what belongs to its own pages come later, or not at all.
    later = {"worker.js", "kept.js", "kept.css", "again.js", "peek.js"}
    shared = [path for path in STATIC.iterdir() if path.is_file() and path.name not in later]
    files = [*shared, Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"]
    assert sum(len(brotli.compress(path.read_bytes())) for path in files) < FIRST_VISIT * 2 / 3
