import time
import tomllib

import pytest

from kindline.ground.storage.toml import tables

HOSTILE = {
    "lists in lists": "a=" + "[" * 90_000,
    "tables in tables": "a=" + "{a=" * 40_000,
    "a name of many names": ".".join("a" * 99_000) + "=1",
    "a table of many names": "[" + " . ".join(["a"] * 50_000) + "]",
    "names in quotation marks": ".".join(["'a'"] * 50_000) + "=1",
    "names and blanks": "a" * 100_000 + " " * 100_000,
    "a number without end": "a=" + "9" * 190_000,
    "quotation marks": 'a="""' + '""\\"' * 40_000,
    "half a sign": 'name="\\uD800"',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_take_hours_to_read_is_refused_at_once(name: str) -> None:
    began = time.process_time()
    with pytest.raises(tomllib.TOMLDecodeError):
        tables(HOSTILE[name])
    assert time.process_time() - began < 2


def test_the_rest_is_read() -> None:
    assert tables('name = "At 3.5.2024 … and so on. And. So. On."\n[a.b]\nc.d = 1\n')["a"] == {"b": {"c": {"d": 1}}}
