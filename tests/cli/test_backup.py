"""Backup and restore: everything comes back, or it is said what is in the way and nothing is touched."""

import gzip
import io
import tarfile

import pytest

pytestmark = pytest.mark.slow

COUNT = "from shouhou.core.models import Event, StoredFile; print(Event.objects.count(), StoredFile.objects.count())"
CHANGE = "from shouhou.core.models import Event; Event.objects.filter(number=2).update(actor_name='X')"


@pytest.fixture(scope="session")
def backup(lived_in, tmp_path_factory):
    file = tmp_path_factory.mktemp("backup") / "shouhou.tgz"
    made = lived_in.shouhou("backup", file)
    assert made.returncode == 0, made.stderr
    assert "已备份" in made.stdout
    return file


def test_everything_comes_back_and_is_verified(lived_in, backup, another):
    done = another.shouhou("restore", backup, "--verify")

    assert done.returncode == 0, done.stderr
    assert "核对无误" in done.stdout
    assert another.python(COUNT) == lived_in.python(COUNT)
    assert another.shouhou("verify-audit").returncode == 0


def test_a_house_with_data_is_left_alone_unless_forced(lived_in, backup, another):
    another.shouhou("restore", backup)
    another.python(CHANGE)

    refused = another.shouhou("restore", backup)
    assert refused.returncode == 1
    assert "There is data here already" in refused.stderr
    assert another.shouhou("verify-audit").returncode == 1

    forced = another.shouhou("restore", backup, "--force", "--verify")
    assert forced.returncode == 0, forced.stderr


def test_a_running_house_is_left_alone(backup, another):
    another.shouhou("restore", backup)
    another.python(
        "from datetime import timedelta; from shouhou.cli.house import now; from shouhou.core import jobs;"
        "jobs.hold(jobs.CLOCK, 'server', now(), timedelta(hours=1))"
    )
    refused = another.shouhou("restore", backup, "--force")
    assert refused.returncode == 1
    assert "The server is running" in refused.stderr


def test_a_changed_byte_is_found_before_anything_is_touched(backup, house, tmp_path):
    broken = tmp_path / "broken.tgz"
    broken.write_bytes(changed(backup.read_bytes()))

    refused = house.shouhou("restore", broken)

    assert refused.returncode == 1
    assert "is no whole backup: changed: files/" in refused.stderr
    assert not (house.data / "shouhou.sqlite3").exists() or house.shouhou("doctor").returncode == 1


@pytest.mark.parametrize(
    "content", [b"", b"not a backup", gzip.compress(b"x" * 2_000)], ids=["empty", "text", "no manifest"]
)
def test_what_is_no_backup_is_refused(house, tmp_path, content):
    file = tmp_path / "letter.tgz"
    file.write_bytes(content)
    refused = house.shouhou("restore", file)
    assert refused.returncode == 1
    assert "is no whole backup" in refused.stderr
    assert "不是完整的备份" in refused.stderr


def test_a_backup_that_breaks_off_is_refused(backup, house, tmp_path):
    file = tmp_path / "half.tgz"
    file.write_bytes(backup.read_bytes()[:-500])
    assert "is no whole backup" in house.shouhou("restore", file).stderr


def test_a_file_that_is_there_is_not_replaced(lived_in, backup, tmp_path):
    before = backup.read_bytes()
    assert "is there already" in lived_in.shouhou("backup", backup).stderr
    assert "no folder" in lived_in.shouhou("backup", tmp_path / "nowhere" / "x.tgz").stderr
    assert backup.read_bytes() == before


def test_a_missing_tool_is_named(lived_in, tmp_path):
    if not lived_in.database_url:
        pytest.skip("SQLite needs no tool")
    refused = lived_in.shouhou("backup", tmp_path / "x.tgz", PATH="/nowhere")
    assert refused.returncode == 1
    assert "pg_dump (apt install postgresql-client)" in refused.stderr


def changed(content: bytes) -> bytes:
    """The same archive with one byte of a photo changed."""
    target = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(content)) as source,
        tarfile.open(fileobj=target, mode="w:gz") as copy,
    ):
        for member in source:
            body = bytearray(source.extractfile(member).read())
            if member.name.startswith("files/"):
                body[-1] ^= 1
            copy.addfile(member, io.BytesIO(bytes(body)))
    return target.getvalue()
