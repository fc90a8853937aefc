"""What the tests need from the machine: Chromium, PostgreSQL, strace, another reader of calendars.

Installed when we may, named when we may not.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

CALENDARS = Path(__file__).parent / "calendars"


def chromium() -> str:
    """Return the path of a Chromium, or ""."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""


def postgresql() -> str:
    """Return the folder of PostgreSQL's server programs (15 or newer), or ""."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if homes and int(homes[-1].parts[-3]) >= 15:
        return str(homes[-1].parent)
    found = shutil.which("initdb")
    return str(Path(found).parent) if found else ""


def strace() -> str:
    """Return the path of strace, or ""."""
    return shutil.which("strace") or ""


def calendar_reader() -> str:
    """Return the folder of the calendar reader beside its tests, in the version that is wanted there, or ""."""
    there, wanted = CALENDARS / "node_modules/ical.js", json.loads((CALENDARS / "package.json").read_text())
    if not shutil.which("node") or not there.is_dir():
        return ""
    is_it = json.loads((there / "package.json").read_text())["version"] == wanted["dependencies"]["ical.js"]
    return str(there) if is_it else ""


FOUND = {"chromium": chromium, "postgresql": postgresql, "strace": strace}


def prepare() -> None:
    """Install what is missing as root on a system with apt; otherwise say in one line what is left out."""
    missing = [name for name, find in FOUND.items() if not find()]
    if missing and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], check=False, **quiet)
        missing = [name for name, find in FOUND.items() if not find()]
    for name in missing:
        print(f"{name} is missing; its tests are left out. Install it with your system's packages.", flush=True)
    if not calendar_reader() and shutil.which("npm"):
        words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(words, cwd=CALENDARS, check=False, stdout=subprocess.DEVNULL)
    if not calendar_reader():
        print("Node with npm is missing; no other program reads our calendars in this run.", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--has"]:
        sys.exit(not FOUND[sys.argv[2]]())
    prepare()
