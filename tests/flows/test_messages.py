"""Messages: to who listens, kept for who comes to listen, and beginning a page again."""

from datetime import timedelta

import pytest

from shouhou.flows import contracts, queries
from shouhou.flows.clocks import forget_old_messages
from shouhou.flows.contracts import Message
from shouhou.flows.models import KeptMessage, Run
from tests.conftest import NOW
from tests.flows.conftest import TASKS, complain, here, mend, reopen, weigh
from tests.kernel.bpmn.drawing import event, named, sub

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WEIGH = 'user w shouhou:task="weigh"'
MEND = 'user m shouhou:task="mend"'
COMPLAINT = named("message", "客户投诉")


class TestBuffer:
    """A message that comes before anyone waits is kept, with an end."""

    @pytest.fixture
    def root(self, draw, slip):
        draw(
            f"start s; {WEIGH}; end e",
            event("catch", "c", COMPLAINT),
            "s -> w -> c -> e",
            messages=("客户投诉",),
        )
        return slip()

    def test_is_handed_to_who_comes_to_wait(self, root, agent):
        complain(root, actor=agent, now=NOW)
        assert here(root) == ["w"]

        weigh(root, actor=agent, now=NOW + HOUR)

        assert Run.objects.get().state == "ended"
        assert not KeptMessage.objects.exists()
        received = queries.element_history(root.pk, "c")[0]
        assert (received.word, received.event.kind) == ("received", "test.complained")

    def test_is_void_after_its_time(self, root, agent):
        complain(root, actor=agent, now=NOW)
        later = NOW + timedelta(days=1)
        weigh(root, actor=agent, now=later)
        assert here(root) == ["c"]
        forget_old_messages(later)
        assert not KeptMessage.objects.exists()

    def test_reaches_who_waits_at_once(self, root, agent):
        weigh(root, actor=agent, now=NOW)
        complain(root, actor=agent, now=NOW)
        assert here(root) == []

    def test_is_not_kept_for_a_run_that_is_over(self, root, agent):
        weigh(root, actor=agent, now=NOW)
        for _ in range(2):
            complain(root, actor=agent, now=NOW)
        assert not KeptMessage.objects.exists()

    def test_what_completed_a_task_is_no_message_for_later(self, draw, slip, agent, technician):
        draw(
            f"start s; {WEIGH}; {MEND}; end e",
            event("catch", "c", named("message", "修好")),
            "s -> w -> m -> c -> e",
            messages=("修好",),
        )
        contracts.install(
            TASKS, (Message("test.mended", "修好"),), contracts.STARTS.copy(), contracts.ATLAS.copy()
        )
        root = slip()
        weigh(root, actor=agent, now=NOW)
        mend(root, actor=technician, now=NOW)
        assert here(root) == ["c"]


class TestEvents:
    def test_an_interrupting_boundary_takes_the_task_away(self, draw, slip, agent):
        draw(
            f"start s; {WEIGH}; {MEND}; end e",
            event("boundary", "b", COMPLAINT, 'attachedToRef="w"'),
            "s -> w -> e; b -> m -> e",
            messages=("客户投诉",),
        )
        root = slip()
        complain(root, actor=agent, now=NOW)
        assert here(root) == ["m"]
        assert queries.position(root.pk).elements["w"].state == "done"

    def test_a_non_interrupting_boundary_goes_beside_it(self, draw, slip, agent):
        draw(
            f"start s; {WEIGH}; {MEND}; end e",
            event("boundary", "b", COMPLAINT, 'attachedToRef="w" cancelActivity="false"'),
            "s -> w -> e; b -> m -> e",
            messages=("客户投诉",),
        )
        root = slip()
        complain(root, actor=agent, now=NOW)
        complain(root, actor=agent, now=NOW)
        assert here(root) == ["w", "m", "m"]
        assert [step.task for step in queries.waiting(root.pk)] == ["weigh", "mend", "mend"]

    def test_an_event_sub_process_ends_the_main_line(self, draw, slip, agent):
        withdrawal = sub(
            "gone", event("start", "g", COMPLAINT), f"{MEND}; end ge", "g -> m -> ge", event=True
        )
        draw(f"start s; {WEIGH}; end e", withdrawal, "s -> w -> e", messages=("客户投诉",))
        root = slip()
        complain(root, actor=agent, now=NOW)
        assert here(root) == ["m"]


class TestReopening:
    """重新打开: a message start begins a second run; the first stays to be seen."""

    def test_begins_a_new_run_when_the_last_is_over(self, draw, slip, agent):
        draw(
            f"start s; {WEIGH}; {MEND}; end e",
            event("start", "again", named("message", "重新打开")),
            "s -> w -> e; again -> m -> e",
            messages=("重新打开",),
        )
        root = slip()
        reopen(root, actor=agent, now=NOW)
        assert here(root) == ["w"]
        weigh(root, actor=agent, now=NOW)

        reopen(root, actor=agent, now=NOW)

        assert here(root) == ["m"]
        position = queries.position(root.pk)
        assert (position.run.number, [run.state for run in position.runs]) == (2, ["running", "ended"])
        assert position.elements["w"].state == "never"
        assert queries.position(root.pk, number=1).elements["w"].state == "done"
