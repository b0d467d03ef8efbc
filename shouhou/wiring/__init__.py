"""Wiring (接线): the tables that join the rooms without their knowing each other.

* ``tasks``    which task of a drawing is which verb, form and event; which event is which message
* ``facts``    who answers the facts a drawing's conditions read
* ``telling``  who is told what
* ``consequences``  what one room's event brings about in another
* ``refreshing``  which rows of lists follow when a customer or product is corrected
* ``gates``    who may object to a verb
"""


def connect() -> None:
    """Put the tables up, once, when the rooms stand."""
    from shouhou.core import facts, gates, use_case
    from shouhou.flows import contracts, gate, listening
    from shouhou.insight import kept
    from shouhou.wiring import consequences, refreshing, tasks, telling
    from shouhou.wiring.facts import FACTS
    from shouhou.wiring.gates import GATES

    contracts.install(tasks.TASKS, tasks.MESSAGES, tasks.STARTS, atlas=tasks.ATLAS)
    facts.install(FACTS)
    gates.install((gate.offered,), GATES)
    # The flow hears first: what it moves is what the others tell and keep.
    use_case.install(
        (listening.hear, consequences.follow, refreshing.follow, telling.tell), keepers=(kept.keep,)
    )
