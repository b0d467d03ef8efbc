"""Random sound drawings: no token is ever lost or doubled, and every run ends with nothing left."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.bpmn.play import store
from tests.kernel.bpmn.structured import Block, Follow, blocks, drawn

ALL = ("xor", "and", "or", "loop", "level", "many", "guard", "beside")
ROUNDS = 40


def facts_at(step: int, names: list[str], dice: Random) -> dict[str, bool]:
    """What the conditions find at a step; after some rounds every loop is left."""
    return {name: dice.random() < 0.5 and (step < ROUNDS or "loop" not in name) for name in names}


@settings(max_examples=300, deadline=None)
@given(blocks(*ALL), st.integers(0, 2**32))
def test_offers_exactly_what_the_blocks_mean(block: Block, seed: int) -> None:
    dice, names = Random(seed), list(block.facts())
    facts = facts_at(0, names, dice)
    memory, follow = store(drawn(block), facts), Follow(Block("level", [block]), facts)
    memory.start()
    spent: set[str] = set()
    step = 0

    while not follow.done:
        assert sorted(memory.waiting) == follow.open
        step += 1
        memory.facts.update(facts := facts_at(step, names, dice))
        # Two copies beside each other would leave open which of them a task belongs to: one is enough.
        heard = [name for name in follow.listening if name not in spent]
        if heard and step < ROUNDS and dice.random() < 0.3:
            memory.signal(name := dice.choice(heard))
            spent |= {name} if name.startswith("beside") else set()
            follow.hear(name, facts)
        else:
            memory.complete(task := dice.choice(follow.open))
            follow.complete(task, facts)

    assert memory.incidents == []
    assert memory.ended


@settings(max_examples=100, deadline=None)
@given(blocks(*ALL), st.integers(0, 2**32))
def test_cancelling_at_any_moment_leaves_nothing(block: Block, seed: int) -> None:
    dice, names = Random(seed), list(block.facts())
    memory = store(drawn(block), facts_at(0, names, dice))
    memory.start()
    for step in range(dice.randrange(12)):
        if not memory.ended:
            memory.complete(dice.choice(memory.waiting), facts_at(step, names, dice))

    if not memory.ended:
        memory.cancel()

    state = memory.root.state
    assert (*state.tokens, *state.scopes, *state.timers, *state.subscriptions) == ()
    assert memory.waiting == []
