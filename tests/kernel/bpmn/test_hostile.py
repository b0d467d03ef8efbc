"""Drawings bent out of shape: always an answer, never a crash, never unbounded work."""

from copy import deepcopy
from random import Random
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from shouhou.kernel.bpmn.tracing import trace
from tests.kernel.bpmn.drawing import definitions, drawing, event, link, named, process, sub, timer

MANY = "<multiInstanceLoopCharacteristics><loopCardinality>n</loopCardinality></multiInstanceLoopCharacteristics>"
UNDO = "<compensateEventDefinition/>"
WHEN = "<conditionalEventDefinition><condition>n &gt; 2</condition></conditionalEventDefinition>"
NAMES = '<message id="m" name="m"/><signal id="g" name="g"/><error id="r" errorCode="r"/><escalation id="x" name="x"/>'
RICH = definitions(
    NAMES,
    process(
        "start s; user a; and f; and j; xor d; or o; or k; event w; service b; end e; task u",
        f'<userTask id="c">{MANY}</userTask><callActivity id="call" calledElement="q"/>',
        event("boundary", "late", timer("PT1H"), 'attachedToRef="p1"'),
        event("boundary", "wrong", named("error", "r"), 'attachedToRef="p1"'),
        event("boundary", "undo", UNDO, 'attachedToRef="b"'),
        '<association sourceRef="undo" targetRef="u"/>',
        event("catch", "got", named("message", "m")),
        event("catch", "soon", timer("PT1M")),
        event("throw", "out", link("L")),
        event("catch", "in", link("L")),
        event("throw", "back", UNDO),
        sub("p1", "start i; user q1", event("end", "bad", named("error", "r")), "i -> q1 -> bad"),
        sub(
            "ep",
            event("start", "es", WHEN, 'isInterrupting="false"'),
            "user h; end he",
            "es -> h -> he",
            event=True,
        ),
        "s -> f -> a -> j; f -> b -> j -> d; d -> o [n > 1]; d => w; o -> c [n > 0]; o -> p1 [n > 1]; c -> k; p1 -> k",
        "k -> call -> back -> e; w -> got -> out; in -> e; w -> soon -> e; late -> e; wrong -> e",
    ),
    process("start qs; user qa; end qe", "qs -> qa -> qe", id="q", executable=False),
)
ROOT = etree.fromstring(RICH)


def bent(dice: Random) -> bytes:
    """The rich drawing with a few elements dropped, doubled, moved, renamed or pointed elsewhere."""
    root = deepcopy(ROOT)
    for _ in range(dice.randrange(1, 6)):
        elements = list(root.iter())[1:]
        element, other = dice.choice(elements), dice.choice(elements)
        _BENDS[dice.randrange(len(_BENDS))](element, other, dice)
    return etree.tostring(root)


def _drop(element, _other, _dice):
    if element.getparent() is not None:
        element.getparent().remove(element)


def _double(element, _other, _dice):
    if element.getparent() is not None:
        element.addnext(deepcopy(element))


def _move(element, other, _dice):
    if element not in list(other.iterancestors()) and element is not other:
        other.append(element)


def _rename(element, other, _dice):
    element.tag = other.tag


def _point(element, other, dice):
    if element.attrib and other.get("id"):
        element.set(dice.choice(element.keys()), other.get("id"))


def _say(element, _other, dice):
    element.text = dice.choice(
        ["", "n", "= 1/0", "null", "R/PT1S", "-1", "[1,2,3]", "for x in", "1000000000", "\u200b"]
    )


_BENDS = [_drop, _double, _move, _rename, _point, _say]


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**48))
def test_a_bent_drawing_is_traced_or_refused(seed: int) -> None:
    dice = Random(seed)
    steps: list[dict[str, object]] = [
        dice.choice(
            [{"complete": "a"}, {"fire": "late"}, {"message": "m"}, {"complete": "q1", "data": {"n": 3}}]
        )
        for _ in range(dice.randrange(3))
    ]
    told = trace(bent(dice), {"data": {"n": dice.randrange(4)}, "steps": steps}, auto=30)

    assert set(told) == {"offered", "completed", "flows", "waiting", "ended", "incident", "refused"}


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(RICH)))
def test_bytes_thrown_into_a_drawing(junk: bytes, place: int) -> None:
    trace(RICH[:place] + junk + RICH[place + len(junk) :], {}, auto=5)


def test_a_tangle_of_inclusive_joins_is_bounded_work() -> None:
    number = 700
    ring = "; ".join(
        f"g{n} -> g{(n + 1) % number}; g{n} -> g{(n + number // 2) % number}" for n in range(number)
    )
    joins = "; ".join(f"or g{n}" for n in range(number))
    begun = process_time()
    told = trace(drawing("start s", joins, ring, "s -> g0"), {}, auto=5)

    assert told["incident"] is not None
    assert process_time() - begun < 20


def test_more_nodes_than_a_drawing_has_are_refused() -> None:
    told = trace(drawing("start s", "; ".join(f"user t{n}" for n in range(2_000))), {})

    assert told["refused"]["en"].startswith("The drawing has 2,001 nodes")


def test_the_drawing_that_is_bent_runs_as_it_is() -> None:
    told = trace(RICH, {"data": {"n": 2}}, auto=60)

    assert told["refused"] is None
    assert told["incident"] is None
    assert told["ended"]
