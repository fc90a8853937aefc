"""T20: a web scanner, signed in, on a real server. Only with `./run prove t20`, which installs wapiti."""

import json
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.ledger import rows
from tests.serving import serving
from tests.size import FULL, tell
from tests.visitor import Visitor

pytestmark = [pytest.mark.faults, pytest.mark.skipif(not FULL, reason="part of ./run prove")]

LOCKED = Path(__file__).parents[2] / "requirements/scan.txt"
LONGEST = 1500  # seconds
LEVELS = ("information", "low", "medium", "high", "critical")
MEDIUM = LEVELS.index("medium")
# Everything that attacks a server like ours from outside. Left out: what guesses words of other people's programs, and
# what needs a server of the scanner's own on the internet to call back to.
MODULES = (
    *("backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "ldap", "methods"),
    *("permanentxss", "redirect", "shellshock", "sql", "timesql", "upload", "xss"),
)
# These end the session or take everything away; the rest of the scan would only meet the lock.
ENDING = ("lock", "exit", "unlock", "join", "recover", "settings/delete", "settings/empty", "settings/devices",
          "settings/passphrase", "settings/name")  # fmt: skip


@pytest.fixture(scope="module")
def wapiti(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the scanner into an environment of its own and return its command."""
    place = tmp_path_factory.mktemp("wapiti") / "env"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    install = [place / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", LOCKED]
    subprocess.run(install, check=True)
    return place / "bin/wapiti"


def test_a_scanner_that_is_signed_in_finds_nothing_of_weight(wapiti: Path, tmp_path: Path) -> None:
    with serving() as server, closing(Visitor(server.url)) as alice:
        alice.join()
        alice.write("The dishes stood there again.")
        before = len(rows(server))
        cookie = "; ".join(f"{name}={value}" for name, value in alice.cookies.items())
        words = ["-u", f"{server.url}/today/", "--scope", "domain", "-m", ",".join(MODULES), "-H", f"Cookie: {cookie}"]
        words += [word for path in ENDING for word in ("-x", f"{server.url}/{path}/*")]
        limits = ["--max-scan-time", str(LONGEST), "--max-attack-time", "240", "-d", "6", "--tasks", "4"]
        paths = ["-f", "json", "-o", tmp_path / "found.json", "--store-session", tmp_path, "--store-config", tmp_path]
        ended = subprocess.run(
            [wapiti, *words, *limits, *paths, "--flush-session", "--no-bugreport"],
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST * 1.5,
        )
        assert (tmp_path / "found.json").exists(), ended.stdout[-2000:] + ended.stderr[-2000:]
        written = len(rows(server)) - before
        assert written >= 1, "the scanner never got in"  # each form of it keeps one entry, however often it is sent
        assert "Traceback" not in server.stderr, server.stderr[-3000:]
    report = json.loads((tmp_path / "found.json").read_text())
    found = [
        (one["level"], kind, one["method"], one["path"], one["parameter"], one["info"])
        for part in ("vulnerabilities", "anomalies")
        for kind, several in report[part].items()
        for one in several
    ]
    assert [one for one in found if one[0] >= MEDIUM] == []
    lower = Counter(f"{kind} ({LEVELS[level]})" for level, kind, *_ in found)
    pages = report["infos"]["crawled_pages_nbr"]
    assert pages > 30, "the scanner hardly got anywhere"
    tell(
        "T20",
        f"wapiti {report['infos']['version'].split()[-1]}, signed in, {len(MODULES)} modules, {pages} addresses, "
        f"{written:,} entries written by it: 0 of weight medium or above; below: {dict(lower) or 'none'}",
    )
