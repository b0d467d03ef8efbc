"""The commands, as a person runs them."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from shouhou.cli import COMMANDS, certificate, settings
from shouhou.settings.environment import Environment

DOCS = Path(__file__).resolve().parents[2] / "docs"
CHANGE = "from shouhou.core.models import Event; Event.objects.filter(number=3).update(payload={'code': 'x'})"
MEND = "from shouhou.core.models import Event; Event.objects.filter(number=3).update(payload={payload})"


def test_settings_are_documented():
    assert (DOCS / "settings.md").read_text() == settings.page(), (
        "run: shouhou settings --markdown > docs/settings.md"
    )
    for field, told in Environment.model_fields.items():
        assert told.description, field


def test_every_command_is_documented():
    text = (DOCS / "operations.md").read_text()
    assert [name for name in COMMANDS if f"shouhou {name}" not in text] == []


def test_secrets_are_not_shown(house):
    shown = house.shouhou("settings", SHOUHOU_SMS_SECRET="geheim", SHOUHOU_SMTP_URL="smtp://a:geheim@b")
    assert "geheim" not in shown.stdout
    assert "SHOUHOU_SMS_SECRET" in shown.stdout


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SHOUHOU_POTR", "9000", "SHOUHOU_POTR is not a setting of Shouhou"),
        ("SHOUHOU_WORKERS", "many", "SHOUHOU_WORKERS='many' cannot be used"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_says_what_to_write(house, name, value, sentence):
    stopped = house.shouhou("doctor", **{name: value})
    assert stopped.returncode == 1
    assert sentence in stopped.stderr
    assert "设置" in stopped.stderr


def test_a_certificate_for_trying_it_on_a_phone_is_made_once(tmp_path):
    import ssl

    cert, key = certificate.make(tmp_path, "192.168.1.20")
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
    assert key.stat().st_mode & 0o077 == 0
    assert certificate.make(tmp_path, "192.168.1.20") == (cert, key)


@pytest.mark.slow
class TestCreateAdmin:
    def test_founds_an_organisation_someone_can_enter(self, lived_in):
        shown = lived_in.python(
            "from shouhou.people.models import Person; he = Person.objects.get(username='he');"
            "print(he.organisation.name, sorted(he.role_keys), he.has_usable_password())"
        )
        assert shown == "雅木家居 ['administrator'] True"

    def test_a_name_that_is_taken_is_refused_in_both_languages(self, lived_in):
        refused = lived_in.shouhou(
            "create-admin", "--organisation", "neu", "--name", "何平", "--username", "he"
        )
        assert refused.returncode == 1
        assert "Someone already logs in as he." in refused.stderr
        left = lived_in.python(
            "from shouhou.core.models import Organisation; print(Organisation.objects.count())"
        )
        assert left == "1"


@pytest.mark.slow
class TestVerifyAudit:
    def test_names_the_first_broken_row(self, lived_in):
        assert lived_in.shouhou("verify-audit").returncode == 0
        kept = lived_in.python(
            "from shouhou.core.models import Event; print(Event.objects.get(number=3).payload)"
        )
        lived_in.python(CHANGE)
        try:
            broken = lived_in.shouhou("verify-audit")
        finally:
            lived_in.python(MEND.format(payload=kept))
        assert broken.returncode == 1
        assert "#3\tchanged" in broken.stderr
        assert lived_in.shouhou("verify-audit", "--organisation", "nobody").returncode == 1


@pytest.mark.slow
class TestDoctor:
    def test_says_what_needs_attention_and_what_to_do(self, lived_in):
        found = lived_in.shouhou("doctor")
        assert found.returncode == 1
        assert "✓ 数据库结构是最新的" in found.stdout
        assert "! 未设邮件服务器" in found.stdout
        assert "→ Set SHOUHOU_SMTP_URL" in found.stdout
        assert "could not be finished" not in found.stdout

    def test_finds_a_lost_file(self, lived_in):
        (photo,) = (path for path in (lived_in.data / "files").glob("??/*") if not path.suffix)
        hidden = photo.with_name("hidden")
        photo.rename(hidden)
        try:
            assert "1 files are missing" in lived_in.shouhou("doctor").stdout
        finally:
            hidden.rename(photo)

    def test_an_empty_database_is_behind(self, house):
        assert "Run shouhou migrate" in house.shouhou("doctor").stdout

    def test_a_database_that_does_not_answer_is_said(self, house):
        house.database_url = "postgresql://nobody@127.0.0.1:1/none"
        found = house.shouhou("doctor")
        assert "the database does not answer" in found.stdout
        assert "Traceback" not in found.stderr


@contextmanager
def running(house, *words):
    port = free_port()
    command = [sys.executable, "-m", "shouhou.cli", "run", "--port", str(port), "--empty", *words]
    process = subprocess.Popen(
        command, env=house.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answered(address: str, patience: float = 60.0) -> None:
    """Wait until the server answers."""
    start = time.perf_counter()
    while time.perf_counter() - start < patience:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as response:
                assert response.status == 200
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(address)


@pytest.mark.slow
class TestRun:
    def test_answers_does_the_jobs_and_stops(self, lived_in):
        with running(lived_in) as (process, address):
            answered(address)
            if not lived_in.database_url:
                held = (
                    "from shouhou.core.models import Lease; print(Lease.objects.filter(name='clock').count())"
                )
                deadline = time.monotonic() + 10
                while lived_in.python(held) == "0" and time.monotonic() < deadline:
                    time.sleep(0.2)
                assert lived_in.python(held) == "1"
        assert process.returncode == 0
        lived_in.python("from shouhou.core.models import Lease; Lease.objects.all().delete()")

    def test_a_taken_port_is_said_at_once(self, house):
        with closing(socket.socket()) as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            refused = house.shouhou("run", "--port", port)
        assert refused.returncode == 1
        assert f"Port {port} is taken" in refused.stderr
        assert f"make run PORT={port + 1}" in refused.stderr
        assert not house.data.exists()

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--port", "70000"), "There is no port 70000"),
            (("--host", "203.0.113.9"), "no address 203.0.113.9"),
        ],
    )
    def test_a_wrong_address_is_said_at_once(self, house, words, sentence):
        assert sentence in house.shouhou("run", *words).stderr

    def test_the_port_may_stand_in_the_environment(self, house):
        with closing(socket.socket()) as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            refused = house.shouhou("run", PORT=str(other.getsockname()[1]))
        assert "is taken" in refused.stderr
