"""Many at once, and crashes: exactly one wins, nobody deadlocks, position, history and domain rows agree."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections

from shouhou.core.models import Event
from shouhou.flows.clocks import fire_due
from shouhou.flows.models import History, Incident, KeptMessage, Run, Scope, Subscription, Timer, Token
from shouhou.flows.refusals import NotOffered
from shouhou.people.models import Vehicle
from tests.conftest import NOW, as_actor, hire
from tests.flows.conftest import complain, here, weigh
from tests.kernel.bpmn.drawing import event, named, timer

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)
WEIGH = 'user w shouhou:task="weigh"'
MEND = 'user m shouhou:task="mend"'
TELL = 'service t shouhou:task="tell"'


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each deed came to, begun together in threads of their own."""
    answers: list[object] = [None] * len(deeds)
    line = threading.Barrier(len(deeds))

    def do(number: int) -> None:
        line.wait()
        try:
            answers[number] = deeds[number]()
        except BaseException as trouble:
            answers[number] = trouble
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


class TestAtOnce:
    def test_exactly_one_of_many_completes_a_task(self, draw, slip, yamu):
        draw(f"start s; {WEIGH}; {TELL}; {MEND}; end e", "s -> w -> t -> m -> e")
        root = slip()
        agents = [
            as_actor(hire(yamu, f"agent{n}", name, "service_agent")) for n, name in enumerate("王李赵钱")
        ]

        answers = at_once(
            *[lambda actor=actor: weigh(root.pk, found=actor.name, actor=actor, now=NOW) for actor in agents]
        )

        lost = [answer for answer in answers if isinstance(answer, Exception)]
        assert [type(answer) for answer in lost] == [NotOffered] * 3
        assert Event.objects.filter(kind="test.weighed").count() == 1
        assert Vehicle.objects.get(pk=root.pk).name == Event.objects.get(kind="test.weighed").payload["found"]
        assert here(root) == ["m"]

    def test_people_and_clocks_on_one_run_never_deadlock(self, draw, slip, agent):
        draw(
            f"start s; {WEIGH}; {TELL}; end e",
            event("boundary", "b", timer("R9/PT1M", "timeCycle"), 'attachedToRef="w" cancelActivity="false"'),
            event("boundary", "c", named("message", "客户投诉"), 'attachedToRef="w" cancelActivity="false"'),
            "s -> w -> e; b -> t; c -> t",
            messages=("客户投诉",),
        )
        roots = [slip(f"沪A·{number}") for number in range(3)]

        def people(root) -> None:
            for _ in range(4):
                complain(root.pk, actor=agent, now=NOW + MINUTE)

        def clock(after: int) -> None:
            for minute in range(1, 5):
                fire_due(NOW + (minute + after) * MINUTE)

        answers = at_once(
            *[lambda root=root: people(root) for root in roots], lambda: clock(0), lambda: clock(1)
        )

        assert answers == [None] * 5
        assert not Incident.objects.exists()
        for root in roots:
            assert here(root) == ["w"]
            told = Event.objects.filter(root_id=root.pk, kind="test.told").count()
            fired = Event.objects.filter(root_id=root.pk, kind="flows.timer_fired").count()
            assert told == 4 + fired


class PowerCut(BaseException):
    """The process dies."""


class CutAfter:
    """Lets so many statements pass, then cuts the power once."""

    def __init__(self, statements: int) -> None:
        self.left = statements
        self.happened = False

    def __call__(self, execute, sql, params, many, context):
        if self.left == 0 and not self.happened:
            self.happened = True
            raise PowerCut
        self.left -= 1
        return execute(sql, params, many, context)


TABLES = (Vehicle, Event, Run, Token, Scope, Timer, Subscription, KeptMessage, History, Incident)


def everything() -> list[object]:
    """All rows of the room and of the domain, as they stand."""
    return [list(model._default_manager.order_by("pk").values()) for model in TABLES]


class TestCrash:
    """A crash between any two statements leaves everything as it was before, and the next try goes through."""

    @pytest.fixture
    def root(self, draw, slip):
        draw(
            f"start s; {WEIGH}; and f; {TELL}; {MEND}; end e",
            event("boundary", "b", timer("PT1H"), 'attachedToRef="m"'),
            event("catch", "c", named("message", "客户投诉")),
            "s -> w -> f; f -> t -> m -> e; f -> c -> e; b -> e",
            messages=("客户投诉",),
        )
        return slip()

    def crash_everywhere(self, deed: Callable[[], object]) -> int:
        """Do the deed, cut off after 0, 1, 2 … statements, until it goes through; how many it took."""
        before, cut = everything(), 0
        while True:
            power = CutAfter(cut)
            try:
                with connection.execute_wrapper(power):
                    deed()
            except PowerCut:
                assert everything() == before
            if not power.happened:
                return cut
            cut += 1

    def test_in_a_persons_step(self, root, agent):
        statements = self.crash_everywhere(lambda: weigh(root.pk, found="broken", actor=agent, now=NOW))

        assert statements > 10
        assert sorted(here(root)) == ["c", "m"]
        assert Vehicle.objects.get(pk=root.pk).name == "broken"
        assert Event.objects.filter(kind__in=("test.weighed", "test.told")).count() == 2
        seqs = list(History.objects.order_by("seq").values_list("seq", flat=True))
        assert seqs == list(range(1, len(seqs) + 1))

    def test_in_a_clocks_step(self, root, agent):
        weigh(root.pk, actor=agent, now=NOW)
        self.crash_everywhere(lambda: fire_due(NOW + timedelta(hours=1)))
        assert here(root) == ["c"]

    def test_in_a_message(self, root, agent):
        complain(root.pk, actor=agent, now=NOW)
        self.crash_everywhere(lambda: weigh(root.pk, actor=agent, now=NOW))
        assert here(root) == ["m"]


class TestStatements:
    """What a step costs, counted."""

    def test_a_plain_step_is_four_and_a_verb_at_most_twelve(
        self, draw, slip, agent, django_assert_max_num_queries
    ):
        draw(f"start s; {WEIGH}; {MEND}; end e", "s -> w -> m -> e")
        root = slip()
        with django_assert_max_num_queries(12) as seen:
            weigh(root.pk, found="broken", actor=agent, now=NOW)
        ours = [query["sql"] for query in seen.captured_queries if "flows_" in query["sql"]]
        # On PostgreSQL what a step writes travels as one.
        assert len(ours) <= 4, ours

    def test_a_step_costs_the_same_after_many_rounds(self, draw, slip, agent):
        draw(f"start s; {WEIGH}; xor x; end e", 's -> w -> x; x -> e [结论 = "done"]; x => w')
        root = slip()
        costs = []
        for _ in range(30):
            seen = []

            def count(execute, sql, params, many, context, seen=seen):
                seen.append(sql)
                return execute(sql, params, many, context)

            with connection.execute_wrapper(count):
                weigh(root.pk, actor=agent, now=NOW)
            costs.append(len(seen))
        assert len(set(costs)) == 1
        assert History.objects.filter(node="w", what="entered").count() == 31
