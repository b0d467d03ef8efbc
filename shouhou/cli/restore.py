"""``shouhou restore FILE``: bring back what a backup holds (恢复).

    shouhou restore FILE              into an empty house
    shouhou restore FILE --verify     and count rows, compare hashes and check the record afterwards
    shouhou restore FILE --force      throw away what is there

Every hash in the backup is checked before anything is touched.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from shouhou.cli.house import now, open_house, refuse, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="what `shouhou backup` wrote")
    parser.add_argument("--verify", action="store_true", help="check afterwards that all is there (核对)")
    parser.add_argument("--force", action="store_true", help="throw away what is there (覆盖现有数据)")


def run(options: argparse.Namespace) -> int:
    open_house()
    from django.conf import settings

    from shouhou.cli.archive import NotABackup, unpack
    from shouhou.cli.archive.databases import ToolMissing, database

    in_the_way = obstacle(options.force)
    if in_the_way:
        return refuse(*in_the_way)
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        try:
            manifest = unpack(options.file, Path(folder))
            if manifest.database != database().name:
                return refuse(
                    f"这是 {manifest.database} 的备份，而现在用的是 {database().name}。请改 DATABASE_URL。",
                    f"This backup is of {manifest.database}, and the settings name {database().name}. Change DATABASE_URL.",
                )
            bring_back(Path(folder))
        except NotABackup as trouble:
            return refuse(
                f"{options.file} 不是完整的备份：{trouble}", f"{options.file} is no whole backup: {trouble}"
            )
        except ToolMissing as trouble:
            return refuse(f"还需要：{trouble}", f"This is still needed: {trouble}")
    say(f"已恢复 {manifest.made_at} 的备份", f"restored the backup of {manifest.made_at}")
    return verify(manifest.counts) if options.verify else 0


def obstacle(force: bool) -> tuple[str, str] | None:
    """What forbids restoring here, in both languages."""
    from django.db import DatabaseError

    from shouhou.core.jobs import CLOCK
    from shouhou.core.models import Lease, Organisation

    try:
        busy = Lease.objects.filter(name=CLOCK, until__gt=now()).exists()
        full = Organisation.objects.exists()
    except DatabaseError:
        # No tables yet: as empty as can be.
        return None
    if busy:
        return (
            "服务仍在运行，或停止不到半分钟。请先停下，稍候再试。",
            "The server is running, or stopped less than half a minute ago. Stop it and try again.",
        )
    if full and not force:
        return (
            "这里已有数据。请先备份；确定要丢弃时加 --force。",
            "There is data here already. Back it up first; add --force to throw it away.",
        )
    return None


def bring_back(folder: Path) -> None:
    """Put the files on the shelf, then the database in its place, and bring it up to this version."""
    from shouhou.cli.archive.databases import database
    from shouhou.cli.migrate import bring_up
    from shouhou.core.files import path_of

    # First the files: a database that names files that are not there would be half a house.
    for source in (folder / "files").glob("*"):
        target = path_of(source.name)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(source, target)
    database().put_back(folder / "database")
    bring_up()


def verify(counts: Mapping[str, int]) -> int:
    """Whether what stands here now is what the backup held; the exit code."""
    troubles = list(differences(counts))
    if troubles:
        return refuse("恢复后的核对发现：", "Checked after restoring, and found:\n" + "\n".join(troubles))
    say("核对无误：行数、文件、记录链", "verified: rows, files, record")
    return 0


def differences(counts: Mapping[str, int]) -> Iterator[str]:
    """Every table, file and chain that is not as it was, one line each."""
    from shouhou.cli.archive import databases
    from shouhou.cli.archive.manifest import sha256_of
    from shouhou.cli.verify_audit import troubles
    from shouhou.core.files import path_of
    from shouhou.core.models import Organisation, StoredFile

    here = databases.counts()
    for table, count in counts.items():
        # A newer version may have added rows of its own, but lost none.
        if here.get(table, count) < count:
            yield f"    {table}\t{here[table]} < {count}"
    for sha256 in StoredFile.objects.values_list("sha256", flat=True).distinct().iterator():
        path = path_of(sha256)
        if not path.exists() or sha256_of(path) != sha256:
            yield f"    files/{sha256}"
    for organisation in Organisation.objects.order_by("code"):
        yield from troubles(organisation)
