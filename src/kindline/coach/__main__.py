"""Run the coach on its own: python -m kindline.coach."""

import sys

from kindline.coach.cli import main

sys.exit(main(sys.argv[1:]))
