"""Names that hold more than one plain word, found by longest match."""

from collections.abc import Collection
from dataclasses import dataclass, field

from shouhou.kernel.feel.characters import BLANK, PLAIN, WITHIN_A_WORD


@dataclass(slots=True)
class _Letter:
    """One letter of the names that share a beginning; ``name`` where one of them ends."""

    after: dict[str, "_Letter"] = field(default_factory=dict)
    name: str = ""


class Vocabulary:
    """A set of names, searched letter by letter: the time does not grow with the number of names."""

    def __init__(self, names: Collection[str]) -> None:
        self._root = _Letter()
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name; a plain word needs no vocabulary, and what begins with a sign is no name."""
        name = " ".join(name.split())
        word = PLAIN.match(name)
        if word is None or word.end() == len(name):
            return
        letter = self._root
        for character in name:
            letter = letter.after.setdefault(character, _Letter())
        letter.name = name

    def longest(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the longest name that stands at a place, and where it ends; any blank is one space."""
        found = None
        letter: _Letter | None = self._root
        while letter is not None and at < len(text):
            blank = BLANK.match(text, at) if " " in letter.after else None
            letter = letter.after.get(" " if blank else text[at])
            at = blank.end() if blank else at + 1
            if letter is not None and letter.name and not WITHIN_A_WORD.match(text, at):
                found = letter.name, at
        return found
