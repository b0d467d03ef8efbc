"""``shouhou feel 'EXPR' [--context FILE]``: the value as JSON, or a refusal that points at the place."""

import argparse
import json
import sys
import unicodedata
from pathlib import Path

from shouhou.kernel import feel

CONTEXT = 'facts as a JSON object; a date is written "@\\"2026-01-31\\"" (事实)'
UNARY = "read EXPR as the cell of a decision table; its input is the fact “?” (决策表单元格)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("expression", metavar="EXPR", help="the expression (表达式)")
    parser.add_argument("--context", type=Path, metavar="FILE", help=CONTEXT)
    parser.add_argument("--unary", action="store_true", help=UNARY)


def run(options: argparse.Namespace) -> int:
    """Evaluate one expression and return the exit code: 0 with a value, 1 with a refusal."""
    try:
        facts = _facts(options.context)
    except (OSError, ValueError, RecursionError) as reason:
        return _refuse(
            f'{options.context} 不是 JSON 对象（{reason}）。请给出如 {{"金额": 100}} 的文件。',
            f'{options.context} is not a JSON object ({reason}). Give a file such as {{"amount": 100}}.',
        )
    try:
        read = feel.parse_unary if options.unary else feel.parse
        value = feel.to_json(read(options.expression, paths(facts))(facts))
    except feel.FeelError as refusal:
        return _refuse(_pointed(options.expression, refusal), refusal.zh, refusal.en)
    # Half of a surrogate pair can stand in a text, but not in UTF-8.
    print(json.dumps(value, ensure_ascii=False).encode(errors="replace").decode())
    return 0


def _facts(path: Path | None) -> dict[str, object]:
    if path is None:
        return {}
    facts = feel.from_json(json.loads(path.read_text(encoding="utf-8-sig")))
    if not isinstance(facts, dict):
        raise ValueError("it holds no object")
    return facts


def paths(facts: dict[str, object], before: str = "") -> set[str]:
    """Return the dotted paths of facts, so that names with spaces are known."""
    found: set[str] = set()
    for key, value in facts.items():
        found.add(before + key)
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                found |= paths(inner, f"{before}{key}.")
    return found


def _pointed(expression: str, refusal: feel.FeelError) -> str:
    """Return the line of the refusal with a caret under the place; Chinese characters are two wide."""
    line = expression.split("\n")[refusal.line - 1]
    before = line[: refusal.column - 1]
    width = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in before)
    shown = "".join(character if character.isprintable() else " " for character in line)
    return f"{shown}\n{' ' * width}^ {refusal.line}:{refusal.column} {refusal.code}"


def _refuse(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return 1
