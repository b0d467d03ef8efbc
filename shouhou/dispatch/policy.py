"""Who sees free times and the day's board."""

from shouhou.core.policy import OFFICE, Right, Role, allow

allow("dispatch.see_free_times", *OFFICE, Role.TECHNICIAN, links=("case",), client=Right.DISPATCH)
allow("dispatch.see_day", *OFFICE, Role.TECHNICIAN, Role.DRIVER)
