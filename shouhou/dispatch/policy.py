"""Who sees free times."""

from shouhou.core.policy import OFFICE, Right, Role, allow

allow("dispatch.see_free_times", *OFFICE, Role.TECHNICIAN, links=("case",), client=Right.DISPATCH)
