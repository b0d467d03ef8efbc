"""With a palette: a drawing names only what the product knows, and asks only facts that are declared."""

import pytest

from shouhou.kernel.bpmn.check import Palette, check
from tests.kernel.bpmn.drawing import definitions, drawing, event, named, process, timer

PALETTE = Palette(
    people=frozenset(("assess", "visit")),
    automatic=frozenset(("tell",)),
    facts={"金额": "number", "处理 结果": "string", "到场时限": "date and time", "保修期内": "boolean"},
    roles=frozenset(("service_agent", "technician")),
    forms=frozenset(("assess",)),
    messages=frozenset(("客户答复",)),
    pages=frozenset(("b",)),
)


def page(task: str = 'user a shouhou:task="assess"', condition: str = "金额 > 100") -> bytes:
    return drawing(f"start s; {task}; xor x; end e; end z", "s -> a -> x", f"x -> e [{condition}]", "x => z")


def waiting_for(definition: str, kind: str = "catch", node: str = "w") -> bytes:
    messages = '<message id="yes" name="客户答复"/><message id="no" name="无人发送"/>'
    return definitions(messages, process("start s; end e", event(kind, node, definition), "s -> w -> e"))


def calling(name: str) -> bytes:
    return drawing(f'start s; call a calledElement="{name}"; end e', "s -> a -> e")


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (page(), None),
        (page("user a"), None),
        (page('user a shouhou:task="fly"'), "flow.task"),
        (page('user a shouhou:task="tell"'), "flow.task"),
        (page('service a shouhou:task="tell"'), None),
        (page('service a shouhou:task="visit"'), "flow.task"),
        (page("service a"), "flow.task"),
        (page('user a shouhou:roles="technician"'), None),
        (page('user a shouhou:roles="technician pilot"'), "flow.role"),
        (page('user a shouhou:form="assess"'), None),
        (page('user a shouhou:form="flight_plan"'), "flow.form"),
        (page('user a camunda:assignee="zhang"'), "flow.vendor"),
        (page(condition='处理 结果 = "更换"'), None),
        (page(condition="单价 > 100"), "feel.undeclared_name"),
        (page(condition='金额 = "多"'), "feel.compare_types"),
        (page(condition="金额"), "feel.need_type"),
        (page(condition="金额 >"), "feel.unfinished"),
        (waiting_for(named("message", "yes")), None),
        (waiting_for(named("message", "no")), "flow.message"),
        (waiting_for(named("message", "no"), "throw"), None),
        (waiting_for(timer("=到场时限", "timeDate")), None),
        (waiting_for(timer("=金额", "timeDate")), "feel.need_type"),
        (waiting_for(timer("下周某天")), "feel.undeclared_name"),
        (waiting_for(timer("PT4X")), "flow.timer"),
        (calling("b"), None),
        (calling("z"), "flow.call_unknown"),
    ],
)
def test_what_the_product_does_not_know_is_refused(xml: bytes, code: str | None) -> None:
    assert {problem.code for problem in check(xml, PALETTE).problems} == ({code} if code else set())


@pytest.mark.parametrize(
    "xml",
    [
        page('user a shouhou:task="fly" shouhou:roles="pilot" shouhou:form="flight_plan"'),
        page("service a"),
        page('user a camunda:assignee="zhang"'),
        page(condition="单价 > 100"),
        waiting_for(named("message", "no")),
        calling("z"),
    ],
)
def test_without_a_palette_any_word_goes(xml: bytes) -> None:
    assert check(xml).problems == ()


def test_types_are_asked_without_a_palette_too() -> None:
    assert {problem.code for problem in check(page(condition='1 + "a" = 2')).problems} == {
        "feel.arithmetic_types"
    }


def test_a_lane_names_roles_of_the_product() -> None:
    lanes = '<laneSet id="l"><lane id="n" name="机长" shouhou:roles="pilot"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    found = check(drawing("start s; user a; end e", lanes, "s -> a -> e"), PALETTE).problems

    assert [(problem.code, problem.id) for problem in found] == [("flow.role", "n")]
    assert "机长" in found[0].zh


def test_a_receive_task_says_which_message() -> None:
    xml = drawing("start s; receive a; end e", "s -> a -> e")

    assert {problem.code for problem in check(xml, PALETTE).problems} == {"flow.message"}


def test_nothing_rings_a_run_that_is_not_there_yet() -> None:
    xml = drawing("user a; end e", event("start", "s", timer("R/P1D", "timeCycle")), "s -> a -> e")

    assert {problem.code for problem in check(xml, PALETTE).problems} == {"flow.start_unheard"}
    assert check(xml).runnable


def test_what_a_repeated_task_knows_of_itself_is_declared() -> None:
    many = (
        '<multiInstanceLoopCharacteristics shouhou:collection="[1, 2]" shouhou:element="件">'
        "<completionCondition>numberOfCompletedInstances > 件 and loopCounter > 1</completionCondition>"
        "</multiInstanceLoopCharacteristics>"
    )
    xml = drawing("start s; end e", f'<userTask id="a">{many}</userTask>', "s -> a -> e")

    assert check(xml, PALETTE).problems == ()
