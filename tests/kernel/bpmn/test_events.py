"""Events: what is waited for, what is thrown, who catches it, and what it interrupts."""

from datetime import timedelta

import pytest

from tests.kernel.bpmn.drawing import definitions, drawing, event, named, process, sub, timer
from tests.kernel.bpmn.play import act, play, store, whats

NAMES = (
    '<message id="m1" name="answer"/><message id="m2" name="order"/><signal id="s1" name="stop"/>'
    '<error id="e1" errorCode="BROKEN"/><error id="e2" errorCode="LOST"/>'
    '<escalation id="x1" escalationCode="LATE"/><escalation id="x2" escalationCode="OTHER"/>'
)
FREE = 'cancelActivity="false"'


def at(node: str, more: str = "") -> str:
    return f'attachedToRef="{node}" {more}'


def with_names(*lines: str) -> bytes:
    return definitions(NAMES, process(*lines))


class TestCatch:
    """An intermediate event holds the token until it happens."""

    @pytest.mark.parametrize(
        ("definition", "word"),
        [(timer("PT1H"), "!w"), (named("message", "m1"), "?answer"), (named("signal", "s1"), "~stop")],
    )
    def test_holds_until_it_happens(self, definition, word):
        xml = with_names("start s; user a; end e", event("catch", "w", definition), "s -> w -> a -> e")
        memory = play(xml)
        assert memory.waiting == ["w"]

        act(memory, word)

        assert memory.waiting == ["a"]
        assert memory.flows == ["s-w", "w-a"]

    def test_a_message_that_comes_early_is_kept(self):
        xml = with_names(
            "start s; user a; end e", event("catch", "w", named("message", "m1")), "s -> a -> w -> e"
        )

        assert play(xml, "?answer a").ended

    def test_a_kept_message_is_taken_once(self):
        catches = [event("catch", name, named("message", "m1")) for name in ("v", "w")]
        xml = with_names("start s; user a; end e", *catches, "s -> a -> v -> w -> e")

        assert play(xml, "?answer a").waiting == ["w"]

    def test_a_correlation_key_keeps_other_cases_messages_away(self):
        keyed = event("catch", "w", named("message", "m1"), 'shouhou:key="= number"')
        xml = with_names("start s; user a; end e", keyed, "s -> w -> a -> e")
        memory = play(xml, number="A-17")

        act(memory, "?answer:A-18")
        assert memory.waiting == ["w"]
        act(memory, "?answer:A-17")
        assert memory.waiting == ["a"]

    def test_the_due_instant_is_resolved_when_armed(self):
        xml = drawing("start s; end e", event("catch", "w", timer("PT90M")), "s -> w -> e")
        memory = store(xml)
        begun = memory.now
        memory.start()

        assert memory.timers[0].due == begun + timedelta(minutes=90)
        assert memory.timers[0].rule == "PT90M"

    def test_an_expression_may_yield_the_time(self):
        xml = drawing("start s; end e", event("catch", "w", timer("= wait")), "s -> w -> e")
        memory = play(xml, wait="PT5M")

        assert memory.timers[0].rule == "PT5M"

    def test_a_timer_without_a_time_is_an_incident_and_can_be_retried(self):
        xml = drawing("start s; end e", event("catch", "w", timer("= wait")), "s -> w -> e")
        memory = play(xml)
        assert [i.code for i in memory.incidents] == ["flow.timer_due"]

        memory.facts["wait"] = "PT5M"
        memory.retry(memory.incidents[0].token_id)

        assert memory.waiting == ["w"]


class TestStart:
    """A run begins at its plain start, or at the event that starts it."""

    XML = with_names(
        "start s; user a; user b; user c; end e",
        event("start", "sm", named("message", "m1")),
        event("start", "st", timer("R/PT24H", "timeCycle")),
        "s -> a -> e; sm -> b -> e; st -> c -> e",
    )

    @pytest.mark.parametrize(("at", "offered"), [(None, "a"), ("sm", "b"), ("st", "c")])
    def test_begins_where_it_is_told(self, at, offered):
        assert play(self.XML, start=at).offered == [offered]


class TestBoundary:
    """An event on the edge of a task: it takes over, or runs beside it."""

    @pytest.mark.parametrize(
        ("definition", "word"),
        [(timer("PT1H"), "!w"), (named("message", "m1"), "?answer"), (named("signal", "s1"), "~stop")],
    )
    def test_interrupting_takes_over(self, definition, word):
        xml = with_names(
            "start s; user a; user b; end e",
            event("boundary", "w", definition, at("a")),
            "s -> a -> e; w -> b -> e",
        )
        memory = play(xml, word)

        assert memory.waiting == ["b"]
        assert memory.timers == []
        assert "cancelled a" in whats(memory)

    def test_beside_keeps_the_task(self):
        xml = with_names(
            "start s; user a; user b; end e",
            event("boundary", "w", timer("PT1H"), at("a", FREE)),
            "s -> a -> e; w -> b -> e",
        )
        memory = play(xml, "!w")

        assert memory.waiting == ["a", "b"]
        assert memory.timers == []

    def test_goes_when_the_task_is_done(self):
        xml = with_names(
            "start s; user a; user b; user c; end e",
            event("boundary", "w", timer("PT1H"), at("a")),
            "s -> a -> c -> e; w -> b -> e",
        )
        memory = play(xml, "a")

        assert memory.waiting == ["c"]
        assert memory.timers == []

    def test_a_cycle_fires_as_often_as_it_says(self):
        cycle = event("boundary", "w", timer("R3/PT10M", "timeCycle"), at("a", FREE))
        memory = play(with_names("start s; user a; task b; end e", cycle, "s -> a -> e; w -> b -> e"))
        instants = [memory.timers[0].due]
        act(memory, "!w")
        instants.append(memory.timers[0].due)
        act(memory, "!w")
        act(memory, "!w")

        assert instants[1] - instants[0] == timedelta(minutes=10)
        assert memory.timers == []
        assert memory.waiting == ["a", "b", "b", "b"]

    def test_after_a_long_pause_a_cycle_does_not_fire_for_every_missed_round(self):
        cycle = event("boundary", "w", timer("R/PT10M", "timeCycle"), at("a", FREE))
        memory = play(with_names("start s; user a; end e", cycle, "s -> a -> e; w -> e"))
        memory.now += timedelta(days=2)

        act(memory, "!w")

        assert memory.timers[0].due == memory.now + timedelta(minutes=10)

    def test_a_message_beside_can_come_again(self):
        xml = with_names(
            "start s; user a; user b; end e",
            event("boundary", "w", named("message", "m1"), at("a", FREE)),
            "s -> a -> e; w -> b -> e",
        )

        assert play(xml, "?answer ?answer").waiting == ["a", "b", "b"]

    def test_an_error_of_a_verb_is_caught_by_its_code(self):
        xml = with_names(
            "start s; service a; user b; user c; user d; end e",
            event("boundary", "all", named("error"), at("a")),
            event("boundary", "lost", named("error", "e2"), at("a")),
            "s -> a -> e; all -> b -> e; lost -> c -> e",
        )
        memory = play(xml)
        memory.throw(next(iter(memory.offers)), "LOST")
        assert memory.waiting == ["c"]

        memory = play(xml)
        memory.throw(next(iter(memory.offers)), "SOMETHING")
        assert memory.waiting == ["b"]

    def test_an_error_nobody_catches_is_an_incident_at_the_task(self):
        memory = play(with_names("start s; service a; end e", "s -> a -> e"))
        memory.throw(next(iter(memory.offers)), "LOST")

        assert [(i.code, i.node) for i in memory.incidents] == [("flow.error_uncaught", "a")]
        assert not memory.ended
        memory.retry(memory.incidents[0].token_id)
        assert memory.offered == ["a", "a"]

    def test_a_task_can_escalate_and_go_on(self):
        xml = with_names(
            "start s; user a; user b; end e",
            event("boundary", "w", named("escalation", "x1"), at("a", FREE)),
            "s -> a -> e; w -> b -> e",
        )
        memory = play(xml)
        memory.escalate(next(iter(memory.offers)), "LATE")

        assert memory.waiting == ["a", "b"]

    def test_a_clock_that_is_not_clear_stops_the_task_before_it_is_offered(self):
        xml = with_names(
            "start s; user a; end e", event("boundary", "w", timer("= wait"), at("a")), "s -> a -> e; w -> e"
        )
        memory = play(xml)

        assert memory.offered == []
        assert memory.incidents[0].node == "a"
        assert memory.timers == []


class TestEnd:
    """What an end event throws, and how far it reaches."""

    def test_terminate_ends_its_level_only(self):
        inner = sub(
            "p1",
            "start i; and f; user a; user b",
            event("end", "t", "<terminateEventDefinition/>"),
            "i -> f -> a -> t; f -> b -> t",
        )
        memory = play(drawing("start s; user z; end e", inner, "s -> p1 -> z -> e"), "a")

        assert memory.waiting == ["z"]
        assert "cancelled b" in whats(memory)

    def test_terminate_of_the_process_ends_the_run(self):
        xml = drawing(
            "start s; and f; user a; user b",
            event("end", "t", "<terminateEventDefinition/>"),
            "s -> f -> a -> t; f -> b -> t",
        )

        assert play(xml, "a").ended

    @pytest.mark.parametrize(("reference", "caught"), [("e1", "b"), ("e2", "c")])
    def test_an_error_is_caught_at_the_edge_of_its_sub_process(self, reference, caught):
        inner = sub(
            "p1",
            "start i; and f; user a; user x",
            event("end", "t", named("error", reference)),
            "i -> f -> a -> t; f -> x -> t",
        )
        xml = with_names(
            "start s; user b; user c; end e",
            inner,
            event("boundary", "w1", named("error", "e1"), at("p1")),
            event("boundary", "w2", named("error", "e2"), at("p1")),
            "s -> p1 -> e; w1 -> b -> e; w2 -> c -> e",
        )
        memory = play(xml, "a")

        assert memory.waiting == [caught]

    def test_an_error_goes_up_until_it_is_caught(self):
        innermost = sub("p2", "start k", event("end", "t", named("error", "e1")), "k -> t")
        inner = sub("p1", "start i; end x", innermost, "i -> p2 -> x")
        xml = with_names(
            "start s; user b; end e",
            inner,
            event("boundary", "w", named("error", "e1"), at("p1")),
            "s -> p1 -> e; w -> b -> e",
        )

        assert play(xml).waiting == ["b"]

    def test_an_error_nobody_catches_stops_at_its_end_event(self):
        memory = play(with_names("start s", event("end", "t", named("error", "e1")), "s -> t"))

        assert [(i.code, i.node) for i in memory.incidents] == [("flow.error_uncaught", "t")]
        assert not memory.ended

    def test_an_escalation_beside_lets_the_sub_process_finish(self):
        inner = sub(
            "p1", "start i; user a; end x", event("throw", "t", named("escalation", "x1")), "i -> t -> a -> x"
        )
        xml = with_names(
            "start s; user b; end e",
            inner,
            event("boundary", "w", named("escalation", "x1"), at("p1", FREE)),
            "s -> p1 -> e; w -> b -> e",
        )

        assert sorted(play(xml).waiting) == ["a", "b"]

    def test_an_escalation_that_interrupts_withdraws_the_sub_process(self):
        inner = sub(
            "p1", "start i; user a; end x", event("throw", "t", named("escalation", "x1")), "i -> t -> a -> x"
        )
        xml = with_names(
            "start s; user b; end e",
            inner,
            event("boundary", "w", named("escalation", "x1"), at("p1")),
            "s -> p1 -> e; w -> b -> e",
        )

        assert play(xml).waiting == ["b"]

    def test_an_escalation_nobody_catches_is_passed(self):
        xml = with_names(
            "start s; user a; end e", event("throw", "t", named("escalation", "x2")), "s -> t -> a -> e"
        )

        assert play(xml).waiting == ["a"]

    def test_a_message_is_thrown_to_others_with_its_key(self):
        thrown = event("end", "t", named("message", "m1"), 'shouhou:key="number"')
        memory = play(with_names("start s", thrown, "s -> t"), number="A-17")

        assert [(t.kind, t.name, t.key) for t in memory.thrown] == [("message", "answer", "A-17")]
        assert memory.ended

    def test_a_signal_is_heard_everywhere_in_the_run(self):
        xml = with_names(
            "start s; and f; user a; user b; end e",
            event("catch", "w", named("signal", "s1")),
            event("throw", "t", named("signal", "s1")),
            "s -> f -> w -> a -> e; f -> b -> t -> e",
        )
        memory = play(xml, "b")

        assert memory.waiting == ["a"]


class TestEventSubProcess:
    """A sub-process that listens as long as its level is open."""

    @staticmethod
    def listener(definition: str, more: str = "") -> str:
        return sub(
            "ep", event("start", "es", definition, more), "user h; end he", "es -> h -> he", event=True
        )

    @pytest.mark.parametrize(
        ("definition", "word"),
        [(timer("PT1H"), "!es"), (named("message", "m1"), "?answer"), (named("signal", "s1"), "~stop")],
    )
    def test_interrupting_takes_the_level_over(self, definition, word):
        xml = with_names(
            "start s; and f; user a; user b; end e",
            self.listener(definition),
            "s -> f -> a -> e; f -> b -> e",
        )
        memory = play(xml, word)

        assert memory.waiting == ["h"]
        act(memory, "h")
        assert memory.ended

    def test_beside_runs_as_often_as_it_is_called(self):
        xml = with_names(
            "start s; user a; end e",
            self.listener(named("message", "m1"), 'isInterrupting="false"'),
            "s -> a -> e",
        )
        memory = play(xml, "?answer ?answer a")

        assert memory.waiting == ["h", "h"]
        assert not memory.ended
        act(memory, "h")
        act(memory, "h")
        assert memory.ended

    def test_catches_the_error_of_its_level_before_the_edge_does(self):
        listener = self.listener(named("error", "e1"))
        inner = sub("p1", "start i; user a", event("end", "t", named("error", "e1")), listener, "i -> a -> t")
        xml = with_names(
            "start s; user b; user z; end e",
            inner,
            event("boundary", "w", named("error", "e1"), at("p1")),
            "s -> p1 -> z -> e; w -> b -> e",
        )
        memory = play(xml, "a")

        assert memory.waiting == ["h"]
        act(memory, "h")
        assert memory.waiting == ["z"]

    def test_its_own_error_goes_past_itself(self):
        listener = sub(
            "ep",
            event("start", "es", named("error", "e1")),
            "user h",
            event("end", "he", named("error", "e1")),
            "es -> h -> he",
            event=True,
        )
        inner = sub("p1", "start i", event("end", "t", named("error", "e1")), listener, "i -> t")
        xml = with_names(
            "start s; user b; end e",
            inner,
            event("boundary", "w", named("error", "e1"), at("p1")),
            "s -> p1 -> e; w -> b -> e",
        )
        memory = play(xml, "h")

        assert memory.waiting == ["b"]

    def test_an_escalation_beside_runs_in_the_level(self):
        listener = self.listener(named("escalation", "x1"), 'isInterrupting="false"')
        xml = with_names(
            "start s; user a; end e",
            event("throw", "t", named("escalation", "x1")),
            listener,
            "s -> t -> a -> e",
        )

        assert sorted(play(xml).waiting) == ["a", "h"]

    def test_stops_listening_when_its_level_closes(self):
        inner = sub("p1", "start i; user a; end x", self.listener(timer("PT1H")), "i -> a -> x")
        memory = play(with_names("start s; user z; end e", inner, "s -> p1 -> z -> e"), "a")

        assert memory.waiting == ["z"]
        assert memory.timers == []

    def test_a_clock_that_is_not_clear_is_an_incident_that_can_be_retried(self):
        memory = play(with_names("start s; user a; end e", self.listener(timer("= wait")), "s -> a -> e"))
        assert memory.waiting == ["a"]
        assert [i.node for i in memory.incidents] == ["es"]

        memory.facts["wait"] = "PT1H"
        memory.retry(memory.incidents[0].token_id)
        assert len(memory.timers) == 1
        act(memory, "!es")
        assert memory.waiting == ["h"]
