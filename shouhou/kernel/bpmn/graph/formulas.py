"""Expressions of a drawing as FEEL: what is written plainly, with ``=`` in front, or in a dialect
that means the same.
"""

import re
from collections.abc import Collection, Mapping

from shouhou.kernel import feel
from shouhou.kernel.bpmn.graph.parts import Formula
from shouhou.kernel.bpmn.model import Text
from shouhou.kernel.bpmn.problems import Problem, Trouble

FEEL_LANGUAGES = frozenset(
    (
        "feel",
        "http://www.omg.org/spec/feel/20140401",
        "http://www.omg.org/spec/dmn/20180521/feel/",
        "https://www.omg.org/spec/dmn/20191111/feel/",
        "https://www.omg.org/spec/dmn/20211108/feel/",
        "https://www.omg.org/spec/dmn/20230324/feel/",
        "http://www.omg.org/dmn/feel",
    )
)
# The comparison ``${x == 'a' && !y}`` of Camunda 7, Flowable and Activiti; method calls do not
# match and are refused.
_DOLLAR = re.compile(r"[$#]\{(?P<inside>[^{}]*)\}")
_PIECE = re.compile(
    r"'(?P<text>[^'\"\\]*)'|\"[^\"\\]*\"|(?P<word>==|&&|\|\||!=|!|\beq\b|\bne\b|\bempty\b)|[(]|.", re.DOTALL
)
_WORDS = {"==": "=", "eq": "=", "ne": "!=", "!=": "!=", "&&": " and ", "||": " or "}


class UnknownLanguage(Exception):
    """The expression declares a language the engine does not speak."""


def formula(text: Text, names: Collection[str] | None = None) -> Formula:
    """An expression ready to run.

    Raises ``UnknownLanguage``, or ``feel.FeelError`` with the position.
    """
    parsed = feel.parse(plain(text), names)
    return Formula(text.text, parsed)


def plain(text: Text) -> str:
    """The FEEL text of an expression as written."""
    declared = (text.language or "feel").strip().lower()
    written = text.text.strip()
    if dollar := _DOLLAR.fullmatch(written):
        return _from_dollar(dollar["inside"])
    if declared not in FEEL_LANGUAGES:
        raise UnknownLanguage(text.language)
    return written.removeprefix("=").strip() if written.startswith("=") else written


def _from_dollar(inside: str) -> str:
    """A comparison in the unified expression language, where FEEL says the same; a call or ``!`` is
    refused.
    """
    found = []
    for piece in _PIECE.finditer(inside):
        if piece["word"] in ("!", "empty"):
            raise UnknownLanguage("JUEL")
        if piece["text"] is not None:
            found.append(f'"{piece["text"]}"')
        else:
            found.append(_WORDS.get(piece[0], piece[0]))
    written = "".join(found).strip()
    if re.search(r"\w\s*\(", re.sub(r"\b(?:and|or)\s*\(", "", written)):
        raise UnknownLanguage("JUEL")
    return written


def broken(text: Text, problem: Problem) -> Formula:
    """Stands in for an expression that does not parse, so that a token that needs it stops with the
    reason.
    """

    def refuse(_context: Mapping[str, object]) -> object:
        raise Trouble(problem.code, problem.en, problem.zh)

    return Formula(text.text, refuse)
