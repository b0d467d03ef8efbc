"""What stands in the store: levels, repeated tasks, called pages, signals, conditions, a drawing's own tasks."""

import pytest

from shouhou.core import facts, jobs
from shouhou.core.facts import Fact
from shouhou.core.models import Event
from shouhou.core.refusals import NotAllowed
from shouhou.flows import contracts, queries
from shouhou.flows.models import Incident, Run, Scope, Token
from shouhou.flows.refusals import NotPossible
from shouhou.flows.services import do_task, publish_version, save_draft
from tests.conftest import NOW, as_actor
from tests.flows.conftest import TASKS, here, mend, note, weigh
from tests.kernel.bpmn.drawing import definitions, drawing, event, named, process, sub

pytestmark = pytest.mark.django_db

WEIGH = 'user w shouhou:task="weigh"'
MEND = 'user m shouhou:task="mend"'


class TestLevels:
    def test_a_sub_process_is_entered_and_left(self, draw, slip, agent, technician):
        draw(
            f"start s; {WEIGH}; end e",
            sub("inner", f"start si; {MEND}; end ei", "si -> m -> ei"),
            "s -> w -> inner -> e",
        )
        root = slip()
        weigh(root, actor=agent, now=NOW)
        assert here(root) == ["inner", "m"]
        assert sorted(Scope.objects.values_list("kind", flat=True)) == ["inside", "process"]
        position = queries.position(root.pk)
        assert (position.elements["inner"].state, position.elements["m"].state) == ("here", "here")

        mend(root, actor=technician, now=NOW)
        assert Run.objects.get().state == "ended"
        assert not Scope.objects.exists()

    def test_a_repeated_task_walks_through_its_list(self, draw, slip, technician):
        many = '<multiInstanceLoopCharacteristics isSequential="true" shouhou:collection="清单" shouhou:element="项"/>'
        facts.install((Fact("清单", "list", "list", lambda root_id, now: [NOW.date(), {"数": 2}, "丙"]),))
        draw("start s; end e", f'<userTask id="m" shouhou:task="mend">{many}</userTask>', "s -> m -> e")
        root = slip()
        for _ in range(3):
            assert here(root) == ["m", "m"]
            mend(root, actor=technician, now=NOW)
        assert Run.objects.get().state == "ended"

    def test_parallel_branches_wait_for_each_other(self, draw, slip, agent, technician):
        draw(f"start s; and f; {WEIGH}; {MEND}; and j; end e", "s -> f; f -> w -> j; f -> m -> j; j -> e")
        root = slip()
        mend(root, actor=technician, now=NOW)
        assert Token.objects.get(node="j").state == "joining"
        weigh(root, actor=agent, now=NOW)
        assert Run.objects.get().state == "ended"


class TestCalledPages:
    @pytest.fixture
    def two_pages(self, tmp_path):
        def ship(inner: bytes) -> None:
            outer = definitions(
                '<error id="x" errorCode="broken"/>',
                process(
                    f"start s; {WEIGH}; end e",
                    '<callActivity id="c" calledElement="b"/>',
                    event("boundary", "err", named("error", "x"), 'attachedToRef="c"'),
                    "s -> c -> e; err -> w -> e",
                ),
            )
            paths = {"a": tmp_path / "a.bpmn", "b": tmp_path / "b.bpmn"}
            paths["a"].write_bytes(outer)
            paths["b"].write_bytes(inner)
            contracts.install(TASKS, (), {"test.opened": "a"}, paths)

        return ship

    def test_a_called_page_runs_and_gives_back(self, two_pages, slip, technician):
        two_pages(definitions(process(f"start s; {MEND}; end e", "s -> m -> e")))
        root = slip()
        assert here(root) == ["c", "m"]
        assert [step.task for step in queries.waiting(root.pk)] == ["mend"]
        mend(root, actor=technician, now=NOW)
        assert set(Run.objects.values_list("state", flat=True)) == {"ended"}

    def test_its_error_is_caught_by_the_caller(self, two_pages, slip, technician):
        two_pages(
            definitions(
                '<error id="x" errorCode="broken"/>',
                process(f"start s; {MEND}", event("end", "e", named("error", "x")), "s -> m -> e"),
            )
        )
        root = slip()
        mend(root, actor=technician, now=NOW)
        assert here(root) == ["w"]
        assert Run.objects.get(number=2).state == "broken"

    def test_what_waits_on_the_called_page_is_what_the_case_waits_for(self, two_pages, slip, english):
        two_pages(definitions(process(f"start s; {MEND}; end e", "s -> m -> e")))
        position = queries.position(slip().pk)
        assert [step.owners for step in position.waiting] == ["Technician"]
        assert position.elements["c"].state == "here"

    def test_a_pinned_version_is_called_whatever_was_published_since(self, draw, slip, admin, agent):
        draw("start s; end e", '<callActivity id="c" calledElement="b" shouhou:version="1"/>', "s -> c -> e")
        for lines in (
            (f"start s; {MEND}; end e", "s -> m -> e"),
            (f"start s; {WEIGH}; end e", "s -> w -> e"),
        ):
            draft = save_draft(page="b", xml=drawing(*lines), actor=as_actor(admin), now=NOW)
            publish_version(draft, actor=as_actor(admin), now=NOW)
        assert here(slip()) == ["c", "m"]

    def test_a_page_that_is_not_published_stops_as_an_incident(self, draw, slip):
        draw("start s; end e", '<callActivity id="c" calledElement="nowhere"/>', "s -> c -> e")
        slip()
        assert Incident.objects.get().code == "flows.no_page"


class TestSignalsAndConditions:
    def test_a_signal_is_heard_on_other_roots_by_jobs(self, draw, slip, agent):
        draw(
            f"start s; {WEIGH}; end e; xor x",
            event("throw", "t", named("signal", "停电")),
            event("catch", "c", named("signal", "停电")),
            's -> w -> x; x -> t [结论 = "throw"]; x => c; t -> e; c -> e',
            more='<signal id="停电" name="停电"/>',
        )
        hearing, throwing = slip("沪A·1"), slip("沪A·2")
        weigh(hearing, actor=agent, now=NOW)
        weigh(throwing, found="throw", actor=agent, now=NOW)
        assert here(hearing) == ["c"]
        jobs.run_due(NOW)
        assert here(hearing) == []

    def test_a_condition_that_comes_true_happens_once(self, draw, slip, agent):
        condition = "<conditionalEventDefinition><condition>结论 = &quot;ok&quot;</condition></conditionalEventDefinition>"
        draw(
            f"start s; {WEIGH}; {MEND}; end e",
            event("boundary", "b", condition, 'attachedToRef="w" cancelActivity="false"'),
            "s -> w -> e; b -> m -> e",
        )
        root = slip()
        note(root, found="no", actor=agent, now=NOW)
        assert here(root) == ["w"]
        note(root, found="ok", actor=agent, now=NOW)
        note(root, actor=agent, now=NOW)
        assert here(root) == ["w", "m"]


class TestADrawingsOwnTasks:
    """What a company adds to a page without a verb of the product."""

    @pytest.fixture
    def token(self, draw, slip):
        draw('start s; manual h name="致电厂家" shouhou:roles="service_agent"; end e', "s -> h -> e")
        slip()
        return Token.objects.get()

    def test_is_confirmed_by_who_the_drawing_names(self, token, agent):
        do_task(token, note="厂家同意换新", actor=agent, now=NOW)
        assert Run.objects.get().state == "ended"
        assert Event.objects.get(kind="flows.task_done").payload["name"] == "致电厂家"

    def test_is_refused_to_others(self, token, zhang):
        with pytest.raises(NotAllowed):
            do_task(token, actor=as_actor(zhang), now=NOW)

    def test_is_no_way_around_a_verb(self, draw, slip, agent):
        draw(f"start s; {WEIGH}; end e", "s -> w -> e")
        slip()
        with pytest.raises(NotPossible):
            do_task(Token.objects.get(), actor=agent, now=NOW)
