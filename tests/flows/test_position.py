"""Where a case stands, as faces ask for it."""

from datetime import UTC, timedelta

import pytest

from shouhou.flows import contracts, queries
from shouhou.flows.contracts import Task
from tests.conftest import NOW
from tests.flows.conftest import complain, mend, weigh
from tests.kernel.bpmn.drawing import event, named, timer

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LINES = (
    'start s; user w shouhou:task="weigh" shouhou:station="评估 · Assessment"; xor x; '
    'user m shouhou:task="mend" shouhou:station="维修 · Repair"; service t shouhou:task="tell" shouhou:station="完成 · Done"; end e',
    event(
        "boundary",
        "b",
        timer("PT4H"),
        'attachedToRef="m" name="四小时&#10;Four hours" cancelActivity="false"',
    ),
    event("boundary", "c", named("message", "客户投诉"), 'attachedToRef="m" name="投诉"'),
    's -> w -> x; x -> t [结论 = "fine"]; x => m; m -> w; t -> e; b -> e; c -> w',
)


@pytest.fixture
def root(draw, slip, agent, technician):
    """Weighed, mended, weighed, and to be mended again."""
    draw(*LINES, messages=("客户投诉",))
    root = slip()
    weigh(root, found="broken", actor=agent, now=NOW + HOUR)
    mend(root, actor=technician, now=NOW + 2 * HOUR)
    weigh(root, actor=agent, now=NOW + 3 * HOUR)
    return root


class TestPosition:
    def test_says_done_here_next_and_never(self, root):
        elements = queries.position(root.pk).elements
        states = {node: element.state for node, element in elements.items()}
        assert states == {
            "s": "done",
            "w": "done",
            "x": "done",
            "m": "here",
            "t": "never",
            "e": "never",
            "b": "never",
            "c": "never",
        }

    def test_says_what_may_come_next(self, draw, slip):
        draw(*LINES, messages=("客户投诉",))
        position = queries.position(slip().pk)
        assert [element.id for element in position.next] == ["m", "t"]

    def test_counts_rounds_and_says_since_when_and_whose(self, root, english):
        position = queries.position(root.pk)
        here = position.elements["m"]
        assert (here.count, here.since, here.owner, here.arrived_by) == (
            2,
            NOW + 3 * HOUR,
            "Technician",
            "x-m",
        )
        assert position.elements["w"].count == 2
        assert position.flows == ("s-w", "w-x", "x-m", "m-w")

    def test_names_people_where_a_contract_knows_them(self, root, monkeypatch):
        mending = contracts.TASKS["mend"]
        known = Task(
            *[getattr(mending, name) for name in Task.__slots__[:-1]], owners=lambda root_id: ["张建国"]
        )
        monkeypatch.setitem(contracts.TASKS, "mend", known)
        assert queries.position(root.pk).elements["m"].owner == "张建国"

    def test_tells_the_clocks_of_what_waits(self, root, english):
        (step,) = queries.position(root.pk).waiting
        (clock,) = step.clocks
        assert (clock.name, clock.rule, clock.due_at) == ("Four hours", "PT4H", NOW + 7 * HOUR)

    def test_takes_four_statements(self, root, django_assert_num_queries):
        with django_assert_num_queries(4):
            queries.position(root.pk)
        with django_assert_num_queries(1):
            queries.waiting(root.pk)

    def test_is_told_to_the_drawing_as_json(self, root, english):
        told = queries.state_json(queries.position(root.pk))
        assert told["elements"]["m"] == {
            "state": "here",
            "count": 2,
            "since": (NOW + 3 * HOUR).astimezone(UTC).isoformat(),
            "owner": "Technician",
        }
        assert told["elements"]["t"] == {"state": "never"}
        assert told["flows"] == ["s-w", "w-x", "x-m", "m-w"]

    def test_is_empty_for_a_root_that_no_drawing_runs(self, yamu):
        position = queries.position(yamu.pk)
        assert (position.run, position.waiting, queries.state_json(position)["flows"]) == (None, (), [])
        assert queries.stations(yamu.pk) == []


class TestPlainLists:
    def test_the_steps_stand_in_the_order_they_went(self, root):
        assert [(step.id, step.state) for step in queries.position(root.pk).steps] == [
            ("w", "done"),
            ("m", "here"),
        ]

    def test_the_customer_sees_stations(self, root, english):
        seen = [(station.name, station.state) for station in queries.stations(root.pk)]
        assert seen == [("Assessment", "done"), ("Repair", "here"), ("Done", "never")]

    def test_an_element_tells_every_time_it_was_reached(self, root, agent):
        complain(root, actor=agent, now=NOW + 4 * HOUR)
        words = [(deed.word, deed.who) for deed in queries.element_history(root.pk, "m")]
        assert words == [
            ("cancelled", "王敏"),
            ("entered", "王敏"),
            ("completed", "张建国"),
            ("entered", "王敏"),
        ]
