"""The gate against the engine: what it calls sound never gets stuck, and what it refuses really goes wrong.

Random small drawings, whole and bent, are played by the engine in every way; the gate has only looked at them.
"""

from collections.abc import Iterator
from functools import cache
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings

from shouhou.kernel.bpmn.check import Report, check
from tests.kernel.bpmn.check.exhaustive import Played, TooMany
from tests.kernel.bpmn.check.mutations import Bend, bent
from tests.kernel.bpmn.structured import Block, blocks, drawn
from tests.kernel.bpmn.test_structured import ALL

NUMBER = 300
KINDS = (*ALL, "seq", "task", "task", "task")


@settings(max_examples=300, deadline=None)
@given(blocks(*ALL))
def test_every_sound_drawing_passes(block: Block) -> None:
    assert check(drawn(block)) == Report(True, True, ())


def some_block(dice: Random, size: int) -> Block:
    """A small block; unlike hypothesis, the same seed gives the same drawing for ever."""
    kind = dice.choice(KINDS) if size > 1 else dice.choice(("task", "task", "task", "many"))
    tasked = Block("seq", [Block("task"), some_block(dice, size // 2)]) if size > 1 else Block("task")
    if kind == "many":
        return Block("many", times=dice.randint(1, 2))
    if kind in ("loop", "level"):
        return Block(kind, [tasked])
    if kind in ("guard", "beside"):
        other = some_block(dice, size // 2)
        return Block(kind, [tasked, Block("level", [other]) if kind == "beside" else other])
    if kind in ("seq", "xor", "and", "or"):
        return Block(kind, [some_block(dice, size // 2) for _ in range(dice.choice((2, 2, 3)))])
    return Block("task")


@cache
def bends() -> list[tuple[Bend, Report]]:
    """The bent drawings, with what the gate says of them."""
    found = []
    for seed in range(NUMBER):
        block = some_block(Random(seed), 8).named(count(1))
        bend = bent(drawn(block), seed)
        if bend.done:
            found.append((bend, check(bytes(bend))))
    return found


def with_only(code: str) -> Iterator[tuple[Bend, Report, Played]]:
    """The bent drawings that are refused for this code alone, played with an eye on what is refused."""
    for bend, report in bends():
        if {problem.code for problem in report.problems} == {code}:
            try:
                yield (
                    bend,
                    report,
                    Played(bytes(bend), frozenset(problem.id or "" for problem in report.problems)),
                )
            except TooMany:
                continue


def test_what_passes_never_gets_stuck_or_does_work_twice() -> None:
    runnable = 0
    for bend, report in bends():
        if report.runnable:
            try:
                play = Played(bytes(bend))
            except TooMany:
                continue
            runnable += 1
            assert (play.stuck, play.doubled, play.ends) == (set(), set(), True), bend.done

    assert runnable > 30


def test_a_join_said_to_wait_for_ever_can_wait_for_ever() -> None:
    found = [({p.id for p in report.problems}, play) for _bend, report, play in with_only("flow.deadlock")]

    assert len(found) > 5
    for joins, play in found:
        assert joins <= play.stuck


def test_where_branches_are_said_to_meet_unawaited_tokens_come_more_than_once() -> None:
    found = [({p.id for p in report.problems}, play) for _bend, report, play in with_only("flow.multiplied")]

    assert len(found) > 5
    for meetings, play in found:
        assert all(play.passes[meeting] > 1 for meeting in meetings) or play.doubled


def test_what_is_said_never_to_be_reached_is_never_reached() -> None:
    found = [
        (problem.id, play) for _bend, report, play in with_only("flow.never") for problem in report.problems
    ]

    for element, play in found:
        assert not play.passes[element]


@pytest.mark.parametrize("seed", range(40))
def test_a_drawing_is_judged_the_same_each_time(seed: int) -> None:
    xml = bytes(bent(drawn(some_block(Random(seed), 8).named(count(1))), seed))

    assert check(xml) == check(xml)
