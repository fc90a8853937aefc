"""The settings of the tests: the real ones, with the cheapest stretching and a folder of their own."""

import os
import tempfile

os.environ["KINDLINE_DATA"] = tempfile.mkdtemp(prefix="kindline-tests-")  # one for each process of a run

from kindline.settings import *  # noqa: F403

STRETCH_MEMORY = 8192
STRETCH_PASSES = 1
STRETCH_LEAST_MEMORY = 8192
STRETCH_LEAST_PASSES = 1
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
