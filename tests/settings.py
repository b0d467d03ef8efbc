"""Settings for the tests: their own data folder; the database that ``SHOUHOU_TEST_DATABASE`` names, else SQLite."""

import os
import tempfile

os.environ.setdefault("SHOUHOU_DATA", tempfile.mkdtemp(prefix="shouhou-tests-"))
# The workers of a parallel run inherit the environment as the first process left it.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["DATABASE_URL"] = os.environ.pop("SHOUHOU_TEST_DATABASE", "")
os.environ["SHOUHOU_ADDRESS"] = "http://testserver"
os.environ["SHOUHOU_HOSTS"] = "testserver,127.0.0.1,localhost"

from shouhou.settings import *  # noqa: F403 - the environment must stand first
from shouhou.settings import DATA, DATABASES

# Threads must meet in one database, so SQLite's stands in a file.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
