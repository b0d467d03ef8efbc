"""What is in the way of a drawing: one kind of sentence for readers, the gate and the stepper."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix in a drawing, said in both languages.

    ``element`` is the BPMN word for it (``exclusiveGateway``), ``id`` its id in
    the file and ``line`` its line there; both may be unknown (``None``).
    """

    code: str
    element: str
    id: str | None
    line: int | None
    en: str
    zh: str


class Unreadable(Exception):
    """The bytes are not a drawing: nothing in them can be shown or run."""

    def __init__(self, code: str, en: str, zh: str, line: int | None = None) -> None:
        super().__init__(en)
        self.code, self.en, self.zh, self.line = code, en, zh, line


class Trouble(Exception):
    """A token cannot go on; the stepper turns this into an incident at its node."""

    def __init__(self, code: str, en: str, zh: str) -> None:
        super().__init__(en)
        self.code, self.en, self.zh = code, en, zh


class NotPossible(Exception):
    """What was asked cannot be done now: the token is gone, the timer not armed, the target out of reach."""

    def __init__(self, code: str, en: str, zh: str) -> None:
        super().__init__(en)
        self.code, self.en, self.zh = code, en, zh
