"""``shouhou backup FILE``: everything in one file, while the house goes on working (备份)."""

import argparse
import tempfile
from datetime import UTC
from pathlib import Path

from shouhou.cli.house import now, open_house, refuse, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where to write it, such as shouhou-2026-11-24.tgz")
    parser.add_argument("--force", action="store_true", help="replace a file that is there (覆盖)")


def run(options: argparse.Namespace) -> int:
    open_house()
    from shouhou.cli.archive.databases import ToolMissing

    target: Path = options.file
    if target.exists() and not options.force:
        return refuse(
            f"{target} 已存在。请换个文件名，或加 --force。",
            f"{target} is there already. Choose another name, or add --force.",
        )
    if not target.parent.is_dir():
        return refuse(
            f"没有目录 {target.parent}。请先建立。", f"There is no folder {target.parent}. Make it first."
        )
    try:
        rows, files = write(target)
    except ToolMissing as trouble:
        return refuse(f"还需要：{trouble}", f"This is still needed: {trouble}")
    size = target.stat().st_size / 1024**2
    say(f"已备份 {rows} 行、{files} 个文件，{size:.1f} MB", f"backed up: {rows} rows, {files} files")
    return 0


def write(target: Path) -> tuple[int, int]:
    """Write a backup; how many rows and files it holds.

    Raises ``ToolMissing`` where PostgreSQL's own tools are needed and not there.
    """
    from shouhou import __version__
    from shouhou.cli.archive import Manifest, pack
    from shouhou.cli.archive.databases import database
    from shouhou.cli.archive.manifest import sha256_of
    from shouhou.core.files import path_of, shelf

    kind = database()
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        snapshot = Path(folder) / "database"
        counts = kind.take(snapshot)
        # The files are looked up after the database was taken: whatever it names is among them.
        files = tuple(shelf.every())
        manifest = Manifest(
            now().astimezone(UTC).isoformat(), __version__, kind.name, sha256_of(snapshot), counts, files
        )
        pack(target, manifest, snapshot, path_of)
    return sum(counts.values()), len(files)
