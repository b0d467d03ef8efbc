"""Compensation and conditional events."""

from tests.kernel.bpmn.drawing import drawing, event, sub
from tests.kernel.bpmn.play import act, play

UNDO = "<compensateEventDefinition/>"


def condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def undoable(task: str, handler: str) -> str:
    edge = event("boundary", f"{task}_c", UNDO, f'attachedToRef="{task}"')
    line = f'<association id="{task}_l" sourceRef="{task}_c" targetRef="{handler}"/>'
    return edge + f'<userTask id="{handler}" isForCompensation="true"/>' + line


class TestCompensation:
    """What was done is undone by its handler, the latest first."""

    TASKS = ("start s; user a; user b; user c; user z; end e", undoable("a", "ua"), undoable("b", "ub"))

    def test_undoes_backwards_and_goes_on(self):
        memory = play(drawing(*self.TASKS, event("throw", "t", UNDO), "s -> a -> b -> t -> z -> e"), "a b")
        assert memory.waiting == ["ub"]

        act(memory, "ub")
        assert memory.waiting == ["ua"]
        act(memory, "ua")
        assert memory.waiting == ["z"]

    def test_only_what_was_done(self):
        memory = play(
            drawing(*self.TASKS, event("throw", "t", UNDO), "s -> a -> t -> b -> z -> e"), "a ua b z"
        )

        assert memory.offered == ["a", "ua", "b", "z"]
        assert memory.ended

    def test_as_often_as_it_was_done(self):
        lines = (
            "start s; xor m; user a; xor g; user z; end e",
            undoable("a", "ua"),
            event("throw", "t", UNDO),
        )
        memory = play(
            drawing(*lines, "s -> m -> a -> g; g -> m [again]; g => t; t -> z -> e"),
            "a again=false a",
            again=True,
        )

        assert memory.waiting == ["ua"]
        act(memory, "ua")
        assert memory.waiting == ["ua"]
        act(memory, "ua")
        assert memory.waiting == ["z"]

    def test_one_named_activity(self):
        named_one = event("throw", "t", '<compensateEventDefinition activityRef="a"/>')
        memory = play(drawing(*self.TASKS, named_one, "s -> a -> b -> t -> z -> e"), "a b")

        assert memory.waiting == ["ua"]

    def test_an_end_event_undoes_before_it_ends(self):
        memory = play(drawing(*self.TASKS, event("end", "t", UNDO), "s -> a -> b -> t"), "a b ub")
        assert not memory.ended

        act(memory, "ua")
        assert memory.ended

    def test_nothing_to_undo_is_passed(self):
        assert play(drawing(*self.TASKS, event("throw", "t", UNDO), "s -> t -> z -> e")).waiting == ["z"]

    def test_a_closed_level_forgets(self):
        inner = sub("p1", "start i; user a; end x", undoable("a", "ua"), "i -> a -> x")
        memory = play(
            drawing("start s; user z; end e", inner, event("throw", "t", UNDO), "s -> p1 -> t -> z -> e"), "a"
        )

        assert memory.waiting == ["z"]

    def test_an_event_sub_process_undoes_the_level_it_took_over(self):
        listener = sub(
            "ep",
            event("start", "es", condition("broken")),
            event("throw", "t", UNDO),
            "end he",
            "es -> t -> he",
            event=True,
        )
        memory = play(drawing(*self.TASKS, listener, "s -> a -> b -> z -> e"), "a broken=true b")

        assert memory.waiting == ["ub"]
        act(memory, "ub")
        act(memory, "ua")
        assert memory.ended


class TestConditions:
    """An event that happens when its condition becomes true."""

    def test_holds_the_token_until_it_is_true(self):
        xml = drawing(
            "start s; and f; user a; user b; end e",
            event("catch", "w", condition("x > 1")),
            "s -> f -> w -> a -> e; f -> b -> e",
        )
        memory = play(xml)
        assert memory.waiting == ["w", "b"]

        act(memory, "x=2")
        act(memory, "b")
        assert memory.waiting == ["a"]

    def test_passes_at_once_what_is_already_true(self):
        xml = drawing("start s; user a; end e", event("catch", "w", condition("x > 1")), "s -> w -> a -> e")

        assert play(xml, x=2).waiting == ["a"]

    def test_interrupts_a_task(self):
        edge = event("boundary", "w", condition("x > 1"), 'attachedToRef="a"')
        xml = drawing(
            "start s; and f; user a; user b; user c; end e",
            edge,
            "s -> f -> a -> e; f -> b -> e; w -> c -> e",
        )

        assert play(xml, "x=2 b").waiting == ["c"]

    def test_beside_a_task_happens_once_each_time_it_becomes_true(self):
        edge = event("boundary", "w", condition("x > 1"), 'attachedToRef="a" cancelActivity="false"')
        xml = drawing(
            "start s; and f; user a; user b; user c; end e",
            edge,
            "s -> f -> a -> e; f -> b -> b; w -> c -> e",
        )
        memory = play(xml, "x=2 b b")
        assert memory.waiting.count("c") == 1

        act(memory, "x=0")
        act(memory, "b")
        act(memory, "x=3")
        act(memory, "b")
        assert memory.waiting.count("c") == 2
