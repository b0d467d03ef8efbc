"""Who sees free times and the day's board."""

from shouhou.core.policy import OFFICE, Role, allow

allow("dispatch.see_free_times", *OFFICE, Role.TECHNICIAN, links=("case",), client=True)
allow("dispatch.see_day", *OFFICE, Role.TECHNICIAN, Role.DRIVER)
