"""A walk (推进): the steps that one thing that happened sets off on a root, until its runs are quiet.

    Walk(root_id, organisation_id, now, event).complete(run, token_id)

The kernel says what a step does; the walk keeps it and does what follows: calls automatic tasks as the
engine, begins and ends called runs, carries messages, signals and escalations on, hands over kept messages.
What an automatic task refuses becomes an error its drawing may catch, else an incident a person sees: the
work of the person who came before is never undone by it.
"""

import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.db.models import Max

from shouhou.core import actor as actors
from shouhou.core.events import record
from shouhou.core.ids import new_id
from shouhou.core.jobs import enqueue
from shouhou.core.models import Event
from shouhou.core.refusals import Refusal
from shouhou.core.use_case import attempt, current
from shouhou.flows import atlas, incidents, kept, store
from shouhou.flows.contracts import TASKS
from shouhou.flows.evidence import Evidence
from shouhou.flows.graphs import graph_of
from shouhou.flows.incidents import Reason
from shouhou.flows.models import Run, Subscription, Version
from shouhou.flows.moments import Moments
from shouhou.flows.store import Cause, LiveRun
from shouhou.kernel import bpmn

log = logging.getLogger(__name__)

Stimulus = Callable[..., bpmn.Changes]
"""A stimulus of the kernel with everything but graph, state and world already given."""

CALLED = ("serviceTask", "sendTask", "businessRuleTask")
HEAR_SIGNAL = "flows.hear_signal"


class Walk:
    """The live runs of one root under the hand of one command, which has locked the root."""

    def __init__(
        self, root_id: UUID, organisation_id: UUID, now: datetime, event: Event | None = None
    ) -> None:
        self.root_id, self.organisation_id, self.now = root_id, organisation_id, now
        self.cause = Cause(now, event)
        self.runs = store.live(root_id)
        self._todo: deque[Callable[[], object]] = deque()

    # — what may happen —

    def start(self, page: str, at: str | None = None) -> None:
        """Begin a run of a page's newest version: at its plain start, or at the start event ``at``.

        A page that cannot begin is told in the record; the work that should have begun it stands.
        """
        try:
            self._begin(atlas.newest(self.organisation_id, page, self.now), at)
        except (LookupError, bpmn.NotPossible) as why:
            log.error("page %s was not begun: %s", page, why)
            root, actor = current().roots[self.root_id], actors.engine(self.organisation_id)
            record("flows.not_started", root, actor=actor, now=self.now, root_id=self.root_id, page=page)
        self.settle()

    def step(self, run: LiveRun, stimulus: Stimulus) -> None:
        """Take a step of a run, and what follows from it.

        Raises ``bpmn.NotPossible`` when the run does not stand where the step begins.
        """
        self._step(run, stimulus)
        self.settle()

    def complete(self, run: LiveRun, token_id: Any) -> None:
        """A task is done."""
        self.step(run, partial(bpmn.complete, token_id=token_id))

    def deliver(self, run: LiveRun, subscription_id: Any) -> None:
        """A message has come, or a condition has become true."""
        self.step(run, partial(bpmn.deliver, subscription_id=subscription_id))

    def try_again(self, run: LiveRun, token_id: Any) -> None:
        """Enter or leave once more the node where a token stopped; call again what still waits to be called.

        Raises ``bpmn.NotPossible`` when nothing stands still there.
        """
        token = run.state.tokens.get(token_id)
        if token is not None and token.state == "waiting" and run.graph.spots[token.node].kind in CALLED:
            self._call(run, token_id)
            self.settle()
        else:
            self.step(run, partial(bpmn.retry, token_id=token_id))

    def review(self) -> None:
        """Facts have changed: events that wait for a condition look again."""
        for run in self.runs.values():
            if run.graph.conditions:
                self._later(run, bpmn.review)
        self.settle()

    # — one step —

    def settle(self) -> None:
        """Do what follows, first come first served, until all is quiet; what came too late is dropped."""
        while self._todo:
            follow = self._todo.popleft()
            with suppress(bpmn.NotPossible):
                follow()

    def _later(self, run: LiveRun, stimulus: Stimulus, reason: Reason | None = None) -> None:
        self._todo.append(partial(self._step, run, stimulus, reason))

    def _step(
        self, run: LiveRun, stimulus: Stimulus, reason: Reason | None = None, cause: Cause | None = None
    ) -> None:
        moments = Moments(self.organisation_id, self.now)
        changes = stimulus(run.graph, run.state, world=self._world(run.row, moments))
        store.write(run, changes, cause or self.cause, moments)
        self._follow(run, changes, reason)

    def _world(self, row: Run, moments: Moments) -> bpmn.World:
        evidence = Evidence(self.root_id, self.now)
        left = current().known.get(self._budget, bpmn.LIMIT)
        return bpmn.World(self.now, new_id, evidence, moments, left, called=row.parent_id is not None)

    @property
    def _budget(self) -> tuple[str, UUID]:
        """Under which key a command counts the nodes its runs may still pass without anyone acting."""
        return ("flows.left", self.root_id)

    def _begin(
        self, version: Version, at: str | None = None, parent: Run | None = None, token_id: Any = None
    ) -> None:
        last = Run.objects.filter(root_id=self.root_id).aggregate(last=Max("number"))["last"] or 0
        row = Run(
            organisation_id=self.organisation_id,
            root_id=self.root_id,
            page_id=version.page_id,
            version=version,
            number=last + 1,
            parent=parent,
            parent_token_id=token_id,
            started_at=self.now,
        )
        run = LiveRun(row, graph_of(version.pk), bpmn.State())
        moments = Moments(self.organisation_id, self.now)
        changes = bpmn.start(run.graph, self._world(row, moments), at)
        row.save(force_insert=True)
        self.runs[row.pk] = run
        store.write(run, changes, self.cause, moments)
        self._follow(run, changes)

    # — what follows —

    def _follow(self, run: LiveRun, changes: bpmn.Changes, reason: Reason | None = None) -> None:
        known = current().known
        known[self._budget] = max(0, known.get(self._budget, bpmn.LIMIT) - changes.steps)
        incidents.withdraw(run, changes.tokens.removed.values(), self.now)
        for incident in changes.incidents:
            incidents.put(run, incident, reason, self.cause)
        for call in changes.calls:
            self._todo.append(partial(self._call, run, call.token_id))
        for child in changes.children:
            self._todo.append(partial(self._call_run, run, child))
        for stopped in [
            child for child in self.runs.values() if child.row.parent_token_id in changes.stopped
        ]:
            self._later(stopped, bpmn.cancel)
        self._carry(run, changes)
        if any(row.kind == "message" for row in changes.subscriptions.added.values()):
            self._todo.append(self._hand_over_kept)
        if changes.status != bpmn.state.RUNNING:
            self._close(run, changes)

    def _call(self, run: LiveRun, token_id: Any) -> None:
        """Invoke an automatic task's verb. It is done when its event is heard, at once when it has none."""
        token = run.state.tokens.get(token_id)
        if token is None:
            return
        spot = run.graph.spots[token.node]
        task = TASKS.get(spot.key or "")
        if task is None or task.call is None:
            self._throw(run, token_id, incidents.no_contract(spot))
            return
        reason, heard = self._invoked(spot, task.call)
        if reason is not None:
            self._throw(run, token_id, reason)
        elif not task.events:
            self._later(run, partial(bpmn.complete, token_id=token_id))
        elif not any(event.kind in task.events and event.root_id == self.root_id for event in heard):
            self._throw(run, token_id, incidents.silent(spot))

    def _invoked(self, spot: bpmn.Spot, verb: Callable[..., object]) -> tuple[Reason | None, list[Event]]:
        """Call a verb as the engine: why it was not done, if so, and the events it recorded."""
        command = current()
        before, known = len(command.unheard), dict(command.known)
        try:
            with attempt():
                verb(self.root_id, actor=actors.engine(self.organisation_id), now=self.now)
        except OperationalError:
            # A deadlock or a lost serialisation: the whole command is tried again.
            raise
        except Refusal as refusal:
            reason = incidents.refused(spot, refusal)
        except Exception as fault:  # whatever a verb does, the work before it stands
            log.exception("automatic task %s", spot.key)
            reason = incidents.fault(spot, fault)
        else:
            return None, [event for event, _actor, _now in list(command.unheard)[before:]]
        # The attempt forgot what was read before it; where the runs stand, it did not change.
        for key in (store.key_of(self.root_id), self._budget):
            command.known[key] = known[key]
        return reason, []

    def _throw(self, run: LiveRun, token_id: Any, reason: Reason) -> None:
        self._later(run, partial(bpmn.throw, token_id=token_id, code=reason.code), reason)

    # — called runs —

    def _call_run(self, run: LiveRun, child: bpmn.Child) -> None:
        """Begin the page a call activity names."""
        try:
            version = self._version(child)
        except LookupError:
            self._throw(run, child.token_id, incidents.no_page(child.spot))
        else:
            self._begin(version, parent=run.row, token_id=child.token_id)

    def _version(self, child: bpmn.Child) -> Version:
        number = child.spot.attributes.get("version", "")
        if number.isdecimal():
            return atlas.pinned(self.organisation_id, child.called, int(number))
        return atlas.newest(self.organisation_id, child.called, self.now)

    def _close(self, run: LiveRun, changes: bpmn.Changes) -> None:
        """A run is over: its caller goes on; messages kept for nobody any more are dropped."""
        del self.runs[run.row.pk]
        caller, token_id = self._caller(run), run.row.parent_token_id
        if caller is not None and changes.status == bpmn.state.ENDED:
            self._later(caller, partial(bpmn.complete, token_id=token_id))
        elif caller is not None and changes.status == bpmn.state.BROKEN:
            self._later(caller, partial(bpmn.throw, token_id=token_id, code=changes.error or ""))
        if not self.runs:
            kept.drop(self.root_id)

    def _caller(self, run: LiveRun) -> LiveRun | None:
        return self.runs.get(run.row.parent_id) if run.row.parent_id else None

    # — messages, signals, escalations —

    def _carry(self, run: LiveRun, changes: bpmn.Changes) -> None:
        for thrown in changes.messages:
            self._record(run, "flows.message_sent", name=thrown.name, key=thrown.key, node=thrown.node)
            for other in self._others(run):
                self._todo.append(partial(self._tell, other, thrown))
        for thrown in changes.signals:
            self._broadcast(run, thrown.name)
        for thrown in changes.escalations:
            self._escalate(run, thrown)

    def _others(self, run: LiveRun) -> list[LiveRun]:
        return [other for other in self.runs.values() if other is not run]

    def _tell(self, run: LiveRun, thrown: bpmn.Thrown) -> None:
        row = bpmn.listening(run.graph, run.state, thrown.name, thrown.key)
        if row is not None:
            self._step(run, partial(bpmn.deliver, subscription_id=row.id))

    def _broadcast(self, run: LiveRun, name: str) -> None:
        """The root's other runs hear a signal now, other roots by a job each: one command locks one root."""
        for other in self._others(run):
            self._later(other, partial(bpmn.signal, name=name))
        listening = Subscription.objects.filter(
            organisation_id=self.organisation_id, kind="signal", name=name
        )
        roots = listening.exclude(run__root_id=self.root_id).values_list("run__root_id", flat=True)
        for root_id in roots.distinct():
            payload = {"organisation_id": str(self.organisation_id), "root_id": str(root_id), "name": name}
            enqueue(HEAR_SIGNAL, payload, now=self.now, organisation_id=self.organisation_id)

    def _escalate(self, run: LiveRun, thrown: bpmn.Thrown) -> None:
        """What nobody catches goes to the calling run, else into the record: wiring may tell someone."""
        caller = self._caller(run)
        if caller is not None:
            token_id = run.row.parent_token_id
            self._later(caller, partial(bpmn.escalate, token_id=token_id, code=thrown.name))
        else:
            self._record(run, "flows.escalated", code=thrown.name, node=thrown.node)

    def _hand_over_kept(self) -> None:
        """A message kept from before goes to who waits for it now; there may be another."""
        found = kept.waited_for(self.root_id, self.runs, self.now)
        if found is not None:
            message, run, subscription_id = found
            message.delete()
            self._todo.append(self._hand_over_kept)
            deliver = partial(bpmn.deliver, subscription_id=subscription_id)
            self._step(run, deliver, cause=Cause(self.now, message.event))

    def _record(self, run: LiveRun, kind: str, **payload: Any) -> None:
        actor = actors.engine(self.organisation_id)
        record(kind, run.row, actor=actor, now=self.now, run=run.row.number, **payload)
