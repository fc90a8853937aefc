"""T19: what Mozilla's HTTP Observatory says about our headers on https. Only with `./run prove t19`: it needs npm."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scans.https import on_https
from tests.size import FULL, tell

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not FULL, reason="part of ./run prove"),
    pytest.mark.skipif(not shutil.which("npm") or not shutil.which("openssl"), reason="needs npm and openssl"),
]

PACKAGE = "@mdn/mdn-http-observatory"
VERSION = "1.4.8"
LEAST = 130  # points; 100 is a site without a fault, the rest is for what goes beyond


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the scanner into a folder of its own and return the folder of its package."""
    folder = tmp_path_factory.mktemp("observatory")
    # Without its scripts: they fetch lists from elsewhere, of preloaded hosts and top domains. Ours is neither.
    words = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", f"{PACKAGE}@{VERSION}"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    package = folder / "node_modules" / PACKAGE
    (package / "conf/hsts-preload.json").write_text("{}")
    (package / "conf/tld-list.json").write_text('["com"]')
    return package


@pytest.mark.parametrize("path", ["", "/help/"])
def test_the_observatory_gives_full_marks_and_more(path: str, observatory: Path, tmp_path: Path) -> None:
    with on_https(tmp_path) as (_, address):
        ended = subprocess.run(
            ["node", Path(__file__).with_name("observatory.mjs"), observatory, address.removeprefix("https://") + path],
            env={**os.environ, "NODE_EXTRA_CA_CERTS": str(tmp_path / "public.pem")},
            capture_output=True,
            text=True,
            check=True,
        )
    found = json.loads(ended.stdout)
    assert found["score"] >= LEAST, found
    assert all(passed for _, passed, _, _ in found["tests"]), found
    more = ", ".join(f"{name} {points:+}" for name, _, points, _ in found["tests"] if points)
    tell("T19", f"{PACKAGE} {VERSION}, https://localhost{path}: {found['score']} ({found['grade']}); {more}")
