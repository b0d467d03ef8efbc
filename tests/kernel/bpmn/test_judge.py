"""SpiffWorkflow as a judge: random sound drawings of the shared subset offer the same tasks in both engines.

What differs, and why, stands in ``docs/engine.md``.
"""

from collections.abc import Iterator, Mapping
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.kernel.bpmn.play import store
from tests.kernel.bpmn.structured import Block, blocks, drawn
from tests.kernel.bpmn.test_structured import facts_at

parsing = pytest.importorskip("SpiffWorkflow.bpmn.parser")
spiff = pytest.importorskip("SpiffWorkflow.bpmn")
TaskState = pytest.importorskip("SpiffWorkflow.util.task").TaskState

events = pytest.importorskip("SpiffWorkflow.bpmn.specs.event_definitions")
spiff_event = pytest.importorskip("SpiffWorkflow.bpmn.util.event")

SHARED = ("xor", "and", "or", "loop", "level", "guard", "beside")


class Judge:
    """SpiffWorkflow on the same drawing, with the same facts."""

    def __init__(self, xml: bytes, facts: Mapping[str, bool]) -> None:
        parser = parsing.BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(xml))
        self.run = spiff.BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self._go_on(facts)

    def open(self) -> list[str]:
        return sorted(task.task_spec.name for task in self._ready())

    def complete(self, name: str, facts: Mapping[str, bool]) -> None:
        task = next(task for task in self._ready() if task.task_spec.name == name)
        task.data.update(facts)
        task.run()
        self._go_on(facts)

    def hear(self, name: str, facts: Mapping[str, bool]) -> None:
        definition = events.SignalEventDefinition(name)
        try:
            self.run.catch(spiff_event.BpmnEvent(definition))
        except AttributeError:
            # The judge loses the parent of a task it drops behind a join of empty branches: no verdict.
            assume(False)
        self._go_on(facts)

    def _ready(self) -> Iterator[object]:
        return self.run.get_tasks(state=TaskState.READY, manual=True)

    def _go_on(self, facts: Mapping[str, bool]) -> None:
        """Its facts travel with the tokens; ours are the case's: every token gets them before each move."""
        while ready := self.run.get_tasks(state=TaskState.READY, manual=False):
            for task in self.run.get_tasks():
                task.data.update(facts)
            ready[0].run()


@settings(max_examples=150, deadline=None)
@given(blocks(*SHARED, most=8, early=False), st.integers(0, 2**32))
def test_offers_the_same_tasks_at_every_step(block: Block, seed: int) -> None:
    dice, names = Random(seed), list(block.facts())
    facts = facts_at(40, names, dice)
    memory, judge = store(drawn(block), facts), Judge(drawn(block), facts)
    memory.start()
    spent: set[str] = set()

    for step in range(40, 80):
        assert sorted(memory.waiting) == judge.open()
        if memory.ended:
            break
        memory.facts.update(facts := facts_at(step, names, dice))
        # In the judge a non-interrupting event happens once; by BPMN as often as it comes while the host is open.
        heard = [row.name for row in memory.root.state.subscriptions.values() if row.name not in spent]
        if heard and step < 60 and dice.random() < 0.3:
            memory.signal(name := dice.choice(heard))
            spent |= {name} if name.startswith("beside") else set()
            judge.hear(name, facts)
        else:
            memory.complete(task := dice.choice(sorted(memory.waiting)))
            judge.complete(task, facts)

    assert memory.ended == judge.run.is_completed()
