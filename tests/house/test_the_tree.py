"""What must not stand anywhere in the project: paths of somebody's machine, addresses of package hosts, loose locks."""

import re
import tomllib

from tests.house.tree import ROOT, files, place

# Put together here, so that this very file does not hold what it looks for.
HOMES = "|".join(["wo" + "rk", "ro" + "ot", "ho" + r"me/\w+", "Us" + r"ers/\w+"])
MACHINE = re.compile(rf"(?<![\w.~-])/(?:{HOMES})/\S")
REGISTRIES = re.compile(
    "|".join(["py" + r"pi\.org", "python" + "hosted", r"registry\." + "npm", r"proxy\." + "golang"])
)


def texts() -> list[tuple[str, str]]:
    return [(place(file), file.read_text(errors="replace")) for file in files()]


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{where}:{text.count(chr(10), 0, match.start()) + 1} {match[0]}"
        for where, text in texts()
        for match in pattern.finditer(text)
    ]


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert found(MACHINE) == []


def test_no_file_names_a_package_host() -> None:
    assert found(REGISTRIES) == []


def test_the_patterns_find_what_they_look_for() -> None:
    assert MACHINE.search("see /" + "work/main/x.py")
    assert MACHINE.search('"/' + 'root/.bashrc"')
    assert not MACHINE.search("/mine/" + "work/journal/")
    assert REGISTRIES.search("https://" + "pypi" + ".org/simple")


def requirement_blocks(text: str) -> list[str]:
    """Return each requirement with the lines that belong to it."""
    plain = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    return [block for block in re.split(r"\n(?=\S)", plain.strip()) if block.strip()]


def test_every_locked_requirement_has_its_version_and_hashes_and_no_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert {lock.stem for lock in locks} >= {"base", "test", "build"}
    for lock in locks:
        text = lock.read_text()
        assert not re.search(r"://|^--(?:extra-)?index", text, re.MULTILINE), f"{place(lock)} holds an address"
        for block in requirement_blocks(text):
            assert re.match(r"[\w.\[\]-]+==\S+", block), f"{place(lock)}: not pinned: {block.splitlines()[0]}"
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), f"{place(lock)}: no hash: {block.splitlines()[0]}"


def test_everything_the_project_needs_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = [re.match(r"[\w-]+", name)[0].lower() for name in project["dependencies"]]  # type: ignore[index]
    locked = {
        name.lower() for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements/base.txt").read_text(), re.MULTILINE)
    }
    assert needed
    assert [name for name in needed if name not in locked] == []
