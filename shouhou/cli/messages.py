"""``shouhou messages``: collect what is said, fill in Chinese, compile (收集、填写、编译译文).

    shouhou messages collect          every text of code and templates into the catalogue
    shouhou messages fill pairs.tsv   English ⇥ 中文 a line; context ⇥ English ⇥ 中文 where there is one
    shouhou messages missing          what has no Chinese yet; the exit code says whether there is any
    shouhou messages compile          *.po → *.mo

GNU gettext is absent on a bare machine, and Babel alone cannot read Django's templates, so Django turns
those into calls first. One message a line, sorted, without places and dates: two people's additions merge
without a quarrel.
"""

import argparse
import ast
import fcntl
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = """\
# 售后 Shouhou: Chinese. Sorted by message; `make messages` adds what is new.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# What django.utils.translation.template.templatize writes for a template's texts.
TEXT = r"""\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(((?:{TEXT})+)\s*(?:count)?\s*\)")

Key = tuple[str, str | tuple[str, str]]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["collect", "fill", "missing", "compile"])
    parser.add_argument("file", nargs="?", type=Path, help="pairs to fill in, or the catalogue to compile")


def run(options: argparse.Namespace) -> int:
    if options.act == "compile":
        return compile_catalogue(options.file or CATALOGUE)
    if options.act == "missing":
        return say_missing()
    with only_one():
        if options.act == "collect":
            return collect()
        return fill(options.file.read_text(encoding="utf-8") if options.file else sys.stdin.read())


@contextmanager
def only_one() -> Iterator[None]:
    """Two people collect at the same moment: the second waits, so that neither loses a message."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(CATALOGUE.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def collect() -> int:
    """Bring the catalogue up to what the source says; a translation stays with its message."""
    known, catalogue = read(), Catalog(locale="zh_Hans")
    for context, message in sorted(set(said()), key=str):
        before = known.get(message if isinstance(message, str) else message[0], context or None)
        catalogue.add(message, string=before.string if before else None, context=context or None)
    write(catalogue)
    print(f"{len(catalogue)} messages, {len(missing(catalogue))} without Chinese.")
    return 0


def fill(pairs: str) -> int:
    """Give messages their Chinese; those not in the catalogue are named and left out."""
    catalogue, unknown = read(), 0
    for line in pairs.splitlines():
        parts = [part.replace("\\n", "\n") for part in line.split("\t")]
        if len(parts) not in (2, 3) or not all(parts[-2:]):
            continue
        context = parts[0] if len(parts) == 3 else None
        english, words = parts[-2:]
        message = catalogue.get(english, context or None)
        if message is None:
            print(f"not said anywhere: {english}", file=sys.stderr)
            unknown += 1
        else:
            message.string = (words,) if message.pluralizable else words
    write(catalogue)
    print(f"{len(missing(catalogue))} messages are still without Chinese.")
    return 1 if unknown else 0


def say_missing() -> int:
    """Name what has no Chinese, or is said in the source and not in the catalogue."""
    without = {(message.context or "", first(message.id)) for message in missing(read())}
    without |= {(context, first(message)) for context, message in unlisted()}
    for context, english in sorted(without):
        print(f"{context}\t{english}" if context else english)
    return 1 if without else 0


def unlisted() -> set[Key]:
    """What the source says and the catalogue does not know."""
    catalogue = read()
    return {key for key in said() if catalogue.get(first(key[1]), key[0] or None) is None}


def missing(catalogue: Catalog) -> list[Message]:
    """Messages without Chinese."""
    return [message for message in catalogue if message.id and not chinese(message)]


def compile_catalogue(path: Path) -> int:
    """Write the machine's form beside the catalogue."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale="zh_Hans")
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)
    return 0


def read() -> Catalog:
    """The catalogue as it stands; an empty one before the first."""
    if not CATALOGUE.exists():
        return Catalog(locale="zh_Hans")
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="zh_Hans")


def write(catalogue: Catalog) -> None:
    """One message a line, sorted, without what changes by itself."""
    body = BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    CATALOGUE.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def said() -> Iterator[Key]:
    """Every text of the package: (context, message), a plural as (one, many)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from of_python(path.read_bytes())
    for path in sorted(PACKAGE.rglob("*.html")):
        yield from of_template(path.read_text(encoding="utf-8"), path.name)


def of_python(source: bytes) -> Iterator[Key]:
    """The texts of a module."""
    for _line, message, _comments, context in extract("python", BytesIO(source), KEYWORDS):
        if message and first(message):
            yield context or "", message if isinstance(message, str) else (message[0], message[1])


def of_template(source: str, name: str) -> Iterator[Key]:
    """The texts of a template."""
    from django.utils.translation.template import templatize

    # A component's attribute holds a tag inside quotes; a tag of its own is what Django's reader knows.
    for function, given in CALL.findall(templatize(source, origin=name)):
        words = texts(given)
        context = words.pop(0) if "p" in function else ""
        yield context, words[0] if len(words) == 1 else (words[0], words[1])


def texts(given: str) -> list[str]:
    """The string arguments of a call; ``%%`` is how a template's per cent sign is written there."""
    value = ast.literal_eval(f"({given.rstrip().rstrip(',')},)")
    return [str(word) for word in value]


def chinese(message: Message) -> str:
    """The Chinese of a message, which has no plural; empty while there is none."""
    return first(message.string or "")


def first(message: str | Sequence[str]) -> str:
    """What a message is looked up by."""
    return message if isinstance(message, str) else message[0]
