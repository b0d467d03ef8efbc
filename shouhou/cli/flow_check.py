"""``shouhou flow check FILE… [--json] [--generic]``: what keeps drawings from being published (检查).

One JSON object a line with ``--json``; exit 0 when all can be published, else 1.
With ``--generic`` any task, fact, role and form goes and the house is not opened.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from shouhou.cli.house import open_house
from shouhou.kernel.bpmn.check import Palette, Report, check
from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.bpmn.reading import LARGEST

OUT_OF_REACH = (
    "The file cannot be read ({reason}). Give the path of a BPMN file.",
    "无法读取文件（{reason}）。请给出 BPMN 文件的路径。",
)
NOT_EXAMINED = (
    "The drawing could not be examined ({reason}). Send the file to the makers of this product.",
    "无法检查该流程图（{reason}）。请把文件发给本产品的开发者。",
)


def run(options: argparse.Namespace) -> int:
    """Check the files and return the exit code."""
    palette = None if options.generic else _palette()
    runnable = True
    for path in options.files:
        report = examine(path, palette)
        runnable &= report.runnable
        print(_as_json(path, report) if options.json else _read_aloud(path, report), flush=True)
    return 0 if runnable else 1


def examine(path: Path, palette: Palette | None) -> Report:
    """The report on one file; what cannot be read is a report too."""
    try:
        with path.open("rb") as file:
            # One byte more than is read at all is enough to refuse the size.
            xml = file.read(LARGEST + 1)
    except (OSError, ValueError) as reason:
        return _without("flow.out_of_reach", OUT_OF_REACH, getattr(reason, "strerror", None) or str(reason))
    try:
        return check(xml, palette)
    except Exception as reason:  # A gate that cannot judge lets nothing pass, and says so.
        return _without("flow.not_examined", NOT_EXAMINED, type(reason).__name__)


def _palette() -> Palette:
    open_house()
    from shouhou.flows.checking import palette

    return palette()


def _without(code: str, sentences: tuple[str, str], reason: str) -> Report:
    en, zh = (sentence.format(reason=reason) for sentence in sentences)
    return Report(False, False, (Problem(code, "definitions", None, None, en, zh),))


def _as_json(path: Path, report: Report) -> str:
    told = {
        "file": str(path),
        "wellformed": report.wellformed,
        "runnable": report.runnable,
        "problems": [asdict(problem) for problem in report.problems],
    }
    # A path or a name may hold half of a surrogate pair, which is no UTF-8.
    return json.dumps(told, ensure_ascii=False).encode(errors="replace").decode()


def _read_aloud(path: Path, report: Report) -> str:
    count = len(report.problems)
    ready = "可以发布 · can be published"
    told = [f"{path}: {ready if report.runnable else f'{count} 处需修改 · {count} to fix'}"]
    for problem in report.problems:
        told += [f"  {problem.line or '—'}  {problem.code}", f"     {problem.zh}", f"     {problem.en}"]
    return "\n".join(told).encode(errors="replace").decode()
