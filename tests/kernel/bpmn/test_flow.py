"""Sequence flows, tasks and gateways: how tokens split, merge, join and wait."""

import pytest

from shouhou.kernel import bpmn
from shouhou.kernel.bpmn.memory import Memory
from tests.kernel.bpmn.drawing import definitions, drawing, event, link, named, process, sub, timer
from tests.kernel.bpmn.play import play

SPLIT = "start s; and f; user a; user b; and j; user z; end e"
SPLIT_FLOWS = "s -> f -> a -> j -> z -> e; f -> b -> j"
CHOICE = ("start s; xor g; user a; user b; user c; end e", "s -> g", "g -> a [x > 3]; g -> b [x > 1]; g => c")
CHOICE_OUT = "a -> e; b -> e; c -> e"
SOME = "start s; or f; user a; user b; user c; or j; user z; end e"
SOME_FLOWS = ("s -> f; a -> j; b -> j; c -> j; j -> z -> e", "f -> a [x > 1]; f -> b [x > 2]; f => c")


class TestSequence:
    """A token moves along and the run ends with the last one."""

    def test_tasks_are_offered_one_after_the_other(self):
        memory = play(drawing("start s; user a; manual b; task c; end e", "s -> a -> b -> c -> e"), "a b c")

        assert memory.offered == memory.completed == ["a", "b", "c"]
        assert memory.flows == ["s-a", "a-b", "b-c", "c-e"]
        assert memory.ended

    def test_every_kind_of_task_waits_to_be_done(self):
        line = "start s; user a; service b; send c; receive d; rule f; end e"
        memory = play(drawing(line, "s -> a -> b -> c -> d -> f -> e"), "a b c d")

        assert memory.offered == ["a", "b", "c", "d", "f"]
        assert memory.waiting == ["f"]

    def test_a_node_without_a_way_out_ends_its_token(self):
        assert play(drawing("start s; user a", "s -> a"), "a").ended

    def test_without_a_start_event_whatever_has_no_incoming_flow_begins(self):
        memory = play(drawing("user a; user b; user c; end e", "a -> c -> e; b -> e"))

        assert memory.offered == ["a", "b"]

    def test_several_flows_out_of_a_task_split_without_a_gateway(self):
        memory = play(
            drawing("start s; user a; user b; user c; end e", "s -> a -> b -> e; a -> c -> e"), "a b"
        )

        assert memory.offered == ["a", "b", "c"]
        assert not memory.ended

    def test_several_flows_into_a_task_merge_without_waiting(self):
        memory = play(
            drawing("start s; and f; user a; user b; user z; end e", "s -> f -> a -> z -> e; f -> b -> z")
        )
        for task in ("b", "a"):
            memory.complete(task)

        assert memory.offered == ["a", "b", "z", "z"]

    def test_conditions_on_the_flows_out_of_a_task_are_all_asked(self):
        lines = "start s; user a; user b; user c; user d; end e"
        flows = ("s -> a; b -> e; c -> e; d -> e", "a -> b [x > 1]; a -> c [x > 2]; a => d")

        assert play(drawing(lines, *flows), "a", x=3).offered == ["a", "b", "c"]
        assert play(drawing(lines, *flows), "a", x=2).offered == ["a", "b"]
        assert play(drawing(lines, *flows), "a", x=0).offered == ["a", "d"]

    def test_offers_of_one_step_stand_in_document_order(self):
        lines = "start s; and f; and g; user z; user a; user m; end e"
        memory = play(drawing(lines, "s -> f -> g -> m; f -> a; g -> z; a -> e; m -> e; z -> e"))

        assert memory.offered == ["z", "a", "m"]


class TestExclusive:
    """One way: the first true condition in document order, else the default."""

    @pytest.mark.parametrize(
        ("x", "taken"), [(4, "a"), (3, "b"), (2, "b"), (1, "c"), (None, "c"), ("word", "c")]
    )
    def test_takes_the_first_open_way(self, x, taken):
        assert play(drawing(*CHOICE, CHOICE_OUT), x=x).offered == [taken]

    def test_a_missing_fact_is_null_and_null_is_not_true(self):
        assert play(drawing(*CHOICE, CHOICE_OUT)).offered == ["c"]

    def test_without_an_open_way_the_token_stops_as_an_incident_and_can_be_retried(self):
        memory = play(drawing("start s; xor g; user a; end e", "s -> g; g -> a [x > 3]; a -> e"))
        (incident,) = memory.incidents

        assert incident.code == "flow.no_way_out"
        assert memory.waiting == []
        memory.facts["x"] = 4
        memory.retry(incident.token_id)
        assert memory.offered == ["a"]
        assert memory.flows == ["s-g", "g-a"]

    def test_merges_without_waiting(self):
        memory = play(
            drawing(
                "start s; and f; user a; user b; xor m; user z; end e",
                "s -> f -> a -> m -> z -> e; f -> b -> m",
            )
        )
        memory.complete("a")

        assert memory.offered == ["a", "b", "z"]

    def test_an_expression_that_does_not_parse_stops_the_token_with_the_reason(self):
        graph = bpmn.compile(
            bpmn.read(
                drawing(
                    "start s; xor g; user a; user b; end e", "s -> g; g -> a [x >]; g => b; a -> e; b -> e"
                )
            )
        )
        memory = Memory(graph)
        memory.start()

        assert [problem.id for problem in graph.problems] == ["g-a"]
        assert memory.incidents[0].code == graph.problems[0].code
        assert memory.incidents[0].node == "g"


class TestParallel:
    """Split to all, join when all have come."""

    @pytest.mark.parametrize("order", ["a b", "b a"])
    def test_joins_when_both_have_come(self, order):
        memory = play(drawing(SPLIT, SPLIT_FLOWS), order)

        assert memory.offered == ["a", "b", "z"]

    def test_waits_for_the_other(self):
        memory = play(drawing(SPLIT, SPLIT_FLOWS), "a")

        assert memory.waiting == ["b"]

    def test_two_tokens_by_the_same_flow_do_not_make_a_join(self):
        lines = "start s; and f; user a; user b; user c; xor m; and j; user z; end e"
        flows = "s -> f -> a -> m -> j -> z -> e; f -> b -> m; f -> c -> j"
        memory = play(drawing(lines, flows), "a b")

        assert memory.offered == ["a", "b", "c"]
        memory.complete("c")
        assert memory.offered == ["a", "b", "c", "z"]

    def test_a_join_that_nothing_can_complete_is_an_incident(self):
        memory = play(
            drawing(
                "start s; xor g; user a; user b; and j; end e",
                "s -> g; g -> a [true]; g => b; a -> j -> e; b -> j",
            ),
            "a",
        )

        assert [i.code for i in memory.incidents] == ["flow.stuck"]
        assert memory.incidents[0].node == "j"
        assert not memory.ended

    def test_one_gateway_can_join_and_split(self):
        lines = "start s; and f; user a; user b; and j; user c; user d; end e"
        memory = play(drawing(lines, "s -> f -> a -> j -> c -> e; f -> b -> j -> d -> e"), "a b c d")

        assert memory.offered == ["a", "b", "c", "d"]
        assert memory.ended


class TestInclusive:
    """Every true branch; the join waits for those that can still come, and no others."""

    @pytest.mark.parametrize(("x", "branches"), [(3, ["a", "b"]), (2, ["a"]), (0, ["c"])])
    def test_takes_every_open_way_or_the_default_alone(self, x, branches):
        assert play(drawing(SOME, *SOME_FLOWS), x=x).offered == branches

    @pytest.mark.parametrize(("x", "script"), [(3, "a b"), (3, "b a"), (2, "a"), (0, "c")])
    def test_joins_exactly_those_that_were_taken(self, x, script):
        memory = play(drawing(SOME, *SOME_FLOWS), script, x=x)

        assert memory.waiting == ["z"]

    def test_waits_while_a_branch_can_still_come(self):
        assert play(drawing(SOME, *SOME_FLOWS), "b", x=3).waiting == ["a"]

    def test_passes_as_soon_as_a_branch_has_gone_elsewhere(self):
        lines = "start s; and f; user a; user b; xor g; or j; user z; user y; end e"
        flows = ("s -> f -> a -> j -> z -> e; f -> b -> g", "g -> j [back]; g => y; y -> e")
        memory = play(drawing(lines, *flows), "a b")

        assert memory.waiting == ["y", "z"]

    def test_a_token_behind_the_join_in_a_loop_does_not_hold_it(self):
        """The path of z back to the split goes through the gateway's own filled flow."""
        lines = "start s; xor m; or f; user a; user b; or j; user z; xor g; end e"
        flows = (
            "s -> m -> f; a -> j; b -> j; j -> z -> g",
            "f -> a [x > 0]; f -> b [x > 1]",
            "g -> m [again]; g => e",
        )
        memory = play(drawing(lines, *flows), "a b again=true z a b again=false z", x=2)

        assert memory.offered == ["a", "b", "z", "a", "b", "z"]
        assert memory.ended

    def test_two_joins_that_wait_for_each_other_are_reported(self):
        lines = "start s; and f; user a; user b; or j; or k; user z; end e"
        flows = "s -> f -> a -> j -> k; f -> b -> k -> z -> e; k -> j"
        memory = play(drawing(lines, flows), "a b")

        assert memory.waiting == []
        assert [(i.code, i.node) for i in memory.incidents] == [("flow.stuck", "j")]


class TestEventGateway:
    """The first event to happen takes the token, the others are forgotten."""

    XML = definitions(
        '<message id="m1" name="answer"/><signal id="s1" name="stop"/>',
        process(
            "start s; event g; user a; user b; user c; end e",
            event("catch", "got", named("message", "m1")),
            event("catch", "late", timer("PT1H")),
            event("catch", "heard", named("signal", "s1")),
            "s -> g -> got -> a -> e; g -> late -> b -> e; g -> heard -> c -> e",
        ),
    )

    @pytest.mark.parametrize(("script", "offered"), [("?answer", ["a"]), ("!late", ["b"]), ("~stop", ["c"])])
    def test_the_first_wins(self, script, offered):
        memory = play(self.XML, script)

        assert memory.offered == offered
        assert memory.timers == []
        assert not memory.root.state.subscriptions

    def test_flows_go_through_the_gateway_to_the_event(self):
        assert play(self.XML, "!late b").flows == ["s-g", "g-late", "late-b", "b-e"]

    def test_a_receive_task_may_stand_behind_it(self):
        receive = '<receiveTask id="r" messageRef="m1"/>'
        xml = definitions(
            '<message id="m1" name="answer"/>',
            process(
                "start s; event g; user a; user b; end e",
                receive,
                event("catch", "late", timer("PT1H")),
                "s -> g -> r -> a -> e; g -> late -> b -> e",
            ),
        )

        assert play(xml, "?answer").offered == ["a"]


class TestLinks:
    """A link is a line too long to draw."""

    def test_goes_from_the_throwing_end_to_the_catching_one(self):
        xml = drawing(
            "start s; user a; user b; end e",
            event("throw", "out", link("Store")),
            event("catch", "in", link("Store")),
            "s -> a -> out; in -> b -> e",
        )
        memory = play(xml, "a b")

        assert memory.offered == ["a", "b"]
        assert memory.ended

    def test_another_level_has_links_of_its_own(self):
        inner = sub(
            "p1",
            "start i; end x",
            event("throw", "o", link("L")),
            event("catch", "c", link("L")),
            "i -> o; c -> x",
        )
        memory = play(drawing("start s; user a; end e", inner, "s -> p1 -> a -> e"))

        assert memory.offered == ["a"]


class TestStepLimit:
    """A loop without a task is stopped, and no token is lost."""

    def test_stops_as_an_incident_before_the_next_node(self):
        memory = play(drawing("start s; xor m; xor g; end e", "s -> m -> g; g -> m [go]; g => e"), go=True)

        assert [i.code for i in memory.incidents] == ["flow.step_limit"]
        assert len(memory.root.state.tokens) == 1
        memory.facts["go"] = False
        memory.retry(memory.incidents[0].token_id)
        assert memory.ended


class TestLaziness:
    """A step between plain tasks looks at tokens and nothing else."""

    def test_reads_no_scopes_timers_or_subscriptions(self):
        class Unread(dict):
            def __iter__(self):
                raise AssertionError

            keys = __getitem__ = get = __iter__

        late = event("boundary", "late", timer("PT1H"), 'attachedToRef="c"')
        xml = drawing(
            "start s; user a; xor g; user b; user c; end e",
            late,
            "s -> a -> g; g -> b [x > 1]; g => c; b -> e; c -> e",
        )
        memory = play(xml, x=2)
        state = bpmn.State(memory.root.state.tokens, Unread(), Unread(), Unread(), memory.root.state.seq)
        world = bpmn.World(memory.now, lambda: 99, memory.facts)

        changes = bpmn.complete(memory.root.graph, state, next(iter(memory.offers)), world)

        assert [offer.spot.id for offer in changes.offers] == ["b"]
        assert isinstance(changes.state.timers, Unread)
