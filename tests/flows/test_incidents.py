"""Incidents: what an automatic step refuses never undoes the work before it, and a person mends it."""

import pytest

from shouhou.core.models import Event
from shouhou.core.refusals import NotAllowed
from shouhou.flows import queries
from shouhou.flows.models import Incident, Run
from shouhou.flows.refusals import NotOffered, NotPossible, ReasonMissing
from shouhou.flows.services import cancel_run, jump, retry_incident
from tests.conftest import NOW, as_actor
from tests.flows.conftest import PAPER, here, mend, weigh
from tests.kernel.bpmn.drawing import event, named

pytestmark = pytest.mark.django_db

WEIGH = 'user w shouhou:task="weigh"'
MEND = 'user m shouhou:task="mend"'


def then(service: str) -> tuple[str, str]:
    """评估, then an automatic task, then 维修."""
    return f'start s; {WEIGH}; service t shouhou:task="{service}"; {MEND}; end e', "s -> w -> t -> m -> e"


@pytest.fixture
def stopped(draw, slip, agent):
    """A slip whose 告知 could not be carried out."""
    draw(*then("tell"))
    root = slip()
    PAPER["left"] = False
    weigh(root, found="broken", actor=agent, now=NOW)
    return root


class TestRefusedAutomatically:
    def test_keeps_the_persons_work_and_undoes_its_own(self, stopped):
        assert Event.objects.filter(kind="test.weighed").exists()
        assert not Event.objects.filter(kind="test.told").exists()
        assert here(stopped) == ["t"]

    def test_is_told_in_both_languages(self, stopped):
        incident = Incident.objects.get()
        assert incident.code == "test.no_paper"
        assert "The printer has no paper. Put some in." in incident.en
        assert "未能自动完成" in incident.zh
        assert Event.objects.filter(kind="flows.incident_raised", subject_id=incident.pk).exists()

    def test_stands_on_the_drawing_and_is_owed_by_who_mends(self, stopped, english):
        position = queries.position(stopped.pk)
        (step,) = position.waiting
        assert step.is_stopped
        assert step.owners == "Service supervisor, Administrator"
        assert position.incidents == (Incident.objects.get(),)

    def test_the_gate_names_who_owes_the_repair(self, stopped, technician, english):
        with pytest.raises(NotOffered, match="Service supervisor"):
            mend(stopped, actor=technician, now=NOW)

    @pytest.mark.parametrize(
        ("service", "code"),
        [("stamp", "flows.fault"), ("mute", "flows.silent_task"), ("unheard_of", "flows.no_contract")],
    )
    def test_a_fault_a_silence_and_an_unknown_task_stop_it_too(self, draw, slip, agent, service, code):
        draw(*then(service))
        root = slip()
        weigh(root, actor=agent, now=NOW)
        assert Incident.objects.get().code == code
        assert here(root) == ["t"]

    def test_a_task_without_events_is_done_at_once(self, draw, slip, agent):
        draw(*then("beep"))
        root = slip()
        weigh(root, actor=agent, now=NOW)
        assert here(root) == ["m"]

    def test_the_drawing_may_catch_the_refusal(self, draw, slip, agent):
        error = '<error id="paper" errorCode="test.no_paper" name="没纸"/>'
        draw(
            *then("tell"),
            event("boundary", "b", named("error", "paper"), 'attachedToRef="t"'),
            "b -> m",
            more=error,
        )
        PAPER["left"] = False
        root = slip()
        weigh(root, actor=agent, now=NOW)
        assert here(root) == ["m"]
        assert not Incident.objects.exists()

    def test_a_loop_without_people_stops_at_the_limit(self, draw, slip, agent):
        draw(
            f'start s; {WEIGH}; xor x; service t shouhou:task="beep"; end e',
            's -> w -> x; x -> e [结论 = "fine"]; x => t; t -> x',
        )
        root = slip()
        weigh(root, found="broken", actor=agent, now=NOW)
        assert Incident.objects.get().code == "flow.step_limit"
        assert Run.objects.get().state == "running"


class TestRepair:
    def test_a_retry_calls_again_and_goes_on(self, stopped, zhou):
        PAPER["left"] = True
        incident = retry_incident(Incident.objects.get(), reason="已加纸", actor=as_actor(zhou), now=NOW)

        assert here(stopped) == ["m"]
        assert (incident.state, incident.resolved_by, incident.reason) == ("retried", "周岚", "已加纸")
        assert Event.objects.get(kind="flows.incident_retried").payload["reason"] == "已加纸"

    def test_a_retry_in_vain_raises_it_anew(self, stopped, zhou):
        retry_incident(Incident.objects.get(), reason="再试", actor=as_actor(zhou), now=NOW)
        assert sorted(Incident.objects.values_list("state", flat=True)) == ["open", "retried"]

    def test_is_done_once(self, stopped, zhou):
        PAPER["left"] = True
        incident = Incident.objects.get()
        retry_incident(incident, reason="已加纸", actor=as_actor(zhou), now=NOW)
        with pytest.raises(NotPossible):
            retry_incident(incident, reason="已加纸", actor=as_actor(zhou), now=NOW)

    def test_needs_the_right_and_a_reason(self, stopped, agent, zhou):
        incident = Incident.objects.get()
        with pytest.raises(NotAllowed):
            retry_incident(incident, reason="已加纸", actor=agent, now=NOW)
        with pytest.raises(ReasonMissing):
            retry_incident(incident, reason="  ", actor=as_actor(zhou), now=NOW)
        assert Incident.objects.get().state == "open"

    def test_a_jump_moves_the_token_on_and_closes_the_incident(self, stopped, zhou):
        run = Run.objects.get()
        token_id = queries.waiting(stopped.pk)[0].token_id
        jump(run, token_id=token_id, node="m", reason="已电话告知", actor=as_actor(zhou), now=NOW)

        assert here(stopped) == ["m"]
        assert Incident.objects.get().state == "moved"
        assert queries.element_history(stopped.pk, "t")[0].who == "周岚"

    def test_a_jump_out_of_reach_is_refused_and_nothing_changes(self, stopped, zhou):
        token_id = queries.waiting(stopped.pk)[0].token_id
        with pytest.raises(NotPossible):
            jump(Run.objects.get(), token_id=token_id, node="x", reason="…", actor=as_actor(zhou), now=NOW)
        assert Incident.objects.get().state == "open"

    def test_a_cancelled_run_leaves_nothing_waiting_and_opens_the_gate(self, stopped, zhou, technician):
        cancel_run(Run.objects.get(), reason="改线下处理", actor=as_actor(zhou), now=NOW)
        assert here(stopped) == []
        assert Run.objects.get().state == "cancelled"
        mend(stopped, actor=technician, now=NOW)
