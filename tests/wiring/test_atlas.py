"""The atlas (图册): each shipped page can be read by people and run by the engine."""

import re
from itertools import combinations

import pytest

from shouhou.flows.checking import problems_of
from shouhou.kernel.bpmn import compile, read
from shouhou.wiring.facts import FACTS
from shouhou.wiring.tasks import ATLAS, MESSAGES, TASKS
from tests.wiring.picture import BPMN, Picture

PAGE_A = ATLAS["a"]
TASK_WORDS = ("userTask", "serviceTask", "sendTask")
EVENT_WORDS = ("startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent")
GATEWAY_WORDS = ("exclusiveGateway", "eventBasedGateway")
NODE_WORDS = (*TASK_WORDS, *EVENT_WORDS, *GATEWAY_WORDS, "subProcess")
# fmt: off
KEYS_A = {
    "acknowledge", "assess", "ask_customer", "chase_customer", "tell_rejection", "review_appeal",
    "close_rejected", "book_visit", "visit", "offer_time", "ask_by_phone", "other_technician",
    "bench_receive", "bench_repair", "bench_return", "decide_next", "confirm_replacement",
    "confirm_refund", "tell_result", "send_survey", "return_call", "leave_message", "close_case",
    "warn_response", "check_response", "warn_arrival", "check_arrival",
}
FACTS_A = {
    "评估结论", "处理方式", "维修地点", "上门结果", "送修结果", "下一步", "申诉成立", "改约答复", "回访结果", "回访次数", "响应预警时刻",
    "响应时限", "到场预警时刻", "到场时限", "改约答复时限",
}
# fmt: on
TASK_KEY = "{http://shouhou.cn/bpmn}task"
CHINESE_THEN_ENGLISH = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*[\n ][A-Za-z0-9][ -~]*")
MOST_CROSSINGS = 3


@pytest.fixture(scope="module")
def picture() -> Picture:
    return Picture(PAGE_A)


class TestDrawing:
    """Page A is a picture that hangs on a wall."""

    def test_every_element_is_drawn_once(self, picture: Picture) -> None:
        shown = {e.get("id") for e in picture.elements(*NODE_WORDS, "lane", "participant")}
        flows = {e.get("id") for e in picture.elements("sequenceFlow")}
        ids = [e.get("id") for e in picture.root.iter("{*}*") if e.get("id")]

        assert set(picture.shapes) == shown
        assert set(picture.edges) == flows
        assert len(ids) == len(set(ids))

    def test_shapes_do_not_overlap(self, picture: Picture) -> None:
        hosts = {e.get("id"): e.get("attachedToRef") for e in picture.elements("boundaryEvent")}
        solid = [str(e.get("id")) for e in picture.elements(*TASK_WORDS, *EVENT_WORDS, *GATEWAY_WORDS)]

        overlapping = [
            (one, other)
            for one, other in combinations(solid, 2)
            if picture.shapes[one].meets(picture.shapes[other])
            and other != hosts.get(one)
            and one != hosts.get(other)
        ]

        assert overlapping == []

    def test_each_step_stands_in_its_lane(self, picture: Picture) -> None:
        for lane in picture.elements("lane"):
            for reference in lane.iter(f"{BPMN}flowNodeRef"):
                inside = picture.shapes[str(reference.text)]
                assert picture.shapes[str(lane.get("id"))].holds(inside), reference.text

    def test_an_event_sub_process_holds_its_steps(self, picture: Picture) -> None:
        for around in picture.elements("subProcess"):
            for step in around.iter(*(f"{BPMN}{word}" for word in (*TASK_WORDS, *EVENT_WORDS))):
                assert picture.shapes[str(around.get("id"))].holds(picture.shapes[str(step.get("id"))])

    def test_lines_are_square_and_dock_on_their_shapes(self, picture: Picture) -> None:
        diamonds = {e.get("id") for e in picture.elements(*GATEWAY_WORDS)}
        for flow in picture.elements("sequenceFlow"):
            edge, source, target = (str(flow.get(name)) for name in ("id", "sourceRef", "targetRef"))
            points = picture.edges[edge]

            assert all(a == c or b == d for (a, b), (c, d) in picture.segments(edge)), edge
            assert picture.shapes[source].borders(points[0], diamond=source in diamonds), edge
            assert picture.shapes[target].borders(points[-1], diamond=target in diamonds), edge

    def test_few_lines_cross(self, picture: Picture) -> None:
        assert len(picture.crossings()) <= MOST_CROSSINGS

    def test_what_stands_beside_its_shape_has_a_place_of_its_own(self, picture: Picture) -> None:
        beside = picture.elements(*EVENT_WORDS, *GATEWAY_WORDS, "sequenceFlow")
        named = {str(e.get("id")) for e in beside if e.get("name")}

        assert named <= set(picture.labels)

    def test_labels_cover_neither_shapes_nor_lines_nor_each_other(self, picture: Picture) -> None:
        # A gateway fills only half of its square, so its corners are free for words.
        solid = [str(e.get("id")) for e in picture.elements(*TASK_WORDS, *EVENT_WORDS)]
        lines = [(edge, segment) for edge in picture.edges for segment in picture.segments(edge)]
        for (one, label), (other, second) in combinations(picture.labels.items(), 2):
            assert not label.meets(second), (one, other)
        for element, label in picture.labels.items():
            assert [step for step in solid if label.meets(picture.shapes[step])] == [], element
            assert [edge for edge, segment in lines if label.meets(label.line(segment))] == [], element

    def test_every_label_is_chinese_with_english_beside(self, picture: Picture) -> None:
        named = picture.elements(*NODE_WORDS, "sequenceFlow", "lane", "participant")
        names = [str(e.get("name")) for e in named if e.get("name")]

        assert [name for name in names if not CHINESE_THEN_ENGLISH.fullmatch(name)] == []
        assert [e.get("id") for e in picture.elements(*NODE_WORDS) if not e.get("name")] == []


class TestContract:
    """Page A names only what the product knows."""

    def test_compiles_without_a_problem(self) -> None:
        model = read(PAGE_A.read_bytes())
        graph = compile(model)

        assert model.unsupported == ()
        assert graph.problems == ()
        assert (graph.process, graph.name) == ("page_a", "售后服务流程")

    def test_passes_the_publishing_gate(self) -> None:
        assert problems_of(PAGE_A.read_bytes()) == []

    def test_each_task_key_is_used_once_and_is_its_id(self, picture: Picture) -> None:
        tasks = list(picture.elements(*TASK_WORDS))

        assert sorted(str(task.get(TASK_KEY)) for task in tasks) == sorted(KEYS_A)
        assert [task.get("id") for task in tasks if task.get("id") != task.get(TASK_KEY)] == []
        assert {task.key for task in TASKS} >= KEYS_A

    def test_messages_and_facts_are_known(self, picture: Picture) -> None:
        written = [str(e.text) for e in picture.elements("conditionExpression", "timeDate")]
        read_here = {re.split(r" (?:=|>=|in) ", text.removeprefix("="))[0] for text in written}

        assert {e.get("name") for e in picture.elements("message")} <= {m.name for m in MESSAGES}
        assert read_here == FACTS_A
        assert {fact.name for fact in FACTS} >= FACTS_A

    def test_every_choice_has_a_way_out(self, picture: Picture) -> None:
        for gateway in picture.elements("exclusiveGateway"):
            assert gateway.get("default"), gateway.get("id")
