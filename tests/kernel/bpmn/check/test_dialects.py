"""Drawings of other programs: read where they mean the same, else refused by the word that does not."""

import pytest

from shouhou.kernel.bpmn.check import check
from tests.kernel.bpmn.drawing import definitions, drawing, process

VENDORS = (
    'xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn" '
    'xmlns:signavio="http://www.signavio.com" xmlns:drools="http://www.jboss.org/drools" '
    'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0"'
)


def task(attributes: str = "", inside: str = "", word: str = "serviceTask") -> bytes:
    """A drawing with one task in a vendor's words."""
    box = f"<extensionElements>{inside}</extensionElements>" if inside else ""
    return drawing("start s; end e", f'<{word} id="a" {VENDORS} {attributes}>{box}</{word}>', "s -> a -> e")


SAME = [
    task('camunda:asyncBefore="true" camunda:exclusive="false" camunda:jobPriority="5"'),
    task('camunda:type="external" camunda:topic="tell"'),
    task('camunda:formKey="embedded:app:form.html" camunda:candidateGroups="desk"', word="userTask"),
    task('flowable:delegateExpression="${tell}" flowable:async="true"'),
    task('activiti:assignee="${initiator}"', word="userTask"),
    task('bioc:stroke="#ff0000"'),
    task('drools:taskName="tell"', word="userTask"),
    task(inside='<zeebe:taskDefinition type="tell" retries="3"/><zeebe:taskHeaders><zeebe:header key="a" value="b"/></zeebe:taskHeaders>'),
    task(inside='<zeebe:ioMapping><zeebe:output source="=ok" target="ok"/></zeebe:ioMapping>'),
    task(inside='<zeebe:userTask/><zeebe:formDefinition formId="f"/>', word="userTask"),
    task(inside='<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffff"/>'),
    task(inside="<camunda:properties><camunda:property name='x' value='y'/></camunda:properties>"),
    task('calledElement="q"', '<camunda:in variables="all"/><camunda:out variables="all"/>', "callActivity"),
    task(inside='<zeebe:calledElement processId="q"/>', word="callActivity"),
]  # fmt: skip
OTHERWISE = {
    "flowable:skipExpression": task('flowable:skipExpression="${done}"'),
    "camunda:executionListener": task(inside='<camunda:executionListener event="start" class="X"/>'),
    "camunda:taskListener": task(inside='<camunda:taskListener event="create" class="X"/>', word="userTask"),
    "zeebe:script": task(inside='<zeebe:script expression="=1" resultVariable="n"/>', word="scriptTask"),
    "drools:onEntry-script": task(inside="<drools:onEntry-script/>"),
    "camunda:in": task('calledElement="q"', '<camunda:in source="a" target="b"/>', "callActivity"),
    "camunda:caseRef": task('calledElement="q" camunda:caseRef="c"', word="callActivity"),
    "camunda:calledElementBinding": task('calledElement="q" camunda:calledElementBinding="version"', word="callActivity"),
    "zeebe:calledElement": task(inside='<zeebe:calledElement processId="q" bindingType="versionTag"/>', word="callActivity"),
}  # fmt: skip


@pytest.mark.parametrize("xml", SAME)
def test_what_means_the_same_is_read(xml: bytes) -> None:
    assert check(xml).problems == ()


@pytest.mark.parametrize("word", OTHERWISE)
def test_what_means_something_else_is_refused_by_its_word(word: str) -> None:
    found = check(OTHERWISE[word]).problems

    assert [(problem.code, problem.id) for problem in found] == [("flow.vendor", "a")]
    assert f"“{word}”" in found[0].en
    assert f"“{word}”" in found[0].zh


def test_a_listener_on_a_flow_is_found_too() -> None:
    flow = (
        '<sequenceFlow id="f" sourceRef="s" targetRef="e"><extensionElements>'
        '<camunda:executionListener event="take" class="X"/></extensionElements></sequenceFlow>'
    )

    assert [problem.id for problem in check(drawing("start s; end e", flow)).problems] == ["f"]


def choice(condition: str, head: str = "") -> bytes:
    xml = drawing("start s; xor x; end e; end z", f"s -> x; x -> e [{condition}]; x => z")
    return xml.replace(b"<definitions ", f"<definitions {head} ".encode())


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (choice("= amount > 5"), None),
        (choice("${amount > 5}"), None),
        (choice("${service.call()}"), "flow.language"),
        (choice("amount > 5", 'expressionLanguage="http://www.w3.org/1999/XPath"'), None),
        (choice("amount > 5", 'expressionLanguage="http://www.mvel.org/2.0"'), "flow.language"),
        (choice("${amount > 5}", 'expressionLanguage="http://www.mvel.org/2.0"'), None),
    ],
)
def test_conditions_in_other_languages(xml: bytes, code: str | None) -> None:
    assert {problem.code for problem in check(xml).problems} == ({code} if code else set())


def test_what_compensates_must_be_waited_for() -> None:
    undo = '<endEvent id="e"><compensateEventDefinition waitForCompletion="false"/></endEvent>'

    found = check(drawing("start s", undo, "s -> e")).problems

    assert [(problem.code, problem.id) for problem in found] == [("flow.setting", "e")]


def test_a_closed_pool_beside_the_process_is_only_drawn() -> None:
    pools = (
        '<collaboration id="c"><participant id="own" processRef="p"/><participant id="shop" name="门店"/>'
        '<messageFlow id="m" sourceRef="a" targetRef="shop"/></collaboration>'
    )

    assert check(definitions(pools, process("start s; user a; end e", "s -> a -> e"))).problems == ()


@pytest.mark.parametrize("word", ["complexGateway", "adHocSubProcess", "transaction", "choreographyTask"])
def test_what_is_not_run_is_named_with_its_line(word: str) -> None:
    xml = drawing("start s; end e", f'<{word} id="odd"/>', "s -> odd -> e")

    found = [problem for problem in check(xml).problems if problem.code == "flow.unsupported"]

    assert [(problem.element, problem.id, problem.line) for problem in found] == [(word, "odd", 6)]
