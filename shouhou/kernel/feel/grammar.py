"""The grammar (LALR) and the builder of the tree.

Follows the rules of DMN 1.3 §10.3.1.2. Operators of one level group from the left, also ``**``.
``if``, ``for``, ``some`` and ``every`` reach as far right as they can.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any as Anything

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.parsers.lalr_interactive_parser import InteractiveParser

from shouhou.kernel.feel import lexer, nodes
from shouhou.kernel.feel.refusals import FeelError

LONGEST = 20_000
DEEPEST = 100
# Functions are no values here: neither defined, nor handed to a function that wants one.
TAKES_A_FUNCTION = frozenset({"function", "external", "sort"})

GRAMMAR = """
%declare NUMBER TEXT AT CONSTANT NAME KEY FUNCTION TYPE INSTANCE COMPARE PLUS MINUS TIMES POWER DOT DOTS
%declare LPAR RPAR LSQB RSQB RANGE_START RANGE_END LBRACE RBRACE COMMA COLON NOT
%declare AND OR IN BETWEEN IF THEN ELSE FOR RETURN SOME EVERY SATISFIES

cell: MINUS -> anything
    | NOT LPAR tests RPAR -> none_of
    | tests -> one_of

tests: test (COMMA test)*
?test: expression | half
half: COMPARE sum

?expression: disjunction
disjunction: conjunction (OR conjunction)*
conjunction: comparison (AND comparison)*
?comparison: sum
    | comparison COMPARE sum -> compare
    | comparison BETWEEN sum AND sum -> between
    | comparison IN (sum | half) -> contained
?sum: product | sum (PLUS | MINUS) product -> arithmetic
?product: power | product TIMES power -> arithmetic
?power: signed | power POWER signed -> arithmetic
?signed: typed
    | MINUS signed -> negate
    | IF expression THEN expression ELSE expression -> choice
    | FOR iterators RETURN expression -> loop
    | (SOME | EVERY) iterators SATISFIES expression -> quantified
?typed: postfix | typed INSTANCE TYPE -> instance
iterators: iterator (COMMA iterator)*
iterator: NAME IN expression [DOTS expression]

?postfix: primary
    | postfix DOT NAME -> path
    | postfix LSQB expression RSQB -> filter
?primary: NUMBER -> number
    | TEXT -> text
    | AT -> at
    | CONSTANT -> constant
    | NAME -> name
    | FUNCTION LPAR [positional | named] RPAR -> call
    | LSQB [positional] RSQB -> list
    | LBRACE [entry (COMMA entry)*] RBRACE -> context
    | LPAR expression RPAR -> parenthesis
    | LPAR half RPAR -> half_group
    | LPAR test COMMA tests RPAR -> group
    | (LPAR | LSQB | RANGE_START) expression DOTS expression (RPAR | RSQB | RANGE_END) -> span
positional: expression (COMMA expression)*
named: KEY COLON expression (COMMA KEY COLON expression)*
entry: (KEY | TEXT) COLON expression
"""

HINTS: Mapping[str, tuple[str, str]] = {
    "value": (
        "Two values stand side by side: write an operator between them, or declare the name they make.",
        "两个值挨在一起：请在中间写运算符，或声明它们合起来的名称。",
    ),
    "range": ("Put the range in brackets, as in [1..5].", "请给范围加上方括号，如 [1..5]。"),
    "closing": ("Remove it, or add the bracket that opens it.", "请删除，或补上与它配对的左括号。"),
    "": ("Remove it, or complete what stands before it.", "请删除，或补全它前面的内容。"),
}
VALUES = frozenset(["NUMBER", "TEXT", "AT", "CONSTANT", "NAME", "FUNCTION"])
OPENERS = frozenset(["LPAR", "LSQB", "LBRACE", "RANGE_START"])
CLOSERS = frozenset(["RPAR", "RSQB", "RBRACE", "RANGE_END"])

Parts = list[Anything]
Arguments = tuple[tuple[nodes.Node, ...], tuple[str, ...]]


class Builder(Transformer[Token, nodes.Node]):
    """Makes a node of each production, innermost first."""

    def anything(self, parts: Parts) -> nodes.Node:
        return nodes.Tests(_at(parts[0]), (), negated=False)

    def none_of(self, parts: Parts) -> nodes.Node:
        return nodes.Tests(_at(parts[0]), parts[2], negated=True)

    def one_of(self, parts: Parts) -> nodes.Node:
        return nodes.Tests(parts[0][0].at, parts[0], negated=False)

    def tests(self, parts: Parts) -> tuple[nodes.Node, ...]:
        return _nodes(parts)

    def half(self, parts: Parts) -> nodes.Node:
        return nodes.Test(_at(parts[0]), str(parts[0]), parts[1])

    def disjunction(self, parts: Parts) -> nodes.Node:
        return parts[0] if len(parts) == 1 else nodes.Any(_at(parts[1]), _nodes(parts))

    def conjunction(self, parts: Parts) -> nodes.Node:
        return parts[0] if len(parts) == 1 else nodes.All(_at(parts[1]), _nodes(parts))

    def compare(self, parts: Parts) -> nodes.Node:
        return nodes.Compare(_at(parts[1]), str(parts[1]), parts[0], parts[2])

    def between(self, parts: Parts) -> nodes.Node:
        return nodes.Between(_at(parts[1]), parts[0], parts[2], parts[4])

    def contained(self, parts: Parts) -> nodes.Node:
        value, operator, test = parts
        tests = test.tests if isinstance(test, nodes.Group) else (test,)
        return nodes.In(_at(operator), value, tests)

    def arithmetic(self, parts: Parts) -> nodes.Node:
        return nodes.Arithmetic(_at(parts[1]), str(parts[1]), parts[0], parts[2])

    def negate(self, parts: Parts) -> nodes.Node:
        return nodes.Negate(_at(parts[0]), parts[1])

    def choice(self, parts: Parts) -> nodes.Node:
        return nodes.If(_at(parts[0]), parts[1], parts[3], parts[5])

    def loop(self, parts: Parts) -> nodes.Node:
        return nodes.For(_at(parts[0]), parts[1], parts[3])

    def quantified(self, parts: Parts) -> nodes.Node:
        return nodes.Quantified(_at(parts[0]), str(parts[0]), parts[1], parts[3])

    def instance(self, parts: Parts) -> nodes.Node:
        return nodes.InstanceOf(_at(parts[1]), parts[0], str(parts[2]))

    def iterators(self, parts: Parts) -> tuple[nodes.Node, ...]:
        return _nodes(parts)

    def iterator(self, parts: Parts) -> nodes.Node:
        return nodes.Each(_at(parts[0]), str(parts[0]), parts[2], parts[4])

    def path(self, parts: Parts) -> nodes.Node:
        return nodes.Path(_at(parts[2]), parts[0], str(parts[2]))

    def filter(self, parts: Parts) -> nodes.Node:
        return nodes.Filter(_at(parts[1]), parts[0], parts[2])

    def number(self, parts: Parts) -> nodes.Node:
        return nodes.Number(_at(parts[0]), str(parts[0]))

    def text(self, parts: Parts) -> nodes.Node:
        return nodes.Text(_at(parts[0]), str(parts[0]))

    def at(self, parts: Parts) -> nodes.Node:
        return nodes.Temporal(_at(parts[0]), str(parts[0]))

    def constant(self, parts: Parts) -> nodes.Node:
        return nodes.Constant(_at(parts[0]), {"true": True, "false": False}.get(str(parts[0])))

    def name(self, parts: Parts) -> nodes.Node:
        return nodes.Name(_at(parts[0]), str(parts[0]))

    def positional(self, parts: Parts) -> Arguments:
        return _nodes(parts), ()

    def named(self, parts: Parts) -> Arguments:
        names = tuple(str(part) for part in parts if isinstance(part, Token) and part.type == "KEY")
        return _nodes(parts), names

    def call(self, parts: Parts) -> nodes.Node:
        arguments, names = parts[2] or ((), ())
        return nodes.Call(_at(parts[0]), str(parts[0]), arguments, names)

    def list(self, parts: Parts) -> nodes.Node:
        items, _ = parts[1] or ((), ())
        return nodes.List(_at(parts[0]), items)

    def entry(self, parts: Parts) -> nodes.Node:
        return nodes.Entry(_at(parts[0]), str(parts[0]), parts[2])

    def context(self, parts: Parts) -> nodes.Node:
        return nodes.Context(_at(parts[0]), tuple(part for part in parts if isinstance(part, nodes.Entry)))

    def parenthesis(self, parts: Parts) -> nodes.Node:
        node: nodes.Node = parts[1]
        return node

    def half_group(self, parts: Parts) -> nodes.Node:
        """``(> 5)`` is the range of all that is greater than 5."""
        test: nodes.Test = parts[1]
        if test.operator in {"=", "!="}:
            return nodes.Group(test.at, (test,))
        nothing, closed = nodes.Constant(test.at, None), test.operator.endswith("=")
        if test.operator.startswith(">"):
            return nodes.Span(test.at, test.operand, nothing, closed, high_closed=False)
        return nodes.Span(test.at, nothing, test.operand, low_closed=False, high_closed=closed)

    def group(self, parts: Parts) -> nodes.Node:
        return nodes.Group(_at(parts[0]), (parts[1], *parts[3]))

    def span(self, parts: Parts) -> nodes.Node:
        start, low, _, high, end = parts
        return nodes.Span(_at(start), low, high, start.type == "LSQB", end.type == "RSQB")


def _at(token: Token) -> int:
    return token.start_pos or 0


def _nodes(parts: Parts) -> tuple[nodes.Node, ...]:
    return tuple(part for part in parts if isinstance(part, nodes.Node))


@cache
def _parser() -> Lark:
    return Lark(
        GRAMMAR, parser="lalr", start=["expression", "cell"], transformer=Builder(), maybe_placeholders=True
    )


def read(text: str, names: Collection[str], functions: Collection[str], *, unary: bool) -> nodes.Node:
    """Return the tree of an expression, or of a decision table's cell; raise ``FeelError``."""
    if len(text) > LONGEST:
        raise FeelError("feel.too_long", LONGEST, text, length=len(text), limit=LONGEST)
    found = list(lexer.tokens(text, names, functions, unary=unary))
    if not found:
        raise FeelError("feel.empty", 0, text)
    _refuse_definitions(found, text)
    if unary and _is_negated(found):
        found[0] = found[0]._replace(kind="NOT")
    parser = _parser().parse_interactive(start="cell" if unary else "expression")
    for token in found:
        _feed(parser, Token(token.kind, token.value, start_pos=token.at), text)
    node: nodes.Node = _feed(parser, Token("$END", "", start_pos=len(text)), text)
    _refuse_depth(node, text)
    return node


def _refuse_definitions(found: list[lexer.Token], text: str) -> None:
    for token in found:
        if token.kind == "FUNCTION" and token.value in TAKES_A_FUNCTION:
            raise FeelError("feel.function_definition", token.at, text, found=token.value)


def _feed(parser: InteractiveParser, token: Token, text: str) -> Anything:
    try:
        return parser.feed_token(token)
    except UnexpectedInput:
        if token.type == "$END":
            raise FeelError("feel.unfinished", len(text), text) from None
        hint = HINTS[_slip(parser, token)]
        raise FeelError("feel.unexpected", _at(token), text, found=str(token)[:60], hint=hint) from None


def _slip(parser: InteractiveParser, token: Token) -> str:
    """Guess which slip put a token where it cannot stand."""
    if token.type in VALUES:
        after_a_value = "PLUS" in parser.choices()  # type: ignore[no-untyped-call]
        return "value" if after_a_value else ""
    return "range" if token.type == "DOTS" else "closing" if token.type in CLOSERS else ""


def _is_negated(found: list[lexer.Token]) -> bool:
    """Say whether the whole cell is ``not(…)``; in ``not(a) and b`` it is a function."""
    if len(found) < 2 or found[0][:2] != ("FUNCTION", "not"):
        return False
    depth = 0
    for index, token in enumerate(found[1:], start=1):
        # Brackets of all kinds count together, because a range may mix them: (1..5].
        depth += (token.kind in OPENERS) - (token.kind in CLOSERS)
        if depth == 0:
            return index == len(found) - 1
    return False


def _refuse_depth(root: nodes.Node, text: str) -> None:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for node in level for child in nodes.children(node)]
        if not level:
            return
    raise FeelError("feel.too_deep", level[0].at, text, limit=DEEPEST)
