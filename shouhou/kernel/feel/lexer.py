"""Cut an expression into tokens.

FEEL names may hold spaces and keywords («天 in a week»), so what a word is depends on which names
are in scope. The longest known name wins; a parser generator's own lexer cannot know that.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from shouhou.kernel.feel.characters import BLANK, PART, PLAIN, SPACE, WORD
from shouhou.kernel.feel.refusals import FeelError
from shouhou.kernel.feel.vocabulary import Vocabulary

NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
TEXT = re.compile(r'"((?:[^"\\\n\r]|\\.)*)"')
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
# Possessive, because a long word without a colon would otherwise be tried in every division.
KEY = re.compile(rf"({WORD}+(?:[ \t.'/+*-]*+[{PART}]++)*+){SPACE}*+:")
SEVERAL = re.compile(rf"{WORD}(?:[ \t]+{WORD})+(?=[ \t]+in\b)")
CALL = re.compile(rf"{SPACE}*\(")
INSTANCE = re.compile(rf"instance{SPACE}+of(?![{PART}])")
TYPE = re.compile(r"[A-Za-z]+(?: +[A-Za-z]+)*(?:<.*)?")
SIGNS = re.compile(r"\.\.|\*\*|<=|>=|!=|[-+*/=<>(){}\[\],:.]")
NOT_A_START = re.compile(r"$|[),\]}=<>!*/+:.]|(?:and|or|then|else|return|satisfies|between|in|instance)\b")

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
KEYWORDS = {
    word: word.upper()
    for word in [
        "and",
        "or",
        "in",
        "between",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
    ]
} | dict.fromkeys(["true", "false", "null"], "CONSTANT")
SIGN_KINDS = {
    "..": "DOTS", "**": "POWER", "*": "TIMES", "/": "TIMES", "+": "PLUS", "-": "MINUS", ".": "DOT",
    "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "{": "LBRACE", "}": "RBRACE", ",": "COMMA",
    ":": "COLON",
} | dict.fromkeys(["<", "<=", ">", ">=", "=", "!="], "COMPARE")  # fmt: skip
ENDS_A_VALUE = frozenset(
    ["NUMBER", "TEXT", "NAME", "AT", "CONSTANT", "RPAR", "RSQB", "RBRACE", "RANGE_END", "TYPE"]
)
BEGINS_A_KEY = frozenset(["LBRACE", "COMMA", "LPAR"])
BEGINS_A_VARIABLE = frozenset(["FOR", "SOME", "EVERY", "COMMA"])

TYPES = {
    name: name
    for name in (
        "boolean", "number", "string", "date", "time", "date and time", "days and time duration",
        "years and months duration", "list", "context", "range", "any", "null",
    )
} | {"Any": "any", "Null": "null"}  # fmt: skip
PROPERTY_NAMES = ("time offset", "start included", "end included")

# What other keyboards and other languages write → what FEEL writes.
OTHERWISE = {
    "“": '"', "”": '"', "„": '"', "‘": '"', "’": '"', "'": '"', "「": '"', "」": '"', "『": '"', "』": '"',
    "、": ",", "。": ".", "【": "[", "】": "]", "〔": "(", "〕": ")",
    "《": "<", "》": ">", "〈": "<", "〉": ">",
    "≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-", "…": "..",
    "==": "=", "<>": "!=", "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not(…)", ";": ",",
    "%": "modulo(…)", "^": "**", "！": "!=", "！=": "!=",
}  # fmt: skip


class Token(NamedTuple):
    """A piece of the expression: its kind, what it means, and the offset where it stands."""

    kind: str
    value: str
    at: int


def tokens(text: str, names: Collection[str], functions: Collection[str], *, unary: bool) -> Iterator[Token]:
    """Yield the tokens of an expression; raise ``FeelError`` for what is no token."""
    return _Reader(text, names, functions, unary=unary).tokens()


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, text: str, names: Collection[str], functions: Collection[str], *, unary: bool) -> None:
        self.text = text
        self.unary = unary
        self.at = 0
        self.last = ""
        segments = {part for name in names for part in name.split(".")}
        self.names = Vocabulary({*segments, *PROPERTY_NAMES})
        self.functions = Vocabulary(functions)
        # One entry an open bracket: whether «..» was seen directly inside it.
        self.open: list[bool] = []

    def tokens(self) -> Iterator[Token]:
        while True:
            if blank := BLANK.match(self.text, self.at):
                self.at = blank.end()
            if self.at >= len(self.text):
                return
            token = self._next()
            self.last = token.kind
            yield token

    def _next(self) -> Token:
        character = self.text[self.at]
        if character == '"' or self.text.startswith('@"', self.at):
            return self._quoted()
        if character.isascii() and (character.isdigit() or self._fraction()):
            return self._take("NUMBER", NUMBER)
        if token := self._key() or self._name():
            return token
        if PLAIN.match(self.text, self.at):
            return self._word()
        if self.unary and character == "?":
            return self._cut("NAME", 1)
        return self._sign()

    def _cut(self, kind: str, length: int) -> Token:
        token = Token(kind, self.text[self.at : self.at + length], self.at)
        self.at += length
        return token

    def _take(self, kind: str, pattern: re.Pattern[str]) -> Token:
        match = pattern.match(self.text, self.at)
        assert match is not None
        return self._cut(kind, len(match[0]))

    def _fraction(self) -> bool:
        after = self.text[self.at + 1 : self.at + 2]
        return (
            self.text[self.at] == "."
            and self.last not in ENDS_A_VALUE
            and after.isascii()
            and after.isdigit()
        )

    def _quoted(self) -> Token:
        at = self.at
        start = at + (self.text[at] == "@")
        match = TEXT.match(self.text, start)
        if not match:
            raise FeelError("feel.text_open", at, self.text)
        self.at = match.end()
        return Token("TEXT" if start == at else "AT", self._unescaped(match), at)

    def _unescaped(self, match: re.Match[str]) -> str:
        def replace(found: re.Match[str]) -> str:
            code = found[1] or found[2]
            if code and int(code, 16) <= 0x10FFFF:
                return chr(int(code, 16))
            if found[3] not in ESCAPES:
                raise FeelError("feel.escape", match.start(1) + found.start(), self.text, found=found[0])
            return ESCAPES[found[3]]

        words = ESCAPE.sub(replace, match[1])
        # A pair of \u escapes may stand for one character beyond U+FFFF; half a pair is no character.
        return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _key(self) -> Token | None:
        if self.last not in BEGINS_A_KEY:
            return None
        match = KEY.match(self.text, self.at)
        if not match:
            return None
        token = Token("KEY", " ".join(match[1].split()), self.at)
        self.names.add(token.value)
        self.at = match.end(1)
        return token

    def _name(self) -> Token | None:
        """Read a known name that holds more than one plain word, or declare a new variable of that kind."""
        found = self.names.longest(self.text, self.at) or self._variable()
        if found is None:
            return None
        token = Token("NAME", found[0], self.at)
        self.at = found[1]
        return token

    def _variable(self) -> tuple[str, int] | None:
        match = SEVERAL.match(self.text, self.at) if self.last in BEGINS_A_VARIABLE else None
        if match is None or not KEYWORDS.keys().isdisjoint(match[0].split()):
            return None
        self.names.add(match[0])
        return " ".join(match[0].split()), match.end()

    def _word(self) -> Token:
        if self.last == "INSTANCE":
            return self._type()
        if self.last == "DOT":
            return self._take("NAME", PLAIN)
        if INSTANCE.match(self.text, self.at):
            return self._take("INSTANCE", INSTANCE)
        called = self.functions.longest(self.text, self.at)
        if called and CALL.match(self.text, called[1]):
            return self._cut("FUNCTION", called[1] - self.at)._replace(value=called[0])
        word = PLAIN.match(self.text, self.at)
        assert word is not None
        if word[0] in KEYWORDS:
            return self._cut(KEYWORDS[word[0]], len(word[0]))
        return self._cut("FUNCTION" if CALL.match(self.text, word.end()) else "NAME", len(word[0]))

    def _type(self) -> Token:
        match = TYPE.match(self.text, self.at)
        found = match[0] if match else self.text[self.at]
        words = found.split()
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            if name in TYPES:
                length = re.match(r" +".join(words[:count]), found)
                assert length is not None
                return self._cut("TYPE", len(length[0]))._replace(value=TYPES[name])
        known = ", ".join(dict.fromkeys(TYPES.values()))
        raise FeelError("feel.unknown_type", self.at, self.text, found=found[:60], known=known)

    def _sign(self) -> Token:
        if self.text.startswith("/*", self.at):
            raise FeelError("feel.comment_open", self.at, self.text)
        self._refuse_written_otherwise(2)
        match = SIGNS.match(self.text, self.at)
        if not match:
            self._refuse_written_otherwise(1)
            raise self._foreign(self.text[self.at])
        kind = SIGN_KINDS[match[0]]
        if kind in {"LPAR", "LBRACE"}:
            self.open.append(False)
        elif kind in {"RPAR", "RBRACE"} and self.open:
            self.open.pop()
        elif kind == "DOTS" and self.open:
            self.open[-1] = True
        elif kind in {"LSQB", "RSQB"}:
            kind = self._square(kind)
        return self._cut(kind, len(match[0]))

    def _square(self, kind: str) -> str:
        """Tell the brackets of a list, a filter and the ranges ``[a..b]``, ``]a..b[`` apart."""
        if (
            kind == "LSQB"
            and self.open
            and self.open[-1]
            and self.last in ENDS_A_VALUE
            and self._nothing_follows()
        ):
            self.open.pop()
            return "RANGE_END"
        if kind == "RSQB" and (self.last in ENDS_A_VALUE or self.last == "LSQB"):
            if self.open:
                self.open.pop()
            return "RSQB"
        self.open.append(False)
        return "LSQB" if kind == "LSQB" else "RANGE_START"

    def _nothing_follows(self) -> bool:
        blank = BLANK.match(self.text, self.at + 1)
        return bool(NOT_A_START.match(self.text, blank.end() if blank else self.at + 1))

    def _refuse_written_otherwise(self, length: int) -> None:
        found = self.text[self.at : self.at + length]
        if found in OTHERWISE:
            code = "feel.other_language" if found.isascii() else "feel.full_width"
            raise FeelError(code, self.at, self.text, found=found, instead=OTHERWISE[found])

    def _foreign(self, character: str) -> FeelError:
        plain = unicodedata.normalize("NFKC", character)
        if plain != character and plain.isascii() and plain.isprintable():
            return FeelError("feel.full_width", self.at, self.text, found=character, instead=plain)
        shown = character if character.isprintable() else "�"
        return FeelError("feel.character", self.at, self.text, found=shown, number=f"U+{ord(character):04X}")
