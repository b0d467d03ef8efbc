"""A root walks through its drawing: starts, tasks, automatic tasks, gates, messages."""

import pytest

from shouhou.core.models import Event
from shouhou.flows import queries
from shouhou.flows.models import History, Run, Version
from shouhou.flows.refusals import NotOffered
from tests.conftest import NOW, as_actor
from tests.flows.conftest import check, here, mend, note, weigh

pytestmark = pytest.mark.django_db

PLAIN = (
    'start s; user w shouhou:task="weigh"; xor x; user m shouhou:task="mend"; service t shouhou:task="tell"; end e',
    's -> w -> x; x -> m [结论 = "broken"]; x => t; m -> t -> e',
)


class TestWalk:
    """The drawing is the program."""

    def test_an_event_starts_the_page_and_waits_at_its_first_task(self, draw, slip):
        draw(*PLAIN)
        root = slip()

        assert here(root) == ["w"]
        run = Run.objects.get()
        assert (run.root_id, run.number, run.state) == (root.pk, 1, "running")
        assert Version.objects.get().is_shipped

    def test_goes_where_the_facts_lead_and_calls_what_is_automatic(self, draw, slip, agent, technician):
        draw(*PLAIN)
        root = slip()

        weigh(root, found="broken", actor=agent, now=NOW)
        assert here(root) == ["m"]

        mend(root, actor=technician, now=NOW)
        assert here(root) == []
        assert Run.objects.get().state == "ended"
        told = Event.objects.get(kind="test.told")
        assert told.actor_kind == "engine"
        assert list(History.objects.values_list("node", flat=True).order_by("seq"))[-3:] == ["t", "e", "p"]

    def test_takes_the_default_way_else(self, draw, slip, agent):
        draw(*PLAIN)
        root = slip()
        weigh(root, found="fine", actor=agent, now=NOW)
        assert Run.objects.get().state == "ended"

    def test_history_says_who_and_on_what_event(self, draw, slip, agent):
        draw(*PLAIN)
        root = slip()
        weigh(root, found="broken", actor=agent, now=NOW)

        deed = queries.element_history(root.pk, "w")[0]
        assert (deed.word, deed.who) == ("completed", "王敏")
        assert (deed.event.kind, deed.event.payload) == ("test.weighed", {"found": "broken"})

    def test_a_page_without_a_start_does_not_undo_the_work(self, draw, slip):
        draw(
            "user w; end e",
            '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>',
            "s -> w -> e",
            messages=("m",),
        )
        root = slip()
        assert Event.objects.filter(root_id=root.pk, kind="flows.not_started").exists()
        assert not Run.objects.exists()


class TestGate:
    """A verb the drawing watches over is done only where it is offered."""

    def test_refuses_with_where_the_case_stands_and_who_owes(self, draw, slip, technician, english):
        draw(*PLAIN)
        root = slip()

        with pytest.raises(NotOffered) as refused:
            mend(root, actor=technician, now=NOW)

        assert "Weigh" in str(refused.value)
        assert "Service agent" in str(refused.value)
        assert here(root) == ["w"]
        assert not Event.objects.filter(kind="test.mended").exists()

    def test_offers_other_verbs_while_a_task_waits(self, draw, slip, agent):
        draw(*PLAIN)
        root = slip()
        check(root, actor=agent, now=NOW)
        weigh(root, found="broken", actor=agent, now=NOW)
        with pytest.raises(NotOffered):
            check(root, actor=agent, now=NOW)

    def test_leaves_verbs_alone_that_no_contract_names(self, draw, slip, agent):
        draw(*PLAIN)
        note(slip(), actor=agent, now=NOW)

    def test_leaves_roots_alone_that_no_drawing_runs(self, draw, slip, agent):
        draw(*PLAIN)
        root = slip()
        weigh(root, found="fine", actor=agent, now=NOW)
        weigh(root, found="fine", actor=agent, now=NOW)

    def test_a_second_submit_gets_the_first_answer(self, draw, slip, wang):
        draw(*PLAIN)
        root = slip()
        first = weigh(root.pk, found="broken", actor=as_actor(wang, key="k"), now=NOW)
        again = weigh(root.pk, found="broken", actor=as_actor(wang, key="k"), now=NOW)
        assert first == again
        assert Event.objects.filter(kind="test.weighed").count() == 1
        with pytest.raises(NotOffered):
            weigh(root.pk, found="broken", actor=as_actor(wang, key="k2"), now=NOW)
