"""Reading drawings: everything by name and line, and junk refused within bounds."""

import pytest

from shouhou.kernel import bpmn
from shouhou.kernel.bpmn.reading import LARGEST
from shouhou.kernel.bpmn.refused import refused
from tests.kernel.bpmn.drawing import definitions, drawing, event, process, sub, timer

BOMB = b"""<?xml version="1.0"?>
<!-- a note --><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&b;</definitions>"""
OUTSIDE = b"""<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&x;</definitions>"""


class TestRefuses:
    """Bytes that are no drawing, with a sentence in both languages and the line."""

    @pytest.mark.parametrize(
        ("xml", "code"),
        [
            (b"", "flow.empty"),
            (b"   \n", "flow.empty"),
            (b"\x89PNG\r\n\x1a\n", "flow.malformed"),
            ("流程".encode("utf-16"), "flow.malformed"),
            (b"<definitions", "flow.malformed"),
            (b"<a>\n<b>\n</a>", "flow.malformed"),
            (b"<html/>", "flow.not_bpmn"),
            (b"<definitions/>", "flow.not_bpmn"),
            (BOMB, "flow.doctype"),
            (OUTSIDE, "flow.doctype"),
            (BOMB.decode().replace("1.0", "1.0", 1).encode("utf-16"), "flow.doctype"),
            (b"<a>" * 300, "flow.malformed"),
            (b"<a>" * 200 + b"</a>" * 200, "flow.too_deep"),
            (b"<" * (LARGEST + 1), "flow.too_large"),
            (b'<?xml version="1.0" encoding="no-such"?><a/>', "flow.malformed"),
        ],
    )
    def test_says_why(self, xml, code):
        with pytest.raises(bpmn.Unreadable) as refusal:
            bpmn.read(xml)

        assert refusal.value.code == code
        assert refusal.value.en
        assert refusal.value.zh

    def test_names_the_line(self):
        with pytest.raises(bpmn.Unreadable) as refusal:
            bpmn.read(b"<definitions>\n<process>\n</definitions>")

        assert refusal.value.line == 3

    def test_a_prologue_made_to_be_slow_is_not(self):
        for slow in (b" " * 60_000, b"<!---->" * 9_000, b"<?a?>" * 9_000):
            with pytest.raises(bpmn.Unreadable):
                bpmn.read(slow + b"x")


class TestReads:
    """What a drawing says, kept as it stands."""

    def test_what_the_product_adds(self):
        xml = drawing(
            'start s; user a name="初审" shouhou:task="assess" shouhou:roles="agent, supervisor" '
            'shouhou:station="received"; end e',
            "s -> a -> e",
        )
        node = bpmn.read(xml).processes[0].nodes[1]

        assert (node.id, node.kind, node.name, node.line) == ("a", "userTask", "初审", 5)
        assert node.attributes == {"task": "assess", "roles": "agent, supervisor", "station": "received"}
        assert bpmn.compile(bpmn.read(xml)).spots["a"].roles == ("agent", "supervisor")

    def test_lanes_say_the_roles_of_their_tasks(self):
        lanes = (
            '<laneSet id="ls"><lane id="l1" name="客服" shouhou:roles="agent"><flowNodeRef>a</flowNodeRef>'
            "<flowNodeRef>b</flowNodeRef><childLaneSet><lane id='l2' name='主管'><flowNodeRef>b</flowNodeRef></lane>"
            "</childLaneSet></lane><lane id='l3' name='维修员'><flowNodeRef>c</flowNodeRef></lane></laneSet>"
        )
        spots = bpmn.compile(
            bpmn.read(drawing(lanes, "start s; user a; user b; user c", "s -> a -> b -> c"))
        ).spots

        assert [spots[task].roles for task in "abc"] == [("agent",), ("agent",), ("维修员",)]

    def test_unknown_elements_are_recorded_by_name_and_line(self):
        xml = drawing(
            "start s; end e",
            '<complexGateway id="cx"/>',
            '<adHocSubProcess id="ah"><userTask id="x"/></adHocSubProcess>',
            '<scriptTask id="sc"><script>print(1)</script></scriptTask>',
            '<zzz id="zz"/>',
            '<userTask id="u"><performerOfMagic/></userTask>',
            '<userTask/><userTask id="u"/>',
            "<startEvent id='two'><timerEventDefinition/><signalEventDefinition/></startEvent>",
            "s -> e",
        )
        problems = refused(bpmn.read(xml))

        assert [(p.code, p.element, p.id) for p in problems] == [
            ("flow.unsupported", "complexGateway", "cx"),
            ("flow.unsupported", "adHocSubProcess", "ah"),
            ("flow.script", "scriptTask", "sc"),
            ("flow.unsupported", "zzz", "zz"),
            ("flow.unsupported_inside", "performerOfMagic", "u"),
            ("flow.no_id", "userTask", None),
            ("flow.repeated_id", "userTask", "u"),
            ("flow.several_triggers", "startEvent", "two"),
        ]
        assert [p.line for p in problems] == [6, 7, 8, 9, 10, 11, 11, 12]
        assert all(p.id is None or p.id in p.zh for p in problems)

    def test_pictures_are_drawn_and_do_not_run(self):
        pools = (
            '<collaboration id="c"><participant id="p1" name="客户"/><participant id="p2" name="售后" processRef="p"/>'
            '<messageFlow id="m" sourceRef="p1" targetRef="a"/></collaboration>'
        )
        things = '<dataObjectReference id="d"/><textAnnotation id="t"><text>注</text></textAnnotation><group id="g"/>'
        model = bpmn.read(definitions(pools, process("start s; user a", things, "s -> a")))

        kinds = {thing.kind for thing in model.drawn}
        assert kinds == {"participant", "messageFlow", "dataObjectReference", "textAnnotation", "group"}
        assert model.unsupported == ()
        assert model.pools == {"p": "售后"}

    def test_the_main_process_is_the_executable_one(self):
        other = process("user x", id="other", executable=False)
        model = bpmn.read(definitions('<process id="empty" isExecutable="true"/>', other, process("user a")))

        assert model.main is not None
        assert model.main.id == "p"

    @pytest.mark.parametrize(
        "loop",
        [
            'shouhou:collection="visits" shouhou:element="v"',
            'camunda:collection="visits" camunda:elementVariable="v"',
            '><extensionElements><zeebe:loopCharacteristics inputCollection="= visits" inputElement="v"/>'
            "</extensionElements",
        ],
    )
    def test_vendors_write_the_same_list_in_their_own_words(self, loop):
        inner = f"<multiInstanceLoopCharacteristics {loop}></multiInstanceLoopCharacteristics>"
        inner = inner.replace("Characteristics >", "Characteristics>")
        graph = bpmn.compile(bpmn.read(drawing(f'<userTask id="a">{inner}</userTask>')))
        repeat = graph.spots["a"].repeat

        assert repeat is not None
        assert repeat.element == "v"
        assert repeat.collection is not None
        assert repeat.collection.evaluate({"visits": [1, 2]}) == [1, 2]


class TestCompiles:
    """What cannot be compiled is a problem with its element and line, and never a crash."""

    @pytest.mark.parametrize(
        ("lines", "code", "element"),
        [
            (("user a", "a -> gone"), "flow.loose_flow", "a-gone"),
            (
                ("user a", '<endEvent id="e"><messageEventDefinition messageRef="none"/></endEvent>'),
                "flow.reference",
                "e",
            ),
            (("user a", '<endEvent id="e"><messageEventDefinition/></endEvent>'), "flow.no_name", "e"),
            (("user a", event("catch", "t", timer("P1X"))), "flow.timer", "t"),
            (("user a", sub("p1", "user x", "x -> a")), "flow.crossing", "x-a"),
            (("user a", event("boundary", "b", timer("PT1H"))), "flow.unattached", "b"),
            (("start s", event("boundary", "b", timer("PT1H"), 'attachedToRef="s"')), "flow.unattached", "b"),
            (("user a", event("catch", "t", timer("五个工作日"))), None, "t"),
            (("user a", event("catch", "t", timer("soon enough"))), "flow.timer", "t"),
            (("user a", event("catch", "t", "<timerEventDefinition/>")), "flow.no_timer", "t"),
            (
                (
                    "user a; end e",
                    '<sequenceFlow id="f" sourceRef="a" targetRef="e"><conditionExpression '
                    'language="javascript">x()</conditionExpression></sequenceFlow>',
                ),
                "flow.language",
                "f",
            ),
            (("user a; end e", "a -> e [${manager.approve(x)}]"), "flow.language", "a-e"),
            (('<userTask id="a"><multiInstanceLoopCharacteristics/></userTask>',), "flow.no_count", "a"),
            (
                ("user a", event("boundary", "b", "<compensateEventDefinition/>", 'attachedToRef="a"')),
                "flow.no_handler",
                "b",
            ),
        ],
    )
    def test_names_the_element(self, lines, code, element):
        problems = bpmn.compile(bpmn.read(drawing(*lines))).problems

        assert [(p.code, p.id) for p in problems] == ([(code, element)] if code else [])

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("= x > 3", True),
            ("x > 3", True),
            ("${x > 3}", True),
            ("${x == 5 && y == 'ok'}", True),
            ("#{x != 5 || y eq 'no'}", False),
        ],
    )
    def test_conditions_in_the_dialects_that_mean_the_same(self, written, meant):
        graph = bpmn.compile(bpmn.read(drawing("user a; end e", f"a -> e [{written}]")))
        condition = graph.edges["a-e"].condition

        assert graph.problems == ()
        assert condition is not None
        assert condition.evaluate({"x": 5, "y": "ok"}) is meant
