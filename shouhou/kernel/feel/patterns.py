"""Regular expressions of XPath (DMN 1.3 §10.3.4.3), matched in bounded work.

Python's own engine can take longer than the universe for ``(a+)+b``. Here a pattern becomes a small
program, and no instruction is tried twice at one place of the text: work grows with pattern × text.
Back references would break that promise and are not read.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from shouhou.kernel.feel.values import Run

LONGEST_PATTERN = 500
MOST_INSTRUCTIONS = 2_000
DEEPEST_GROUP = 20
MOST_REPEATS = 200

Accepts = Callable[[str], bool]
Groups = tuple[tuple[int, int] | None, ...]
SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"} | {sign: sign for sign in "\\|.-^?*+{}()[]$"}


class Unreadable(Exception):
    """The pattern is not one this reader knows."""


class Step(NamedTuple):
    """One instruction: take a character, fork, jump, remember a place, check a place, or finish."""

    kind: str
    accepts: Accepts | None = None
    first: int = 0
    second: int = 0


@dataclass
class Program:
    """A pattern made ready to run."""

    steps: list[Step] = field(default_factory=list)
    groups: int = 0

    def search(self, text: str, start: int, run: Run) -> Groups | None:
        """Return where the pattern first matches at or after a place: the whole, then each group."""
        tried: set[tuple[int, int]] = set()
        for place in range(start, len(text) + 1):
            marks = self._match(text, place, tried, run)
            if marks is not None:
                return self._spans(marks)
        return None

    def matches(self, text: str, run: Run) -> Iterator[Groups]:
        """Yield one match after another; none of them empty."""
        place = 0
        while (found := self.search(text, place, run)) and found[0]:
            yield found
            place = found[0][1]

    def _match(self, text: str, place: int, tried: set[tuple[int, int]], run: Run) -> object:
        """Follow the steps, the preferred branch first; ``marks`` is a chain (mark, place, rest)."""
        waiting: list[tuple[int, int, object]] = [(0, place, ())]
        while waiting:
            at, place, marks = waiting.pop()
            if (at, place) in tried:
                continue
            tried.add((at, place))
            run.spend(1)
            step = self.steps[at]
            if step.kind == "finish":
                return marks
            if step.kind == "fork":
                waiting += [(step.second, place, marks), (step.first, place, marks)]
            elif step.kind == "jump":
                waiting.append((step.first, place, marks))
            elif step.kind == "mark":
                waiting.append((at + 1, place, (step.first, place, marks)))
            elif step.kind == "take":
                if place < len(text) and step.accepts and step.accepts(text[place]):
                    waiting.append((at + 1, place + 1, marks))
            elif _stands(step, text, place):
                waiting.append((at + 1, place, marks))
        return None

    def _spans(self, marks: object) -> Groups:
        ends: dict[int, int] = {}
        while isinstance(marks, tuple) and marks:
            mark, place, marks = marks
            ends.setdefault(mark, place)
        pairs = ((ends.get(2 * group), ends.get(2 * group + 1)) for group in range(self.groups + 1))
        return tuple((low, high) if low is not None and high is not None else None for low, high in pairs)


def _stands(step: Step, text: str, place: int) -> bool:
    lines = bool(step.first)
    if step.kind == "start":
        return place == 0 or (lines and text[place - 1] == "\n")
    return place == len(text) or (lines and text[place] == "\n")


@lru_cache(maxsize=256)
def program(pattern: str, flags: str = "") -> Program | None:
    """Return the program of a pattern; None when the pattern or a flag cannot be read."""
    if len(pattern) > LONGEST_PATTERN or not set(flags) <= set("smix"):
        return None
    try:
        return _Compiler(pattern, flags).program()
    except Unreadable:
        return None


class _Compiler:
    """Reads a pattern once from left to right, writing steps as it goes."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0
        self.flags = flags
        self.made = Program()

    def program(self) -> Program:
        self._add(Step("mark", first=0))
        self._choices()
        if self.at < len(self.pattern):
            raise Unreadable
        self._add(Step("mark", first=1))
        self._add(Step("finish"))
        return self.made

    def _add(self, step: Step) -> int:
        self.made.steps.append(step)
        if len(self.made.steps) > MOST_INSTRUCTIONS:
            raise Unreadable
        return len(self.made.steps) - 1

    def _peek(self) -> str:
        while "x" in self.flags and self.pattern[self.at : self.at + 1] in {" ", "\t", "\n", "\r"}:
            self.at += 1
        return self.pattern[self.at : self.at + 1]

    def _take(self) -> str:
        character = self.pattern[self.at : self.at + 1]
        if not character:
            raise Unreadable
        self.at += 1
        return character

    def _choices(self) -> None:
        """Read ``a|b|c``: fork to each branch in turn, and jump from its end to the end of all."""
        steps, ends = self.made.steps, []
        start = len(steps)
        self._sequence()
        while self._peek() == "|":
            self.at += 1
            branch = steps[start:]
            del steps[start:]
            self._add(Step("fork", first=start + 1, second=start + len(branch) + 2))
            steps.extend(_moved(step, 1) for step in branch)
            ends.append(self._add(Step("jump")))
            start = len(steps)
            self._sequence()
        for end in ends:
            steps[end] = Step("jump", first=len(steps))

    def _sequence(self) -> None:
        while (character := self._peek()) and character not in "|)":
            start = len(self.made.steps)
            self._atom()
            self._quantifier(start)

    def _atom(self) -> None:
        character = self._take()
        if character == "(":
            self._group()
        elif character == "[":
            self._add(Step("take", self._folded(self._class())))
        elif character in "^$":
            self._add(Step("start" if character == "^" else "end", first="m" in self.flags))
        elif character == ".":
            self._add(Step("take", (lambda c: True) if "s" in self.flags else (lambda c: c not in "\n\r")))
        elif character == "\\":
            self._add(Step("take", self._folded(self._escape())))
        elif character in "?*+{}]":
            raise Unreadable
        else:
            self._add(Step("take", self._folded(_is(character))))

    def _group(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST_GROUP:
            raise Unreadable
        capturing = not self.pattern.startswith("?:", self.at)
        if capturing:
            self.made.groups += 1
            group = self.made.groups
            self._add(Step("mark", first=2 * group))
        else:
            self.at += 2
        self._choices()
        if self._take() != ")":
            raise Unreadable
        if capturing:
            self._add(Step("mark", first=2 * group + 1))
        self.depth -= 1

    def _quantifier(self, start: int) -> None:
        sign = self._peek()
        if not sign or sign not in "?*+{":
            return
        self.at += 1
        least, most = self._counts() if sign == "{" else {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        lazy = self._peek() == "?"
        if lazy:
            self.at += 1
        self._repeat(start, least, most, lazy=lazy)

    def _counts(self) -> tuple[int, int | None]:
        end = self.pattern.find("}", self.at)
        low, comma, high = self.pattern[self.at : end].partition(",")
        self.at = end + 1
        if end < 0 or not low.isdecimal() or (high and not high.isdecimal()):
            raise Unreadable
        least, most = int(low), int(high) if high else None if comma else int(low)
        if least > MOST_REPEATS or (most is not None and not least <= most <= MOST_REPEATS):
            raise Unreadable
        return least, most

    def _repeat(self, start: int, least: int, most: int | None, *, lazy: bool) -> None:
        """Write the steps from ``start`` again: as often as needed, then as often as allowed."""
        steps = self.made.steps
        body = [_moved(step, -start) for step in steps[start:]]
        del steps[start:]
        for _ in range(least):
            self._copy(body)
        if most is None:
            fork = self._add(Step("fork"))
            self._copy(body)
            self._add(Step("jump", first=fork))
            steps[fork] = _fork(fork + 1, len(steps), lazy=lazy)
            return
        forks = []
        for _ in range(most - least):
            forks.append(self._add(Step("fork")))
            self._copy(body)
        for fork in forks:
            steps[fork] = _fork(fork + 1, len(steps), lazy=lazy)

    def _copy(self, body: list[Step]) -> None:
        offset = len(self.made.steps)
        for step in body:
            self._add(_moved(step, offset))

    def _folded(self, accepts: Accepts) -> Accepts:
        if "i" not in self.flags:
            return accepts
        return lambda c: accepts(c) or accepts(c.lower()) or accepts(c.upper())

    def _escape(self) -> Accepts:
        character = self._take()
        if character in SIMPLE_ESCAPES:
            return _is(SIMPLE_ESCAPES[character])
        if character in "pP":
            accepts = _category(self._braced())
        elif character.lower() in CLASSES:
            accepts = CLASSES[character.lower()]
        else:
            raise Unreadable
        return _not(accepts) if character.isupper() else accepts

    def _braced(self) -> str:
        end = self.pattern.find("}", self.at)
        name = self.pattern[self.at + 1 : end]
        if self._take() != "{" or end < 0 or name not in CATEGORIES:
            raise Unreadable
        self.at = end + 1
        return name

    def _class(self) -> Accepts:
        """Read what stands between square brackets, also ``[^…]`` and ``[a-z-[aeiou]]``."""
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        parts: list[Accepts] = []
        without: Accepts | None = None
        while not self.pattern.startswith("]", self.at):
            if parts and self.pattern.startswith("-[", self.at):
                self.at += 2
                without = self._class()
                break
            parts.append(self._class_part())
        if self._take() != "]" or not parts:
            raise Unreadable
        accepts: Accepts = lambda c: any(part(c) for part in parts) != negated  # noqa: E731
        if without is None:
            return accepts
        excluded = without
        return lambda c: accepts(c) and not excluded(c)

    def _class_part(self) -> Accepts:
        low = self._take()
        if low == "[":
            raise Unreadable
        if low == "\\":
            escape = self.pattern[self.at : self.at + 1]
            if escape not in SIMPLE_ESCAPES:
                return self._escape()
            self.at += 1
            low = SIMPLE_ESCAPES[escape]
        follows = self.pattern[self.at + 1 : self.at + 2]
        if not self.pattern.startswith("-", self.at) or follows in {"]", "["}:
            return _is(low)
        self.at += 1
        high = self._take()
        if high == "\\":
            high = SIMPLE_ESCAPES.get(self._take(), "")
        if not low <= high:
            raise Unreadable
        return lambda c: low <= c <= high


def _moved(step: Step, by: int) -> Step:
    if step.kind == "fork":
        return step._replace(first=step.first + by, second=step.second + by)
    return step._replace(first=step.first + by) if step.kind == "jump" else step


def _fork(into: int, past: int, *, lazy: bool) -> Step:
    return Step("fork", first=past, second=into) if lazy else Step("fork", first=into, second=past)


def _is(character: str) -> Accepts:
    return lambda c: c == character


def _not(accepts: Accepts) -> Accepts:
    return lambda c: not accepts(c)


def _category(name: str) -> Accepts:
    return lambda c: unicodedata.category(c).startswith(name)


CATEGORIES = frozenset(
    [
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cn",
    ]
)
CLASSES: dict[str, Accepts] = {
    "s": lambda c: c in " \t\n\r",
    "d": lambda c: unicodedata.category(c) == "Nd",
    "w": lambda c: unicodedata.category(c)[0] not in "PZC",
    "i": lambda c: c.isalpha() or c in "_:",
    "c": lambda c: c.isalnum() or c in "_:.-·",
}
