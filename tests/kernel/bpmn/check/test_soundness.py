"""Soundness by shapes people draw: joins, ends, events on the edge, levels; and what is said of them."""

import pytest

from shouhou.kernel.bpmn.check import UNDECIDED, check
from tests.kernel.bpmn.check.exhaustive import Played
from tests.kernel.bpmn.drawing import definitions, drawing, event, named, process, sub, timer

NAMES = '<message id="m" name="m"/><error id="err" errorCode="err"/><escalation id="up" name="up"/>'
TERMINATE = "<terminateEventDefinition/>"


def file(*lines: str) -> bytes:
    return definitions(NAMES, process(*lines))


def late(host: str = "a", more: str = "") -> str:
    return event("boundary", "w", timer("PT1H"), f'attachedToRef="{host}" {more}')


BESIDE = 'cancelActivity="false"'
SOUND = {
    "branches with ends of their own": drawing(
        "start s; and f; user a; user b; end e; end z", "s -> f -> a -> e; f -> b -> z"
    ),
    "branches into one end": drawing("start s; and f; user a; user b; end e", "s -> f -> a -> e; f -> b -> e"),
    "the first to finish ends all": file(
        "start s; and f; user a; user b; end e",
        event("end", "t", TERMINATE),
        "s -> f -> a -> e; f -> b -> t",
    ),
    "a reminder for ever, until the work ends all": file(
        "start s; and f; user a; service r",
        event("end", "t", TERMINATE),
        event("catch", "c", timer("P1D")),
        "s -> f -> a -> t; f -> c -> r -> c",
    ),
    "a reminder beside the work": file(
        "start s; user a; service r; end e; end z", late(more=BESIDE), "s -> a -> e; w -> r -> z"
    ),
    "a reminder beside work that is done again": file(
        "start s; user a; xor x; service r; end e; end z",
        late(more=BESIDE),
        "s -> a -> x => e; x -> a [again]; w -> r -> z",
    ),
    "an inclusive split and its join": drawing(
        "start s; or o; user a; user b; or k; end e", "s -> o; o -> a [x]; o => b; a -> k; b -> k; k -> e"
    ),
    "an inclusive join for an exclusive split": drawing(
        "start s; xor o; user a; user b; or k; end e", "s -> o; o -> a [x]; o => b; a -> k; b -> k; k -> e"
    ),
    "an inclusive join for a parallel split": drawing(
        "start s; and f; user a; user b; or k; end e", "s -> f -> a -> k; f -> b -> k -> e"
    ),
    "a task that parts by conditions": drawing(
        "start s; user a; user b; user c; or k; end e", "s -> a; a -> b [x]; a => c; b -> k; c -> k; k -> e"
    ),
    "the first of two events": file(
        "start s; event g; user a; end e",
        event("catch", "c", named("message", "m")),
        event("catch", "d", timer("PT1H")),
        "s -> g -> c -> a -> e; g -> d -> e",
    ),
    "a level that fails, and its catcher": file(
        "start s; user b; end e",
        sub("l", "start i; user a; xor x; end ok", event("end", "bad", named("error", "err")), "i -> a -> x => ok; x -> bad [n]"),
        event("boundary", "w", named("error", "err"), 'attachedToRef="l"'),
        "s -> l -> e; w -> b -> e",
    ),
    "a level that only its edge ends": file(
        "start s; end e; xor x",
        sub("l", "start i; user a", event("catch", "c", timer("P1D")), "i -> a -> c -> a"),
        late("l"),
        "s -> l -> x; w -> x -> e",
    ),
    "joins behind joins": drawing(
        "start s; and f; user a; user b; user c; and j; and k; end e",
        "s -> f -> a -> j; f -> b -> j -> k; f -> c -> k -> e",
    ),
    "a round with a split in it": drawing(
        "start s; xor m; and f; user a; user b; and j; xor x; end e",
        "s -> m -> f -> a -> j; f -> b -> j -> x => e; x -> m [again]",
    ),
}  # fmt: skip
UNSOUND = {
    "a split without a join": (
        "flow.multiplied",
        drawing("start s; and f; user a; user b; user c; end e", "s -> f -> a -> c; f -> b -> c -> e"),
        "c",
    ),
    "an event beside the work that leads back into it": (
        "flow.multiplied",
        file("start s; user a; user b; end e", late(more=BESIDE), "s -> a -> b -> e; w -> b"),
        "b",
    ),
    "an edge that leaves a join short": (
        "flow.deadlock",
        file("start s; and f; user a; user b; and j; end e; end z", late(), "s -> f -> a -> j; f -> b -> j -> e; w -> z"),
        "j",
    ),
    "an end in one branch of a join": (
        "flow.deadlock",
        drawing("start s; and f; user a; xor x; user b; and j; end e; end z", "s -> f -> a -> x => j; x -> z [n]; f -> b -> j -> e"),
        "j",
    ),
    "an inclusive split into a parallel join": (
        "flow.deadlock",
        drawing("start s; or o; user a; user b; and j; end e", "s -> o; o -> a [x]; o => b; a -> j; b -> j; j -> e"),
        "j",
    ),
    "two inclusive joins that wait for each other": (
        "flow.deadlock",
        drawing("start s; and f; user a; user b; or j; or k; end e", "s -> f -> a -> j; f -> b -> k; j -> k; k -> j; k -> e"),
        "j",
    ),
    "a round that splits without a join": (
        "flow.multiplied",
        drawing("start s; xor m; user a; and f; user b; end e", "s -> m -> a -> f -> b -> e; f -> m"),
        "f",
    ),
    "inside a level": (
        "flow.deadlock",
        drawing("start s; end e", sub("l", "start i; xor x; user a; user b; and j; end z", "i -> x; x -> a [n]; x => b; a -> j; b -> j; j -> z"), "s -> l -> e"),
        "j",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SOUND)
def test_sound(what: str) -> None:
    assert check(SOUND[what]).problems == ()


@pytest.mark.parametrize("what", UNSOUND)
def test_unsound(what: str) -> None:
    code, xml, element = UNSOUND[what]

    assert (code, element) in {(problem.code, problem.id) for problem in check(xml).problems}


@pytest.mark.parametrize("what", SOUND)
def test_the_engine_plays_it_to_its_end(what: str) -> None:
    play = Played(SOUND[what])

    assert (play.stuck, play.doubled, play.ends) == (set(), set(), True)


@pytest.mark.parametrize("what", UNSOUND)
def test_the_engine_goes_wrong_there(what: str) -> None:
    code, xml, element = UNSOUND[what]
    play = Played(xml)

    assert element in play.stuck if code == "flow.deadlock" else play.doubled


def crossing(number: int) -> bytes:
    """Branches that part and meet crosswise, so that no rule makes the net smaller."""
    branches = [f"user t{n}; xor x{n}" for n in range(number)]
    ways = [f"f -> t{n} -> x{n}; x{n} -> j [c{n}]; x{n} => k" for n in range(number)]
    return drawing(
        "start s; and f; or j; or k; or l; end e", *branches, "s -> f; j -> l; k -> l; l -> e", *ways
    )


def test_a_large_net_is_decided() -> None:
    """3^8 situations at least, none of them taken away by a rule."""
    assert check(crossing(8)).problems == ()


def test_a_larger_net_is_left_undecided_and_not_let_pass() -> None:
    found = check(crossing(13))

    assert [(problem.code, problem.id) for problem in found.problems] == [(UNDECIDED, "p")]
    assert not found.runnable
    assert "100,000" in found.problems[0].zh


def test_many_branches_that_meet_again_need_no_playing() -> None:
    ways = [f"f -> t{n} -> j" for n in range(200)]
    xml = drawing(
        "start s; and f; and j; end e", "; ".join(f"user t{n}" for n in range(200)), "s -> f; j -> e", *ways
    )

    assert check(xml).runnable


class TestSentences:
    """王经理 reads what is wrong, and what to do, in the names of her own drawing."""

    DRAWN = drawing(
        'start s; xor x name="有配件？"; user a name="领料"; user b name="电话通知"; and j name="都完成"; end e',
        "s -> x; x -> a [有]; x => b; a -> j; b -> j; j -> e",
    )

    def test_a_join_says_what_it_waits_for_and_why(self) -> None:
        (found,) = check(self.DRAWN).problems

        assert found.zh == (
            "“都完成”（并行网关，第 8 行）：它会永远等待“电话通知”那一路：“有配件？”可能走了别的路。"
            "请把分支改为并行，或把此汇合改为排他。"
        )
        assert found.en == (
            "“都完成” (parallel gateway, line 8): It waits for ever for “电话通知”: “有配件？” may send the work "
            "another way. Make the split parallel, or this join exclusive."
        )

    def test_branches_that_meet_say_where_they_parted(self) -> None:
        drawn = drawing(
            'start s; and f name="同时办理"; user a name="领料"; user b name="约时间"; user c name="上门"; end e',
            "s -> f -> a -> c; f -> b -> c -> e",
        )
        (found,) = check(drawn).problems

        assert (found.code, found.id) == ("flow.multiplied", "c")
        assert "从“同时办理”起并行的分支在这里汇合却不互相等待" in found.zh
