"""What a backup is: one file with a manifest, the database at one moment, and every file it names.

The manifest stands first and says what follows, with hashes and the number of rows in each table, so
that a backup can be judged before anything is touched, and what was brought back can be counted.
"""

from shouhou.cli.archive.manifest import Manifest
from shouhou.cli.archive.packing import NotABackup, pack, unpack

__all__ = ["Manifest", "NotABackup", "pack", "unpack"]
