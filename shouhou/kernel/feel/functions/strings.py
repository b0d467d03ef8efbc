"""Functions on texts. Positions count characters (code points) from 1, from the end when negative."""

import re
from decimal import Decimal
from typing import Any

from shouhou.kernel.feel.functions.lists import place
from shouhou.kernel.feel.functions.registry import builtin
from shouhou.kernel.feel.numbers import whole
from shouhou.kernel.feel.patterns import Groups, program
from shouhou.kernel.feel.values import LETTERS_A_STEP, Run

INSERTED = re.compile(r"\\(.)|\$(\d)|([\\$])", re.DOTALL)


@builtin("substring(string: string, start position: number, length?: number): string")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first = place(start, len(text))
    if first is None:
        return None
    if length is None:
        return text[first:]
    return text[first : first + whole(length)] if whole(length) > 0 else None


@builtin("string length(string: string): number")
def string_length(text: str) -> Decimal:
    return Decimal(len(text))


@builtin("upper case(string: string): string")
def upper_case(text: str) -> str:
    return text.upper()


@builtin("lower case(string: string): string")
def lower_case(text: str) -> str:
    return text.lower()


@builtin("substring before(string: string, match: string): string")
def substring_before(text: str, match: str) -> str:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after(string: string, match: string): string")
def substring_after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


@builtin("contains(string: string, match: string): boolean")
def contains(text: str, match: str) -> bool:
    return match in text


@builtin("starts with(string: string, match: string): boolean")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@builtin("ends with(string: string, match: string): boolean")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string): boolean", counts=True)
def matches(run: Run, text: str, pattern: str, flags: str | None = "") -> bool | None:
    ready = program(pattern, flags or "")
    return None if ready is None else ready.search(text, 0, run) is not None


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string): string", counts=True)
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = "") -> str | None:
    """Replace every match; ``$1`` inserts a group. A pattern that matches nothing at all gives null."""
    ready = program(pattern, flags or "")
    if ready is None or not _is_replacement(replacement) or ready.search("", 0, run):
        return None
    parts, end = [], 0
    for groups in ready.matches(text, run):
        low, high = groups[0] or (end, end)
        parts += [text[end:low], _inserted(replacement, groups, text)]
        run.spend(len(parts[-1]) // LETTERS_A_STEP)
        end = high
    return "".join([*parts, text[end:]])


def _is_replacement(replacement: str) -> bool:
    marks = INSERTED.finditer(replacement)
    return not any(mark[3] or (mark[1] and mark[1] not in "\\$") for mark in marks)


def _inserted(replacement: str, groups: Groups, text: str) -> str:
    def insert(mark: re.Match[str]) -> str:
        if mark[1]:
            return mark[1]
        number = int(mark[2])
        span = groups[number] if number < len(groups) else None
        return text[span[0] : span[1]] if span else ""

    return INSERTED.sub(insert, replacement)


@builtin("split(string: string, delimiter: string): list", counts=True)
def split(run: Run, text: str, delimiter: str) -> list[object] | None:
    ready = program(delimiter)
    if ready is None or ready.search("", 0, run):
        return None
    parts: list[object] = []
    end = 0
    for groups in ready.matches(text, run):
        low, high = groups[0] or (end, end)
        parts.append(text[end:low])
        end = high
    return [*parts, text[end:]]


@builtin("string join(list: list, delimiter?: string): string", counts=True)
def string_join(run: Run, items: list[Any], delimiter: str | None = "") -> str | None:
    """Join texts; null items are left out."""
    words = [item for item in items if item is not None]
    if not all(isinstance(word, str) for word in words):
        return None
    letters = sum(map(len, words)) + len(delimiter or "") * len(words)
    run.spend(letters // LETTERS_A_STEP)
    return (delimiter or "").join(words)
