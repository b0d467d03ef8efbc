"""Sub-processes, repeated activities, called processes: levels that open, count and close."""

import pytest

from tests.kernel.bpmn.drawing import definitions, drawing, event, inside, named, process, sub, timer
from tests.kernel.bpmn.play import act, play, whats

ERROR = '<error id="e1" errorCode="BROKEN"/><escalation id="x1" escalationCode="LATE"/>'


def many(more: str = "", sequential: bool = False, attributes: str = "") -> str:
    yes = "true" if sequential else "false"
    word = "multiInstanceLoopCharacteristics"
    return f'<{word} isSequential="{yes}" {attributes}>{more}</{word}>'


def times(number: str) -> str:
    return f"<loopCardinality>{number}</loopCardinality>"


def until(condition: str) -> str:
    return f"<completionCondition>{condition}</completionCondition>"


def repeated(loop: str, node: str = "a") -> str:
    return f'<userTask id="{node}">{loop}</userTask>'


def loop(condition: str = "", attributes: str = "") -> str:
    inner = f"<loopCondition>{condition}</loopCondition>" if condition else ""
    return f"<standardLoopCharacteristics {attributes}>{inner}</standardLoopCharacteristics>"


class TestSubProcess:
    """The token outside waits until the level inside is empty."""

    XML = drawing(
        "start s; user z; end e",
        sub("p1", "start i; and f; user a; user b; end x", "i -> f -> a -> x; f -> b -> x"),
        "s -> p1 -> z -> e",
    )

    def test_goes_on_when_everything_inside_is_done(self):
        memory = play(self.XML, "a")
        assert memory.waiting == ["b"]

        act(memory, "b")
        assert memory.waiting == ["z"]

    def test_an_empty_one_is_passed(self):
        assert play(drawing("start s; user z; end e", sub("p1"), "s -> p1 -> z -> e")).waiting == ["z"]

    def test_a_boundary_event_withdraws_all_inside(self):
        inner = sub(
            "p1",
            "start i; user a; end x",
            sub("p2", "start j; user b; end y", "j -> b -> y"),
            "i -> a -> x; i -> p2 -> x",
        )
        late = event("boundary", "late", timer("PT1H"), 'attachedToRef="p1"')
        memory = play(drawing("start s; user z; end e", inner, late, "s -> p1 -> e; late -> z -> e"), "!late")

        assert memory.waiting == ["z"]
        assert len(memory.root.state.scopes) == 1
        assert {"cancelled a", "cancelled b", "cancelled p2", "cancelled p1"} <= set(whats(memory))


class TestManyAtOnce:
    """Parallel multi-instance: all at once, numbered, done when all are or the condition says so."""

    def test_offers_all_and_goes_on_after_the_last(self):
        xml = drawing("start s; user z; end e", repeated(many(times("3"))), "s -> a -> z -> e")

        assert play(xml).offered == ["a", "a", "a"]
        assert play(xml, "a a").waiting == ["a"]
        assert play(xml, "a a a").waiting == ["z"]

    def test_walks_through_a_list(self):
        xml = drawing(
            "start s; user z; end e",
            repeated(many(attributes='shouhou:collection="visits" shouhou:element="visit"')),
            "s -> a -> z -> e",
        )
        memory = play(xml, visits=["Monday", "Tuesday"])

        assert memory.waiting == ["a", "a"]
        assert [offer.counter for offer in memory.root.state.tokens.values() if offer.counter] == [1, 2]

    def test_the_completion_condition_withdraws_the_rest(self):
        xml = drawing(
            "start s; user z; end e",
            repeated(many(times("5") + until("numberOfCompletedInstances >= 2"))),
            "s -> a -> z -> e",
        )
        memory = play(xml, "a a")

        assert memory.waiting == ["z"]
        assert whats(memory).count("cancelled a") == 3

    @pytest.mark.parametrize("count", ["0", "= null_safe", "-1", '"three"'])
    def test_none_is_passed_and_nonsense_is_an_incident(self, count):
        memory = play(drawing("start s; user z; end e", repeated(many(times(count))), "s -> a -> z -> e"))

        if count == "0":
            assert memory.waiting == ["z"]
        else:
            assert [i.code for i in memory.incidents] == ["flow.count"]

    def test_too_many_are_refused_before_the_first(self):
        memory = play(drawing("start s; user z; end e", repeated(many(times("100000"))), "s -> a -> z -> e"))

        assert [i.code for i in memory.incidents] == ["flow.too_many"]
        assert memory.offered == []

    def test_a_sub_process_knows_its_element_inside(self):
        inner = sub(
            "p1",
            "start i; xor g; user a; user b; end x",
            "i -> g; g -> a [visit > 1]; g => b; a -> x; b -> x",
            more=many(attributes='shouhou:collection="visits" shouhou:element="visit"'),
        )
        memory = play(drawing("start s; user z; end e", inner, "s -> p1 -> z -> e"), visits=[1, 2, 3])

        assert sorted(memory.waiting) == ["a", "a", "b"]
        for task in ("a", "a", "b"):
            act(memory, task)
        assert memory.waiting == ["z"]

    def test_one_clock_runs_for_all_of_them(self):
        late = event("boundary", "late", timer("PT1H"), 'attachedToRef="a"')
        memory = play(
            drawing(
                "start s; user z; user y; end e",
                repeated(many(times("3"))),
                late,
                "s -> a -> z -> e; late -> y -> e",
            ),
            "a",
        )
        assert len(memory.timers) == 1

        act(memory, "!late")
        assert memory.waiting == ["y"]

    def test_an_error_inside_one_withdraws_all(self):
        inner = sub(
            "p1",
            "start i; user a",
            event("end", "t", named("error", "e1")),
            "i -> a -> t",
            more=many(times("3")),
        )
        caught = event("boundary", "w", named("error", "e1"), 'attachedToRef="p1"')
        xml = definitions(
            ERROR, process("start s; user z; end e", inner, caught, "s -> p1 -> e; w -> z -> e")
        )

        assert play(xml, "a").waiting == ["z"]


class TestOneAfterTheOther:
    """Sequential multi-instance and standard loops."""

    def test_the_next_begins_when_the_last_is_done(self):
        xml = drawing(
            "start s; user z; end e", repeated(many(times("3"), sequential=True)), "s -> a -> z -> e"
        )

        assert play(xml).offered == ["a"]
        assert play(xml, "a a").offered == ["a", "a", "a"]
        assert play(xml, "a a a").waiting == ["z"]

    def test_the_list_is_the_one_it_began_with(self):
        xml = drawing(
            "start s; user z; end e",
            repeated(
                many(sequential=True, attributes='camunda:collection="visits" camunda:elementVariable="v"')
            ),
            "s -> a -> z -> e",
        )
        memory = play(xml, visits=[1, 2])
        memory.facts["visits"] = []

        act(memory, "a")
        assert memory.waiting == ["a"]

    def test_a_loop_asks_after_each_round(self):
        xml = drawing("start s; user z; end e", repeated(loop("again")), "s -> a -> z -> e")

        assert play(xml, "a a again=false a", again=True).waiting == ["z"]

    def test_a_loop_that_tests_before_may_not_begin(self):
        xml = drawing(
            "start s; user z; end e", repeated(loop("again", 'testBefore="true"')), "s -> a -> z -> e"
        )

        assert play(xml, again=False).waiting == ["z"]
        assert play(xml, "a", again=True).waiting == ["a"]

    def test_a_loop_stops_at_its_maximum(self):
        xml = drawing("start s; user z; end e", repeated(loop("true", 'loopMaximum="2"')), "s -> a -> z -> e")

        assert play(xml, "a a").waiting == ["z"]

    def test_the_condition_may_count(self):
        xml = drawing("start s; user z; end e", repeated(loop("loopCounter &lt; 3")), "s -> a -> z -> e")

        assert play(xml, "a a a").waiting == ["z"]


class TestCall:
    """A called process is a run of its own: with its own graph, and its errors come back to the caller."""

    @staticmethod
    def files(*called: str, more: str = "", flows: str = "s -> c -> z -> e") -> bytes:
        main = process(
            "start s; user z; user y; end e", '<callActivity id="c" calledElement="q"/>', more, flows, id="p"
        )
        return definitions(ERROR, main, process(*called, id="q", executable=False))

    def test_the_caller_goes_on_when_the_called_run_ends(self):
        memory = play(self.files("start qs; user qa; end qe", "qs -> qa -> qe"))
        assert memory.waiting == ["qa"]
        assert len(memory.runs) == 2

        act(memory, "qa")
        assert memory.waiting == ["z"]
        assert len(memory.runs) == 1

    def test_its_error_is_caught_at_the_call(self):
        caught = event("boundary", "w", named("error", "e1"), 'attachedToRef="c"')
        xml = self.files(
            "start qs; user qa",
            event("end", "qt", named("error", "e1")),
            "qs -> qa -> qt",
            more=caught,
            flows="s -> c -> z -> e; w -> y -> e",
        )

        assert play(xml, "qa").waiting == ["y"]

    def test_its_error_that_nobody_catches_stops_the_call(self):
        xml = self.files("start qs; user qa", event("end", "qt", named("error", "e1")), "qs -> qa -> qt")
        memory = play(xml, "qa")

        assert [(i.code, i.node) for i in memory.incidents] == [("flow.error_uncaught", "c")]

    def test_its_escalation_reaches_the_caller_and_it_goes_on(self):
        caught = event("boundary", "w", named("escalation", "x1"), 'attachedToRef="c" cancelActivity="false"')
        xml = self.files(
            "start qs; user qa; end qe",
            event("throw", "qt", named("escalation", "x1")),
            "qs -> qt -> qa -> qe",
            more=caught,
            flows="s -> c -> z -> e; w -> y -> e",
        )

        assert sorted(play(xml).waiting) == ["qa", "y"]

    def test_its_escalation_goes_through_a_caller_that_does_not_catch_it(self):
        main = process(
            "start s; user y; end e",
            '<callActivity id="c" calledElement="q"/>',
            event("boundary", "w", named("escalation", "x1"), 'attachedToRef="c" cancelActivity="false"'),
            "s -> c -> e; w -> y -> e",
        )
        middle = process(
            "start qs; end qe",
            '<callActivity id="d" calledElement="r"/>',
            "qs -> d -> qe",
            id="q",
            executable=False,
        )
        inner = process(
            "start rs; user ra; end re",
            event("throw", "rt", named("escalation", "x1")),
            "rs -> rt -> ra -> re",
            id="r",
            executable=False,
        )

        assert sorted(play(definitions(ERROR, main, middle, inner)).waiting) == ["ra", "y"]

    def test_withdrawing_the_call_cancels_the_called_run(self):
        late = event("boundary", "late", timer("PT1H"), 'attachedToRef="c"')
        xml = self.files(
            "start qs; user qa; end qe", "qs -> qa -> qe", more=late, flows="s -> c -> z -> e; late -> y -> e"
        )
        memory = play(xml, "!late")

        assert memory.waiting == ["y"]
        assert len(memory.runs) == 1

    def test_a_process_that_is_not_in_the_file_is_offered_like_a_task(self):
        xml = drawing(
            "start s; user z; end e", '<callActivity id="c" calledElement="elsewhere"/>', "s -> c -> z -> e"
        )

        assert play(xml, "c").offered == ["c", "z"]

    def test_processes_that_call_each_other_for_ever_are_stopped(self):
        again = process(
            "start qs; end qe", '<callActivity id="c" calledElement="q"/>', "qs -> c -> qe", id="q"
        )
        memory = play(definitions(again))

        assert [i.code for i in memory.incidents] == ["flow.step_limit"]


def test_the_short_form_of_the_tests_reads_back():
    assert 'id="a-b"' in inside("user a; user b", "a -> b")
