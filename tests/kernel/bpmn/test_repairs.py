"""What people do when a run stands still: retry, jump, cancel; and what cannot be done."""

import pytest

from shouhou.kernel import bpmn
from tests.kernel.bpmn.drawing import drawing, event, sub, timer
from tests.kernel.bpmn.play import act, play, whats

TWO = drawing("start s; user a; user b; end e", "s -> a -> b -> e")


def token_at(memory, node):
    return next(token.id for token in memory.root.state.tokens.values() if token.node == node)


class TestCancel:
    """A withdrawn run leaves nothing behind."""

    def test_takes_every_row_away(self):
        inner = sub(
            "p1",
            "start i; user a; user b; end x",
            event(
                "catch",
                "w",
                "<conditionalEventDefinition><condition>false</condition></conditionalEventDefinition>",
            ),
            "i -> a -> x; i -> b -> x",
        )
        late = event("boundary", "late", timer("PT1H"), 'attachedToRef="p1"')
        listener = sub("ep", event("start", "es", timer("PT2H")), "end he", "es -> he", event=True)
        memory = play(drawing("start s; end e", inner, late, listener, "s -> p1 -> e; late -> e"))

        memory.cancel()

        assert memory.ended
        assert memory.root.state.status == "cancelled"
        assert whats(memory, "cancelled") == ["cancelled p", "cancelled a", "cancelled b", "cancelled p1"]

    def test_a_run_that_is_over_takes_nothing_more(self):
        memory = play(TWO, "a b")

        with pytest.raises(bpmn.NotPossible) as refusal:
            memory.cancel()
        assert refusal.value.code == "flow.closed"


class TestJump:
    """A token is put elsewhere on its level, or out of the level it is in."""

    def test_back_to_an_earlier_task(self):
        memory = play(TWO, "a")
        memory.jump(token_at(memory, "b"), "a")

        assert memory.waiting == ["a"]
        assert memory.offered == ["a", "b", "a"]
        assert "jumped b" in whats(memory)

    def test_clocks_of_the_left_task_go(self):
        late = event("boundary", "late", timer("PT1H"), 'attachedToRef="a"')
        memory = play(drawing("start s; user a; user b; end e", late, "s -> a -> b -> e; late -> b"))
        memory.jump(token_at(memory, "a"), "b")

        assert memory.timers == []

    def test_out_of_a_sub_process_withdraws_it(self):
        inner = sub("p1", "start i; and f; user a; user b; end x", "i -> f -> a -> x; f -> b -> x")
        memory = play(drawing("start s; user z; end e", inner, "s -> p1 -> z -> e"))
        memory.jump(token_at(memory, "a"), "z")

        assert memory.waiting == ["z"]

    def test_out_of_an_event_sub_process(self):
        listener = sub(
            "ep", event("start", "es", timer("PT1H")), "user h; end he", "es -> h -> he", event=True
        )
        memory = play(drawing("start s; user a; end e", listener, "s -> a -> e"), "!es")
        memory.jump(token_at(memory, "h"), "a")

        assert memory.waiting == ["a"]

    def test_one_instance_takes_the_whole_repeated_task_along(self):
        many = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
        memory = play(
            drawing("start s; user z; end e", f'<userTask id="a">{many}</userTask>', "s -> a -> z -> e")
        )
        memory.jump(next(iter(memory.offers)), "z")

        assert memory.waiting == ["z"]

    @pytest.mark.parametrize("target", ["inside", "nowhere", "late", "ep"])
    def test_not_into_a_level_nor_to_what_only_happens(self, target):
        inner = sub("p1", "start i; user inside; end x", "i -> inside -> x")
        late = event("boundary", "late", timer("PT1H"), 'attachedToRef="a"')
        listener = sub("ep", event("start", "es", timer("PT1H")), "end he", "es -> he", event=True)
        memory = play(
            drawing("start s; user a; end e", inner, late, listener, "s -> a -> p1 -> e; late -> e")
        )

        with pytest.raises(bpmn.NotPossible) as refusal:
            memory.jump(token_at(memory, "a"), target)
        assert refusal.value.code == "flow.out_of_reach"
        assert memory.waiting == ["a"]

    def test_frees_a_join_that_is_stuck(self):
        lines = "start s; xor g; user a; user b; and j; user z; end e"
        memory = play(drawing(lines, "s -> g; g -> a [true]; g => b; a -> j -> z -> e; b -> j"), "a")
        memory.jump(memory.incidents[0].token_id, "z")

        assert memory.waiting == ["z"]


class TestRetry:
    """Where a token stopped, it can be tried again; a token that waits cannot."""

    def test_a_task_that_could_not_be_left_is_not_offered_again(self):
        memory = play(drawing("start s; user a; user b; end e", "s -> a; a -> b [x > 1]; b -> e"), "a")
        assert memory.waiting == []

        memory.retry(memory.incidents[0].token_id)
        assert len(memory.incidents) == 2
        memory.facts["x"] = 2
        memory.retry(memory.incidents[1].token_id)

        assert memory.offered == ["a", "b"]
        assert memory.flows == ["s-a", "a-b"]

    def test_nothing_to_retry(self):
        memory = play(TWO)

        with pytest.raises(bpmn.NotPossible) as refusal:
            memory.retry(token_at(memory, "a"))
        assert refusal.value.code == "flow.not_failed"


class TestTooLate:
    """The same thing twice: the second finds the token gone and is told so, in both languages."""

    def test_a_second_submit(self):
        memory = play(TWO)
        (token_id,) = memory.offers
        state = memory.root.state
        act(memory, "a")
        world = bpmn.World(memory.now, lambda: 99, {})

        with pytest.raises(bpmn.NotPossible) as refusal:
            bpmn.complete(memory.root.graph, memory.root.state, token_id, world)
        assert (refusal.value.code, bool(refusal.value.zh)) == ("flow.gone", True)
        assert bpmn.complete(memory.root.graph, state, token_id, world).state.tokens.keys() == {99}

    def test_a_timer_that_is_not_armed_and_a_message_nobody_waits_for(self):
        memory = play(TWO)
        world = bpmn.World(memory.now, lambda: 99, {})

        with pytest.raises(bpmn.NotPossible):
            bpmn.fire(memory.root.graph, memory.root.state, 7, world)
        with pytest.raises(bpmn.NotPossible):
            bpmn.deliver(memory.root.graph, memory.root.state, 7, world)

    def test_an_event_cannot_be_completed(self):
        xml = drawing(
            "start s; event g; end e",
            event("catch", "v", timer("PT1H")),
            event("catch", "w", timer("PT2H")),
            "s -> g -> v -> e; g -> w -> e",
        )
        memory = play(xml)
        world = bpmn.World(memory.now, lambda: 99, {})

        with pytest.raises(bpmn.NotPossible) as refusal:
            bpmn.complete(memory.root.graph, memory.root.state, token_at(memory, "g"), world)
        assert refusal.value.code == "flow.no_task"
