"""Every rule of the gate by a drawing that breaks it and the same drawing put right."""

import pytest

from shouhou.kernel.bpmn.check import Report, check
from tests.kernel.bpmn.drawing import definitions, drawing, event, link, named, process, sub, timer

NAMES = (
    '<message id="m" name="m"/><signal id="g" name="g"/><error id="r" errorCode="r"/>'
    '<escalation id="up" name="up"/>'
)
UNDO = "<compensateEventDefinition/>"
PLAIN = ("start s; user a; end e", "s -> a -> e")


def file(*lines: str) -> bytes:
    """A drawing in which messages, signals, errors and escalations are declared."""
    return definitions(NAMES, process(*lines))


def loop(kind: str = "standard", inner: str = "", more: str = "") -> str:
    word = "standardLoopCharacteristics" if kind == "standard" else "multiInstanceLoopCharacteristics"
    return f'<userTask id="a"><{word} {more}>{inner}</{word}></userTask>'


def beside(event_xml: str, more: str = "") -> str:
    return sub("ep", event_xml, "end q", "es -> q", more, event=True)


# code → (element, what breaks it, the same put right)
RULES: dict[str, tuple[str, bytes, bytes]] = {
    "flow.repeated_id": (
        "m",
        definitions('<message id="m" name="a"/><signal id="m" name="b"/>', process(*PLAIN)),
        definitions('<message id="m" name="a"/><signal id="n" name="b"/>', process(*PLAIN)),
    ),
    "flow.loose": (
        "n",
        drawing(*PLAIN, '<association id="n" sourceRef="a" targetRef="note"/>'),
        drawing(*PLAIN, '<textAnnotation id="note"/><association id="n" sourceRef="a" targetRef="note"/>'),
    ),
    "flow.setting": (
        "a",
        drawing('start s; user a completionQuantity="2"; end e', "s -> a -> e"),
        drawing('start s; user a completionQuantity="1"; end e', "s -> a -> e"),
    ),
    "flow.must_understand": (
        "",
        definitions('<extension definition="x:y" mustUnderstand="true"/>', process(*PLAIN)),
        definitions('<extension definition="x:y" mustUnderstand="false"/>', process(*PLAIN)),
    ),
    "flow.vendor": (
        "a",
        drawing('start s; user a camunda:skipExpression="${yes}"; end e', "s -> a -> e"),
        drawing('start s; user a camunda:asyncBefore="true"; end e', "s -> a -> e"),
    ),
    "flow.no_process": ("", definitions(), drawing(*PLAIN)),
    "flow.several_pools": (
        "q",
        definitions(process(*PLAIN), process("start t; end u", "t -> u", id="q")),
        definitions(process(*PLAIN), process("start t; end u", "t -> u", id="q", executable=False)),
    ),
    "flow.call_target": (
        "a",
        drawing("start s; call a; end e", "s -> a -> e"),
        drawing('start s; call a calledElement="q"; end e', "s -> a -> e"),
    ),
    "flow.call_circle": (
        "a",
        drawing('start s; call a calledElement="p"; end e', "s -> a -> e"),
        definitions(
            process('start s; call a calledElement="q"; end e', "s -> a -> e"),
            process("start t; user b; end u", "t -> b -> u", id="q"),
        ),
    ),
    "flow.trigger_place": (
        "w",
        file("start s; end e", event("throw", "w", timer("PT1H")), "s -> w -> e"),
        file("start s; end e", event("catch", "w", timer("PT1H")), "s -> w -> e"),
    ),
    "flow.no_trigger": (
        "w",
        drawing("start s; catch w; end e", "s -> w -> e"),
        drawing("start s; throw w; end e", "s -> w -> e"),
    ),
    "flow.error_interrupts": (
        "w",
        file(*PLAIN[:1], "end z", event("boundary", "w", named("error", "r"), 'attachedToRef="a" cancelActivity="false"'), PLAIN[1], "w -> z"),
        file(*PLAIN[:1], "end z", event("boundary", "w", named("error", "r"), 'attachedToRef="a"'), PLAIN[1], "w -> z"),
    ),
    "flow.into": (
        "s",
        drawing("start s; user a; xor x; end e", "s -> a -> x => e; x -> s [n > 1]"),
        drawing("start s; user a; xor x; end e", "s -> a -> x => e; x -> a [n > 1]"),
    ),
    "flow.out_of": (
        "e",
        drawing("start s; user a; end e; user b; end z", "s -> a -> e -> b -> z"),
        drawing("start s; user a; user b; end z", "s -> a -> b -> z"),
    ),
    "flow.event_start": (
        "ep",
        file(*PLAIN, sub("ep", event("start", "es", named("message", "m")), event("start", "et", named("signal", "g")), "end q", "es -> q; et -> q", event=True)),
        file(*PLAIN, sub("ep", event("start", "es", named("message", "m")), "end q", "es -> q", event=True)),
    ),
    "flow.event_target": (
        "w",
        file("start s; event w; user a; end e", event("catch", "c", named("message", "m")), "s -> w -> a -> e; w -> c -> e"),
        file("start s; event w; end e", event("catch", "a", timer("PT1H")), event("catch", "c", named("message", "m")), "s -> w -> a -> e; w -> c -> e"),
    ),
    "flow.event_shared": (
        "w",
        file("start s; event w; user a; xor x; end e", event("catch", "c", named("message", "m")), "s -> x; x => w; x -> a [n > 1]; a -> c; w -> c -> e"),
        file("start s; event w; user a; xor x; end e", event("catch", "c", named("message", "m")), "s -> x; x => w; x -> a [n > 1]; a -> e; w -> c -> e"),
    ),
    "flow.handler": (
        "u",
        drawing("start s; user a; user u; end e", event("boundary", "b", UNDO, 'attachedToRef="a"'), '<association id="n" sourceRef="b" targetRef="u"/>', "s -> a -> e"),
        drawing('start s; user a; user u isForCompensation="true"; end e', event("boundary", "b", UNDO, 'attachedToRef="a"'), '<association id="n" sourceRef="b" targetRef="u"/>', "s -> a -> e"),
    ),
    "flow.empty_level": (
        "a",
        drawing("start s; sub a; end e", "s -> a -> e"),
        drawing("start s; end e", sub("a", "user b"), "s -> a -> e"),
    ),
    "flow.loop_bound": (
        "a",
        drawing("start s; end e", loop(), "s -> a -> e"),
        drawing("start s; end e", loop(more='loopMaximum="3"'), "s -> a -> e"),
    ),
    "flow.link_pair": (
        "t",
        drawing("start s; user a; end e", event("throw", "t", link("L")), "s -> a -> t"),
        drawing("start s; user a; end e", event("throw", "t", link("L")), event("catch", "c", link("L")), "s -> a -> t; c -> e"),
    ),
    "flow.link_twice": (
        "d",
        drawing("start s; end e", event("throw", "t", link("L")), event("catch", "c", link("L")), event("catch", "d", link("L")), "s -> t; c -> e; d -> e"),
        drawing("start s; end e", event("throw", "t", link("L")), event("catch", "c", link("L")), "s -> t; c -> e"),
    ),
    "flow.link_unused": (
        "d",
        drawing(*PLAIN, event("catch", "d", link("L")), "d -> e"),
        drawing("start s; user a; end e", event("throw", "t", link("L")), event("catch", "d", link("L")), "s -> a -> t; d -> e"),
    ),
    "flow.default_elsewhere": (
        "x",
        drawing('start s; xor x default="s-x"; user a; end e', "s -> x; x -> a [n = 1]; x -> e [n != 1]; a -> e"),
        drawing("start s; xor x; user a; end e", "s -> x; x -> a [n = 1]; x => e; a -> e"),
    ),
    "flow.default_condition": (
        "x-e",
        drawing("start s; xor x; user a; end e", "s -> x; x -> a [n = 1]; x => e [n = 2]; a -> e"),
        drawing("start s; xor x; user a; end e", "s -> x; x -> a [n = 1]; x => e; a -> e"),
    ),
    "flow.condition_place": (
        "x-a",
        drawing("start s; and x; user a; user b; and y; end e", "s -> x; x -> a [n = 1]; x -> b; a -> y; b -> y; y -> e"),
        drawing("start s; and x; user a; user b; and y; end e", "s -> x; x -> a; x -> b; a -> y; b -> y; y -> e"),
    ),
    "flow.bare": (
        "x-a",
        drawing("start s; xor x; user a; end e", "s -> x; x -> a; x -> e [n = 1]; a -> e"),
        drawing("start s; xor x; user a; end e", "s -> x; x -> e [n = 1]; x -> a; a -> e"),
    ),
    "flow.way_out": (
        "x",
        drawing("start s; xor x; user a; end e", "s -> x; x -> a [n > 1]; x -> e [n < 1]; a -> e"),
        drawing("start s; xor x; user a; end e", "s -> x; x -> a [n > 1]; x -> e [n <= 1]; a -> e"),
    ),
    "flow.no_start": (
        "p",
        drawing("user a; xor x; end e", "a -> x; x -> a [n = 1]; x => e"),
        drawing("start s; user a; xor x; end e", "s -> a -> x; x -> a [n = 1]; x => e"),
    ),
    "flow.several_starts": (
        "t",
        drawing("start s; start t; user a; end e", "s -> a -> e; t -> a"),
        file("start s; user a; end e", event("start", "t", named("message", "m")), "s -> a -> e; t -> a"),
    ),
    "flow.unreachable": (
        "b",
        drawing(*PLAIN, "user b", "b -> e"),
        drawing("start s; user a; user b; end e", "s -> a -> b -> e"),
    ),
    "flow.dead_end": (
        "b",
        drawing("start s; and x; user a; user b; end e", "s -> x -> a -> e; x -> b"),
        drawing("start s; and x; user a; user b; end e", "s -> x -> a -> e; x -> b -> e"),
    ),
    "flow.endless": (
        "b",
        drawing("start s; xor x; user a; user b; end e", "s -> x; x -> b [n = 1]; x => a; a -> e; b -> b"),
        drawing("start s; xor x; user a; user b; end e", "s -> x; x -> b [n = 1]; x => a; a -> e; b -> e"),
    ),
    "flow.restless": (
        "x",
        drawing("start s; xor x; xor y; user a; end e", "s -> x -> y; y -> x [n = 1]; y => a; a -> e"),
        drawing("start s; xor x; xor y; user a; end e", "s -> x -> a -> y; y -> x [n = 1]; y => e"),
    ),
    "flow.deadlock": (
        "j",
        drawing("start s; xor x; user a; user b; and j; end e", "s -> x; x -> a [n = 1]; x => b; a -> j; b -> j; j -> e"),
        drawing("start s; xor x; user a; user b; xor j; end e", "s -> x; x -> a [n = 1]; x => b; a -> j; b -> j; j -> e"),
    ),
    "flow.multiplied": (
        "j",
        drawing("start s; and x; user a; user b; xor j; user c; end e", "s -> x -> a -> j; x -> b -> j -> c -> e"),
        drawing("start s; and x; user a; user b; and j; user c; end e", "s -> x -> a -> j; x -> b -> j -> c -> e"),
    ),
    "flow.mixed": (
        "k",
        file("start s; user a; or o; user b; user c; or k; end e; end z", event("boundary", "w", named("message", "m"), 'attachedToRef="a" cancelActivity="false"'), "s -> a -> e; w -> o; o -> b [n = 1]; o => c; b -> k; c -> k; k -> z"),
        file("start s; user a; xor o; user b; user c; xor k; end e; end z", event("boundary", "w", named("message", "m"), 'attachedToRef="a" cancelActivity="false"'), "s -> a -> e; w -> o; o -> b [n = 1]; o => c; b -> k; c -> k; k -> z"),
    ),
    "flow.never": (
        "b",
        file("start s; user b; end e; end z", sub("l", "start i; user a", event("end", "bad", named("error", "r")), "i -> a -> bad"), event("boundary", "w", named("error", "r"), 'attachedToRef="l"'), "s -> l -> b -> e; w -> z"),
        file("start s; user b; end e; end z", sub("l", "start i; user a; end ok", "i -> a -> ok"), event("boundary", "w", named("error", "r"), 'attachedToRef="l"'), "s -> l -> b -> e; w -> z"),
    ),
    "flow.stays_open": (
        "a",
        file("start s; user a; end e", sub("l", "start i; user b", event("end", "bad", named("error", "r")), "i -> b -> bad"), event("boundary", "w", named("error", "r"), 'attachedToRef="l"'), "s -> a -> l -> e; w -> a"),
        file("start s; user a; end e", sub("l", "start i; user b; end ok", "i -> b -> ok"), event("boundary", "w", named("error", "r"), 'attachedToRef="l"'), "s -> a -> l -> e; w -> a"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", RULES)
def test_what_breaks_a_rule_is_refused_at_its_element(code: str) -> None:
    element, broken, _right = RULES[code]
    found = [problem for problem in check(broken).problems if problem.code == code]

    assert (element or None) in {problem.id for problem in found}
    for problem in found:
        assert problem.line or code == "flow.no_process"
        assert problem.en[-1] == "."
        assert problem.zh[-1] == "。"


@pytest.mark.parametrize("code", RULES)
def test_put_right_it_passes(code: str) -> None:
    assert check(RULES[code][2]) == Report(True, True, ())
