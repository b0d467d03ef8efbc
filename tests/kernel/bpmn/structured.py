"""Random sound drawings made of nested blocks, and what each must do, told without tokens.

A drawing of blocks (sequence, choice, parallel, some, loop, level, many, guard,
beside) can be played in two ways: drawn as BPMN and stepped by an engine, or followed block by
block. The second is so plain that it serves as the truth for the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count, pairwise

from hypothesis import strategies as st

from tests.kernel.bpmn.drawing import definitions

Facts = Mapping[str, bool]


@dataclass(repr=False)
class Block:
    """One block: ``kind`` is ``task seq xor and or loop level many guard beside``."""

    kind: str
    parts: list[Block] = field(default_factory=list)
    times: int = 0
    id: str = ""

    def __repr__(self) -> str:
        return f"{self.id or self.kind}({', '.join(map(repr, self.parts))})"

    def named(self, ids: Iterator[int]) -> Block:
        """The same block with an id of its own in every part."""
        number = next(ids)
        return Block(self.kind, [part.named(ids) for part in self.parts], self.times, f"{self.kind}{number}")

    def signals(self) -> Iterator[str]:
        """The names of the signals its guards listen to."""
        if self.kind in ("guard", "beside"):
            yield self.id
        for part in self.parts:
            yield from part.signals()

    def facts(self) -> Iterator[str]:
        """The names of the conditions in it."""
        if self.kind in ("xor", "or"):
            yield from (f"c_{self.id}_{number}" for number in range(len(self.parts) - 1))
        if self.kind == "loop":
            yield f"c_{self.id}_0"
        for part in self.parts:
            yield from part.facts()


def blocks(*kinds: str, most: int = 12, early: bool = True) -> st.SearchStrategy[Block]:
    """Blocks of these kinds, nested at random; ``early`` lets a token reach an inclusive join in the very
    move that splits it.
    """
    task = st.just(Block("task"))
    many = st.builds(lambda times: Block("many", times=times), st.integers(1, 3))
    leaves = task | many if "many" in kinds else task

    def around(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
        sequence = st.builds(lambda parts: Block("seq", parts), st.lists(inner, min_size=1, max_size=3))
        branches = st.lists(inner | st.just(Block("seq")), min_size=2, max_size=3)
        # A loop without a task inside would be the step limit's affair.
        tasked = st.builds(lambda part: Block("seq", [Block("task"), part]), inner)
        single = st.builds(lambda part: [part], tasked)
        pair = st.builds(lambda part, other: [part, other], tasked, inner)
        # What runs beside may run several times at once; a level of its own keeps their joins apart.
        apart = st.builds(lambda part, other: [part, Block("level", [other])], tasked, inner)
        some = branches if early else st.lists(tasked, min_size=2, max_size=3)
        parts = {"xor": branches, "and": branches, "or": some, "loop": single, "level": single}
        parts |= {"guard": pair, "beside": apart}
        nested = [st.builds(partial(Block, kind), parts[kind]) for kind in parts if kind in kinds]
        return st.one_of(sequence, *nested)

    return st.recursive(leaves, around, max_leaves=most).map(lambda block: block.named(count(1)))


# Drawn.


class _Pen:
    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.flows: list[str] = []
        self.defaults: dict[str, str] = {}
        self.number = count(1)

    def node(self, kind: str, node: str, inner: str = "") -> str:
        self.nodes.append(f'<{kind} id="{node}"@{node}@>{inner}</{kind}>')
        return node

    def flow(self, source: str, target: str, condition: str = "", default: bool = False) -> None:
        flow = f"f{next(self.number)}"
        if default:
            self.defaults[source] = f' default="{flow}"'
        inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        self.flows.append(
            f'<sequenceFlow id="{flow}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
        )

    def written(self) -> str:
        text = "\n".join([*self.nodes, *self.flows])
        for part in text.split("@")[1::2]:
            text = text.replace(f"@{part}@", self.defaults.get(part, ""))
        return text


GATEWAYS = {"xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway"}


def drawn(block: Block) -> bytes:
    """The block as a process, between a start and an end."""
    pen = _Pen()
    _draw_between(pen, block, pen.node("startEvent", "start"), pen.node("endEvent", "end"))
    signals = "".join(f'<signal id="{name}_n" name="{name}"/>' for name in block.signals())
    return definitions(signals, f'<process id="p" isExecutable="true">{pen.written()}</process>')


def _draw_between(pen: _Pen, block: Block, before: str, after: str) -> None:
    first, last = _draw(pen, block)
    if first is None or last is None:
        pen.flow(before, after)
    else:
        pen.flow(before, first)
        pen.flow(last, after)


def _draw(pen: _Pen, block: Block) -> tuple[str | None, str | None]:
    """Draw a block; answers its first and last node, or none where it is empty."""
    return _DRAW[block.kind](pen, block)


def _draw_task(pen: _Pen, block: Block) -> tuple[str, str]:
    pen.node("userTask", block.id)
    return block.id, block.id


def _draw_many(pen: _Pen, block: Block) -> tuple[str, str]:
    loop = f"<loopCardinality>{block.times}</loopCardinality>"
    pen.node(
        "userTask", block.id, f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>"
    )
    return block.id, block.id


def _draw_level(pen: _Pen, block: Block) -> tuple[str, str]:
    inner = _Pen()
    inner.number = pen.number
    ends = inner.node("startEvent", f"{block.id}_s"), inner.node("endEvent", f"{block.id}_e")
    _draw_between(inner, block.parts[0], *ends)
    pen.node("subProcess", block.id, inner.written().replace("@", ""))
    return block.id, block.id


def _draw_guard(pen: _Pen, block: Block) -> tuple[str, str]:
    """A level whose edge hears a signal: the other part then runs instead of it, or beside it to an
    end of its own.
    """
    _draw_level(pen, block)
    instead = "true" if block.kind == "guard" else "false"
    heard = f'<signalEventDefinition signalRef="{block.id}_n"/>'
    attributes = f'id="{block.id}_b" attachedToRef="{block.id}" cancelActivity="{instead}"'
    pen.nodes.append(f"<boundaryEvent {attributes}>{heard}</boundaryEvent>")
    after = pen.node("exclusiveGateway", f"{block.id}_j")
    pen.flow(block.id, after)
    target = after if block.kind == "guard" else pen.node("endEvent", f"{block.id}_z")
    _draw_between(pen, block.parts[1], f"{block.id}_b", target)
    return block.id, after


def _draw_seq(pen: _Pen, block: Block) -> tuple[str | None, str | None]:
    ends = [pair for part in block.parts if (pair := _draw(pen, part))[0] is not None]
    for (_first, last), (following, _last) in pairwise(ends):
        pen.flow(str(last), str(following))
    return (ends[0][0], ends[-1][1]) if ends else (None, None)


def _draw_loop(pen: _Pen, block: Block) -> tuple[str, str]:
    merge = pen.node("exclusiveGateway", f"{block.id}_m")
    split = pen.node("exclusiveGateway", f"{block.id}_x")
    _draw_between(pen, block.parts[0], merge, split)
    pen.flow(split, merge, f"c_{block.id}_0")
    out = pen.node("exclusiveGateway", f"{block.id}_o")
    pen.flow(split, out, default=True)
    return merge, out


def _draw_branches(pen: _Pen, block: Block) -> tuple[str, str]:
    kind = GATEWAYS[block.kind]
    split, join = pen.node(kind, f"{block.id}_x"), pen.node(kind, f"{block.id}_j")
    for number, part in enumerate(block.parts):
        first, last = _draw(pen, part)
        final = number == len(block.parts) - 1
        condition = "" if block.kind == "and" or final else f"c_{block.id}_{number}"
        pen.flow(split, first or join, condition, default=final and block.kind != "and")
        if last:
            pen.flow(last, join)
    return split, join


_DRAW: dict[str, Callable[[_Pen, Block], tuple[str | None, str | None]]] = {
    "task": _draw_task,
    "many": _draw_many,
    "level": _draw_level,
    "guard": _draw_guard,
    "beside": _draw_guard,
    "seq": _draw_seq,
    "loop": _draw_loop,
    "xor": _draw_branches,
    "and": _draw_branches,
    "or": _draw_branches,
}


# Followed.


class Follow:
    """Plays a block by its meaning: which tasks are open, and whether it is done.

    ``level`` is the process or sub-process around; what runs beside a guarded
    level belongs to it, and holds it open.
    """

    def __init__(self, block: Block, facts: Facts, level: Follow | None = None) -> None:
        self.block = block
        self.level = level or self
        self.at = 0
        self.left = block.times if block.kind == "many" else 1
        self.inside: list[Follow] = []
        self.beside: list[Follow] = []
        self.interrupted = False
        self._begin(facts)

    @property
    def open(self) -> list[str]:
        """The tasks that are offered, sorted."""
        if self.block.kind in ("task", "many"):
            return [self.block.id] * self.left
        return sorted(task for part in (*self.inside, *self.beside) for task in part.open)

    @property
    def done(self) -> bool:
        """Whether nothing is left of it."""
        if self.block.kind in ("task", "many"):
            return self.left == 0
        return all(part.done for part in (*self.inside, *self.beside))

    @property
    def listening(self) -> list[str]:
        """The guards that a signal would reach."""
        own = [self.block.id] if self._listens else []
        return own + [name for part in (*self.inside, *self.beside) for name in part.listening]

    @property
    def _listens(self) -> bool:
        return self.block.kind in ("guard", "beside") and not self.interrupted and not self.done

    def complete(self, task: str, facts: Facts) -> bool:
        """Complete one open task of that id; ``True`` when it was in here."""
        if self.block.kind in ("task", "many"):
            taken = self.block.id == task and self.left > 0
            self.left -= taken
            return taken
        parts = (*self.inside, *self.beside)
        taken = any(part.complete(task, facts) for part in parts if task in part.open)
        self._go_on(facts)
        return taken

    def hear(self, name: str, facts: Facts) -> None:
        """Every guard of that name hears the signal; what is done does not."""
        if self.done:
            return
        if self.block.id == name and self._listens:
            other = self.block.parts[1]
            if self.block.kind == "guard":
                self.interrupted = True
                self.inside, self.beside = [Follow(other, facts, self.level)], []
            else:
                around = self.level
                around.beside.append(Follow(other, facts, around))
        else:
            for part in [*self.inside, *self.beside]:
                part.hear(name, facts)
        self._go_on(facts)

    def _begin(self, facts: Facts) -> None:
        kind, parts = self.block.kind, self.block.parts
        inner = self if kind in ("level", "guard", "beside") else self.level
        chosen = parts[:1]
        if kind in ("xor", "or"):
            true = [part for number, part in enumerate(parts[:-1]) if facts[f"c_{self.block.id}_{number}"]]
            chosen = (true[:1] if kind == "xor" else true) or parts[-1:]
        elif kind == "and":
            chosen = parts
        self.inside = [Follow(part, facts, inner) for part in chosen]
        self._go_on(facts)

    def _go_on(self, facts: Facts) -> None:
        """The next part of a sequence, the next round of a loop."""
        parts = self.block.parts
        while self.block.kind == "seq" and self.done and self.at < len(parts) - 1:
            self.at += 1
            self.inside = [Follow(parts[self.at], facts, self.level)]
        while self.block.kind == "loop" and self.done and facts[f"c_{self.block.id}_0"]:
            self.inside = [Follow(parts[0], facts, self.level)]
