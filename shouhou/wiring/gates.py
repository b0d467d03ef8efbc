"""Who may object to which verb, beside the flow, which is asked for every one."""

from shouhou.core.gates import Gate
from shouhou.work import gates as work

GATES: dict[str, tuple[Gate, ...]] = {
    "cases.close_case": (work.nothing_open,),
    # A visit is called off with the case; a piece on the bench has to go home first.
    "cases.withdraw_case": (work.piece_given_back,),
    "cases.merge_case": (work.piece_given_back,),
}
