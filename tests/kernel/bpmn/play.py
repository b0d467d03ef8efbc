"""Play a drawing in tests, and check after every step that rows, changes and position agree."""

import re
from collections.abc import Mapping

from shouhou.kernel import bpmn
from shouhou.kernel.bpmn.changes import Changes
from shouhou.kernel.bpmn.memory import Memory, Run


class Checked(Memory):
    """A store in memory that does not trust the stepper."""

    def _keep(self, run: Run, changes: Changes) -> None:
        before, after = run.state, changes.state
        for rows, table in (
            (changes.tokens, "tokens"),
            (changes.scopes, "scopes"),
            (changes.timers, "timers"),
            (changes.subscriptions, "subscriptions"),
        ):
            assert rows.applied(getattr(before, table)) == dict(getattr(after, table)), table
        assert [record.seq for record in changes.history] == list(range(before.seq + 1, after.seq + 1))
        _check_rows(run.graph, after)
        super()._keep(run, changes)


def _check_rows(graph: bpmn.Graph, state: bpmn.State) -> None:
    """Every row has its owner; a closed run has none."""
    if state.status != "running":
        assert (*state.tokens, *state.scopes, *state.timers, *state.subscriptions) == ()
        return
    for token in state.tokens.values():
        assert token.scope_id in state.scopes
        hosted = [scope for scope in state.scopes.values() if scope.host_id == token.id]
        assert len(hosted) == (token.state == "hosting")
    for scope in state.scopes.values():
        assert (scope.parent_id in state.scopes) or scope.kind == "process"
        assert scope.host_id is None or scope.host_id in state.tokens
    for row in (*state.timers.values(), *state.subscriptions.values()):
        assert row.scope_id in state.scopes
        assert row.token_id is None or row.token_id in state.tokens


def store(xml: bytes, facts: Mapping[str, object] | None = None) -> Checked:
    """A drawing ready to start; it must compile without problems."""
    model = bpmn.read(xml)
    graphs = {process.id: bpmn.compile(model, process.id) for process in model.processes}
    for graph in graphs.values():
        assert graph.problems == ()
    assert model.main is not None
    return Checked(graphs[model.main.id], graphs, facts)


def play(xml: bytes, script: str = "", start: str | None = None, **facts: object) -> Checked:
    """Start a drawing and follow a script of words.

    ``a`` completes task a, ``!t`` fires timer t, ``?m`` or ``?m:key`` delivers
    message m, ``~s`` a signal, ``x=3`` sets a fact.
    """
    memory = store(xml, facts)
    memory.start(start)
    for word in script.split():
        act(memory, word)
    return memory


def act(memory: Memory, word: str) -> None:
    """One word of a script."""
    if fact := re.fullmatch(r"(\w+)=(.+)", word):
        memory.facts[fact[1]] = {"true": True, "false": False}.get(fact[2], fact[2])
        if fact[2].isdecimal():
            memory.facts[fact[1]] = int(fact[2])
    elif word[0] == "!":
        memory.fire(word[1:])
    elif word[0] == "?":
        name, _, key = word[1:].partition(":")
        memory.message(name, key or None)
    elif word[0] == "~":
        memory.signal(word[1:])
    else:
        memory.complete(word)


def whats(memory: Memory, *kinds: str) -> list[str]:
    """The history as ``what node`` lines, of some kinds or all."""
    return [f"{r.what} {r.node}" for r in memory.history if not kinds or r.what in kinds]
