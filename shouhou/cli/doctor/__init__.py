"""``shouhou doctor``: whether everything is in order, and what to do where it is not (体检).

Each line is in order (✓) or needs attention (!), with the next step under it. The exit code is 1 while
anything needs attention, so that a monitor can run it.
"""

import argparse
from collections.abc import Iterator

from shouhou.cli.doctor.finding import Check, Finding, attention
from shouhou.cli.house import now, open_house


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="only what needs attention (只列问题)")


def run(options: argparse.Namespace) -> int:
    open_house()
    findings = list(examine())
    for finding in findings:
        if not (options.quiet and finding.is_well):
            print(finding, flush=True)
    return 0 if all(finding.is_well for finding in findings) else 1


def examine() -> Iterator[Finding]:
    """Every finding, in the order in which one would look; without a database there is little more to see."""
    from shouhou.cli.doctor import database, surroundings

    reached = database.reachable()
    yield reached
    if reached.is_well:
        behind = list(database.structure())
        yield from behind
        if all(finding.is_well for finding in behind):
            yield from _each(database.CHECKS)
    yield from _each(surroundings.CHECKS)


def _each(checks: tuple[Check, ...]) -> Iterator[Finding]:
    for check in checks:
        try:
            yield from check(now())
        except Exception as trouble:  # one check's trouble must not hide the others
            yield attention(
                f"{check.__name__} 未能完成：{trouble}",
                f"{check.__name__} could not be finished: {trouble}",
                "请把这一行发给支持人员。",
                "Send this line to support.",
            )
