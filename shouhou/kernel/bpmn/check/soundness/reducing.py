"""Make a chart smaller without changing whether it is sound.

Each rule takes a pattern away that can neither get stuck nor lose or multiply
tokens by itself: steps in a row, branches that part and meet again, rounds
without a split, merges behind merges. (The rules are those of Murata for Petri
nets, and of Sadiq and Orlowska for gateways; none removes the two ends of an
error, so whatever is wrong is still there to be found.)
"""

from collections import deque

from shouhou.kernel.bpmn.check.soundness.chart import (
    ALWAYS,
    BESIDE,
    CHOICE,
    ELSE,
    END,
    FORK,
    HOST,
    KILL,
    MAYBE,
    MERGE,
    SOME,
    START,
    SYNC,
    WAIT,
    Arc,
    Chart,
    Knot,
    aim,
    cut,
)

# Between these, arcs that lead from one to the other are as good as one.
PARALLEL = frozenset(
    (source, target)
    for source, targets in {
        CHOICE: (MERGE, WAIT, END, KILL),
        FORK: (SYNC, WAIT),
        SOME: (WAIT,),
    }.items()
    for target in targets
)


def reduce(chart: Chart) -> None:
    """Take away what cannot matter, until nothing more can be."""
    waits = any(knot.kind == WAIT for knot in chart.knots)
    todo = deque(chart.knots)
    queued = set(chart.knots)
    gone: set[Knot] = set()
    while todo:
        knot = todo.popleft()
        queued.discard(knot)
        if knot in gone:
            continue
        around = {arc.source for arc in knot.ins} | {arc.target for arc in knot.outs}
        if _lessened(knot, waits):
            if not (knot.ins or knot.outs):
                gone.add(knot)
            for other in (*around, knot):
                if other not in queued and other not in gone and other.kind != START:
                    todo.append(other)
                    queued.add(other)
    chart.knots = [knot for knot in chart.knots if knot.ins or knot.outs]


def _lessened(knot: Knot, waits: bool) -> bool:
    """Apply the first rule that fits; whether one did."""
    return (
        _drop_beside(knot)
        or _decide(knot)
        or _splice(knot)
        or _collapse(knot)
        or _unwind(knot)
        or _drop_ended_branch(knot)
        or _fuse_forward(knot, waits)
    )


def _decide(knot: Knot) -> bool:
    """One condition with a default beside it is a plain choice; a choice of all is a fork."""
    if knot.kind != SOME:
        return False
    whens = sorted(arc.when for arc in knot.outs)
    if whens == [ELSE, MAYBE]:
        knot.kind = CHOICE
    elif set(whens) == {ALWAYS}:
        knot.kind = FORK
    return knot.kind != SOME


def _splice(knot: Knot) -> bool:
    """One way in and one way out: the two are one arc."""
    if len(knot.ins) != 1 or len(knot.outs) != 1 or knot.outs[0].when == BESIDE:
        return False
    before, after = knot.ins[0], knot.outs[0]
    if before is after:
        return False
    before.inside = (before.inside, knot.element, after.inside)
    before.rests |= after.rests
    before.flow = after.flow or before.flow
    target = after.target
    cut(after)
    aim(before, target)
    return True


def _collapse(knot: Knot) -> bool:
    """Branches that part here and meet at the same knot, with nothing between: one branch."""
    kind = CHOICE if knot.kind == HOST else knot.kind
    first: dict[object, Arc] = {}
    for arc in knot.outs:
        target = arc.target
        if arc.when != BESIDE and (kind, target.kind) in PARALLEL:
            # One end is as good as another.
            key = (target.kind, target.fails) if target.kind in (END, KILL) else target
            other = first.setdefault(key, arc)
            if other is not arc:
                _merge_arcs(knot, other, arc)
                return True
    return False


def _merge_arcs(knot: Knot, kept: Arc, dropped: Arc) -> None:
    kept.inside = (kept.inside, dropped.inside, dropped.target.element)
    kept.rests |= dropped.rests
    whens = {kept.when, dropped.when}
    cut(dropped)
    if ALWAYS in whens or len(knot.outs) == 1:
        kept.when = ALWAYS
    else:
        kept.when = MAYBE if MAYBE in whens else ELSE


def _unwind(knot: Knot) -> bool:
    """A round without a split: what leaves a choice leads straight back to the merge in front of it."""
    if knot.kind not in (CHOICE, HOST) or len(knot.ins) != 1 or len(knot.outs) < 2:
        return False
    before = knot.ins[0]
    if before.source.kind != MERGE or len(before.source.outs) != 1:
        return False
    for arc in knot.outs:
        if arc.target is before.source and arc.when != BESIDE:
            before.inside = (before.inside, arc.inside)
            before.rests |= arc.rests
            cut(arc)
            return True
    return False


def _drop_beside(knot: Knot) -> bool:
    """What an event sets off beside its activity comes to its own end and touches nothing else."""
    for arc in knot.outs:
        if arc.when == BESIDE and arc.target.kind == END:
            knot.ins[0].inside = (knot.ins[0].inside, arc.inside, arc.target.element)
            cut(arc)
            return True
    return False


def _drop_ended_branch(knot: Knot) -> bool:
    """A branch of a fork that ends at once, or comes to its own end where the fork is passed only once."""
    if knot.kind != FORK or len(knot.outs) < 2 or not knot.ins:
        return False
    for arc in knot.outs:
        if arc.target.kind == END and not (arc.rests and _returns(knot)):
            knot.ins[0].inside = (knot.ins[0].inside, arc.inside, arc.target.element)
            cut(arc)
            return True
    return False


def _returns(knot: Knot) -> bool:
    seen: set[Knot] = set()
    waiting = [arc.target for arc in knot.outs]
    while waiting:
        found = waiting.pop()
        if found is knot:
            return True
        if found not in seen:
            seen.add(found)
            waiting += (arc.target for arc in found.outs)
    return False


def _fuse_forward(knot: Knot, waits: bool) -> bool:
    """Merges behind merges, splits behind splits: the first becomes part of the second, or takes it in."""
    if len(knot.outs) == 1 and knot.kind == MERGE:
        return _fuse_merges(knot, knot.outs[0])
    if knot.kind in (CHOICE, FORK):
        return any(_fuse_splits(knot, arc, waits) for arc in list(knot.outs))
    return False


def _fuse_merges(knot: Knot, between: Arc) -> bool:
    target = between.target
    if target is knot or target.kind != knot.kind:
        return False
    for arc in list(knot.ins):
        # What was passed between the two is passed by whoever comes; the merge it enters stays its own.
        arc.inside = (arc.inside, between.inside, knot.element)
        arc.rests |= between.rests
        aim(arc, target)
    cut(between)
    return True


def _fuse_splits(knot: Knot, between: Arc, waits: bool) -> bool:
    target = between.target
    if target is knot or target.kind != knot.kind or len(target.ins) != 1 or not target.outs:
        return False
    if waits and between.rests:
        # Who waits for what can still come must not see the branches apart before they part.
        return False
    for arc in list(target.outs):
        arc.inside = (between.inside, target.element, arc.inside)
        arc.rests |= between.rests
        target.outs.remove(arc)
        arc.source = knot
        knot.outs.append(arc)
    cut(between)
    return True
