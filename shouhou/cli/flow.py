"""``shouhou flow check FILE…`` and ``shouhou flow trace FILE --script S.json``: judge a drawing, or play it.

``trace`` runs a drawing in memory with generic tasks, whether or not it would
pass the publishing gate. It exits 0 when every step of the script was taken, 1
when one was refused or the drawing cannot be run.
"""

import argparse
import json
from importlib import import_module
from pathlib import Path
from typing import cast

from shouhou.kernel.bpmn.reading import LARGEST
from shouhou.kernel.bpmn.tracing import trace

WORDS = {
    "offered": "提供过 offered",
    "completed": "完成了 completed",
    "flows": "走过 flows",
    "waiting": "等待中 waiting",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``check`` and ``trace``."""
    ways = parser.add_subparsers(dest="way", metavar="check|trace", required=True)
    check = ways.add_parser("check", help="say what keeps drawings from being published (检查)")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="BPMN files (流程图文件)")
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    check.add_argument(
        "--generic", action="store_true", help="accept any task, fact, role and form (不限词汇)"
    )
    play = ways.add_parser("trace", help="play a drawing by a script (推演)")
    play.add_argument("file", type=Path, metavar="FILE", help="a BPMN file (流程图文件)")
    play.add_argument("--script", type=Path, metavar="S.json", help="data and steps as JSON (脚本)")
    play.add_argument("--auto", type=int, default=0, metavar="N", help="then complete offers (自动完成)")
    play.add_argument("--json", action="store_true", help="the answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Check or trace, and return the exit code."""
    if options.way == "check":
        # The publishing gate knows the product's words; a trace does not need it.
        return int(import_module("shouhou.cli.flow_check").run(options))
    told = _trace(options)
    print(json.dumps(told, ensure_ascii=False) if options.json else _read_aloud(told))
    return 1 if told["refused"] else 0


def _trace(options: argparse.Namespace) -> dict[str, object]:
    try:
        with options.file.open("rb") as file:
            # One byte more than is read at all is enough to refuse the size.
            xml = file.read(LARGEST + 1)
        script = json.loads(options.script.read_text(encoding="utf-8-sig")) if options.script else {}
    except OSError as reason:
        return _unread(f"{reason.filename}: {reason.strerror}")
    except (ValueError, RecursionError) as reason:
        return _unread(f"{options.script}: {reason}")
    return trace(xml, script, options.auto)


def _unread(reason: str) -> dict[str, object]:
    en = f"A file cannot be read ({reason}). Give a BPMN file and a JSON script."
    zh = f"无法读取文件（{reason}）。请给出 BPMN 文件和 JSON 脚本。"
    return {
        **{word: [] for word in WORDS},
        "ended": False,
        "incident": None,
        "refused": {"step": None, "en": en, "zh": zh},
    }


def _read_aloud(told: dict[str, object]) -> str:
    lines = [f"{label}: {' '.join(cast('list[str]', told[word])) or '—'}" for word, label in WORDS.items()]
    lines.append("已结束 ended" if told["ended"] else "未结束 not ended")
    for word in ("incident", "refused"):
        if said := cast("dict[str, str] | None", told[word]):
            lines += [said["zh"], said["en"]]
    return "\n".join(lines)
