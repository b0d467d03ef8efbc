"""Open a workbook in a process of its own, whose memory and time are bounded.

A few kilobytes of .xlsx can ask for billions of cells. Here that ends this process, not the server. It
reads the file from standard input and writes one JSON line a sheet; it imports nothing of the product.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

MEMORY = 1_000 * 1024 * 1024
SECONDS = 20
MOST_ROWS = 50_000
# No form of ours is wider: columns further right are never a heading.
MOST_COLUMNS = 100
LONGEST_CELL = 4_000
LONGEST_NAME = 100
MOST_TEXT = 60_000_000
# From here on a number in a cell has lost digits: it is written so that the column can say so.
EXACT = 1e15

DAMAGED, TOO_MANY = 3, 4


def text_of(value: Any) -> str:
    """A cell as the text a person would have typed."""
    match value:
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < EXACT:
            return str(int(value))
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case _:
            # One character more than fits, so that the column's own limit still sees it.
            return str(value)[: LONGEST_CELL + 1].replace("\0", "")


def rows_of(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, with the numbers Excel shows beside them."""
    first = (sheet.start or (0, 0))[0]
    for number, cells in enumerate(sheet.to_python(skip_empty_area=True), start=first + 1):
        texts = [text_of(cell) for cell in cells[:MOST_COLUMNS]]
        if any(texts):
            yield number, texts


def main() -> int:
    """Read the workbook on standard input; the exit code says why nothing came."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        sheets = [meta.name for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
        count = written = 0
        for name in sheets:
            rows = list(rows_of(book.get_sheet_by_name(name)))
            line = json.dumps({"name": name[:LONGEST_NAME], "rows": rows}, ensure_ascii=False)
            count, written = count + len(rows), written + len(line)
            if count > MOST_ROWS + len(sheets) or written > MOST_TEXT:
                return TOO_MANY
            sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    except (CalamineError, ValueError, KeyError, OSError):
        return DAMAGED
    except MemoryError:
        return TOO_MANY
    return 0


if __name__ == "__main__":
    sys.exit(main())
